/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/bands.h"
#include "statistics/quality/numbers.h"
#include "statistics/tables.h"

enum { UNIT, LEVEL, COUNTY, SCHOOL, SITE, ROOM, SCORED, MEAN, SD, MEDIAN, CV, Z, N_FIXED };

static const struct table_column fixed[N_FIXED] = {
    [UNIT] = {.key = "unit", .head = N_("Unit"), .use = TABLE_FOR_PEOPLE},
    [LEVEL] = {.key = "level", .head = N_("Level"), .use = TABLE_FOR_DATA},
    [COUNTY] = {.key = "county", .head = N_("County"), .use = TABLE_FOR_DATA},
    [SCHOOL] = {.key = "school", .head = N_("School"), .use = TABLE_FOR_DATA},
    [SITE] = {.key = "site", .head = N_("Site"), .use = TABLE_FOR_DATA},
    [ROOM] = {.key = "room", .head = N_("Room"), .use = TABLE_FOR_DATA},
    [SCORED] = {.key = "scored", .head = N_("Marks"), .kind = TABLE_NUMBER},
    [MEAN] = {.key = "mean", .head = N_("Mean"), .kind = TABLE_NUMBER},
    [SD] = {.key = "sd", .head = N_("Standard deviation"), .kind = TABLE_NUMBER},
    [MEDIAN] = {.key = "median", .head = N_("Median"), .kind = TABLE_NUMBER},
    [CV] = {.key = "cv", .head = N_("Variation"), .kind = TABLE_PERCENT},
    [Z] = {.key = "z", .head = N_("Mean z"), .kind = TABLE_NUMBER},
};

static const char *number(struct arena *a, struct figure f, double times, int decimals)
{
    char text[48];
    return f.why ? "" : arena_strdup(a, num_text(f.value * times, decimals, text, sizeof text));
}

static const char *ratio(struct arena *a, int64_t num, int64_t den, int decimals)
{
    char text[48];
    return arena_strdup(a, ratio_text(num, den, decimals, text, sizeof text));
}

/* "100", "90–": from its lower end. */
static const char *band_head(struct arena *a, const struct bands *b, size_t band)
{
    char text[32];
    int64_t low = b->full.milli - (int64_t)band * b->width.milli;
    points_text(points_milli(low > 0 ? low : 0), text, sizeof text);
    return band ? arena_printf(a, "%s–", text) : arena_strdup(a, text);
}

static struct table_column *columns_of(const struct bands *b, struct arena *a)
{
    struct table_column *own = arena_array(a, N_FIXED + b->n_bands, sizeof *own);
    for (size_t c = 0; c < N_FIXED; c++) {
        own[c] = fixed[c];
        own[c].head = _(fixed[c].head);
    }
    for (size_t k = 0; k < b->n_bands; k++)
        own[N_FIXED + k] = (struct table_column){.key = arena_printf(a, "band%zu", k),
                                                 .head = band_head(a, b, k),
                                                 .kind = TABLE_NUMBER,
                                                 .use = TABLE_BUT_SCREEN};
    return own;
}

static void add_unit(struct table *t, const struct bands *b, const struct bands_unit *u, int indent,
                     int decimals)
{
    const char **cell = table_add(t, indent)->cell;
    place_cells(t->arena, &u->place, &cell[UNIT]);
    cell[SCORED] = arena_printf(t->arena, "%lld", (long long)u->scored);
    for (size_t k = 0; k < b->n_bands; k++)
        cell[N_FIXED + k] = arena_printf(t->arena, "%lld", (long long)u->band[k]);
    if (u->scored == 0)
        return;
    cell[MEAN] = ratio(t->arena, u->sum_milli, u->scored * 1000, decimals);
    cell[MEDIAN] = ratio(t->arena, u->twice_median_milli, 2000, decimals);
    cell[SD] = number(t->arena, u->sd, 1, decimals);
    cell[CV] = number(t->arena, u->cv, 100, decimals);
    cell[Z] = number(t->arena, u->z, 1, decimals);
}

struct table *bands_table(const struct bands *b, const bool *level, int decimals)
{
    struct table *t = table_new(NULL, N_FIXED + b->n_bands, b->n);
    int indent[RATES_LEVELS], depth = 0;
    t->column = columns_of(b, t->arena);
    t->nested = true;
    for (int l = 0; l < RATES_LEVELS; l++) {
        indent[l] = depth;
        depth += level[l];
    }
    for (size_t i = 0; i < b->n; i++)
        if (level[b->unit[i].place.level])
            add_unit(t, b, &b->unit[i], indent[b->unit[i].place.level], decimals);
    return t;
}

enum { MARK, TIMES, TOGETHER, SHARE, RANK, N_MARKS };

static const struct table_column mark_columns[N_MARKS] = {
    [MARK] = {.key = "mark", .head = N_("Mark"), .kind = TABLE_NUMBER},
    [TIMES] = {.key = "times", .head = N_("Candidates"), .kind = TABLE_NUMBER},
    [TOGETHER] = {.key = "cumulative", .head = N_("With it or more"), .kind = TABLE_NUMBER},
    [SHARE] = {.key = "share", .head = N_("Share"), .kind = TABLE_PERCENT},
    [RANK] = {.key = "rank", .head = N_("Rank"), .kind = TABLE_NUMBER},
};

struct table *bands_marks_table(const struct bands *b, int decimals)
{
    struct table *t = table_new(NULL, N_MARKS, b->n_marks);
    struct table_column *own = arena_array(t->arena, N_MARKS, sizeof *own);
    int64_t together = 0, all = b->n ? b->unit[0].scored : 0;
    char text[48];
    for (size_t c = 0; c < N_MARKS; c++) {
        own[c] = mark_columns[c];
        own[c].head = _(own[c].head);
    }
    t->column = own;
    for (size_t i = 0; i < b->n_marks; i++) {
        const char **cell = table_add(t, 0)->cell;
        cell[MARK] = arena_strdup(t->arena, points_text(b->mark[i], text, sizeof text));
        cell[TIMES] = arena_printf(t->arena, "%lld", (long long)b->times[i]);
        cell[RANK] = arena_printf(t->arena, "%lld", (long long)together + 1);
        together += b->times[i];
        cell[TOGETHER] = arena_printf(t->arena, "%lld", (long long)together);
        cell[SHARE] = arena_strdup(t->arena, percent_text(together, all, decimals, text, sizeof text));
    }
    return t;
}

/* From the lowest band on the left to the full marks on the right. */
void bands_figure(const struct bands *b, struct bytes *out)
{
    enum { LEFT = 10, WIDE = 700, HIGH = 180, FOOT = 30 };
    const int64_t *count = b->n ? b->unit[0].band : NULL;
    struct arena *a = arena_new();
    int64_t most = 1;
    for (size_t k = 0; count && k < b->n_bands; k++)
        most = count[k] > most ? count[k] : most;
    bytes_printf(out, "<svg class=\"figure\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                 WIDE + 2 * LEFT, HIGH + FOOT + 20, _("How many marks lie in each band"));
    for (size_t k = 0; count && k < b->n_bands; k++) {
        int64_t at = LEFT + (int64_t)(b->n_bands - 1 - k) * WIDE / (int64_t)b->n_bands,
                wide = WIDE / (int64_t)b->n_bands - 3;
        int64_t high = count[k] * HIGH / most;
        bytes_printf(out, "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%lld\" fill=\"#2b6cb0\"/>\n",
                     (long long)at, (long long)(20 + HIGH - high), (long long)wide, (long long)high);
        bytes_printf(out, "<text x=\"%lld\" y=\"%lld\" font-size=\"11\" text-anchor=\"middle\">%lld</text>\n",
                     (long long)(at + wide / 2), (long long)(16 + HIGH - high), (long long)count[k]);
        bytes_printf(out, "<text x=\"%lld\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\">%s</text>\n",
                     (long long)(at + wide / 2), HIGH + FOOT + 8, band_head(a, b, k));
    }
    bytes_str(out, "</svg>\n");
    arena_free(a);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { SAID_COLUMNS = 19 };

enum {
    ID,
    NAME,
    SET,
    N,
    MEAN,
    DEVIATION,
    OFFSET,
    SE,
    Z,
    P,
    SPREAD,
    SLOPE,
    SLOPE_P,
    MINUTES,
    FULL,
    SPOTLESS,
    FINDINGS,
    SAID,
    N_COLUMNS
};

static const struct table_column columns[N_COLUMNS] = {
    [ID] = {.key = "examiner", .head = N_("Examiner")},
    [NAME] = {.key = "name", .head = N_("Name"), .use = TABLE_BUT_SCREEN},
    [SET] = {.key = "set", .head = N_("Set"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [N] = {.key = "ratings", .head = N_("Rated"), .kind = TABLE_NUMBER},
    [MEAN] = {.key = "mean", .head = N_("Mean"), .kind = TABLE_NUMBER},
    [DEVIATION] = {.key = "deviation",
                   .head = N_("Deviation"),
                   .kind = TABLE_NUMBER,
                   .use = TABLE_BUT_SCREEN},
    [OFFSET] = {.key = "offset", .head = N_("Offset"), .kind = TABLE_NUMBER},
    [SE] = {.key = "standardError", .head = N_("Std. error"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [Z] = {.key = "z", .head = N_("z"), .kind = TABLE_NUMBER},
    [P] = {.key = "p", .head = N_("p"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [SPREAD] = {.key = "spread", .head = N_("Spread"), .kind = TABLE_NUMBER},
    [SLOPE] = {.key = "perHour", .head = N_("Per h"), .kind = TABLE_NUMBER},
    [SLOPE_P] = {.key = "perHourP", .head = N_("p of drift"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [MINUTES] = {.key = "minutes", .head = N_("Min."), .kind = TABLE_NUMBER},
    [FULL] = {.key = "full", .head = N_("Full marks"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [SPOTLESS] = {.key = "spotless",
                  .head = N_("Without slips"),
                  .kind = TABLE_NUMBER,
                  .use = TABLE_BUT_SCREEN},
    [FINDINGS] = {.key = "findings", .head = N_("Finding"), .use = TABLE_FOR_DATA},
    [SAID] = {.key = "said", .head = N_("Finding"), .use = TABLE_FOR_PEOPLE},
};

static int by_offset(const void *a, const void *b)
{
    const struct quality_rater *x = *(const struct quality_rater *const *)a,
                               *y = *(const struct quality_rater *const *)b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    if (x->offset < y->offset || x->offset > y->offset)
        return x->offset < y->offset ? -1 : 1;
    return strcmp(x->id, y->id);
}

static const char *p_text(struct arena *a, double p, bool data)
{
    return data ? quality_number(a, p, 4) : quality_chance(a, p);
}

static void fill_compared(struct arena *a, const struct quality_rater *r, int decimals, const char **cell)
{
    if (r->flags & QUALITY_ALONE)
        return;
    cell[OFFSET] = quality_number(a, r->offset, decimals);
    cell[SE] = quality_number(a, r->se, decimals);
    cell[Z] = quality_number(a, r->z, 2);
    cell[P] = p_text(a, r->p, true);
}

static void add(struct table *t, const struct quality_rater *r, int decimals)
{
    struct arena *a = t->arena;
    const char **cell = table_add(t, 0)->cell;
    cell[ID] = r->id;
    cell[NAME] = r->name;
    cell[SET] = quality_integer(a, (int64_t)r->set + 1);
    cell[N] = quality_integer(a, (int64_t)r->n);
    cell[MEAN] = quality_number(a, r->mean, decimals);
    cell[DEVIATION] = quality_number(a, r->deviation, decimals);
    fill_compared(a, r, decimals, cell);
    cell[SPREAD] = quality_number(a, r->spread, decimals);
    if (r->timed) {
        cell[SLOPE] = quality_number(a, r->slope, decimals);
        cell[SLOPE_P] = p_text(a, r->slope_p, true);
    }
    cell[MINUTES] = r->seconds > 0 ? quality_number(a, r->seconds / 60, 1) : "";
    cell[FULL] = quality_integer(a, (int64_t)r->full);
    cell[SPOTLESS] = quality_integer(a, (int64_t)r->spotless);
    cell[FINDINGS] = quality_verdict(a, r->flags, true);
    cell[SAID] = quality_short(a, quality_verdict(a, r->flags, false), SAID_COLUMNS);
}

static const struct quality_rater **sorted_raters(const struct quality *q, struct arena *a)
{
    const struct quality_rater **r = arena_array(a, q->n_raters + 1, sizeof *r);
    for (size_t i = 0; i < q->n_raters; i++)
        r[i] = &q->rater[i];
    qsort(r, q->n_raters, sizeof *r, by_offset);
    return r;
}

struct table *quality_examiners_table(const struct quality *q, const struct quality_view *v)
{
    struct table *t = quality_table(columns, N_COLUMNS, q->n_raters);
    const struct quality_rater **r = sorted_raters(q, t->arena);
    for (size_t i = 0; i < q->n_raters; i++)
        add(t, r[i], v->decimals);
    return t;
}

/* ---- what was found, in words ---- */

enum { WHO, WHO_NAME, WHAT, WORDS, N_FINDING_COLUMNS };

static const struct table_column finding_columns[N_FINDING_COLUMNS] = {
    [WHO] = {.key = "examiner", .head = N_("Examiner")},
    [WHO_NAME] = {.key = "name", .head = N_("Name"), .use = TABLE_BUT_SCREEN},
    [WHAT] = {.key = "finding", .head = N_("Finding"), .use = TABLE_FOR_DATA},
    [WORDS] = {.key = "words", .head = N_("What was found")},
};

static const char *words(struct arena *a, const struct quality_rater *r, unsigned flag, int d)
{
    int n = (int)r->n;
    switch (flag) {
    case QUALITY_SEVERE:
        return arena_printf(a, _("severe: %s points below the others (%d ratings, z %s)"),
                            quality_number(a, -r->offset, d), n, quality_number(a, r->z, 1));
    case QUALITY_LENIENT:
        return arena_printf(a, _("lenient: %s points above the others (%d ratings, z %s)"),
                            quality_number(a, r->offset, d), n, quality_number(a, r->z, 1));
    case QUALITY_DRIFT:
        return arena_printf(a,
                            r->slope < 0 ? _("becomes stricter: %s points per hour over %s hours")
                                         : _("becomes milder: %s points per hour over %s hours"),
                            quality_signed(a, r->slope, d), quality_number(a, r->hours, 1));
    case QUALITY_CONSTANT:
        return arena_printf(a, _("gave all %d candidates the same total"), n);
    case QUALITY_SPOTLESS:
        return arena_printf(a, _("noted no slip in %d ratings"), n);
    case QUALITY_NARROW:
        return arena_printf(a, _("hardly tells candidates apart: spread %s"),
                            quality_number(a, r->spread, d));
    default:
        return _("the clock of the device was off: times outside the session");
    }
}

struct table *quality_findings_table(const struct quality *q, const struct quality_view *v)
{
    static const unsigned flags[] = {QUALITY_SEVERE,   QUALITY_LENIENT, QUALITY_DRIFT, QUALITY_CONSTANT,
                                     QUALITY_SPOTLESS, QUALITY_NARROW,  QUALITY_CLOCK};
    enum { N_FLAGS = sizeof flags / sizeof *flags };
    struct table *t = quality_table(finding_columns, N_FINDING_COLUMNS, q->n_raters * N_FLAGS);
    const struct quality_rater **r = sorted_raters(q, t->arena);
    for (size_t f = 0; f < N_FLAGS; f++)
        for (size_t i = 0; i < q->n_raters; i++) {
            if (!(r[i]->flags & flags[f]))
                continue;
            const char **cell = table_add(t, 0)->cell;
            cell[WHO] = r[i]->id;
            cell[WHO_NAME] = r[i]->name;
            cell[WHAT] = quality_verdict(t->arena, flags[f], true);
            cell[WORDS] = words(t->arena, r[i], flags[f], v->decimals);
        }
    return t;
}

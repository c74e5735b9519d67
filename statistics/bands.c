/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/bands.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/places.h"

typedef __int128 wide;

/* Bands end at the full marks: that mark alone, then width by width downwards; 100, 90 to below 100, … 0 to
 * below 10. */
static size_t band_of(const struct bands *b, int64_t milli)
{
    size_t band = milli >= b->full.milli ? 0 : (size_t)((b->full.milli - milli - 1) / b->width.milli) + 1;
    return band < b->n_bands ? band : b->n_bands - 1;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void describe(struct bands_unit *u, int64_t *mark, const struct bands_unit *city)
{
    wide squares = 0, n = u->scored;
    if (n == 0) {
        u->sd = u->cv = u->z = figure_undefined(N_("nobody has a mark"));
        return;
    }
    qsort(mark, (size_t)u->scored, sizeof *mark, by_value);
    u->twice_median_milli = mark[(u->scored - 1) / 2] + mark[u->scored / 2];
    for (int64_t i = 0; i < u->scored; i++)
        squares += (wide)mark[i] * mark[i];
    double mean = (double)u->sum_milli / (double)n / 1000;
    u->sd = figure_of(sqrt((double)(n * squares - (wide)u->sum_milli * u->sum_milli)) / (double)n / 1000);
    u->cv = mean > 0 ? figure_of(u->sd.value / mean) : figure_undefined(N_("the mean is 0"));
    if (city == u || city->sd.value > 0)
        u->z = figure_of(
            city == u ? 0 : (mean - (double)city->sum_milli / (double)city->scored / 1000) / city->sd.value);
    else
        u->z = figure_undefined(N_("all have the same mark"));
}

/* One unit: results from `from` on that belong to it. */
static size_t take_unit(struct bands *b, const struct store_result *const *sorted, size_t from, size_t n,
                        enum rates_level level, int64_t *mark)
{
    struct bands_unit *u = &b->unit[b->n++];
    size_t i = from;
    *u = (struct bands_unit){.place = place_unit(level, sorted[from]),
                             .band = arena_array(b->arena, b->n_bands, sizeof *u->band)};
    for (; i < n && place_belongs(&u->place, sorted[i]); i++)
        if (sorted[i]->mark == STORE_SCORED) {
            int64_t milli = sorted[i]->points.milli;
            mark[u->scored++] = milli;
            u->sum_milli += milli;
            u->band[band_of(b, milli)]++;
        }
    describe(u, mark, &b->unit[0]);
    return i;
}

static void take_units(struct bands *b, const struct store_result *const *sorted, size_t n, int64_t *mark)
{
    size_t open[RATES_LEVELS] = {0};
    for (size_t i = 0; i < n; i++)
        for (enum rates_level level = RATES_CITY; level < RATES_LEVELS; level++)
            if (i == 0 || !place_belongs(&b->unit[open[level]].place, sorted[i])) {
                open[level] = b->n;
                take_unit(b, sorted, i, n, level, mark);
            }
}

/* All marks, ascending, into those that occur, from the highest. */
static void take_marks(struct bands *b, const int64_t *mark, size_t n)
{
    b->mark = arena_array(b->arena, n + 1, sizeof *b->mark);
    b->times = arena_array(b->arena, n + 1, sizeof *b->times);
    for (size_t i = n; i-- > 0;) {
        if (b->n_marks == 0 || b->mark[b->n_marks - 1].milli != mark[i])
            b->mark[b->n_marks++] = points_milli(mark[i]);
        b->times[b->n_marks - 1]++;
    }
}

int bands_compute(struct bands *ret, const struct store_result *result, size_t n, points_t full,
                  points_t width, struct err *e)
{
    if (width.milli < 1000 || (full.milli + width.milli - 1) / width.milli + 1 > BANDS_MAX)
        return err_set(e, ERR_USAGE, NULL, _("a band is a point or more wide, and there are at most %d"),
                       BANDS_MAX);
    struct bands b = {.arena = arena_new(),
                      .full = full,
                      .width = width,
                      .n_bands = (size_t)((full.milli + width.milli - 1) / width.milli) + 1};
    const struct store_result **sorted = mem_grow(NULL, n + 1, sizeof *sorted);
    int64_t *mark = mem_alloc((n + 1) * sizeof *mark);
    size_t counted = places_sort(result, n, sorted), scored = 0;
    b.unit = arena_array(b.arena, counted * RATES_LEVELS + 1, sizeof *b.unit);
    take_units(&b, sorted, counted, mark);
    for (size_t i = 0; i < counted; i++)
        if (sorted[i]->mark == STORE_SCORED)
            mark[scored++] = sorted[i]->points.milli;
    qsort(mark, scored, sizeof *mark, by_value);
    take_marks(&b, mark, scored);
    free(sorted);
    free(mark);
    *ret = b;
    return 0;
}

void bands_release(struct bands *b)
{
    arena_free(b->arena);
    *b = (struct bands){0};
}

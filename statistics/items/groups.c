/* SPDX-License-Identifier: Apache-2.0 */
/* The upper and the lower 27 % by total (Kelley 1939). Where a group's boundary runs through persons with the
 * same total, each of them counts with the fraction that fills the group. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/items/items-internal.h"

struct boundary {
    int64_t total;       /* persons beyond it are in the group */
    int64_t need, there; /* of those at it: need of there count */
};

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* sorted ascending; upper: from its end. */
static struct boundary boundary_of(const int64_t *sorted, size_t n, size_t group, bool upper)
{
    struct boundary b = {.total = sorted[upper ? n - group : group - 1]};
    int64_t beyond = 0;
    for (size_t i = 0; i < n; i++) {
        beyond += upper ? sorted[i] > b.total : sorted[i] < b.total;
        b.there += sorted[i] == b.total;
    }
    b.need = (int64_t)group - beyond;
    return b;
}

/* Mean share of the full marks: (beyond * there + at * need) / (group * there * max), in integers up to the
 * division. */
static double group_facility(const struct score_sums *s, size_t item, const struct boundary *b, bool upper,
                             size_t group, int64_t max)
{
    const int32_t *x = matrix_item(s->m, item);
    wide beyond = 0, at = 0;
    for (size_t i = 0; i < s->m->n; i++) {
        int64_t t = s->total[i];
        beyond += (upper ? t > b->total : t < b->total) ? x[i] : 0;
        at += t == b->total ? x[i] : 0;
    }
    return (double)(beyond * b->there + at * b->need) / ((double)group * (double)b->there * (double)max);
}

void classical_groups(struct test_analysis *t, const struct score_sums *s, const int64_t *max)
{
    size_t n = s->m->n;
    int64_t *sorted = mem_alloc((n + 1) * sizeof *sorted);
    memcpy(sorted, s->total, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    struct boundary upper = boundary_of(sorted, n, t->group, true),
                    lower = boundary_of(sorted, n, t->group, false);
    for (size_t j = 0; j < s->m->k; j++) {
        struct item_analysis *item = &t->item[j];
        if (max[j] <= 0) {
            item->upper = item->lower = item->discrimination = figure_undefined(N_("the full marks are 0"));
            continue;
        }
        item->upper = figure_of(group_facility(s, j, &upper, true, t->group, max[j]));
        item->lower = figure_of(group_facility(s, j, &lower, false, t->group, max[j]));
        item->discrimination = figure_of(item->upper.value - item->lower.value);
    }
    free(sorted);
}

static void sorted_rest(const struct score_sums *s, size_t item, int64_t *rest)
{
    const int32_t *x = sums_item(s, item);
    for (size_t i = 0; i < s->m->n; i++)
        rest[i] = s->total[i] - x[i];
    qsort(rest, s->m->n, sizeof *rest, by_value);
}

static void sorted_scores(const struct score_sums *s, size_t item, int64_t *score)
{
    const int32_t *x = sums_item(s, item);
    for (size_t i = 0; i < s->m->n; i++)
        score[i] = x[i];
    qsort(score, s->m->n, sizeof *score, by_value);
}

/* How many persons have each value of the score, and of the rest, from the least on. */
static void count_values(const struct score_sums *s, size_t item, int64_t rest_from, uint32_t *rest,
                         uint32_t *score)
{
    const int32_t *x = sums_item(s, item);
    int64_t from = s->lowest[item];
    for (size_t i = 0; i < s->m->n; i++) {
        rest[s->total[i] - x[i] - rest_from]++;
        score[x[i] - from]++;
    }
}

static wide cross_by_counting(const struct score_sums *s, size_t item, int64_t rest_from, size_t rest_range,
                              size_t range)
{
    uint32_t *rest = mem_alloc((rest_range + 1) * sizeof *rest),
             *score = mem_alloc((range + 1) * sizeof *score);
    wide sum = 0;
    count_values(s, item, rest_from, rest, score);
    for (size_t a = 0, b = 0; a < range;) {
        uint32_t both;
        while (b < rest_range && rest[b] == 0)
            b++;
        if (score[a] == 0) {
            a++;
            continue;
        }
        both = score[a] < rest[b] ? score[a] : rest[b];
        sum += (wide)both * (s->lowest[item] + (int64_t)a) * (rest_from + (int64_t)b);
        score[a] -= both;
        rest[b] -= both;
    }
    free(rest);
    free(score);
    return sum;
}

wide classical_sorted_cross(const struct score_sums *s, size_t item)
{
    enum { COUNTED = 1 << 20 };
    int64_t rest_from = s->least - s->highest[item];
    int64_t rest_range = s->most - s->lowest[item] - rest_from + 1,
            range = s->highest[item] - s->lowest[item] + 1;
    if (rest_range <= COUNTED && range <= COUNTED)
        return cross_by_counting(s, item, rest_from, (size_t)rest_range, (size_t)range);
    int64_t *rest = mem_alloc((s->m->n + 1) * sizeof *rest),
            *score = mem_alloc((s->m->n + 1) * sizeof *score);
    wide sum = 0;
    sorted_rest(s, item, rest);
    sorted_scores(s, item, score);
    for (size_t i = 0; i < s->m->n; i++)
        sum += (wide)score[i] * rest[i];
    free(rest);
    free(score);
    return sum;
}

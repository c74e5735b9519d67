/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the item analysis hand to each other. */
#ifndef KAOCHANG_STATISTICS_ITEMS_INTERNAL_H
#define KAOCHANG_STATISTICS_ITEMS_INTERNAL_H

#include "statistics/items/classical.h"

typedef __int128 wide;

/* Exact sums in units of `step` thousandths. */
struct score_sums {
    const struct score_matrix *m;
    int64_t step;        /* common divisor of all scores, at least 1 */
    int64_t *total;      /* of each person */
    int64_t least, most; /* of the totals */
    wide total_sum, total_squares;
    wide *sum, *squares, *cross; /* of each item: x, x^2, x * total */
    int64_t *lowest, *highest;   /* score of each item */
    int32_t *scratch;            /* what sums_item returns */
};

void score_sums_take(struct score_sums *ret, const struct score_matrix *m);
void score_sums_release(struct score_sums *s);

/* The scores of an item in steps; borrowed until the next call. */
const int32_t *sums_item(const struct score_sums *s, size_t item);
/* x / step of a multiple of step, without a division. */
static inline int32_t sums_steps(int32_t x, double reciprocal)
{
    double v = x * reciprocal;
    return (int32_t)(v + (v < 0 ? -0.5 : 0.5));
}

/* Sum of squared deviations, and of crossed ones, times n: n * Σxy - Σx * Σy. */
wide sums_spread(const struct score_sums *s, size_t item);
wide sums_total_spread(const struct score_sums *s);
wide sums_cross_spread(const struct score_sums *s, size_t item); /* item and total */

/* The 27 % groups: upper, lower, discrimination of every item. */
void classical_groups(struct test_analysis *t, const struct score_sums *s, const int64_t *max);
/* The largest Σ x * rest that the same scores allow, in another order. */
wide classical_sorted_cross(const struct score_sums *s, size_t item);
/* alpha_standard and lambda6 out of the correlations of all pairs. */
void classical_pairs(struct test_analysis *t, const struct score_sums *s);

#endif

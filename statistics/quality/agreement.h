/* SPDX-License-Identifier: Apache-2.0 */
/* How far two examiners who rated the same candidates independently agree. docs/statistics.md, "Agreement".
 */
#ifndef KAOCHANG_STATISTICS_QUALITY_AGREEMENT_H
#define KAOCHANG_STATISTICS_QUALITY_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A coefficient that may not exist: nothing to agree on. */
struct coefficient {
    bool exists;
    double value;
};

/* Kappa of a square table of k categories (Cohen 1960, 1968): 1 - observed / expected disagreement. `weight`:
 * k x k, of a disagreement, 0 on the diagonal. */
struct coefficient kappa_table(const double *table, const double *weight, size_t k);

struct icc { /* single ratings: Shrout and Fleiss 1979 */
    struct coefficient icc1, icc2, icc3;
    double f1, f3;       /* of the candidates, in the one-way and the two-way analysis */
    double df, df1, df3; /* of candidates; of the residual in either analysis */
};
/* n candidates by k raters, row by row. */
struct icc icc_compute(const double *mark, size_t n, size_t k);

struct agreement {
    size_t n;                                    /* candidates whom both rated */
    size_t same, within;                         /* the same total; at most the tolerance apart */
    int64_t sum_milli;                           /* of first - second */
    int64_t sum_apart_milli, most_milli;         /* of |first - second|; the largest */
    struct coefficient kappa, linear, quadratic; /* of totals, weighted by points apart */
    struct icc icc;
    size_t steps, same_steps; /* steps that both marked; with the same points */
};

/* Totals of the first and of the second rater. Steps are left 0. */
void agreement_compute(struct agreement *ret, const int64_t *first_milli, const int64_t *second_milli,
                       size_t n, int64_t tolerance_milli);

#endif

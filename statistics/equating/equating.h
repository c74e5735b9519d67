/* SPDX-License-Identifier: Apache-2.0 */
/* Equating: which score on form Y is worth a score on form X (Kolen & Brennan, Test Equating, 2004: chapters 2, 3, 4, 7).
 * Scores are whole numbers from `low` on. Two designs: random groups, each with one form; and groups that differ, with a
 * common anchor. */
#ifndef KAOCHANG_STATISTICS_EQUATING_H
#define KAOCHANG_STATISTICS_EQUATING_H

#include <stddef.h>

#include "base/err.h"
#include "statistics/scores/figure.h"

struct distribution {
    long low;      /* the lowest score */
    size_t n;      /* scores low … low + n - 1 */
    double *count; /* persons (smoothed ones need not be whole) */
    double persons;
};

struct moments {
    double mean;
    struct figure sd;             /* divides by n - 1 */
    struct figure skewness, kurtosis; /* m3 / sd^3, m4 / sd^4 */
    long lowest, highest;         /* that anybody has */
};
struct moments distribution_moments(const struct distribution *d);

/* y = intercept + slope * x. */
struct equating_line {
    struct figure intercept, slope;
};
struct equating_line equate_mean(const struct distribution *x, const struct distribution *y);
struct equating_line equate_linear(const struct distribution *x, const struct distribution *y);
/* Standard error of a linearly equated score at x, by the delta method without normality (equation 7.10). */
struct figure equate_linear_error(const struct distribution *x, const struct distribution *y, double score);

/* y[i] for the i-th score of x: the score with the same percentile rank, scores spread evenly over half a point to each
 * side (equation 2.17); error[i]: its standard error (Lord 1982; equation 7.13). */
void equate_equipercentile(const struct distribution *x, const struct distribution *y, struct figure *yx, struct figure *error);

/* Log-linear presmoothing: the distribution exp(polynomial of `degree`) of the same first `degree` moments (Holland &
 * Thayer 1987). degree 1..10, below the number of scores. ERR_DATA where it does not converge. */
MUST_CHECK int distribution_smooth(struct distribution *ret, const struct distribution *d, size_t degree, struct err *e);
void distribution_release(struct distribution *d);

/* Of one group: a total and an anchor. */
struct anchored {
    double n, mean, variance, anchor_mean, anchor_variance, covariance; /* variances divide by n */
};
struct anchored anchored_of(const double *total, const double *anchor, size_t n);
enum anchor_method { ANCHOR_TUCKER, ANCHOR_LEVINE };
/* Linear equating of groups that differ, in the synthetic population of both by their sizes (equations 4.17 ff.).
 * internal: the anchor's items count in the total. */
struct equating_line equate_anchored(const struct anchored *x, const struct anchored *y, enum anchor_method method, bool internal);

#endif

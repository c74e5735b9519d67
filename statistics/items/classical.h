/* SPDX-License-Identifier: Apache-2.0 */
/* Item and test analysis of classical test theory over a complete score matrix. Sums are exact integers; the
 * rest is
 * + - * / and square root of doubles in a fixed order, so that every machine gets the same figures.
 *
 * Variances and covariances divide by n - 1. Moodle's definitions:
 * docs.moodle.org/dev/Quiz_statistics_calculations. */
#ifndef KAOCHANG_STATISTICS_ITEMS_CLASSICAL_H
#define KAOCHANG_STATISTICS_ITEMS_CLASSICAL_H

#include "base/err.h"
#include "statistics/scores/figure.h"
#include "statistics/scores/matrix.h"

struct item_analysis {
    struct figure mean, sd, variance; /* of the scores */
    struct figure facility;           /* mean / full marks; difficulty index P */
    struct figure point_biserial;     /* correlation with the total */
    struct figure rest_correlation;   /* with the total without the item: corrected item-rest; Moodle's
                                         discrimination index / 100 */
    struct figure efficiency;     /* covariance with the rest / the largest that these scores allow: Moodle's
                                     discriminative efficiency / 100 */
    struct figure weight;         /* effective weight: share of the total's standard deviation, 0..1 */
    struct figure alpha_without;  /* Cronbach's alpha of the other items */
    struct figure upper, lower;   /* facility in the upper and the lower 27 % by total */
    struct figure discrimination; /* upper - lower: discrimination index D */
};

struct test_analysis {
    size_t n, k;
    struct figure mean, variance, sd, median, skewness, kurtosis; /* of the totals; skewness and kurtosis as
                                                                     Moodle's k-statistics g1, g2 */
    struct figure alpha; /* Cronbach 1951; of items scored 0 and full, KR-20 (Kuder & Richardson 1937) */
    struct figure alpha_standard; /* of the standardised items */
    struct figure kr20;    /* with population variances; only where every item is 0 or its full marks */
    struct figure lambda6; /* Guttman 1945, from squared multiple correlations; up to CLASSICAL_PAIRS items */
    struct figure sem;     /* standard error of measurement, in points */
    struct figure error_ratio;  /* sqrt(1 - alpha) */
    size_t group;               /* persons of the upper and of the lower 27 %, at least 1 */
    struct item_analysis *item; /* k */
};

enum { CLASSICAL_PAIRS = 400 };

/* Ties at the boundary of the 27 % groups: all persons with the boundary's total count, each with the same
 * fraction, so that the group has its size and the order of lines decides nothing. ERR_DATA for a missing
 * score. */
MUST_CHECK int classical_analyse(struct test_analysis *ret, const struct score_matrix *m, struct err *e);
void classical_release(struct test_analysis *t);

#endif

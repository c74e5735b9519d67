/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of formula/: one number out of many. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_STATISTICS_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_STATISTICS_H

#include "scoring/practical/formula/compute.h"

enum statistic {
    STATISTIC_SUM,
    STATISTIC_PRODUCT,
    STATISTIC_AVERAGE,
    STATISTIC_COUNT,
    STATISTIC_COUNTA,
    STATISTIC_MAX,
    STATISTIC_MIN,
    STATISTIC_STDEV,
    STATISTIC_STDEVP,
    STATISTIC_VAR,
    STATISTIC_VARP,
    STATISTIC_MEDIAN,
};
value statistic_of(enum statistic which, double *x, size_t n); /* MEDIAN sorts x */
value statistic(struct run *r, enum statistic which, const value *arg, uint32_t n);
void sort_numbers(double *x, size_t n); /* rising */

#endif

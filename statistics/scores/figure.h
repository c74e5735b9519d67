/* SPDX-License-Identifier: Apache-2.0 */
/* A statistic that is a number, or is not defined and says why: a constant item, an empty group, one
 * candidate. Never NaN, never infinite. */
#ifndef KAOCHANG_STATISTICS_SCORES_FIGURE_H
#define KAOCHANG_STATISTICS_SCORES_FIGURE_H

#include <stdbool.h>

struct figure {
    double value;
    const char *why; /* N_(): why it is not defined; NULL where it is */
};

/* Whatever is not finite is not defined: "beyond what can be computed". */
struct figure figure_of(double value);
struct figure figure_undefined(const char *why);
bool figure_is(const struct figure *f);

#endif

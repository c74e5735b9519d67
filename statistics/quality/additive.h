/* SPDX-License-Identifier: Apache-2.0 */
/* The additive model of marks: mark = rater + school + experiment + residual, by least squares. Raters are
 * eliminated first (their block of the normal equations is diagonal), the rest is solved by Cholesky in a
 * fixed order. docs/statistics.md, "Severity". */
#ifndef KAOCHANG_STATISTICS_QUALITY_ADDITIVE_H
#define KAOCHANG_STATISTICS_QUALITY_ADDITIVE_H

#include "base/arena.h"
#include "base/err.h"

enum { ADDITIVE_MAX_OTHERS = 4000 }; /* schools and experiments together */

struct additive_case {
    size_t rater, school, rubric; /* indices from 0 */
    double mark;
};

struct additive_rater {
    size_t n;
    size_t
        set; /* raters of one set can be compared: all that differs between them is identified by the data */
    double offset; /* marks above what the set's raters on average would give to the same candidates */
    double se;     /* of the offset; 0 in a set of one */
};

struct additive {
    struct arena *arena;
    struct additive_rater *rater;
    size_t n_raters, n_sets;
    double *residual; /* of each case: mark - expectation, which includes the rater's offset */
    double sigma;     /* standard deviation of the residuals */
    double df;        /* degrees of freedom that are left for it */
};

/* Every index below its count occurs. ERR_DATA beyond ADDITIVE_MAX_OTHERS. */
MUST_CHECK int additive_fit(struct additive *ret, const struct additive_case *x, size_t n, size_t n_raters,
                            size_t n_schools, size_t n_rubrics, struct err *e);
void additive_release(struct additive *m);

#endif

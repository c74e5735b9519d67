/* SPDX-License-Identifier: Apache-2.0 */
/* One run of COIN-OR Cbc over a model: the only file that knows Cbc. Single-threaded, silent. Its libraries,
 * with those of Fortran and C++, are loaded when the first model is solved: every other command starts in
 * half the time without them. */
#ifndef KAOCHANG_ENGINE_CBC_H
#define KAOCHANG_ENGINE_CBC_H

#include "base/err.h"
#include "engine/search/model.h"

struct cbc_limits {
    int64_t nodes, seconds; /* seconds 0: no clock */
    int64_t gap_milli;      /* stop when the bound is this near, in thousandths */
    bool first;             /* stop at the first solution */
};

struct cbc_answer {
    bool infeasible; /* proven, as all here, in floating point */
    bool optimal;    /* of the solution */
    bool by_clock;   /* the clock ended the search */
    double bound;    /* in the model's costs; no solution costs less */
    int64_t nodes;
    double *solution; /* of the columns, or NULL; free it */
};

/* ERR_ENV when the library is not there. */
MUST_CHECK int cbc_run(struct cbc_answer *ret, const struct model *m, const struct cbc_limits *limits,
                       struct err *e);

#endif

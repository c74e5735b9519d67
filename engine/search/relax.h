/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation that bounds a problem: forms are interchangeable, so it has one variable per item, the
 * number of forms that hold it, and every requirement summed over the forms (rows and variables as
 * proof/proof.h says them). For one form it is the problem without its wholeness; for many it bounds in a
 * second where the plain model has millions of variables. Only the first objective counts.
 *
 * "Profit" is in the objective's integers, oriented so that more is better whatever the objective. */
#ifndef KAOCHANG_ENGINE_RELAX_H
#define KAOCHANG_ENGINE_RELAX_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/proof.h"
#include "engine/search/work.h"

struct relax_options {
    const bool *keep;  /* as in solve_options */
    bool no_objective; /* is there anything at all? */
};

enum relax_status {
    RELAX_BOUND,      /* no selection is better than `bound` */
    RELAX_INFEASIBLE, /* proven in exact numbers: there is no selection */
    RELAX_LIMIT,      /* the budget ended before either was known */
};

/* What one more of a row's side would be worth, for those rows that hold the bound: >= 0. */
struct relax_price {
    uint32_t requirement, sub; /* as of proof_term */
    bool high;                 /* the upper side holds it, else the lower */
    double price;              /* profit for one more, in the row's integers */
};

struct relaxed {
    enum relax_status status;
    double bound;     /* RELAX_BOUND: in the objective's integers (as check_objective's num / den) */
    double *use;      /* of each item, in forms; fractional */
    double *reduced;  /* of each item: profit of one more use at the prices; below 0: better not, 0: open */
    double *stimulus; /* forms that use each stimulus; NULL: none are counted */
    size_t n_items, n_stimuli;
    struct relax_price *price;
    size_t n_prices;
    struct proof proof; /* of the bound, or of there being none: one leaf */
};

MUST_CHECK int relax_solve(struct relaxed *ret, const struct problem *p, const struct relax_options *o,
                           struct work *w, struct err *e);
void relaxed_release(struct relaxed *r); /* a zeroed one is fine */

#endif

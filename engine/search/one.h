/* SPDX-License-Identifier: Apache-2.0 */
/* One form, exactly: the relaxation, then a tree on those items that can still matter. The relaxation's
 * prices tell for each item how much its use would cost; with a guess at how near to the bound the best form
 * is, few items of a large pool are left, and a tree over them shows whether the guess was right. */
#ifndef KAOCHANG_ENGINE_ONE_H
#define KAOCHANG_ENGINE_ONE_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/proof.h"
#include "engine/search/work.h"

struct one_options {
    uint64_t seed;
    const bool *keep; /* as in solve_options */
    bool any;         /* any form that meets the requirements will do */
    int64_t gap_milli;
};

enum one_status { ONE_OPTIMAL, ONE_FEASIBLE, ONE_INFEASIBLE, ONE_BUDGET };

struct one_result {
    enum one_status status;
    double
        bound; /* no form is better, in the objective's integers; OPTIMAL and FEASIBLE, BUDGET if has_bound */
    bool has_bound;
    struct proof proof; /* of the bound, or that there is none */
    int64_t nodes;
};

/* p has one form. *best may come empty, or with a form to improve on; it holds the best one found. */
MUST_CHECK int one_search(const struct problem *p, const struct one_options *o, struct work *w,
                          struct selection *best, struct one_result *ret, struct err *e);
void one_result_release(struct one_result *r);

#endif

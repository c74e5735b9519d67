/* SPDX-License-Identifier: Apache-2.0 */
/* Why there is no paper: a set of requirements that contradict each other and of which none can be left out
 * (deletion filter), with how many items fit each. */
#ifndef KAOCHANG_ENGINE_EXPLAIN_H
#define KAOCHANG_ENGINE_EXPLAIN_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/search/solve.h"

struct explanation {
    uint32_t *requirement; /* numbers in the problem, ascending; one per unit_no */
    size_t n;
    bool smallest; /* false: the budget ended before every one of them was proven to be needed */
};

/* p is infeasible under all its requirements. */
MUST_CHECK int explain_infeasible(const struct problem *p, const struct solve_options *o,
                                  struct explanation *ret, struct err *e);
void explanation_release(struct explanation *x);
/* Items that a requirement is about. */
size_t requirement_matches(const struct problem *p, const struct requirement *r);

#endif

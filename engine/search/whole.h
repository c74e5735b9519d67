/* SPDX-License-Identifier: Apache-2.0 */
/* A small problem of several forms as one mixed-integer program for Cbc: where local search finds nothing, it
 * finds forms or says that there are none. Nothing it says is a proof. */
#ifndef KAOCHANG_ENGINE_WHOLE_H
#define KAOCHANG_ENGINE_WHOLE_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/search/work.h"

bool whole_fits(const struct problem *p);
struct whole_answer {
    bool infeasible, optimal; /* says Cbc */
};

/* Forms that meet what is kept, into *best if it is empty; the best ones as far as the budget goes, or with
 * `any` the first ones. */
MUST_CHECK int whole_search(const struct problem *p, const bool *keep, uint64_t seed, bool any,
                            struct work *w, struct selection *best, struct whole_answer *ret, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Several forms without stimuli whose least row is to be as high as can be (OBJECTIVE_MAXIMIN), or that are
 * only to be found: the relaxation says which items matter and what they can reach together, annealing deals
 * them out, and rounds at ever lower heat level the forms. */
#ifndef KAOCHANG_ENGINE_MANY_H
#define KAOCHANG_ENGINE_MANY_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/search/relax.h"
#include "engine/search/work.h"

struct many_options {
    uint64_t seed;
    bool any; /* the first forms that meet the requirements will do */
};

/* Is it a problem of this kind? Others are for sets_search. */
bool many_suits(const struct problem *p);
/* Betters *best, which may be empty, until w ends or the bound is reached. Returns 0 if *best holds forms
 * that meet every requirement by the search's own count (to be checked), -ERR_NO (e unchanged) if none were
 * found. */
MUST_CHECK int many_search(const struct problem *p, const struct relaxed *bound, const struct many_options *o,
                           struct work *w, struct selection *best, struct err *e);

#endif

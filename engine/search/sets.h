/* SPDX-License-Identifier: Apache-2.0 */
/* Several forms with any requirement and any objective: annealing over items, sets of a stimulus and
 * exchanges between forms, then what exact methods can better. */
#ifndef KAOCHANG_ENGINE_SETS_H
#define KAOCHANG_ENGINE_SETS_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/search/work.h"

struct relaxed;

struct sets_options {
    uint64_t seed;
    const bool *keep; /* as in solve_options */
    bool any;         /* any forms that meet the requirements will do */
};

/* Betters *best, which may be empty, until w ends or the bound is reached. The first objective counts. bound
 * may be NULL. Returns 0 if *best holds forms that meet every requirement by the search's own count (to be
 * checked), -ERR_NO (e unchanged) if none were found. */
MUST_CHECK int sets_search(const struct problem *p, const struct relaxed *bound, const struct sets_options *o,
                           struct work *w, struct selection *best, struct err *e);

#endif

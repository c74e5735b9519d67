/* SPDX-License-Identifier: Apache-2.0 */
/* Several forms with any requirement and any objective: annealing over items, sets and exchanges between forms,
 * then what exact methods can better. */
#ifndef KAOCHANG_ENGINE_SETS_H
#define KAOCHANG_ENGINE_SETS_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/search/work.h"

struct sets_options {
    uint64_t seed;
    bool has_bound;
    double bound; /* no forms are better, in the objective's integers (MAXIMIN: sum / weight) */
};

/* Betters *best (form NULL: empty) until w ends or nothing can be better. *best has room for all items in
 * every form. `found` says whether it holds a selection that meets every requirement, before and after. */
void sets_search(const struct problem *p, const struct sets_options *o, struct work *w, struct selection *best,
                 bool *found);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Swap search: items of a pool come and go, or change places between forms, and what costs more is accepted
 * less and less (annealing). Items that count alike are tried for each other first, since such a swap breaks
 * nothing, and swaps that break counts in pairs that mend them. Deterministic: no clock, no function of libm.
 */
#ifndef KAOCHANG_ENGINE_SWAP_H
#define KAOCHANG_ENGINE_SWAP_H

#include "base/rng.h"
#include "engine/search/state.h"
#include "engine/search/work.h"

struct swap;

/* Borrows both; the pool holds at least every item of s. loose: forms may differ in length, items come and go
 * without another in their place. */
struct swap *swap_new(struct state *s, const uint32_t *pool, size_t n_pool, bool loose, uint64_t seed);
void swap_free(struct swap *w); /* NULL is fine */

struct swap_heat {
    double hot, cold;            /* the cost that is accepted, at first and at last; above 0 */
    int64_t moves;               /* from hot to cold */
    double enough;               /* it ends as soon as nothing is broken and the cost is at most this */
    void (*look)(void *context); /* where nothing is broken and it costs less than ever since; NULL: none */
    void *context;
};

/* Leaves s where the search ended. */
void swap_anneal(struct swap *w, const struct swap_heat *heat, struct work *work);

/* The two exchanges of like items between f and g that serve the goals best; false if none does. */
bool swap_match(struct swap *w, size_t f, size_t g, struct work *work);

#endif

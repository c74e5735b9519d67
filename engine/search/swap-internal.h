/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of swap. */
#ifndef KAOCHANG_ENGINE_SWAP_INTERNAL_H
#define KAOCHANG_ENGINE_SWAP_INTERNAL_H

#include "engine/search/swap.h"

struct swap {
    struct state *s;
    struct rng rng;
    const uint32_t *pool;
    size_t n_pool;
    uint64_t
        *mark; /* per item: what it counts in; marks add up, so that two pairs of equal sum count alike */
    uint32_t *class_of; /* per item of the pool */
    uint32_t *member;   /* the pool by class: member[class_at[c]] .. member[class_at[c + 1]] */
    uint32_t *class_at;
    uint64_t *class_mark; /* ascending */
    size_t n_classes;
    double lowest; /* cost where nothing was broken, in this annealing */
    bool loose;    /* forms may differ in length */
};

struct swap_move {
    size_t f,
        g; /* g: the form that gives `in` and takes `out`; f itself where `in` is not taken from a form */
    uint32_t out, in;
};

static inline size_t swap_below(struct swap *w, size_t n)
{
    return (size_t)((rng_u64(&w->rng) >> 32) * n >> 32);
}

void swap_make(struct swap *w, const struct swap_move *m);
double swap_try(struct swap *w, const struct swap_move *m);

/* A second move between the same two that takes back what the first one changes in the counts; at random
 * among those there are. */
bool swap_second(struct swap *w, const struct swap_move *first, struct swap_move *ret);
/* Both together, if the cost then rises by no more than `most`. */
void swap_both(struct swap *w, const struct swap_move *first, const struct swap_move *second, double most);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Which rules contradict each other: found in the relaxation, none of them can be left out, and as few as the
 * budget finds. Where several will do, those about the most items: the broad rules that a person knows. */
#ifndef KAOCHANG_ENGINE_CONFLICT_H
#define KAOCHANG_ENGINE_CONFLICT_H

#include "engine/explain/elastic.h"

struct conflict {
    bool *in; /* of each rule of the lots */
    size_t n;
    bool least;  /* no contradiction of the relaxation has fewer rules with rows */
    bool inside; /* it stays one with as many items of every kind as one likes */
};

/* `times`: as in elastic_ask. False: the relaxation can be met, or the budget ended before it was known that
 * it cannot. */
bool conflict_find(struct conflict *ret, const struct lots *l, struct elastic *x, double times,
                   struct work *w);
void conflict_release(struct conflict *c);

/* Any other way to know that the rules of `keep` contradict each other. */
typedef bool conflict_test_fn(void *context, const bool *keep);
/* Of the rules in `in`, which contradict each other by `contradict`, leaves such that none can be left out as
 * far as it can tell (QuickXplain, U. Junker 2004). `rank`: rules in order of liking. */
void conflict_reduce(const uint32_t *rank, size_t n_rules, bool *in, conflict_test_fn *contradict,
                     void *context);
/* The rules in order of liking; free it. */
uint32_t *conflict_rank(const struct lots *l);

#endif

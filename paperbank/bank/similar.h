/* SPDX-License-Identifier: Apache-2.0 */
/* All similar pairs among many sets, exactly: a join with prefix and length filters (Chaudhuri, Ganti,
 * Kaushik 2006; Bayardo, Ma, Srikant 2007, "Scaling up all pairs similarity search"). Sets are ordered by
 * their rarest members, and two sets that are alike enough must share some of the first few (Wang, Li, Feng
 * 2012, "Can we beat the prefix filtering?"). */
#ifndef KAOCHANG_PAPERBANK_BANK_SIMILAR_H
#define KAOCHANG_PAPERBANK_BANK_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gram_record {
    uint32_t *gram; /* each once; reordered by the join */
    uint32_t n;     /* at least 1 */
    uint32_t index; /* the caller's; pairs name it */
};

struct similar_pair {
    uint32_t x, y;   /* indices, x < y */
    int64_t measure; /* common * 1000 / (members of both together), rounded down */
};

/* Pairs with common * 1000 >= threshold * union, sorted by falling measure, then x, y; at most max of them
 * into a list that the caller frees. Of sets with equal members each is paired with the one of lowest index,
 * and only that one with others. Reorders the records. */
size_t similar_pairs(struct gram_record *record, size_t n, uint32_t threshold, size_t max,
                     struct similar_pair **ret, bool *ret_more);

#endif

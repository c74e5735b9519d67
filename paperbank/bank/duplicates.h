/* SPDX-License-Identifier: Apache-2.0 */
/* Items that nearly repeat each other: two sets of n-grams (grams.h) whose common part is a large part of
 * both together (Jaccard). Exact, from integers, independent of any order in the file; retired items are left
 * out. */
#ifndef KAOCHANG_PAPERBANK_BANK_DUPLICATES_H
#define KAOCHANG_PAPERBANK_BANK_DUPLICATES_H

#include <stdbool.h>

#include "paperbank/bank/bank.h"

enum { DUPLICATE_THRESHOLD = 800, DUPLICATE_LEAST = 300 }; /* thousandths */

struct bank_pair {
    const char *item, *other; /* item < other bytewise */
    int64_t measure;          /* thousandths, rounded down; 1000: the same grams */
};

/* All pairs of at least `threshold` (DUPLICATE_LEAST to 1000), the most alike first, then by ids. Of items
 * with equal grams each is paired with the first of them, and only that one with others. At most `max` pairs;
 * *ret_more tells whether there would be others. Memory: some 500 bytes an item. */
MUST_CHECK int bank_duplicates(struct bank *b, int64_t threshold, size_t max, struct arena *a,
                               struct bank_pair **ret, size_t *ret_n, bool *ret_more, struct err *e);

#endif

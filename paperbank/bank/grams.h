/* SPDX-License-Identifier: Apache-2.0 */
/* An item as a set of n-grams, for near-duplicates: stem and choices, folded as for the search, without
 * spaces and punctuation, in triples of characters that never reach from one part into another; so neither
 * the order of the choices nor a comma matters. Each triple is a 32-bit hash. */
#ifndef KAOCHANG_PAPERBANK_BANK_GRAMS_H
#define KAOCHANG_PAPERBANK_BANK_GRAMS_H

#include "base/bytes.h"
#include "paperbank/item/item.h"

enum { GRAMS_MAX = 4096 }; /* of a longer item the smallest hashes */

/* Appends the sorted hashes, each once, 32 bits little-endian. */
void grams_add(struct bytes *out, const struct item *item);

#endif

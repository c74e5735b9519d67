/* SPDX-License-Identifier: Apache-2.0 */
/* What the bank derives from the document of a version, so that it can be found: search words and grams. */
#ifndef KAOCHANG_PAPERBANK_BANK_INDEXING_H
#define KAOCHANG_PAPERBANK_BANK_INDEXING_H

#include "paperbank/bank/bank-internal.h"
#include "paperbank/item/item.h"

/* Indexes a version that has just been written; number is that of its row. */
MUST_CHECK int index_version(struct bank *b, int64_t number, const struct item *item, struct err *e);
/* Indexes everything again, inside the caller's transaction. */
MUST_CHECK int index_all(struct bank *b, struct err *e);
/* Does so, in a transaction, where the index was written by other code than this. */
MUST_CHECK int index_if_stale(struct bank *b, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the bank: its database. */
#ifndef KAOCHANG_PAPERBANK_BANK_INTERNAL_H
#define KAOCHANG_PAPERBANK_BANK_INTERNAL_H

#include "base/db.h"
#include "paperbank/bank/bank.h"

enum { BANK_APPLICATION_ID = 0x4b43424b /* "KCBK" */, BANK_FORMAT = 4 };

struct bank {
    struct db *db;
};

/* Brings an older file to BANK_FORMAT in one transaction, after a copy of it was made beside it (its name
 * with
 * ".format-N"). Nothing happens to a file of this format. */
MUST_CHECK int bank_upgrade(struct bank *b, struct err *e);

/* Parameters and attributes of an item take the place of what it had. */
MUST_CHECK int bank_store_more(struct bank *b, const char *id, const struct bank_irt *irt,
                               const char *attributes, struct err *e);

#endif

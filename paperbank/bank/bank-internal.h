/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the bank: its database. */
#ifndef KAOCHANG_PAPERBANK_BANK_INTERNAL_H
#define KAOCHANG_PAPERBANK_BANK_INTERNAL_H

#include "base/db.h"
#include "paperbank/bank/bank.h"

enum { BANK_APPLICATION_ID = 0x4b43424b /* "KCBK" */, BANK_FORMAT = 1 };

struct bank {
    struct db *db;
};

#endif

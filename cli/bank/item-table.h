/* SPDX-License-Identifier: Apache-2.0 */
/* Items as a table for people, or as JSON. */
#ifndef KAOCHANG_CLI_BANK_ITEM_TABLE_H
#define KAOCHANG_CLI_BANK_ITEM_TABLE_H

#include "base/arena.h"
#include "paperbank/bank/bank.h"

void items_print(const struct bank_item *item, size_t n, bool json, struct arena *a);

#endif

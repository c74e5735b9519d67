/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_BANK_ITEM_JSON_H
#define KAOCHANG_CLI_BANK_ITEM_JSON_H

#include <jansson.h>

#include "paperbank/bank/bank.h"

/* The metadata of an item; unknown numbers are left out. The caller owns it. */
json_t *item_json(const struct bank_item *i);

#endif

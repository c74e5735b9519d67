/* SPDX-License-Identifier: Apache-2.0 */
/* An item out of the bank as its screens need it. */
#ifndef KAOCHANG_CLI_BANK_BROWSE_LOAD_H
#define KAOCHANG_CLI_BANK_BROWSE_LOAD_H

#include "cli/bank/browse/browse.h"
#include "client/screens/pictures.h"

/* `draw` decides the numbers of a template and the order of shuffled choices. An item that cannot
 * be shown is loaded all the same, with its trouble. */
MUST_CHECK int browse_load(struct browse_item **ret, struct bank *bank, const char *id,
                           uint64_t draw, struct pictures *pictures, struct err *e);
/* Statistics, history, findings, pictures. */
MUST_CHECK int browse_load_more(struct browse_item *x, struct bank *bank, struct err *e);
void browse_item_free(struct browse_item *x); /* NULL is fine */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Template processing: an item with variables in its text becomes one item without, other numbers for each
 * seed. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INSTANCE_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INSTANCE_H

#include "paperbank/item/item.h"

/* The bytes that decide what one candidate sees of one item: its numbers, and the order of its choices
 * (item_choice_order). The one derivation for screens, scorer and audit. Into the arena. */
struct span item_seed(struct arena *a, const char *session, const char *ticket, const char *item);

/* A new item with the drawn values in their places: printedVariable is text, templateInline, templateBlock
 * and choices with a templateIdentifier stand or are gone, correct responses and defaults are set, template
 * variables hold what was drawn as their default, templateProcessing is gone. A candidate's view gives the
 * same visible values as the whole item. An item that is no template is read anew. ERR_DATA where the rules
 * cannot be evaluated. */
MUST_CHECK int item_instantiate(struct item **ret, const struct item *item, struct span seed, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Template processing: an item with variables in its text becomes one item without, other numbers for each
 * seed. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INSTANCE_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_INSTANCE_H

#include "paperbank/item/expression/value.h"
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

/* What a template variable starts with instead of its declared default: templateDefault of a test. */
struct item_default {
    const char *identifier; /* one that is no template variable of the item is passed over */
    struct value value;
};
struct item_draw {
    struct span seed;
    const struct item_default *start;
    size_t n_starts;
    struct bytes *document; /* gets the new item's bytes too; NULL: not wanted */
};
/* item_instantiate with more to say. */
MUST_CHECK int item_drawn_from(struct item **ret, const struct item *item, const struct item_draw *how,
                               struct err *e);

#endif

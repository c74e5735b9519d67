/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which a view's bytes hold the choices that are shuffled for candidates: authors write an
 * ordering, pairs or the right choice in a telling order, and whoever reads the view itself would see it. */
#ifndef KAOCHANG_PAPERBANK_ITEM_VIEW_ORDER_H
#define KAOCHANG_PAPERBANK_ITEM_VIEW_ORDER_H

#include "paperbank/item/item.h"

/* A choice that may stand anywhere among those beside it. */
bool view_moves(const struct item *item, const struct xml_node *n);

/* The movable choices of a shuffled interaction, or of one set of it, in an order that depends on identifiers
 * alone; NULL for every other element. In the arena. */
const struct xml_node **view_order(const struct item *item, const struct xml_node *parent, struct arena *a);

#endif

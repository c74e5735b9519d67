/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the item reader only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_ITEM_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_ITEM_INTERNAL_H

#include "paperbank/item/item.h"

/* Notes a fault of the item; beyond ITEM_MAX_PROBLEMS it is dropped. */
void item_problem(struct item *item, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void item_read_declarations(struct item *item);
void item_read_body(struct item *item);
/* Rules that look at the whole: references, cardinalities, correct values. */
void item_check(struct item *item);

/* White space around removed; into the item's arena. */
const char *item_trimmed(struct item *item, const char *s);
bool item_is_space(char c);
/* `word` among the words of `list`, which may be NULL. */
bool item_has_word(const char *list, const char *word);
bool item_attr_true(const struct item *item, const struct xml_node *n, const char *name, bool fallback);

#endif

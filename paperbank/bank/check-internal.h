/* SPDX-License-Identifier: Apache-2.0 */
/* The check at work, shared by check*.c. */
#ifndef KAOCHANG_PAPERBANK_BANK_CHECK_INTERNAL_H
#define KAOCHANG_PAPERBANK_BANK_CHECK_INTERNAL_H

#include "paperbank/bank/check.h"
#include "paperbank/item/item.h"

enum { CHECK_MAX_PLACES = 10 };

struct check {
    struct bank *bank;
    bank_finding_fn *tell;
    void *context;
    size_t n;
    struct bank_item *item;
    size_t n_items;
    struct knowledge_point *point;
    size_t n_points;
    bool approval; /* the bank asks for it */
    size_t keys, longest, place[CHECK_MAX_PLACES]; /* of single choice: keys in all, strictly longest, by
                                                      place when not shuffled */
    size_t fixed, truths, falsehoods;
};

/* Counts and tells a finding; item "" is the bank as a whole. */
void check_find(struct check *c, const char *item, const char *code, const char *todo, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* How an item is worded: choices that name the others, lengths that tell, absolute words, a negation that is
 * overlooked. */
void check_wording(struct check *c, const char *id, const struct item *item, struct arena *a);

/* What tells the key: names of choices and of template variables, an order in its identifiers, the length or the
 * words of an answer; and what pays without knowing it: everything ticked. */
void check_telling(struct check *c, const char *id, const struct item *item, struct arena *a);

#endif

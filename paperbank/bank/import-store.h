/* SPDX-License-Identifier: Apache-2.0 */
/* The second half of taking an item: comparing it with what the bank has, and storing it. */
#ifndef KAOCHANG_PAPERBANK_BANK_IMPORT_STORE_H
#define KAOCHANG_PAPERBANK_BANK_IMPORT_STORE_H

#include "paperbank/bank/importing.h"
#include "paperbank/item/item.h"

/* An item that was read and may be taken. */
struct incoming {
    struct arena *arena;
    struct item *item;
    const char *kind, *delivery, *title, *stem;
    const char *stimulus; /* the first one that it names; NULL: none */
    points_t max_score;
    struct span xml, original; /* QTI 2.2; original.p NULL: the same */
    struct media_set *pictures; /* NULL: none */
    struct task_files *files;   /* NULL: not practical */
};

/* *ret_first is NULL, or the place where an item of that identifier has come before in this import. */
MUST_CHECK int import_seen(struct import *im, const char *id, const char *place, struct arena *a,
                           const char **ret_first, struct err *e);
/* Stores what differs and tells the outcome. */
MUST_CHECK int import_decide(struct import *im, const struct prepared_item *p, const struct incoming *in,
                             struct err *e);

#endif

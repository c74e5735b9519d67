/* SPDX-License-Identifier: Apache-2.0 */
/* Enemies: items that must not stand in one paper. Declared in an item's metadata, or proposed by the program
 * and then confirmed or refused by a person. Declared and confirmed ones count. */
#ifndef KAOCHANG_PAPERBANK_BANK_ENEMIES_H
#define KAOCHANG_PAPERBANK_BANK_ENEMIES_H

#include "paperbank/bank/bank.h"

struct bank_enemy {
    const char *item, *enemy;
    const char *origin; /* declared, proposed, confirmed, refused */
    const char *reason; /* near-duplicate; gives-key: the stem of item holds the key of enemy; "" */
    int64_t measure;    /* of a near-duplicate: thousandths; else BANK_UNKNOWN */
    const char *who;    /* confirmed or refused it */
    int64_t at_ms;      /* BANK_UNKNOWN for declared ones */
};

/* Pairs of that origin (NULL: any), by item and enemy. */
MUST_CHECK int bank_enemies(struct bank *b, const char *origin, struct arena *a, struct bank_enemy **ret,
                            size_t *ret_n, struct err *e);
/* Looks for near-duplicates of at least that threshold (duplicates.h), and for items of one knowledge point
 * of which the one has in its stem the key of the other: at least 4 letters that stand in few other items and
 * not in its own stem. Pairs of which something is known already are passed over. *ret_n: how many are new.
 */
MUST_CHECK int bank_propose_enemies(struct bank *b, int64_t threshold, int64_t at_ms, size_t *ret_n,
                                    struct err *e);
/* A person's word on a pair, in either order. Confirming one that nobody proposed makes it. ERR_DATA for an
 * unknown item, ERR_NO for refusing a declared pair, or one of which nothing is known. */
MUST_CHECK int bank_decide_enemies(struct bank *b, const char *item, const char *enemy, bool confirm,
                                   const char *who, int64_t at_ms, struct err *e);

#endif

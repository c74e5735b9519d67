/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of knowledge points as people keep it: counts, new points, other titles, other places. */
#ifndef KAOCHANG_PAPERBANK_BANK_POINTS_H
#define KAOCHANG_PAPERBANK_BANK_POINTS_H

#include "paperbank/bank/bank.h"

struct bank_point {
    const char *code, *title;
    int64_t items, below; /* of the point itself; of it and all below it. Retired items are not counted */
};

/* The tree in its own order. *ret_lost is how many items stand outside of it: without a point, or with one it
 * lacks. */
MUST_CHECK int bank_points(struct bank *b, struct arena *a, struct bank_point **ret, size_t *ret_n,
                           int64_t *ret_lost, struct err *e);
/* A new point, after all below its parent. ERR_USAGE for a code or title that cannot be, one that is there,
 * or a parent that is not. */
MUST_CHECK int bank_point_add(struct bank *b, const char *code, const char *title, struct err *e);
MUST_CHECK int bank_point_rename(struct bank *b, const char *code, const char *title, struct err *e);
/* Gives a point another code, and so another place, with everything below it; its items go with it.
 * *ret_items is how many. ERR_USAGE where the new code is taken, lies below the old one, or has no parent. */
MUST_CHECK int bank_point_move(struct bank *b, const char *code, const char *to, int64_t *ret_items,
                               struct err *e);

#endif

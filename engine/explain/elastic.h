/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation asked again and again: every rule is left out, holds, or may be missed at a price; there may
 * be further items of every kind. Columns come into the linear program as they are needed, so that asking
 * costs little where much is alike, and little more than before where little has changed. */
#ifndef KAOCHANG_ENGINE_ELASTIC_H
#define KAOCHANG_ENGINE_ELASTIC_H

#include "base/err.h"
#include "engine/explain/lots.h"
#include "engine/search/work.h"

struct elastic;

#define ELASTIC_HOLDS 1e5 /* a price that nobody pays where there is another way */

struct elastic_ask {
    const double *price; /* per rule: 0 left out; what a row of it that is missed by the worth of one item
                            costs; a rule without rows holds at any price */
    size_t forms;        /* 0: as the problem says */
    double times;        /* 0: once; as often is all of it asked, with the same items */
    bool endless;        /* as many items of every kind as one likes */
    double item_price;   /* above 0: further items may be had, at this price for one that stands in a form */
    bool exact;          /* the least price is wanted, not only whether there is one to pay */
};

enum elastic_status { ELASTIC_MET, ELASTIC_MISSED, ELASTIC_UNKNOWN /* the budget ended */ };

/* Borrows l and w (NULL: no end). ERR_ENV when the library is not there. */
MUST_CHECK int elastic_new(struct elastic **ret, const struct lots *l, struct work *w, struct err *e);
void elastic_free(struct elastic *x); /* NULL is fine */

enum elastic_status elastic_ask(struct elastic *x, const struct elastic_ask *ask);
/* From now on `hi` is the bound of this requirement on the use of items or stimuli, and the others' are their
 * own again; NO_RULE: all are. */
void elastic_let(struct elastic *x, uint32_t requirement, int64_t hi);

/* Of the last answer. */
double elastic_price(const struct elastic *x);
double elastic_missed(const struct elastic *x,
                      size_t row); /* how far below (< 0) or above its bounds, over all forms */
double elastic_further(const struct elastic *x,
                       size_t lot); /* places in forms that further items of it take */
double elastic_dual(const struct elastic *x,
                    size_t row); /* in lp.h's sign, of the row in the problem's integers */

#endif

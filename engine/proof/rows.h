/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of proof.h: which there are, their sides, their entries; shared by proof/ only. */
#ifndef KAOCHANG_ENGINE_ROWS_H
#define KAOCHANG_ENGINE_ROWS_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/wide.h"

/* Variables are numbered: items, stimuli, groups of each REQUIRE_COVER in their order. */
struct rows {
    const struct problem *p;
    size_t n_vars, n;
    uint32_t *first;   /* row of sub 0 of each requirement, then of the objective, then n */
    uint32_t *first_w; /* variable of group 0 of each REQUIRE_COVER */
    int32_t *lo, *hi;  /* what each variable may be */
    int64_t *cost;     /* of the objective, maximised: MAX_SUM; NULL otherwise */
};

/* In place of a row's number: entries count v (v - 1) / 2 and not v. */
#define ROW_PAIRS (UINT32_C(1) << 31)

struct sides {
    wide lo, hi;
    bool has_lo, has_hi;
};

typedef void rows_fn(void *context, uint32_t var, uint32_t row, int64_t coef);

/* ERR_DATA where numbers are too large. */
MUST_CHECK int rows_new(struct rows *ret, const struct problem *p, struct err *e);
void rows_release(struct rows *r);
/* False: there is no such row. */
bool rows_find(const struct rows *r, uint32_t requirement, uint32_t sub, uint32_t *row);
struct sides rows_sides(const struct rows *r, uint32_t requirement, uint32_t sub);
/* Every entry of every row, slacks and z left out. */
void rows_each(const struct rows *r, rows_fn *fn, void *context);

#endif

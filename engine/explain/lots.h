/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation over interchangeable forms as a table (docs/engine.md, "Why there is no paper"): every
 * requirement summed over the forms gives rows, and items that no requirement tells apart are one lot. In
 * doubles: what is concluded from it is proven by proof/ or found by solve(). */
#ifndef KAOCHANG_ENGINE_LOTS_H
#define KAOCHANG_ENGINE_LOTS_H

#include "engine/problem/problem.h"

#define NO_RULE UINT32_MAX
/* A row that sums those which say that an item stands only where its stimulus does; + number of the stimulus.
 */
#define LOTS_EACH (UINT32_C(1) << 31)

/* A rule is what a person sees as one: all requirements of the same unit_no. Wishes belong to none. */
struct lots_rule {
    uint32_t requirement; /* the first one of it */
    uint32_t n;           /* how many there are */
    size_t matches;       /* items that it is about */
    bool bounds;          /* it limits the use of single items or stimuli, and has no row */
    bool ignored;         /* it has no rows here */
};

/* lo <= sum of cell * uses <= hi for one form; for F forms both F-fold. */
struct lots_row {
    uint32_t rule, requirement, sub; /* sub as proof/proof.h numbers them */
    double lo, hi;                   /* -HUGE_VAL, HUGE_VAL: open */
    double scale;                    /* the largest cell */
    bool fixed;                      /* the bounds do not grow with the forms */
    bool overlap;                    /* the k-th use of an item counts k - 1; the bound grows with pairs */
};

struct lots_cell {
    uint32_t row;
    double value;
};

enum lot_kind { LOT_ITEMS, LOT_STIMULUS, LOT_GROUP };

/* Items alike; or a stimulus, or a group that a coverage counts: n is 1 then. */
struct lot {
    enum lot_kind kind;
    uint32_t item; /* the first one; else the column's number after the items */
    uint32_t n;
    uint32_t left;            /* exams for which each may be taken */
    uint32_t cell, n_cells;   /* in lots.cell */
    uint32_t bound, n_bounds; /* in lots.bound: requirements that limit its use */
};

struct lots {
    struct arena *arena;
    const struct problem *p;
    struct lots_rule *rule;
    uint32_t *rule_of; /* of each requirement, or NO_RULE */
    struct lots_row *row;
    struct lot *lot; /* those of items first */
    struct lots_cell *cell;
    uint32_t *bound;
    uint32_t *lot_of; /* of each item */
    size_t n_rules, n_rows, n_lots, n_item_lots;
};

/* Borrows p. `broad`: rules about a few items (enemies, all or none) are ignored, by which far more items are
 * alike. `left`: of each item, for how many exams it may be taken; NULL: one. */
struct lots *lots_new(const struct problem *p, bool broad, const int64_t *left);
/* How often an item of the lot may be used in one exam at most, as the rules about single items say. */
int64_t lots_use(const struct lots *l, const struct lot *lot);
/* True if an overlap counts it. */
bool lots_overlap(const struct lots *l, const struct lot *lot);
void lots_free(struct lots *l); /* NULL is fine */

#endif

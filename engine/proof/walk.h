/* SPDX-License-Identifier: Apache-2.0 */
/* Where a proof's verification stands: what the variables may still be, which branches are in force; shared
 * by bound.c (the tree) and multipliers.c (a node's bound) only. */
#ifndef KAOCHANG_ENGINE_WALK_H
#define KAOCHANG_ENGINE_WALK_H

#include "engine/proof/goal.h"
#include "engine/proof/matrix.h"
#include "engine/proof/proof.h"

struct change {
    uint32_t var;
    int32_t lo, hi; /* before */
};

struct branch {
    const struct proof_node *node;
    bool right;
    size_t n_changes; /* to go back to */
};

struct walk {
    const struct proof *q;
    struct rows rows;
    struct goal goal;
    struct matrix *top; /* columns of what is open; all others are fixed */
    wide *fixed;        /* per row: what the fixed ones give */
    wide fixed_cost;
    size_t n_empty; /* variables that nothing is left for */
    struct change *change;
    size_t n_changes, room;
    struct branch *branch;
    size_t n_branches, branch_room;
    /* scratch of a node's multipliers */
    int64_t *y, *y_branch;
    uint32_t *touched; /* indices of terms, one per row */
    bool *is_touched;  /* per row */
    size_t n_touched;
    wide *d, *price; /* per column of top */
    wide *extra;     /* per variable, of branch rows */
    size_t n_leaves, n_open;
    struct fraction worst; /* of the open leaves */
};

/* A node's bound of D times the objective over what is here. False: numbers are too large; in *what, where it
 * is no proof, else NULL. Leaves d and price of the columns. */
bool multipliers_bound(struct walk *w, const struct proof_node *node, int64_t *times, wide *bound,
                       const char **what);
/* The best of (d v - price v (v - 1) / 2) over lo..hi, and where. */
wide multipliers_best(wide d, wide price, int32_t lo, int32_t hi, int32_t *at);
wide multipliers_value(wide d, wide price, int32_t v);
/* Makes room; the walk frees it. */
void multipliers_scratch(struct walk *w);

#endif

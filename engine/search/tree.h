/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and bound for one form, on the items that are left in a relaxation: every leaf keeps the multipliers
 * that close it in exact numbers, so that the tree is a proof. Depth first. */
#ifndef KAOCHANG_ENGINE_TREE_H
#define KAOCHANG_ENGINE_TREE_H

#include "engine/search/relax-internal.h"

/* A value of the objective as profit: num / den, den > 0. */
struct value {
    int64_t num, den;
};

struct tree_node {
    int64_t at; /* branch: column <= at, column >= at + 1 */
    uint32_t column;
    int child[2]; /* -1: a leaf */
    struct relax_terms terms;
    bool open; /* a leaf whose bound may be better than what was found */
};

/* How much the bound falls for a column moved by one, as seen so far. */
struct tree_cost {
    double sum[2];
    uint32_t n[2];
};

struct tree {
    struct relax *x; /* its domains are narrowed and put back */
    struct work *w;
    const uint32_t *column; /* those whose domain is not 0 alone: items, and all other columns */
    size_t n_columns;
    bool has_cutoff, has_level, done;
    struct value cutoff;    /* profit that must be reached from now on */
    struct value level;     /* of the best selection */
    double give;            /* leaves this near to the cutoff are closed: a share of it */
    struct selection *best; /* one form; filled in as better ones are found */
    struct tree_cost *cost; /* of columns */
    struct tree_node *node;
    size_t n_nodes, room_nodes;
    double open_bound; /* profit that open leaves may have */
    bool any_open;
    int64_t max_nodes; /* 0: as many as w pays for */
};

/* The LP is solved or can be. 0: the tree is whole, and what it says is in `open_bound`, `level`. */
MUST_CHECK int tree_search(struct tree *t, struct err *e);
/* Appends the tree in preorder. */
void tree_to_proof(const struct tree *t, struct proof *ret);
/* What was found before the search, or by others, counts from now on; takes over *s if it is better. */
MUST_CHECK int tree_offer(struct tree *t, struct selection *s, bool *ret_better, struct err *e);
/* Nodes are forgotten; costs, cutoff and the best selection stay. */
void tree_restart(struct tree *t);
void tree_release(struct tree *t); /* not the selection */

/* ---- tree-branch.c ---- */
/* The column to branch on, of those that are fractional in v (n_cols values); UINT32_MAX: none is. */
uint32_t tree_choose(struct tree *t, const double *v);
void tree_set(struct tree *t, uint32_t column, int64_t lower, int64_t upper);

#endif

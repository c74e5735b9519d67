/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and bound for one form, on the items that are left in a relaxation: every leaf keeps the multipliers
 * that close it in exact numbers, so that the tree is a proof. Best bound first, or, where bounds say little,
 * depth first. */
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
    int parent, side, child[2]; /* -1: none */
    struct relax_terms terms;   /* what is known of it; of a leaf what closes it */
    wide exact;                 /* terms.d times its bound */
    double value, bound;        /* the column's value; profit */
    unsigned char *basis;       /* of its LP, while it waits */
    size_t basis_columns, basis_rows;
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
    bool deep;              /* depth first */
    int64_t gap_milli;      /* what is not better by this share of the level need not be found */
    struct value cutoff;    /* profit that must be reached from now on */
    struct value level;     /* of the best selection */
    double give;            /* leaves this near to the cutoff are closed: a share of it */
    struct selection *best; /* one form; filled in as better ones are found */
    struct tree_cost *cost; /* of columns */
    struct tree_node *node;
    size_t n_nodes, room_nodes;
    int *waiting; /* nodes: a heap, or a stack */
    size_t n_waiting, room_waiting;
    uint32_t *narrowed; /* columns that are, and what they were */
    int64_t *was;
    size_t n_narrowed;
    double root_bound; /* profit, for progress */
    const wide *root_profit; /* of columns, and what the root's terms say, times root_d; NULL: nothing */
    wide root_exact, root_d;
    bool to_strike;    /* the cutoff is higher than when the root's domains were narrowed */
    double open_bound; /* profit that open leaves may have */
    bool barred; /* a whole point of several forms: it can neither be offered nor closed */
    bool lame; /* an open leaf of which nothing is known: the tree proves nothing */
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

/* The LP may end when it is clearly below the cutoff. */
void tree_aim(struct tree *t);

/* ---- tree-nodes.c ---- */
int tree_new_node(struct tree *t, int parent, int side);
void tree_wait(struct tree *t, int node);
int tree_next(struct tree *t); /* off those that wait; -1: none does */
/* The domains and the LP's basis of a node whose parent waited. */
void tree_enter(struct tree *t, int node);
void tree_leave(struct tree *t); /* the root's domains again */
void tree_keep_basis(struct tree *t, int node);
void tree_forget(struct tree_node *n); /* what a node need not keep once it has children */

/* ---- tree-branch.c ---- */
/* The column to branch on, of those that are fractional in x->value; UINT32_MAX: none is. */
uint32_t tree_choose(struct tree *t);
void tree_set(struct tree *t, uint32_t column, int64_t lower, int64_t upper);

#endif

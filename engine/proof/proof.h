/* SPDX-License-Identifier: Apache-2.0 */
/* Proof that no selection is better than a bound, or that there is none: a tree of multipliers, and its exact
 * verification. Whole numbers alone; knows no solver. docs/engine.md, "Proofs", says how a proof is read and
 * what it proves, so that anybody can write a verifier.
 *
 * A problem's first objective is proven; later ones are proven as the first of problem_stage()'s problem.
 * Everything is maximised: an objective that is minimised counts negative.
 *
 * Variables: u_j, the number of forms that have item j; s_t, the number of forms that use stimulus t; w_kg,
 * the number of forms in which group g of REQUIRE_COVER k has an item. What they may be: 0..n_forms, narrowed
 * by INCLUDE (n_forms), EXCLUDE (0), USE (lo..hi), OVERLAP with hi 0 (u <= 1), STIMULUS_USE (s <= hi).
 *
 * Rows L <= a.v <= H, all that meets the problem's requirements meets them; F is n_forms, T n_stimuli. Wishes
 * (weight > 0) have rows where they are LINEAR or TOTAL, others none:
 *   LINEAR          0: F lo <= sum coef u <= F hi
 *   TOTAL           0: lo <= sum coef u <= hi
 *   AT_MOST_ONE     0: sum u <= F
 *   ALL_OR_NONE     j >= 1: u of item[0] - u of item[j] = 0
 *   COVER           g: sum of u over group g - w_g >= 0;  n_groups: sum w >= F lo
 *   STIMULI         0: F lo <= sum s <= F hi;  1 + x: x as of PER_STIMULUS with lo 1 and no hi
 *   PER_STIMULUS    2t: sum of u over t - lo s_t >= 0;  2t + 1: the same - hi s_t <= 0;
 *                   2T + j: u_j - s of its stimulus <= 0
 *   STIMULUS_USE    x: as of PER_STIMULUS with lo 1 and no hi
 *   OVERLAP         0: sum of u (u - 1) / 2 <= hi F (F - 1) / 2
 *   PENALTY         0: what wishes cost <= hi
 * and the objective's, numbered n_requirements (z is the objective's value):
 *   MAXIMIN         r: sum 1000 coef u - F weight z >= 0
 *   MINIMAX_DEV     2r: sum coef u - F z <= F target;  2r + 1: - sum coef u - F z <= - F target
 *
 * A set of multipliers bounds D times the objective: D is objective_times for MAX_SUM and MIN_PENALTY; for
 * MAXIMIN F times the sum of |y| weight, for MINIMAX_DEV F times the sum of y over the objective's rows, by
 * which z vanishes; else 0. The bound is the sum of y H (y > 0) or y L (y < 0) over the rows, and of each
 * variable's best (D cost - sum y a) v over what it may be (of OVERLAP's rows - y v (v - 1) / 2). A
 * multiplier whose side is open counts as 0; several of one row add up; one of a wish counts at most as
 * weight D under MIN_PENALTY (either sign), else as 0.
 */
#ifndef KAOCHANG_ENGINE_PROOF_H
#define KAOCHANG_ENGINE_PROOF_H

#include "base/err.h"
#include "engine/problem/problem.h"

enum { PROOF_MAX_FORMS = 65536, PROOF_MAX_DEPTH = 65536, PROOF_MAX_ROWS = 1 << 24 };

/* requirement: n_requirements is the objective; n_requirements + 1 + d the d-th branch above this node, the
 * root's being 0. */
struct proof_term {
    uint32_t requirement, sub;
    int64_t times;
};

enum proof_node_kind {
    PROOF_BRANCH, /* two subtrees follow: sum coef v <= at, then >= at + 1. Of one variable with coef 1 it
                   * narrows what the variable may be */
    PROOF_REDUCE, /* one subtree follows, in which variables no longer have the values for which these
                   * multipliers prove that nothing better than the incumbent is left */
    PROOF_LEAF,   /* its multipliers bound what is here; below 0 with D = 0: there is nothing here */
};

struct proof_node {
    enum proof_node_kind kind;
    struct proof_term *term; /* REDUCE, LEAF */
    size_t n_terms;
    int64_t objective_times;
    uint32_t *item; /* BRANCH: items, or stimuli; ascending */
    int64_t *coef;
    size_t n;
    int64_t at;
    bool stimuli;
};

struct proof {
    struct arena *arena; /* owns the nodes' arrays */
    struct proof_node *node;
    size_t n_nodes, cap;
};

void proof_init(struct proof *q);
void proof_release(struct proof *q); /* a zeroed one is fine */
/* Copies the node; preorder. */
void proof_add(struct proof *q, const struct proof_node *node);
/* The same with multipliers alone. */
void proof_add_terms(struct proof *q, enum proof_node_kind kind, const struct proof_term *term, size_t n,
                     int64_t objective_times);

struct proof_bound {
    bool infeasible;     /* no selection at all; the rest is 0 */
    int64_t num, den;    /* as check_objective's: no selection is better */
    size_t leaves, open; /* leaves, and those whose bound is better than the incumbent */
};

/* What q proves about the first objective of p. `incumbent` is {num, den} of a selection that is known, as of
 * check_objective, or NULL: there is none; the bound is never worse than it. Bounds are rounded to values
 * that the objective can have. Without nodes: 0 where nothing can be below 0. ERR_DATA: it is no proof (with
 * the node's number), it leaves the bound open, or numbers are too large for 128 bits. */
MUST_CHECK int proof_bound(const struct problem *p, const struct proof *q, const int64_t *incumbent,
                           struct proof_bound *ret, struct err *e);

#endif

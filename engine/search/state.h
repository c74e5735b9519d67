/* SPDX-License-Identifier: Apache-2.0 */
/* A selection under change, for local search: every sum, count, use and overlap is kept up to date, and what
 * is outside its limits costs. Cost of a row that is d outside: d * (square * d + linear). Nothing here is
 * trusted later: what a search returns is checked anew.
 *
 * The rows of a form are the requirements that sum or count in it (LINEAR, AT_MOST_ONE, INCLUDE, EXCLUDE),
 * and the objective's rows ("goals"), whose limits the search sets: MAXIMIN wants at least lo, MINIMAX_DEV
 * lo..hi. */
#ifndef KAOCHANG_ENGINE_STATE_H
#define KAOCHANG_ENGINE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/problem/problem.h"

struct state_cell {
    uint32_t row;
    int64_t coef;
};

struct state_row {
    int64_t lo, hi; /* OPEN_LO, OPEN_HI */
    double square, linear;
    uint32_t requirement;
    bool wish;
};

struct state_group { /* ALL_OR_NONE, or COVER */
    uint32_t requirement;
    size_t n;   /* items of ALL_OR_NONE, groups of COVER */
    int64_t lo; /* COVER: groups wanted */
    bool cover;
    uint32_t *have; /* ALL_OR_NONE: items there, per form; COVER: items of each group, form * n + group */
    uint32_t *met;  /* COVER: groups that have an item, per form */
};

struct state_overlap {
    uint32_t requirement;
    int64_t hi;
    bool *counts;    /* per item; NULL: all do */
    int32_t *shared; /* form * n_forms + form */
};

struct state {
    const struct problem *p;
    size_t n_items, n_forms;

    struct state_row *row; /* of a form */
    size_t n_rows;
    struct state_cell *cell; /* of item j: cell[cell_at[j]] .. cell[cell_at[j + 1]], rows ascending */
    size_t *cell_at;
    int64_t *sum; /* form * n_rows + row */

    struct state_row *goal; /* the first objective's rows, same meaning */
    size_t n_goals;
    int64_t *gain;  /* item * n_goals + goal */
    int64_t *have;  /* form * n_goals + goal */
    double *profit; /* MAX_SUM: cost falls by this for each use of an item; NULL otherwise */

    struct state_row *total; /* over all forms */
    size_t n_totals;
    struct state_cell *total_cell;
    size_t *total_at;
    int64_t *total_sum;

    struct state_group *group;
    size_t n_groups;
    struct state_cell *group_cell; /* row: of group; coef: the group of COVER */
    size_t *group_at;

    struct state_overlap *overlap;
    size_t n_overlaps;

    uint32_t *use, *use_lo, *use_hi; /* per item; use_hi 0: never */
    uint64_t *in;                    /* item * words + form / 64 */
    size_t words;
    struct selection forms; /* the items of each form, in no order */
    size_t *room;

    double hard;    /* cost of a count that is 1 off */
    double *stress; /* per requirement: times that; of rows it is in their square */
    double cost;    /* of everything */
    size_t broken;  /* rows, groups, uses and overlaps outside their limits, without goals and wishes */
};

/* Empty forms. Goals have open limits until state_aim; `hard` is the cost of a count that is 1 off (sums
 * count in their mean item), in the cost of goals that are 1 off in the objective's unit. */
struct state *state_begin(const struct problem *p, double hard);
void state_end(struct state *s); /* NULL is fine */

/* Every goal is to reach `value` (num of the objective's integers, as check_objective's num / den): MAXIMIN
 * at least value * weight / 1000, MINIMAX_DEV within value of the target. Costs are computed anew. */
void state_aim(struct state *s, double value);
/* Multiplies the costs of hard rows of requirement k. */
void state_stress(struct state *s, uint32_t k, double factor);

static inline bool state_has(const struct state *s, size_t form, uint32_t item)
{
    return s->in[item * s->words + form / 64] >> (form % 64) & 1;
}

/* The item comes or goes; returns what the cost rose by. */
double state_put(struct state *s, size_t form, uint32_t item);
double state_drop(struct state *s, size_t form, uint32_t item);

/* What the cost would rise by: `out` leaves the form and `in` comes (it must be out of it, and `out` in it).
 */
double state_try_swap(struct state *s, size_t form, uint32_t out, uint32_t in);
/* `a` of form f and `b` of form g change places; neither may be in both. */
double state_try_exchange(struct state *s, size_t f, uint32_t a, size_t g, uint32_t b);
double state_swap(struct state *s, size_t form, uint32_t out, uint32_t in);
double state_exchange(struct state *s, size_t f, uint32_t a, size_t g, uint32_t b);

/* The cost of all but the goals, from scratch. */
double state_violation(const struct state *s);
/* The cost from scratch: doubles drift. */
void state_recount(struct state *s);
/* The first objective's value by the goals' sums, in the objective's integers (MAXIMIN: the least sum * 1000
 * / weight; MINIMAX_DEV: the largest distance); 0 where it has no goals. */
double state_objective(const struct state *s);

/* From and to a selection; what state_take gives is sorted, free it with selection_release. */
void state_load(struct state *s, const struct selection *from);
void state_take(const struct state *s, struct selection *ret);
/* The same forms as another state of the same problem. */
void state_copy(struct state *s, const struct state *from);

#endif

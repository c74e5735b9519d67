/* SPDX-License-Identifier: Apache-2.0 */
/* The search over several forms, shared by sets*.c only. */
#ifndef KAOCHANG_ENGINE_SETS_INTERNAL_H
#define KAOCHANG_ENGINE_SETS_INTERNAL_H

#include "engine/search/booklets.h"
#include "engine/search/relax.h"
#include "engine/search/work.h"

#define NO_PIECE UINT32_MAX

/* Lists of numbers by group: those of group g are value[start[g]] .. value[start[g + 1] - 1]. */
struct lists {
    size_t *start;
    uint32_t *value;
    size_t n;
};

/* What can be moved. A piece is an item, or the items that stay together; pieces that count alike in the
 * two-way table are of one class. */
struct pool {
    uint32_t *piece_of; /* of each item */
    /* Of each piece. Kinds are coarser than classes: alike in the rows that leave no play. */
    uint32_t *class_of, *kind_of;
    struct lists pieces, classes, kinds,
        stimuli;    /* items of a piece; pieces of a class; items of a stimulus */
    uint64_t *kind; /* signatures of kinds, ascending; they add up */
    bool *fixed;    /* pieces that stand in every form or in none, or are left out */
    uint32_t *free; /* the pieces that can be moved */
    size_t n_free;
    int64_t *per_lo, *per_hi; /* of each stimulus: items when used */
    bool has_stimuli, varies; /* varies: forms may differ in length */
};

/* `out`: items that the search leaves aside, one flag each; NULL: none. */
void sets_pool_make(struct pool *q, const struct booklets *b, const bool *out);
/* The kind of a signature; NO_PIECE if no piece has it. */
uint32_t sets_pool_kind(const struct pool *q, uint64_t signature);
void sets_pool_release(struct pool *q);

struct search {
    const struct problem *p;
    struct booklets *b;
    struct pool pool;
    struct rng rng;
    struct work *w;
    double heat;              /* temperature */
    double strict;            /* what 1 of violation costs, in the goal's measure */
    uint32_t *scratch, *kept; /* room for all items */
    struct selection best;    /* has room for all items in every form */
    bool found;
    double best_value; /* booklets_objective of best */
    double enough;     /* a value that need not be bettered */
};

static inline bool sets_has_targets(const struct problem *p)
{
    return p->objective->kind == OBJECTIVE_MINIMAX_DEV || p->objective->kind == OBJECTIVE_MIN_RANGE;
}

double sets_energy(const struct search *s);
/* 0 .. n - 1. */
size_t sets_pick(struct search *s, size_t n);
/* Spends what was touched since `touched`. */
bool sets_spend(struct search *s, int64_t touched);
/* Keeps the forms if they are good and better than the best so far. */
void sets_note(struct search *s);

/* ---- sets-moves.c: each makes its toggles in the journal, or none ---- */
void sets_move_any(struct search *s);
/* An item, or a set, comes into the form. */
void sets_move_fill(struct search *s, size_t form);
/* Tries that only better the energy; n of them. */
void sets_move_mend(struct search *s, size_t n, size_t form);

/* A swap within the form that touches no other; its pieces. False if luck fails. */
bool sets_move_plain(struct search *s, size_t form, uint32_t *out, uint32_t *in);
void sets_move_pieces(struct search *s, size_t form, uint32_t out, uint32_t in);

/* ---- sets-core.c ---- */
/* Flags of the items to leave out, for sets_pool_make; `share`: times what the forms hold. Free it. */
bool *sets_core_make(struct search *s, const struct relaxed *r, double share);

/* ---- sets-start.c ---- */
void sets_start_forms(struct search *s);

/* ---- sets-dive.c ---- */
/* The form is made anew; the others stay. Requirements may be left broken. False at the end of the work. */
bool sets_dive_form(struct search *s, size_t form);

/* ---- sets-meet.c: targets ---- */
/* Betters the best forms; gives up when `fails` tries in a row better nothing. True if they are better. */
bool sets_meet_targets(struct search *s, size_t fails);

#endif

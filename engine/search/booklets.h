/* SPDX-License-Identifier: Apache-2.0 */
/* Several forms under change, item by item, for every kind of requirement and objective: what is broken, by
 * how much, and how far the objective is from what is aspired to are kept up to date with each item that
 * enters or leaves a form. Sums are exact integers; doubles only weigh one way of falling short against
 * another. */
#ifndef KAOCHANG_ENGINE_BOOKLETS_H
#define KAOCHANG_ENGINE_BOOKLETS_H

#include "base/rng.h"
#include "engine/problem/problem.h"

/* A counter of each form, or one of all forms: the sum of the coefficients of the items that are in. */
enum booklet_row_kind {
    ROW_BOUNDS,    /* must lie in lo..hi */
    ROW_WHOLE,     /* 0 or hi: all or none */
    ROW_WHEN_USED, /* 0 or lo..hi: items of a stimulus */
    ROW_PRESENCE,  /* nothing itself: bumps its parents when it becomes 0 or ceases to be */
    ROW_SPREAD,    /* nothing itself: its parent counts by how much the forms differ */
    ROW_WISH,      /* each 1 outside lo..hi costs; bumps its parent by what it costs */
    ROW_AT_LEAST,  /* objective: short of the level */
    ROW_TARGET,    /* objective: away from the target */
    ROW_SUM,       /* objective: the more the better */
};

enum { ROW_NO_PARENT = -1, ROW_PARENTS = 4 };

struct booklet_row {
    enum booklet_row_kind kind;
    bool across;    /* one counter for all forms */
    size_t at;      /* its first counter; of form f: at + f unless across */
    int64_t lo, hi; /* OPEN_LO, OPEN_HI: open; of ROW_TARGET lo is the target */
    double scale;   /* 1 of the counter costs this; objective rows: in the size of a usual item */
    int64_t weight; /* ROW_WISH, ROW_AT_LEAST: of the problem */
    int32_t
        parent[ROW_PARENTS]; /* rows bumped by presence (ROW_PRESENCE, ROW_WHEN_USED) or cost (ROW_WISH) */
};

struct booklet_term {
    uint32_t row;
    int64_t coef;
};

/* Requirements on pairs of forms: how many items out of a set two forms share. */
struct booklet_overlap {
    const struct requirement *of;
    uint8_t *counts; /* of each item: is it in the set */
    int64_t *shared; /* of forms f, g at f * n_forms + g, f < g */
};

struct booklet_toggle {
    uint32_t item, form;
};

struct booklets {
    const struct problem *p;
    size_t n_items, n_forms;
    struct booklet_row *row;
    size_t n_rows, n_counters;
    size_t *term_start; /* of each item; n_items + 1 */
    struct booklet_term *term;
    size_t *member_start; /* of each row: items that move it; n_rows + 1 */
    uint32_t *member;
    size_t n_goals;   /* rows of the objective: the last ones */
    int64_t *gain_of; /* of item i in them: gain_of[i * n_goals + k] */
    struct booklet_overlap *overlap;
    size_t n_overlaps;
    int64_t *use_lo, *use_hi; /* forms an item stands in; of all requirements together */
    bool ranged;              /* targets stand for the middle of a range: booklets_centre moves them */
    /* changing */
    int64_t *value;   /* of the counters */
    uint32_t *row_of; /* of each counter */
    uint32_t **form;  /* the items of each form, in no order */
    size_t *n;        /* how many */
    uint32_t *place;  /* of item i in form f at i * n_forms + f: where it stands there + 1; 0: it does not */
    int64_t *uses;    /* of items */
    double *violation_of;         /* of the counters, when broken: their shortfall */
    uint32_t *broken, *broken_at; /* list of broken counters, and where a counter stands in it + 1 */
    size_t n_broken;
    int64_t broken_uses, broken_overlaps; /* sums of what uses and overlaps are off by */
    double violation, goal;               /* sums; goal: what the objective falls short of */
    double level;                         /* aspired to, ROW_AT_LEAST: in the objective's integers */
    struct booklet_toggle *journal;       /* toggles since the mark 0 */
    size_t n_journal, room_journal;
    int64_t touched; /* counters changed so far: the measure of work */
};

struct booklets *booklets_new(const struct problem *p);
void booklets_free(struct booklets *b); /* NULL is fine */

/* The item enters or leaves the form; booklets_undo takes back down to a length the journal had. */
void booklets_toggle(struct booklets *b, uint32_t item, size_t form);
void booklets_undo(struct booklets *b, size_t journal);
void booklets_keep(struct booklets *b); /* empties the journal */
bool booklets_has(const struct booklets *b, uint32_t item, size_t form);

void booklets_take(struct booklets *b, const struct selection *s); /* s may be empty: no item in any form */
/* The forms as they stand, into arrays of s that have room for all items. */
void booklets_give(const struct booklets *b, struct selection *s);
/* Sums in doubles drift: both are computed anew. */
void booklets_refresh(struct booklets *b);
void booklets_aspire(struct booklets *b, double level);
/* What is broken weighs more from now on, until refreshed. */
void booklets_stress(struct booklets *b, double factor);
/* Targets of a range move to the middle of what the forms have. */
void booklets_centre(struct booklets *b);

/* What the goal would be less by the objective's rows alone, if `in` took the place of `out` in the form. */
double booklets_gain(const struct booklets *b, size_t form, uint32_t out, uint32_t in);

bool booklets_good(const struct booklets *b); /* nothing is broken */
/* The objective in its integers (thousandths of weights removed: MAXIMIN as sum / weight); less is better:
 * maximised ones are negative. */
double booklets_objective(const struct booklets *b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation as rows and columns, shared by those that solve it and branch on it. Rows and columns are
 * exact (64-bit integers); doubles are made of them, scaled, when they enter the LP. */
#ifndef KAOCHANG_ENGINE_RELAX_INTERNAL_H
#define KAOCHANG_ENGINE_RELAX_INTERNAL_H

#include "engine/search/lp.h"
#include "engine/search/relax.h"

typedef __int128 wide;

enum { NOT_IN_LP = -1, NO_ROW = -1 };

struct relax_row {
    uint32_t requirement, sub;
    int64_t lo, hi; /* OPEN_LO, OPEN_HI */
    double scale;   /* a power of two; the LP's row is the exact one divided by it */
    int lp;         /* its number in the LP, or NOT_IN_LP */
    bool lazy;      /* enters the LP when it is broken */
    bool asleep;    /* lazy, and with the domains that the LP was made for it cannot be broken */
    int64_t weight; /* of a wish; 0: none */
    bool penalty;   /* limits what the wishes cost */
};

struct relax_cell {
    uint32_t at; /* the row, or seen from a row the column */
    int64_t coef;
};

/* A sparse matrix by lines. */
struct relax_matrix {
    size_t *start; /* n + 1 */
    struct relax_cell *cell;
    size_t n;
};

struct relax_triple {
    uint32_t row, column;
    int64_t coef;
};

/* Columns 0..n_items-1 are items, then stimuli, then groups of COVER; last the level z, if there is one. */
struct relax {
    const struct problem *p;
    const bool *keep;
    enum objective_kind kind; /* what is bounded; OBJECTIVE_NONE: nothing */
    struct relax_row *row;
    size_t n_rows, n_cols;
    struct relax_matrix column, line; /* cells of each column, of each row */
    int64_t *lower, *upper;           /* domains of columns, which a tree narrows; of z: open */
    int level;                        /* the column of z, or NO_ROW */
    int *overlap;                     /* of each item: its row of OVERLAP, or NO_ROW; NULL: there is none */
    bool hopeless;                    /* a column can have no value at all, or a row is out of reach */
    const char *too_large;            /* id of what has numbers that do not fit, or NULL */

    struct lp *lp;
    double unit;    /* what 1 of the LP's value stands for, in the objective's integers */
    int *column_lp; /* of columns: number in the LP (of the first piece), or NOT_IN_LP */
    int *pieces;    /* of items with overlap: pieces in the LP; else NULL */
    int *lp_column; /* of LP columns: the column; -1: slack of a wish */
    size_t n_lp, room_lp;
    uint32_t *lp_row; /* of LP rows: the row */
    size_t n_lp_rows;
    double *value; /* of columns, the LP's: relax_values */
    double *y;     /* of rows: profit for one more of the row's side, signed as proof_term's times */
    double bound;  /* profit, from the LP */
};

bool relax_up(enum objective_kind kind); /* more is better */

/* ---- relax-rows.c ---- */
void relax_build(struct relax *x, const struct problem *p, const struct relax_options *o);
void relax_release(struct relax *x);
double relax_column_unit(const struct relax *x, size_t column); /* 1 in the LP, in the exact column's terms */
int64_t relax_profit(const struct relax *x, size_t column);     /* exact coefficient of the objective */

/* ---- relax-lp.c ---- */
/* Loads what is needed and solves; x->y and x->bound are set for RELAX_BOUND, x->y alone for
 * RELAX_INFEASIBLE, where it is the ray. */
MUST_CHECK int relax_lp(struct relax *x, struct work *w, enum relax_status *ret, struct err *e);
/* A new LP of these columns, of all that are no items, and of all rows that the present one has. */
MUST_CHECK int relax_restrict(struct relax *x, const uint32_t *item, size_t n, struct err *e);
/* Items of domain above 0 that x->y calls for enter the LP; how many, and what they may add to the bound. */
size_t relax_price_in(struct relax *x, bool farkas, double *ret_missing);
/* Columns that are not yet in the LP enter it. */
void relax_load(struct relax *x, const uint32_t *column, size_t n);
/* Lazy rows that the LP's solution breaks enter; how many. */
size_t relax_separate(struct relax *x);
/* x->value from the LP. */
void relax_values(struct relax *x);
/* x->y from the LP's duals, or from a ray (of lp_ray). */
void relax_take_duals(struct relax *x, const double *ray);
/* Profit of one more of a column at x->y: at its first use, without overlap's price. */
double relax_reduced(const struct relax *x, size_t column, bool farkas);

/* ---- relax-exact.c ---- */
/* Multipliers in whole numbers. */
struct relax_terms {
    struct proof_term *term;
    uint32_t *row; /* of each term */
    size_t n;
    int64_t times; /* D as proof_node's objective_times */
    wide d;        /* D of the bound, whatever the objective; 0: for infeasibility */
};

/* x->y rounded; at most n_rows terms. False: nothing is left of it. */
bool relax_round(const struct relax *x, bool farkas, struct relax_terms *ret);
void relax_terms_release(struct relax_terms *t);
/* D times the bound over the domains x->lower..x->upper of n columns (NULL: of all; the others have none but
 * 0); `profit` (n of them; NULL: not wanted) gets each column's reduced profit. */
wide relax_exact(const struct relax *x, const struct relax_terms *t, const uint32_t *column, size_t n,
                 wide *profit);

#endif

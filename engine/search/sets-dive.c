/* SPDX-License-Identifier: Apache-2.0 */
/* A form by its linear program: solved, its largest fraction fixed at one, and again, until every item is in
 * or out. It sees how rows pull at each other, which swaps do not; what it leaves undone is for annealing. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/lp.h"
#include "engine/search/sets-internal.h"

enum {
    DIVE_PIECES = 700,
    DIVE_ROUNDS = 300,
    DIVE_PIVOTS = 4000,
    DIVE_PRICINGS = 20,
    DIVE_MORE = 100,
    SLACK_COST = 100
};

struct dive {
    struct search *s;
    struct lp *lp;
    size_t form, n_pieces, n_columns, room;
    uint32_t *piece;    /* the first ones, chosen by chance */
    uint32_t *piece_at; /* of columns; NO_PIECE: none */
    int32_t *lp_row;    /* of rows: two of the program that stand for it; -1: none */
    double *lp_scale;
    int *column_of;  /* of pieces; -1: none */
    int *switch_of;  /* of rows: the column that says whether it has anything; -1: none */
    bool *is_switch; /* of columns */
    size_t level;    /* the column of the objective */
    int *at;         /* cells of the row at hand */
    double *value;
    size_t n;
};

static double open_low(int64_t v)
{
    return v == OPEN_LO ? -LP_OPEN : (double)v;
}

static double open_high(int64_t v)
{
    return v == OPEN_HI ? LP_OPEN : (double)v;
}

/* ---- columns ---- */

static bool may_come(const struct search *s, uint32_t piece, size_t form)
{
    const struct pool *q = &s->pool;
    for (size_t k = q->pieces.start[piece]; k < q->pieces.start[piece + 1]; k++) {
        uint32_t i = q->pieces.value[k];
        if (s->b->uses[i] - booklets_has(s->b, i, form) >= s->b->use_hi[i])
            return false;
    }
    return true;
}

static void add_piece(struct dive *d, uint32_t piece)
{
    if (d->column_of[piece] >= 0 || d->s->pool.fixed[piece] || !may_come(d->s, piece, d->form))
        return;
    d->column_of[piece] = (int)d->n_pieces;
    d->piece[d->n_pieces++] = piece;
}

/* Pieces by chance, with all of their stimulus. */
static void choose_pieces(struct dive *d)
{
    const struct pool *q = &d->s->pool;
    for (size_t k = 0; k < DIVE_PIECES * 4 && d->n_pieces < DIVE_PIECES && q->n_free; k++) {
        uint32_t piece = q->free[sets_pick(d->s, q->n_free)], item = q->pieces.value[q->pieces.start[piece]];
        uint32_t t = q->has_stimuli ? d->s->p->stimulus[item] : NO_STIMULUS;
        add_piece(d, piece);
        for (size_t i = t == NO_STIMULUS ? 0 : q->stimuli.start[t];
             t != NO_STIMULUS && i < q->stimuli.start[t + 1]; i++)
            add_piece(d, q->piece_of[q->stimuli.value[i]]);
    }
}

static int add_column(struct dive *d, double cost, double upper)
{
    const int start[2] = {0, 0}, none = 0;
    const double zero = 0, no_value = 0;
    lp_add_columns(d->lp, 1, &cost, &zero, &upper, start, &none, &no_value);
    return (int)d->n_columns++;
}

/* ---- rows ---- */

static void cell(struct dive *d, int column, double value)
{
    d->at[d->n] = column;
    d->value[d->n++] = value;
}

static void end_row(struct dive *d, double lo, double hi)
{
    const int start[2] = {0, (int)d->n};
    if (d->n > 0)
        lp_add_rows(d->lp, 1, &lo, &hi, start, d->at, d->value);
    d->n = 0;
}

/* The row just made stands for this one. */
static void name_row(struct dive *d, uint32_t row, double scale)
{
    int32_t *at = &d->lp_row[2 * row];
    at[at[0] >= 0] = (int32_t)lp_n_rows(d->lp) - 1;
    d->lp_scale[row] = scale;
}

/* The members of a row that are columns, with their coefficients over the whole piece. Returns the sum of
 * those that are fixed in the form. */
static int64_t members(struct dive *d, uint32_t row, double scale)
{
    const struct booklets *b = d->s->b;
    int64_t stays = 0;
    for (size_t k = b->member_start[row]; k < b->member_start[row + 1]; k++) {
        uint32_t item = b->member[k], piece = d->s->pool.piece_of[item];
        int column = d->column_of[piece];
        for (size_t t = b->term_start[item]; t < b->term_start[item + 1]; t++) {
            if (b->term[t].row != row)
                continue;
            if (column >= 0)
                cell(d, column, (double)b->term[t].coef * scale);
            else if (d->s->pool.fixed[piece] && booklets_has(b, item, d->form))
                stays += b->term[t].coef;
        }
    }
    return stays;
}

/* Pieces of several items stand in a row more than once: cells of a column become one. */
static void merge(struct dive *d)
{
    size_t n = 0;
    for (size_t k = 0; k < d->n; k++) {
        size_t j = 0;
        while (j < n && d->at[j] != d->at[k])
            j++;
        if (j < n) {
            d->value[j] += d->value[k];
        } else {
            d->at[n] = d->at[k];
            d->value[n++] = d->value[k];
        }
    }
    d->n = n;
}

static int64_t others(const struct dive *d, const struct booklet_row *r)
{
    return d->s->b->value[r->at];
}

static void bounds_row(struct dive *d, uint32_t row)
{
    const struct booklet_row *r = &d->s->b->row[row];
    int64_t stays = members(d, row, r->scale);
    for (uint32_t k = 0; k < d->s->b->n_rows; k++)
        for (size_t j = 0; d->switch_of[k] >= 0 && j < ROW_PARENTS; j++)
            if (d->s->b->row[k].parent[j] == (int32_t)row)
                cell(d, d->switch_of[k], r->scale);
    if (r->across)
        stays = others(d, r);
    double lo = open_low(r->lo), hi = open_high(r->hi);
    merge(d);
    if (d->n == 0 || (d->n == 1 && lo <= -LP_OPEN && r->hi == 1)) {
        d->n = 0;
        return;
    }
    if (lo > -LP_OPEN) /* what cannot be reached is paid for */
        cell(d, add_column(d, SLACK_COST, LP_OPEN), 1);
    if (hi < LP_OPEN)
        cell(d, add_column(d, SLACK_COST, LP_OPEN), -1);
    end_row(d, lo > -LP_OPEN ? (lo - (double)stays) * r->scale : lo,
            hi < LP_OPEN ? (hi - (double)stays) * r->scale : hi);
    name_row(d, row, r->scale);
}

/* sum - lo * switch >= 0, sum - hi * switch <= 0 */
static void switch_row(struct dive *d, uint32_t row)
{
    const struct booklet_row *r = &d->s->b->row[row];
    bool sized = r->kind == ROW_WHEN_USED;
    members(d, row, 1);
    merge(d);
    size_t n = d->n;
    if (n == 0)
        return;
    d->switch_of[row] = add_column(d, 0, 1);
    d->is_switch[d->switch_of[row]] = true;
    cell(d, d->switch_of[row], sized && r->lo != OPEN_LO ? -(double)r->lo : -1);
    end_row(d, 0, LP_OPEN);
    members(d, row, 1);
    merge(d);
    cell(d, d->switch_of[row], sized && r->hi < (int64_t)n ? -(double)r->hi : -(double)n);
    end_row(d, -LP_OPEN, 0);
}

static void target_row(struct dive *d, uint32_t row, int level)
{
    const struct booklet_row *r = &d->s->b->row[row];
    for (int side = -1; side <= 1; side += 2) {
        int64_t stays = members(d, row, r->scale);
        merge(d);
        double rest = (double)(r->lo - stays) * r->scale;
        cell(d, level, side);
        end_row(d, side > 0 ? rest : -LP_OPEN, side > 0 ? LP_OPEN : rest);
        name_row(d, row, r->scale);
    }
}

static void level_row(struct dive *d, uint32_t row, int level)
{
    const struct booklet_row *r = &d->s->b->row[row];
    int64_t stays = members(d, row, r->scale);
    merge(d);
    cell(d, level, 1);
    end_row(d, (d->s->b->level * (double)r->weight / 1000 - (double)stays) * r->scale, LP_OPEN);
    name_row(d, row, r->scale);
}

static void make_rows(struct dive *d)
{
    const struct booklets *b = d->s->b;
    for (size_t k = 0; k < d->n_pieces; k++)
        d->piece_at[add_column(d, 0, 1)] = d->piece[k];
    int level = add_column(d, 1, LP_OPEN);
    d->level = (size_t)level;
    for (uint32_t k = 0; k < b->n_rows; k++)
        if (b->row[k].kind == ROW_WHEN_USED || b->row[k].kind == ROW_PRESENCE)
            switch_row(d, k);
    for (uint32_t k = 0; k < b->n_rows; k++)
        if (b->row[k].kind == ROW_BOUNDS)
            bounds_row(d, k);
        else if (b->row[k].kind == ROW_TARGET)
            target_row(d, k, level);
        else if (b->row[k].kind == ROW_AT_LEAST)
            level_row(d, k, level);
}

/* ---- more columns ---- */

/* What a piece that is no column yet would better, by the prices of the rows. */
static double worth(const struct dive *d, uint32_t piece)
{
    const struct booklets *b = d->s->b;
    const double *y = lp_duals(d->lp);
    double sum = 0;
    for (size_t k = d->s->pool.pieces.start[piece]; k < d->s->pool.pieces.start[piece + 1]; k++) {
        uint32_t item = d->s->pool.pieces.value[k];
        for (size_t t = b->term_start[item]; t < b->term_start[item + 1]; t++) {
            const struct booklet_term *m = &b->term[t];
            for (size_t j = 0; j < 2 && d->lp_row[2 * m->row + j] >= 0; j++)
                sum += y[d->lp_row[2 * m->row + j]] * (double)m->coef * d->lp_scale[m->row];
        }
    }
    return sum;
}

struct priced {
    double worth;
    uint32_t piece;
};

static int by_worth(const void *a, const void *b)
{
    const struct priced *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->piece < y->piece ? -1 : x->piece > y->piece;
}

/* A column for a piece, in the rows that the program has. */
static void add_priced(struct dive *d, uint32_t piece)
{
    const struct booklets *b = d->s->b;
    const double cost = 0, lower = 0, upper = 1;
    d->n = 0;
    for (size_t k = d->s->pool.pieces.start[piece]; k < d->s->pool.pieces.start[piece + 1]; k++) {
        uint32_t item = d->s->pool.pieces.value[k];
        for (size_t t = b->term_start[item]; t < b->term_start[item + 1]; t++) {
            const struct booklet_term *m = &b->term[t];
            for (size_t j = 0; j < 2 && d->lp_row[2 * m->row + j] >= 0; j++)
                cell(d, d->lp_row[2 * m->row + j], (double)m->coef * d->lp_scale[m->row]);
        }
    }
    merge(d);
    const int start[2] = {0, (int)d->n};
    lp_add_columns(d->lp, 1, &cost, &lower, &upper, start, d->at, d->value);
    d->piece_at[d->n_columns] = piece;
    d->column_of[piece] = (int)d->n_columns++;
    d->n = 0;
}

/* The best pieces of the pool that are no columns; those of stimuli are there from the start or not at all.
 */
static size_t add_best(struct dive *d, size_t most)
{
    const struct pool *q = &d->s->pool;
    struct priced *list = mem_alloc((q->n_free + 1) * sizeof *list);
    size_t n = 0, added = 0;
    for (size_t k = 0; k < q->n_free; k++) {
        uint32_t piece = q->free[k], item = q->pieces.value[q->pieces.start[piece]];
        if (d->column_of[piece] >= 0 || !may_come(d->s, piece, d->form) ||
            (q->has_stimuli && d->s->p->stimulus[item] != NO_STIMULUS))
            continue;
        list[n].worth = worth(d, piece);
        list[n++].piece = piece;
    }
    d->s->b->touched += (int64_t)(8 * n);
    qsort(list, n, sizeof *list, by_worth);
    for (; added < n && added < most && list[added].worth > 1e-9; added++)
        add_priced(d, list[added].piece);
    free(list);
    return added;
}

/* ---- diving ---- */

/* The column whose fraction is largest, switches first; -1: none is between. */
static int largest(const struct dive *d)
{
    const double *v = lp_columns(d->lp);
    int best = -1;
    double most = 0;
    for (size_t c = 0; c < d->n_columns; c++) {
        double rank = v[c] + (d->is_switch[c] ? 1 : 0);
        bool whole = d->is_switch[c] || d->piece_at[c] != NO_PIECE;
        if (whole && v[c] > 1e-6 && v[c] < 1 - 1e-6 && rank > most) {
            most = rank;
            best = (int)c;
        }
    }
    return best;
}

static void put(struct dive *d)
{
    const double *v = lp_columns(d->lp);
    for (size_t c = 0; c < d->n_columns; c++)
        if (d->piece_at[c] != NO_PIECE && v[c] > 0.5) {
            const struct pool *q = &d->s->pool;
            for (size_t k = q->pieces.start[d->piece_at[c]]; k < q->pieces.start[d->piece_at[c] + 1]; k++)
                if (!booklets_has(d->s->b, q->pieces.value[k], d->form))
                    booklets_toggle(d->s->b, q->pieces.value[k], d->form);
        }
}

/* More columns, so many times, as long as they better it. */
static enum lp_status price(struct dive *d, enum lp_status status, size_t times)
{
    for (size_t k = 0; k < times && status == LP_OPTIMAL && lp_value(d->lp) > 1e-9; k++) {
        if (add_best(d, DIVE_MORE) == 0)
            break;
        status = lp_solve(d->lp, LP_PRIMAL, DIVE_PIVOTS, d->s->w);
    }
    return status;
}

static void run(struct dive *d)
{
    enum lp_status status = lp_solve(d->lp, LP_PRIMAL, DIVE_PIVOTS, d->s->w);
    int last = -1;
    status = price(d, status, DIVE_PRICINGS);
    for (size_t k = 0; k < DIVE_ROUNDS; k++) {
        last = status == LP_OPTIMAL ? largest(d) : -1;
        if (last < 0)
            break;
        lp_set_bounds(d->lp, (size_t)last, 1, 1);
        status = lp_solve(d->lp, LP_DUAL, DIVE_PIVOTS, d->s->w);
        if (k % 4 == 3)
            status = price(d, status, 1);
    }
}

static void empty_form(struct search *s, size_t form)
{
    for (size_t k = s->b->n[form]; k-- > 0;) {
        uint32_t item = s->b->form[form][k];
        if (!s->pool.fixed[s->pool.piece_of[item]])
            booklets_toggle(s->b, item, form);
    }
}

bool sets_dive_form(struct search *s, size_t form)
{
    struct dive d = {.s = s, .form = form};
    struct err e = {0};
    size_t room = s->pool.pieces.n + 3 * s->b->n_rows + s->b->n_items + 2;
    if (lp_new(&d.lp, &e) < 0)
        return false;
    empty_form(s, form);
    d.piece = mem_alloc(room * sizeof *d.piece);
    d.column_of = mem_alloc(room * sizeof *d.column_of);
    d.switch_of = mem_alloc(room * sizeof *d.switch_of);
    d.is_switch = mem_alloc(room);
    d.piece_at = mem_alloc(room * sizeof *d.piece_at);
    d.lp_row = mem_alloc(2 * room * sizeof *d.lp_row);
    d.lp_scale = mem_alloc(room * sizeof *d.lp_scale);
    d.at = mem_alloc(room * sizeof *d.at);
    d.value = mem_alloc(room * sizeof *d.value);
    for (size_t k = 0; k < room; k++)
        d.column_of[k] = d.switch_of[k] = d.lp_row[2 * k] = d.lp_row[2 * k + 1] = -1;
    for (size_t k = 0; k < room; k++)
        d.piece_at[k] = NO_PIECE;
    choose_pieces(&d);
    make_rows(&d);
    run(&d);
    put(&d);
    lp_free(d.lp);
    free(d.piece);
    free(d.column_of);
    free(d.switch_of);
    free(d.is_switch);
    free(d.piece_at);
    free(d.lp_row);
    free(d.lp_scale);
    free(d.at);
    free(d.value);
    return !work_ended(s->w);
}

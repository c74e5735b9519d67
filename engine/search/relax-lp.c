/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation's LP by columns: it begins with a part of the items, and those come in that its prices call
 * for; rows that hold of themselves come in when they are broken. */
#include "engine/search/relax-internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { ALL_AT_ONCE = 1200, PER_HOME = 4, PER_PASS = 400, MAX_PASSES = 400 };

#define TOLERANCE 1e-9

struct priced {
    double gain;
    uint32_t column;
};

static int by_gain(const void *a, const void *b)
{
    const struct priced *x = a, *y = b;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static double lp_side(int64_t v, double scale)
{
    return v == OPEN_LO ? -LP_OPEN : v == OPEN_HI ? LP_OPEN : (double)v / scale;
}

/* ---- rows ---- */

static void add_row(struct relax *x, uint32_t k)
{
    struct relax_row *r = &x->row[k];
    double lo = lp_side(r->lo, r->scale), hi = lp_side(r->hi, r->scale);
    size_t from = x->line.start[k], n = x->line.start[k + 1] - from, m = 0;
    int start[] = {0, 0}, *at = mem_alloc((n + 1) * sizeof *at);
    double *value = mem_alloc((n + 1) * sizeof *value);
    for (size_t i = from; i < from + n; i++)
        if (x->column_lp[x->line.cell[i].at] != NOT_IN_LP) {
            at[m] = x->column_lp[x->line.cell[i].at];
            value[m++] = (double)x->line.cell[i].coef * relax_column_unit(x, x->line.cell[i].at) / r->scale;
        }
    start[1] = (int)m;
    r->lp = (int)x->n_lp_rows;
    x->lp_row[x->n_lp_rows++] = k;
    lp_add_rows(x->lp, 1, &lo, &hi, start, at, value);
    free(at);
    free(value);
}

static void add_first_rows(struct relax *x)
{
    double *lo = mem_alloc((x->n_rows + 1) * sizeof *lo), *hi = mem_alloc((x->n_rows + 1) * sizeof *hi);
    for (uint32_t k = 0; k < x->n_rows; k++) {
        struct relax_row *r = &x->row[k];
        if (r->lazy)
            continue;
        lo[x->n_lp_rows] = lp_side(r->lo, r->scale);
        hi[x->n_lp_rows] = lp_side(r->hi, r->scale);
        r->lp = (int)x->n_lp_rows;
        x->lp_row[x->n_lp_rows++] = k;
    }
    lp_add_rows(x->lp, x->n_lp_rows, lo, hi, NULL, NULL, NULL);
    free(lo);
    free(hi);
}

void relax_values(struct relax *x)
{
    const double *v = lp_columns(x->lp);
    for (size_t c = 0; c < x->n_lp; c++)
        if (x->lp_column[c] >= 0)
            x->value[x->lp_column[c]] = 0;
    for (size_t c = 0; c < x->n_lp; c++)
        if (x->lp_column[c] >= 0)
            x->value[x->lp_column[c]] += v[c] * relax_column_unit(x, (size_t)x->lp_column[c]);
}

size_t relax_separate(struct relax *x)
{
    size_t n = 0;
    relax_values(x);
    for (uint32_t k = 0; k < x->n_rows; k++) {
        const struct relax_row *r = &x->row[k];
        double sum = 0;
        if (!r->lazy || r->asleep || r->lp != NOT_IN_LP)
            continue;
        for (size_t i = x->line.start[k]; i < x->line.start[k + 1]; i++)
            sum += (double)x->line.cell[i].coef * x->value[x->line.cell[i].at];
        if (sum > (double)r->hi + 1e-7) {
            add_row(x, k);
            n++;
        }
    }
    return n;
}

/* ---- columns ---- */

/* Columns on their way into the LP. */
struct batch {
    size_t n, cells, room_n, room_cells;
    double *cost, *lower, *upper, *value;
    int *start, *row;
};

static void batch_cell(struct batch *b, int row, double value)
{
    if (b->cells == b->room_cells) {
        b->room_cells = b->room_cells ? 2 * b->room_cells : 1024;
        b->row = mem_grow(b->row, b->room_cells, sizeof *b->row);
        b->value = mem_grow(b->value, b->room_cells, sizeof *b->value);
    }
    b->row[b->cells] = row;
    b->value[b->cells++] = value;
}

static void batch_column(struct relax *x, struct batch *b, int column, double cost, double lower,
                         double upper)
{
    if (b->n == b->room_n) {
        b->room_n = b->room_n ? 2 * b->room_n : 256;
        b->cost = mem_grow(b->cost, b->room_n, sizeof *b->cost);
        b->lower = mem_grow(b->lower, b->room_n, sizeof *b->lower);
        b->upper = mem_grow(b->upper, b->room_n, sizeof *b->upper);
        b->start = mem_grow(b->start, b->room_n + 1, sizeof *b->start);
    }
    if (x->n_lp == x->room_lp) {
        x->room_lp = x->room_lp ? 2 * x->room_lp : 1024;
        x->lp_column = mem_grow(x->lp_column, x->room_lp, sizeof *x->lp_column);
    }
    x->lp_column[x->n_lp++] = column;
    b->cost[b->n] = cost;
    b->lower[b->n] = lower;
    b->upper[b->n++] = upper;
    b->start[b->n] = (int)b->cells;
    b->start[0] = 0;
}

static void batch_send(struct relax *x, struct batch *b)
{
    if (b->n)
        lp_add_columns(x->lp, b->n, b->cost, b->lower, b->upper, b->start, b->row, b->value);
    free(b->cost);
    free(b->lower);
    free(b->upper);
    free(b->start);
    free(b->row);
    free(b->value);
}

static bool in_pieces(const struct relax *x, size_t c)
{
    return x->pieces && c < x->p->n_items && x->overlap[c] != NO_ROW;
}

/* The column, or the next piece of an item that pays for its overlap. */
static void load_one(struct relax *x, struct batch *b, uint32_t c)
{
    bool pieces = in_pieces(x, c);
    int64_t piece = pieces ? x->pieces[c] : 0;
    double unit = relax_column_unit(x, c), cost = -(double)relax_profit(x, c) * unit / x->unit;
    double lower = lp_side(x->lower[c], unit), upper = lp_side(x->upper[c], unit);
    for (size_t i = x->column.start[c]; i < x->column.start[c + 1]; i++) {
        const struct relax_row *r = &x->row[x->column.cell[i].at];
        if (r->lp != NOT_IN_LP)
            batch_cell(b, r->lp, (double)x->column.cell[i].coef * unit / r->scale);
    }
    if (pieces) {
        const struct relax_row *r = &x->row[x->overlap[c]];
        if (piece)
            batch_cell(b, r->lp, (double)piece / r->scale);
        lower = x->lower[c] > piece;
        upper = x->upper[c] > piece;
        x->pieces[c]++;
    }
    if (piece == 0)
        x->column_lp[c] = (int)x->n_lp;
    batch_column(x, b, (int)c, cost, lower, upper);
}

void relax_load(struct relax *x, const uint32_t *column, size_t n)
{
    struct batch b = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t c = column[i];
        if (x->column_lp[c] == NOT_IN_LP || (in_pieces(x, c) && x->pieces[c] < x->upper[c]))
            load_one(x, &b, c);
    }
    batch_send(x, &b);
}

/* What a wish lacks, and what it has too much of. */
static void load_slacks(struct relax *x)
{
    struct batch b = {0};
    for (size_t k = 0; k < x->n_rows; k++)
        for (int side = -1; side <= 1 && x->row[k].weight > 0; side += 2) {
            double cost = (double)x->row[k].weight * x->row[k].scale;
            batch_cell(&b, x->row[k].lp, side);
            for (size_t i = 0; i < x->n_rows; i++)
                if (x->row[i].penalty)
                    batch_cell(&b, x->row[i].lp, cost / x->row[i].scale);
            batch_column(x, &b, -1, x->kind == OBJECTIVE_MIN_PENALTY ? cost / x->unit : 0, 0, LP_OPEN);
        }
    batch_send(x, &b);
}

/* ---- which items first ---- */

/* The row with the fewest items that an item stands in; objective rows and lazy ones do not count. */
static uint32_t home(const struct relax *x, uint32_t item)
{
    uint32_t best = UINT32_MAX;
    size_t least = SIZE_MAX;
    for (size_t i = x->column.start[item]; i < x->column.start[item + 1]; i++) {
        uint32_t k = x->column.cell[i].at;
        size_t n = x->line.start[k + 1] - x->line.start[k];
        if (!x->row[k].lazy && x->row[k].requirement < x->p->n_requirements && n < least) {
            least = n;
            best = k;
        }
    }
    return best;
}

/* What an item seems to be worth before there are prices; targets want variety rather than much. */
static double promise(const struct relax *x, uint32_t item)
{
    const struct objective *o = x->p->objective;
    double sum = 0;
    for (size_t k = 0; relax_up(x->kind) && k < o->n_rows; k++)
        sum += (double)o->row[k].coef[item] /
               (x->kind == OBJECTIVE_MAXIMIN && o->row[k].weight > 0 ? (double)o->row[k].weight : 1);
    return relax_up(x->kind) ? sum : (double)(item * 2654435761u);
}

/* Of each home the most promising, and all that must stand in a form. */
static size_t first_items(const struct relax *x, uint32_t *ret)
{
    size_t items = x->p->n_items, n = 0, most = PER_HOME + 2 * x->p->n_forms, *seen;
    struct priced *order = mem_alloc((items + 1) * sizeof *order);
    for (uint32_t i = 0; i < items; i++)
        order[i] = (struct priced){.gain = promise(x, i), .column = i};
    seen = mem_alloc((x->n_rows + 2) * sizeof *seen);
    if (items > ALL_AT_ONCE)
        qsort(order, items, sizeof *order, by_gain);
    for (size_t i = 0; i < items; i++) {
        uint32_t c = order[i].column, h = home(x, c);
        size_t *count = &seen[h == UINT32_MAX ? x->n_rows : h];
        if (items <= ALL_AT_ONCE || x->lower[c] > 0 || (x->upper[c] > 0 && *count < most)) {
            ret[n++] = c;
            ++*count;
        }
    }
    free(order);
    free(seen);
    return n;
}

/* An LP of the rows that stand in it, or of all that are not lazy, and of these items and all other columns.
 */
static int open_lp(struct relax *x, uint32_t *column, size_t n, struct err *e)
{
    int r = lp_new(&x->lp, e);
    for (size_t c = 0; c < x->n_cols; c++)
        x->column_lp[c] = NOT_IN_LP;
    for (size_t c = 0; x->pieces && c < x->p->n_items; c++)
        x->pieces[c] = 0;
    x->n_lp = x->n_lp_rows = 0;
    if (r < 0)
        return r;
    add_first_rows(x);
    load_slacks(x);
    for (size_t c = x->p->n_items; c < x->n_cols; c++)
        column[n++] = (uint32_t)c;
    relax_load(x, column, n);
    for (size_t i = 0; x->pieces && i < n; i++) /* what must stand in several forms */
        for (int64_t k = 1; in_pieces(x, column[i]) && k < x->lower[column[i]]; k++)
            relax_load(x, &column[i], 1);
    return 0;
}

static int first_lp(struct relax *x, struct err *e)
{
    uint32_t *column = mem_alloc((x->n_cols + 1) * sizeof *column);
    x->column_lp = mem_alloc((x->n_cols + 1) * sizeof *x->column_lp);
    x->lp_row = mem_alloc((x->n_rows + 1) * sizeof *x->lp_row);
    x->y = mem_alloc((x->n_rows + 1) * sizeof *x->y);
    x->value = mem_alloc((x->n_cols + 1) * sizeof *x->value);
    if (x->overlap)
        x->pieces = mem_alloc((x->p->n_items + 1) * sizeof *x->pieces);
    int r = open_lp(x, column, first_items(x, column), e);
    free(column);
    return r;
}

/* A row of items that cannot reach beyond its side. */
static bool cannot_break(const struct relax *x, uint32_t k)
{
    wide most = 0;
    for (size_t i = x->line.start[k]; i < x->line.start[k + 1]; i++) {
        const struct relax_cell *c = &x->line.cell[i];
        most += (wide)c->coef * (c->coef > 0 ? x->upper[c->at] : x->lower[c->at]);
    }
    return x->row[k].hi != OPEN_HI && most <= x->row[k].hi;
}

int relax_restrict(struct relax *x, const uint32_t *item, size_t n, struct err *e)
{
    uint32_t *column = mem_alloc((x->n_cols + 1) * sizeof *column);
    for (size_t i = 0; i < n; i++)
        column[i] = item[i];
    for (uint32_t k = 0; k < x->n_rows; k++) {
        x->row[k].lazy = x->row[k].lazy && x->row[k].lp == NOT_IN_LP;
        x->row[k].asleep = x->row[k].lazy && cannot_break(x, k);
    }
    for (size_t c = 0; c < x->n_cols; c++)
        x->value[c] = 0;
    lp_free(x->lp);
    x->lp = NULL;
    int r = open_lp(x, column, n, e);
    free(column);
    return r;
}

/* ---- prices ---- */

void relax_take_duals(struct relax *x, const double *ray)
{
    const double *y = ray ? ray : lp_duals(x->lp);
    for (size_t k = 0; k < x->n_rows; k++)
        x->y[k] = x->row[k].lp == NOT_IN_LP ? 0 : -y[x->row[k].lp] * x->unit / x->row[k].scale;
}

double relax_reduced(const struct relax *x, size_t column, bool farkas)
{
    double sum = farkas ? 0 : (double)relax_profit(x, column);
    for (size_t i = x->column.start[column]; i < x->column.start[column + 1]; i++)
        sum -= x->y[x->column.cell[i].at] * (double)x->column.cell[i].coef;
    return sum;
}

size_t relax_price_in(struct relax *x, bool farkas, double *ret_missing)
{
    struct priced *found = mem_alloc((x->p->n_items + 1) * sizeof *found);
    uint32_t *column = mem_alloc((x->p->n_items + 1) * sizeof *column);
    size_t n = 0, most = PER_PASS + x->n_lp / 4;
    double all = 0;
    for (uint32_t c = 0; c < x->p->n_items; c++) {
        bool pieces = in_pieces(x, c);
        int64_t room = x->upper[c] - (pieces ? x->pieces[c] : x->column_lp[c] != NOT_IN_LP ? x->upper[c] : 0);
        if (room <= 0)
            continue;
        double gain = relax_reduced(x, c, farkas) - (pieces ? x->y[x->overlap[c]] * x->pieces[c] : 0);
        if (gain <= TOLERANCE * x->unit * 0.1)
            continue;
        all += gain * (double)room;
        found[n++] = (struct priced){.gain = gain, .column = c};
    }
    qsort(found, n, sizeof *found, by_gain);
    n = n < most ? n : most;
    for (size_t i = 0; i < n; i++)
        column[i] = found[i].column;
    relax_load(x, column, n);
    free(found);
    free(column);
    *ret_missing = all;
    return n;
}

static enum relax_status infeasible(struct relax *x, size_t *ret_added)
{
    double *ray = lp_ray(x->lp), missing;
    *ret_added = 0;
    if (!ray)
        return RELAX_LIMIT;
    relax_take_duals(x, ray);
    free(ray);
    *ret_added = relax_price_in(x, true, &missing);
    return RELAX_INFEASIBLE;
}

/* One pass over a solved LP: true, it must be solved again. */
static bool pass(struct relax *x, enum lp_status solved, enum lp_method *method, enum relax_status *ret)
{
    size_t added = 0;
    double missing;
    *method = LP_PRIMAL;
    if (solved == LP_INFEASIBLE) {
        *ret = infeasible(x, &added);
        return added > 0;
    }
    *ret = solved == LP_OPTIMAL ? RELAX_BOUND : RELAX_LIMIT;
    if (solved != LP_OPTIMAL)
        return false;
    if (relax_separate(x) > 0) {
        *method = LP_DUAL;
        return true;
    }
    relax_take_duals(x, NULL);
    added = relax_price_in(x, false, &missing);
    x->bound = -lp_value(x->lp) * x->unit + missing;
    return added > 0 && missing > TOLERANCE * x->unit;
}

static int resolve(struct relax *x, enum lp_method method, struct work *w, enum relax_status *ret)
{
    *ret = RELAX_LIMIT;
    for (int i = 0; i < MAX_PASSES; i++) {
        enum lp_status solved = lp_solve(x->lp, method, 0, w);
        if (!work_spend(w, (int64_t)x->column.start[x->n_cols] / 400) || !pass(x, solved, &method, ret))
            break;
    }
    return 0;
}

int relax_lp(struct relax *x, struct work *w, enum relax_status *ret, struct err *e)
{
    int r = first_lp(x, e);
    if (r == 0 && x->p->n_forms > 1) /* few rows, wide domains */
        lp_set_often(x->lp, true);
    return r < 0 ? r : resolve(x, LP_DUAL, w, ret);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/elastic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/lp.h"

/* A column of the program: the step-th use of each item of a lot, or uses of further items of it. */
struct part {
    uint32_t lot, step;
    bool further;
};

/* A column that is not in the program yet, and what it promises. */
struct offer {
    double gain;
    struct part part;
};

struct elastic {
    const struct lots *l;
    struct work *w;
    struct lp *lp;
    size_t n_slacks, n_parts, part_room;
    struct part *part; /* columns n_slacks .. of the program */
    uint32_t *n_in;    /* of each lot: steps that are in the program */
    uint32_t *further; /* of each lot: its column for further items, or 0 */
    bool *overlapped;  /* of each lot: an overlap counts it */
    struct offer *offer;
    size_t n_offers, offer_room;
    struct elastic_ask ask;
    size_t forms;
    uint32_t let; /* the requirement whose bound is another, or NO_RULE */
    double let_hi;
    double *dual; /* of the rows as they are in the problem */
};

#define NOTHING 1e-7

enum { OFFERS_TAKEN = 60 };

struct use {
    double lo, hi; /* of one of the lot */
};

static const struct requirement *requirement(const struct elastic *x, uint32_t k)
{
    return &x->l->p->requirement[k];
}

/* How often one item or stimulus of the lot may be used, as the bounds that are kept say. */
static struct use use_of(const struct elastic *x, const struct lot *lot)
{
    struct use use = {0, (double)x->forms};
    if (lot->kind == LOT_GROUP && x->ask.times > 1)
        use.hi *= x->ask.times;
    for (uint32_t i = lot->bound; i < lot->bound + lot->n_bounds; i++) {
        const struct requirement *r = requirement(x, x->l->bound[i]);
        if (x->ask.price[x->l->rule_of[x->l->bound[i]]] <= 0)
            continue;
        if (r->kind == REQUIRE_EXCLUDE)
            use.hi = 0;
        else if (r->kind == REQUIRE_INCLUDE)
            use.lo = fmax(use.lo, (double)x->forms);
        else {
            use.hi = fmin(use.hi, x->l->bound[i] == x->let ? x->let_hi : (double)r->hi);
            use.lo = fmax(use.lo, fmin((double)r->lo, (double)x->forms));
        }
    }
    use.hi *= fmin(lot->left, fmax(1, x->ask.times));
    if (x->ask.endless && lot->kind != LOT_GROUP)
        use.hi = LP_OPEN;
    return use;
}

static uint32_t steps_of(const struct elastic *x, uint32_t lot, const struct use *use)
{
    return x->overlapped[lot] && use->hi < LP_OPEN ? (uint32_t)use->hi : use->hi > 0;
}

/* The pairs of an overlap that one more use makes; uses in other exams make none. */
static double pairs(const struct lot *lot, uint32_t step)
{
    return lot->left > 1 ? step / lot->left : step;
}

/* Bounds of the column `part` under what is asked. */
static struct use bounds_of(const struct elastic *x, const struct part *part)
{
    const struct lot *lot = &x->l->lot[part->lot];
    struct use use = use_of(x, lot);
    if (part->further)
        return (struct use){0, x->ask.item_price > 0 ? LP_OPEN : 0};
    if (x->overlapped[part->lot] && use.hi < LP_OPEN)
        use = (struct use){use.lo > part->step, use.hi > part->step};
    if (use.hi < LP_OPEN)
        use.hi *= lot->n;
    return (struct use){use.lo * lot->n, use.hi};
}

static void open_room(struct elastic *x)
{
    if (x->n_parts < x->part_room)
        return;
    x->part_room = x->part_room ? 2 * x->part_room : 256;
    x->part = mem_grow(x->part, x->part_room, sizeof *x->part);
}

static void add_part(struct elastic *x, struct part part)
{
    const struct lots *l = x->l;
    const struct lot *lot = &l->lot[part.lot];
    struct use use = bounds_of(x, &part);
    int start[2] = {0, 0}, *row = mem_alloc((lot->n_cells + 1) * sizeof *row);
    double *value = mem_alloc((lot->n_cells + 1) * sizeof *value);
    double cost = part.further ? x->ask.item_price : 0;
    for (uint32_t i = lot->cell; i < lot->cell + lot->n_cells; i++) {
        const struct lots_row *to = &l->row[l->cell[i].row];
        double v = l->cell[i].value / to->scale;
        if (to->overlap)
            v *= part.further ? 0 : pairs(lot, part.step);
        row[start[1]] = (int)l->cell[i].row;
        value[start[1]] = v;
        start[1] += v != 0;
    }
    open_room(x);
    x->part[x->n_parts++] = part;
    if (part.further)
        x->further[part.lot] = (uint32_t)(x->n_slacks + x->n_parts - 1);
    else
        x->n_in[part.lot] = part.step + 1;
    lp_add_columns(x->lp, 1, &cost, &use.lo, &use.hi, start, row, value);
    free(row);
    free(value);
}

/* Of each row one column for what it falls short and one for what it exceeds. */
static void add_slacks(struct elastic *x)
{
    size_t n = x->l->n_rows;
    int *start = mem_alloc((2 * n + 1) * sizeof *start), *row = mem_alloc((2 * n + 1) * sizeof *row);
    double *value = mem_alloc((2 * n + 1) * sizeof *value), *lower = mem_alloc((2 * n + 1) * sizeof *lower),
           *upper = mem_alloc((2 * n + 1) * sizeof *upper);
    for (size_t i = 0; i < 2 * n; i++) {
        start[i] = (int)i;
        row[i] = (int)(i / 2);
        value[i] = i % 2 ? -1 : 1;
        upper[i] = LP_OPEN;
        lower[n + i / 2] = 0;
    }
    start[2 * n] = (int)(2 * n);
    for (size_t k = 0; k < n; k++)
        lower[k] = 0;
    lp_add_columns(x->lp, 2 * n, lower, lower, upper, start, row, value);
    x->n_slacks = 2 * n;
    free(start);
    free(row);
    free(value);
    free(lower);
    free(upper);
}

static void add_rows(struct elastic *x)
{
    size_t n = x->l->n_rows;
    double *lo = mem_alloc((n + 1) * sizeof *lo), *hi = mem_alloc((n + 1) * sizeof *hi);
    for (size_t i = 0; i < n; i++) {
        lo[i] = -LP_OPEN;
        hi[i] = LP_OPEN;
    }
    lp_add_rows(x->lp, n, lo, hi, NULL, NULL, NULL);
    free(lo);
    free(hi);
}

int elastic_new(struct elastic **ret, const struct lots *l, struct work *w, struct err *e)
{
    struct lp *lp;
    int r = lp_new(&lp, e);
    if (r < 0)
        return r;
    struct elastic *x = mem_alloc(sizeof *x);
    *x = (struct elastic){.l = l, .w = w, .lp = lp, .forms = l->p->n_forms, .let = NO_RULE};
    x->n_in = mem_alloc((l->n_lots + 1) * sizeof *x->n_in);
    x->further = mem_alloc((l->n_lots + 1) * sizeof *x->further);
    x->overlapped = mem_alloc(l->n_lots + 1);
    x->dual = mem_alloc((l->n_rows + 1) * sizeof *x->dual);
    for (size_t k = 0; k < l->n_lots; k++)
        x->overlapped[k] = lots_overlap(l, &l->lot[k]);
    add_rows(x);
    add_slacks(x);
    *ret = x;
    return 0;
}

void elastic_free(struct elastic *x)
{
    if (!x)
        return;
    lp_free(x->lp);
    free(x->part);
    free(x->n_in);
    free(x->further);
    free(x->overlapped);
    free(x->offer);
    free(x->dual);
    free(x);
}

/* How often the bounds of a row are asked. An item of other times is not one of these: pairs are of one time.
 */
static double fold(const struct elastic *x, const struct lots_row *row)
{
    double times = x->ask.times > 0 ? x->ask.times : 1, forms = (double)x->forms;
    return times * (row->overlap ? forms * (forms - 1) / 2 : row->fixed ? 1 : forms);
}

static double bound(double b, double fold, double scale)
{
    if (!isfinite(b))
        return b < 0 ? -LP_OPEN : LP_OPEN;
    return b * fold / scale;
}

static void set_rows(struct elastic *x)
{
    const struct lots *l = x->l;
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct lots_row *row = &l->row[i];
        double price = x->ask.price[row->rule], times = fold(x, row);
        double lo = price > 0 ? bound(row->lo, times, row->scale) : -LP_OPEN;
        lp_set_row(x->lp, i, lo, price > 0 ? bound(row->hi, times, row->scale) : LP_OPEN);
        lp_set_cost(x->lp, 2 * i, price);
        lp_set_cost(x->lp, 2 * i + 1, price);
    }
}

/* False where the bounds of an item contradict each other. */
static bool set_parts(struct elastic *x)
{
    const struct lots *l = x->l;
    bool possible = true;
    for (uint32_t k = 0; k < l->n_lots; k++) {
        const struct lot *lot = &l->lot[k];
        struct use use = lot->n_bounds || lot->kind != LOT_ITEMS ? use_of(x, lot) : (struct use){0, 1};
        bool wanted = use.lo > 0 || lot->kind != LOT_ITEMS;
        possible = possible && use.lo <= use.hi;
        for (uint32_t step = x->n_in[k]; wanted && step < steps_of(x, k, &use); step++)
            add_part(x, (struct part){.lot = k, .step = step});
    }
    for (size_t i = 0; possible && i < x->n_parts; i++) {
        struct use use = bounds_of(x, &x->part[i]);
        lp_set_bounds(x->lp, x->n_slacks + i, use.lo, use.hi);
        if (x->part[i].further)
            lp_set_cost(x->lp, x->n_slacks + i, x->ask.item_price);
    }
    return possible;
}

static void make_offer(struct elastic *x, struct offer offer)
{
    if (x->n_offers == x->offer_room) {
        x->offer_room = x->offer_room ? 2 * x->offer_room : 1024;
        x->offer = mem_grow(x->offer, x->offer_room, sizeof *x->offer);
    }
    x->offer[x->n_offers++] = offer;
}

/* The value of one use of the lot at the rows' duals; *ret_rising: what each further step takes away. */
static double worth(const struct elastic *x, const struct lot *lot, double *ret_rising)
{
    double sum = 0;
    *ret_rising = 0;
    for (uint32_t i = lot->cell; i < lot->cell + lot->n_cells; i++) {
        const struct lots_cell *c = &x->l->cell[i];
        if (x->l->row[c->row].overlap)
            *ret_rising -= x->dual[c->row] * c->value;
        else
            sum += x->dual[c->row] * c->value;
    }
    return sum;
}

/* Columns outside that would lower the price. Returns what all of them can take from it at most. */
static double find_offers(struct elastic *x)
{
    const struct lots *l = x->l;
    double most = 0, rising;
    x->n_offers = 0;
    for (uint32_t k = 0; k < l->n_item_lots; k++) {
        double sum = worth(x, &l->lot[k], &rising);
        if (sum <= NOTHING)
            continue;
        struct use use = use_of(x, &l->lot[k]);
        uint32_t step = x->n_in[k];
        for (uint32_t s = step; s < steps_of(x, k, &use); s++) {
            struct part part = {.lot = k, .step = s};
            double gain = (sum - rising * pairs(&l->lot[k], s)) * bounds_of(x, &part).hi;
            if (gain <= NOTHING)
                break;
            most += gain;
            if (s == step)
                make_offer(x, (struct offer){gain, part});
        }
        if (x->ask.item_price > 0 && !x->further[k] && sum > x->ask.item_price + NOTHING) {
            most = HUGE_VAL;
            make_offer(x, (struct offer){sum - x->ask.item_price, {.lot = k, .further = true}});
        }
    }
    return most;
}

static int by_gain(const void *a, const void *b)
{
    const struct offer *x = a, *y = b;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return x->part.lot < y->part.lot ? -1 : x->part.lot > y->part.lot;
}

static void read_duals(struct elastic *x)
{
    const double *y = lp_duals(x->lp);
    for (size_t i = 0; i < x->l->n_rows; i++)
        x->dual[i] = y[i] / x->l->row[i].scale;
}

enum elastic_status elastic_ask(struct elastic *x, const struct elastic_ask *ask)
{
    x->ask = *ask;
    x->forms = ask->forms ? ask->forms : x->l->p->n_forms;
    set_rows(x);
    if (!set_parts(x))
        return ELASTIC_MISSED;
    for (;;) {
        enum lp_status s = lp_solve(x->lp, LP_PRIMAL, 0, x->w);
        if (s != LP_OPTIMAL)
            return ELASTIC_UNKNOWN;
        double value = lp_value(x->lp);
        if (value <= NOTHING * 10 && !ask->exact)
            return ELASTIC_MET;
        read_duals(x);
        double most = find_offers(x);
        if (!work_spend(x->w, (int64_t)(x->l->n_item_lots / 64 + x->n_offers)))
            return ELASTIC_UNKNOWN;
        if (x->n_offers == 0)
            return value <= NOTHING * 10 ? ELASTIC_MET : ELASTIC_MISSED;
        if (!ask->exact && value - most > NOTHING * 10)
            return ELASTIC_MISSED;
        qsort(x->offer, x->n_offers, sizeof *x->offer, by_gain);
        for (size_t i = 0; i < x->n_offers && i < OFFERS_TAKEN; i++)
            add_part(x, x->offer[i].part);
    }
}

void elastic_let(struct elastic *x, uint32_t requirement, int64_t hi)
{
    x->let = requirement;
    x->let_hi = (double)hi;
}

double elastic_price(const struct elastic *x)
{
    return lp_value(x->lp);
}

double elastic_missed(const struct elastic *x, size_t row)
{
    const double *v = lp_columns(x->lp);
    return (v[2 * row + 1] - v[2 * row]) * x->l->row[row].scale;
}

double elastic_further(const struct elastic *x, size_t lot)
{
    return x->further[lot] ? lp_columns(x->lp)[x->further[lot]] : 0;
}

double elastic_dual(const struct elastic *x, size_t row)
{
    return x->dual[row];
}

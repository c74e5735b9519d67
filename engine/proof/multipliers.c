/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/proof/walk.h"

/* Of a variable's profit and price; times PROOF_MAX_FORMS squared they still fit. */
#define PROFIT_LIMIT ((wide)1 << 90)

void multipliers_scratch(struct walk *w)
{
    size_t n = w->rows.n_vars + 1;
    w->y = mem_alloc((w->rows.n + 1) * sizeof *w->y);
    w->is_touched = mem_alloc((w->rows.n + 1) * sizeof *w->is_touched);
    w->fixed = mem_alloc((w->rows.n + 1) * sizeof *w->fixed);
    w->d = mem_alloc(n * sizeof *w->d);
    w->price = mem_alloc(n * sizeof *w->price);
    w->extra = mem_alloc(n * sizeof *w->extra);
}

static bool is_branch(const struct walk *w, const struct proof_term *t)
{
    return t->requirement > w->rows.p->n_requirements;
}

static bool gather_branch(struct walk *w, const struct proof_term *t, const char **what)
{
    size_t depth = t->requirement - w->rows.p->n_requirements - 1;
    if (depth >= w->n_branches || t->sub) {
        *what = N_("a multiplier of a branch that is not above it");
        return false;
    }
    return !__builtin_add_overflow(w->y_branch[depth], t->times, &w->y_branch[depth]);
}

/* Adds up the multipliers of each row; touched has the first term of each. */
static bool gather(struct walk *w, const struct proof_node *node, const char **what)
{
    for (size_t i = 0; i < node->n_terms; i++) {
        const struct proof_term *t = &node->term[i];
        uint32_t row;
        if (is_branch(w, t)) {
            if (!gather_branch(w, t, what))
                return false;
            continue;
        }
        if (!rows_find(&w->rows, t->requirement, t->sub, &row)) {
            *what = N_("a multiplier of a row that does not exist");
            return false;
        }
        if (!w->is_touched[row])
            w->touched[w->n_touched++] = (uint32_t)i;
        w->is_touched[row] = true;
        if (__builtin_add_overflow(w->y[row], t->times, &w->y[row]))
            return false;
    }
    return true;
}

static void forget(struct walk *w, const struct proof_node *node)
{
    uint32_t row;
    for (size_t i = 0; i < node->n_terms; i++)
        if (!is_branch(w, &node->term[i]) &&
            rows_find(&w->rows, node->term[i].requirement, node->term[i].sub, &row)) {
            w->y[row] = 0;
            w->is_touched[row] = false;
        }
    for (size_t i = 0; i < w->n_branches; i++)
        w->y_branch[i] = 0;
    w->n_touched = 0;
}

static void drop_open_sides(struct walk *w, const struct proof_node *node)
{
    for (size_t i = 0; i < w->n_touched; i++) {
        const struct proof_term *t = &node->term[w->touched[i]];
        struct sides s = rows_sides(&w->rows, t->requirement, t->sub);
        int64_t *y = &w->y[w->rows.first[t->requirement] + t->sub];
        if ((*y > 0 && !s.has_hi) || (*y < 0 && !s.has_lo))
            *y = 0;
    }
}

/* D: by which the objective's value z vanishes, or as the node says. */
static bool objective_times(const struct walk *w, const struct proof_node *node, int64_t *ret)
{
    const struct problem *p = w->rows.p;
    const struct objective *o = p->objective;
    wide sum = 0;
    if (o->kind == OBJECTIVE_MAX_SUM || o->kind == OBJECTIVE_MIN_PENALTY) {
        *ret = node->objective_times;
        return *ret >= 0;
    }
    for (size_t i = 0; i < w->n_touched; i++) {
        const struct proof_term *t = &node->term[w->touched[i]];
        if (t->requirement != p->n_requirements)
            continue;
        int64_t y = w->y[w->rows.first[t->requirement] + t->sub];
        int64_t weight = o->kind == OBJECTIVE_MAXIMIN ? o->row[t->sub].weight : 1;
        if (!wide_add_times(&sum, y < 0 ? -(wide)y : y, weight))
            return false;
    }
    return wide_times(sum, (int64_t)p->n_forms, &sum) && wide_narrow(sum, ret);
}

/* What a missed wish of weight 1 costs: in the objective, and in limits of the penalty. */
static bool wish_price(const struct walk *w, const struct proof_node *node, int64_t times, wide *ret)
{
    const struct problem *p = w->rows.p;
    *ret = p->objective->kind == OBJECTIVE_MIN_PENALTY ? times : 0;
    for (size_t i = 0; i < w->n_touched; i++) {
        const struct proof_term *t = &node->term[w->touched[i]];
        if (t->requirement < p->n_requirements && p->requirement[t->requirement].kind == REQUIRE_PENALTY &&
            !wide_add(ret, w->y[w->rows.first[t->requirement]]))
            return false;
    }
    return true;
}

/* The multiplier of a wish cannot be more than what it costs. */
static bool clip_wishes(struct walk *w, const struct proof_node *node, int64_t times)
{
    wide price, most;
    if (!wish_price(w, node, times, &price))
        return false;
    for (size_t i = 0; i < w->n_touched; i++) {
        const struct proof_term *t = &node->term[w->touched[i]];
        if (t->requirement >= w->rows.p->n_requirements)
            continue;
        const struct requirement *r = &w->rows.p->requirement[t->requirement];
        int64_t *y = &w->y[w->rows.first[t->requirement] + t->sub];
        if (!wide_times(price, r->weight, &most))
            return false;
        if (r->weight > 0 && !wide_within(*y, most + 1))
            *y = (int64_t)(*y < 0 ? -most : most);
    }
    return true;
}

static bool add_rows(struct walk *w, const struct proof_node *node, wide *bound)
{
    for (size_t i = 0; i < w->n_touched; i++) {
        const struct proof_term *t = &node->term[w->touched[i]];
        uint32_t row = w->rows.first[t->requirement] + t->sub;
        struct sides s = rows_sides(&w->rows, t->requirement, t->sub);
        int64_t y = w->y[row];
        if (y &&
            (!wide_add_times(bound, y > 0 ? s.hi : s.lo, y) || !wide_add_times(bound, -w->fixed[row], y)))
            return false;
    }
    return true;
}

static bool in_top(const struct walk *w, uint32_t var)
{
    return w->rows.lo[var] < w->rows.hi[var];
}

/* A branch's row: its side, and its entries into extra, or at once where the variable is fixed. */
static bool add_branch(struct walk *w, size_t depth, wide *bound)
{
    const struct branch *b = &w->branch[depth];
    int64_t y = w->y_branch[depth];
    if (y == 0 || (y > 0) == b->right) /* the open side */
        return true;
    if (!wide_add_times(bound, (wide)b->node->at + b->right, y))
        return false;
    for (size_t i = 0; i < b->node->n; i++) {
        uint32_t var = b->node->item[i] + (b->node->stimuli ? (uint32_t)w->rows.p->n_items : 0);
        wide entry = -(wide)y * b->node->coef[i];
        if (in_top(w, var) ? !wide_add(&w->extra[var], entry)
                           : !wide_add_times(bound, entry, w->rows.lo[var]))
            return false;
    }
    return true;
}

static void forget_extra(struct walk *w)
{
    for (size_t d = 0; d < w->n_branches; d++)
        for (size_t i = 0; w->y_branch[d] && i < w->branch[d].node->n; i++)
            w->extra[w->branch[d].node->item[i] +
                     (w->branch[d].node->stimuli ? (uint32_t)w->rows.p->n_items : 0)] = 0;
}

wide multipliers_value(wide d, wide price, int32_t v)
{
    return d * v - price * ((wide)v * (v - 1) / 2);
}

wide multipliers_best(wide d, wide price, int32_t lo, int32_t hi, int32_t *at)
{
    wide v = d > 0 ? (price > 0 ? (d + price - 1) / price : hi) : lo;
    *at = v < lo ? lo : v > hi ? hi : (int32_t)v;
    return multipliers_value(d, price, *at);
}

/* Profit and price of column i of the top. */
static bool column(struct walk *w, size_t i, int64_t times)
{
    const struct matrix *m = w->top;
    uint32_t var = m->var[i];
    wide d = w->extra[var], price = 0;
    if (w->rows.cost && !wide_add(&d, (wide)times * w->rows.cost[var]))
        return false;
    for (size_t k = m->start[i]; k < m->start[i + 1]; k++) {
        int64_t y = w->y[m->row[k] & ~ROW_PAIRS];
        if (y == 0)
            continue;
        if (m->row[k] & ROW_PAIRS)
            price += y;
        else if (!wide_add(&d, -(wide)y * m->coef[k]))
            return false;
    }
    w->d[i] = d;
    w->price[i] = price;
    return wide_within(d, PROFIT_LIMIT) && wide_within(price, PROFIT_LIMIT);
}

static bool add_columns(struct walk *w, int64_t times, wide *bound)
{
    int32_t at;
    for (size_t i = 0; i < w->top->n; i++) {
        uint32_t var = w->top->var[i];
        if (!column(w, i, times) ||
            !wide_add(bound, multipliers_best(w->d[i], w->price[i], w->rows.lo[var], w->rows.hi[var], &at)))
            return false;
    }
    return true;
}

static bool sum_up(struct walk *w, const struct proof_node *node, int64_t *times, wide *bound,
                   const char **what)
{
    *bound = 0;
    if (!gather(w, node, what))
        return false;
    drop_open_sides(w, node);
    if (!objective_times(w, node, times))
        return false;
    if (!clip_wishes(w, node, *times) || !add_rows(w, node, bound) ||
        !wide_add_times(bound, w->fixed_cost, *times))
        return false;
    for (size_t d = 0; d < w->n_branches; d++)
        if (!add_branch(w, d, bound))
            return false;
    return add_columns(w, *times, bound);
}

bool multipliers_bound(struct walk *w, const struct proof_node *node, int64_t *times, wide *bound,
                       const char **what)
{
    *what = NULL;
    w->touched = mem_grow(w->touched, node->n_terms + 1, sizeof *w->touched);
    bool good = sum_up(w, node, times, bound, what);
    forget_extra(w);
    forget(w, node);
    return good;
}

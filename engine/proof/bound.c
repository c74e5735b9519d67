/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/proof/walk.h"

static int bad_node(const struct walk *w, size_t node, const char *what, struct err *e)
{
    char where[48];
    snprintf(where, sizeof where, "node %zu", node + 1);
    err_set(e, ERR_DATA, where, "%s", what ? _(what) : _("numbers too large for a proof"));
    return w->rows.p->name[0] ? err_within(e, w->rows.p->name) : -ERR_DATA;
}

static void set_range(struct walk *w, uint32_t var, int32_t lo, int32_t hi)
{
    if (w->n_changes == w->room) {
        w->room = w->room ? 2 * w->room : 1024;
        w->change = mem_grow(w->change, w->room, sizeof *w->change);
    }
    w->change[w->n_changes++] = (struct change){var, w->rows.lo[var], w->rows.hi[var]};
    w->n_empty += (lo > hi) - (size_t)(w->rows.lo[var] > w->rows.hi[var]);
    w->rows.lo[var] = lo;
    w->rows.hi[var] = hi;
}

static void narrow(struct walk *w, uint32_t var, wide lo, wide hi)
{
    int32_t old_lo = w->rows.lo[var], old_hi = w->rows.hi[var];
    lo = lo < old_lo ? old_lo : lo;
    hi = hi > old_hi ? old_hi : hi;
    if (lo > hi)
        set_range(w, var, 1, 0);
    else if (lo > old_lo || hi < old_hi)
        set_range(w, var, (int32_t)lo, (int32_t)hi);
}

static wide times_fixed(const struct matrix *m, size_t k, int32_t v)
{
    return m->row[k] & ROW_PAIRS ? (wide)v * (v - 1) / 2 : (wide)v * m->coef[k];
}

/* Column i becomes fixed (sign 1) or open again (-1). */
static bool fix_column(struct walk *w, const struct matrix *m, size_t i, int sign)
{
    int32_t v = w->rows.lo[m->var[i]];
    if (v == 0)
        return true;
    if (w->rows.cost && !wide_add(&w->fixed_cost, (wide)w->rows.cost[m->var[i]] * v * sign))
        return false;
    for (size_t k = m->start[i]; k < m->start[i + 1]; k++)
        if (!wide_add(&w->fixed[m->row[k] & ~ROW_PAIRS], times_fixed(m, k, v) * sign))
            return false;
    return true;
}

/* Columns that became fixed leave the top, where it pays. */
static bool compact(struct walk *w)
{
    struct matrix *m = w->top;
    size_t open = 0;
    for (size_t i = 0; i < m->n; i++)
        open += w->rows.lo[m->var[i]] < w->rows.hi[m->var[i]];
    if (w->n_empty || 4 * open > 3 * m->n)
        return true;
    w->top = matrix_of_open(m, w->rows.lo, w->rows.hi);
    w->top->mark = w->n_changes;
    for (size_t i = 0; i < m->n; i++)
        if (w->rows.lo[m->var[i]] == w->rows.hi[m->var[i]] && !fix_column(w, m, i, 1))
            return false;
    return true;
}

static void undo_changes(struct walk *w, size_t mark)
{
    while (w->n_changes > mark) {
        const struct change *c = &w->change[--w->n_changes];
        w->n_empty -= w->rows.lo[c->var] > w->rows.hi[c->var];
        w->n_empty += c->lo > c->hi;
        w->rows.lo[c->var] = c->lo;
        w->rows.hi[c->var] = c->hi;
    }
}

/* Back to where n_changes was `mark`. */
static bool go_back(struct walk *w, size_t mark)
{
    bool good = true;
    while (w->top->parent && w->top->mark > mark) {
        struct matrix *m = w->top;
        undo_changes(w, m->mark);
        w->top = m->parent;
        for (size_t i = 0; i < w->top->n; i++)
            if (w->rows.lo[w->top->var[i]] == w->rows.hi[w->top->var[i]])
                good = fix_column(w, w->top, i, -1) && good;
        matrix_free(m);
    }
    undo_changes(w, mark);
    return good;
}

static bool threshold(const struct walk *w, int64_t times, wide *ret)
{
    *ret = 0;
    return times == 0 || goal_threshold(&w->goal, times, ret);
}

static void strike_values(struct walk *w, size_t i, wide bound, wide least)
{
    uint32_t var = w->top->var[i];
    int32_t lo = w->rows.lo[var], hi = w->rows.hi[var], at;
    wide rest = bound - multipliers_best(w->d[i], w->price[i], lo, hi, &at);
    while (hi > at && rest + multipliers_value(w->d[i], w->price[i], hi) < least)
        hi--;
    while (lo < at && rest + multipliers_value(w->d[i], w->price[i], lo) < least)
        lo++;
    narrow(w, var, lo, hi);
}

static bool reduce(struct walk *w, const struct proof_node *node, const char **what)
{
    int64_t times;
    wide bound, least;
    if (w->n_empty)
        return true;
    if (!multipliers_bound(w, node, &times, &bound, what))
        return false;
    if (!threshold(w, times, &least))
        return true;
    if (bound < least)
        set_range(w, (uint32_t)w->rows.n_vars, 1, 0);
    else if (wide_within(bound, WIDE_LARGEST / 4))
        for (size_t i = 0; i < w->top->n; i++)
            strike_values(w, i, bound, least);
    return compact(w);
}

static bool leaf(struct walk *w, const struct proof_node *node, const char **what)
{
    int64_t times;
    wide bound, least;
    struct fraction value = {0, 1};
    w->n_leaves++;
    if (w->n_empty)
        return true;
    if (!multipliers_bound(w, node, &times, &bound, what))
        return false;
    if (threshold(w, times, &least) && bound < least)
        return true;
    if (times == 0 && w->goal.n) {
        *what = N_("a leaf that proves nothing");
        return false;
    }
    if (times > 0 && !goal_floor(&w->goal, bound, times, &value))
        return false;
    if (w->n_open++ == 0 || fraction_less(w->worst, value))
        w->worst = value;
    return true;
}

static bool branch_is_good(const struct walk *w, const struct proof_node *node)
{
    size_t end = node->stimuli ? w->rows.p->n_stimuli : w->rows.p->n_items;
    bool good = w->n_branches < PROOF_MAX_DEPTH;
    for (size_t i = 0; i < node->n; i++)
        good = good && node->item[i] < end && (i == 0 || node->item[i - 1] < node->item[i]);
    return good;
}

static void narrow_by_branch(struct walk *w)
{
    const struct branch *b = &w->branch[w->n_branches - 1];
    if (b->node->n != 1 || b->node->coef[0] != 1)
        return;
    uint32_t var = b->node->item[0] + (b->node->stimuli ? (uint32_t)w->rows.p->n_items : 0);
    if (b->right)
        narrow(w, var, (wide)b->node->at + 1, w->rows.hi[var]);
    else
        narrow(w, var, w->rows.lo[var], b->node->at);
}

static void enter_branch(struct walk *w, const struct proof_node *node)
{
    if (w->n_branches == w->branch_room) {
        w->branch_room = w->branch_room ? 2 * w->branch_room : 64;
        w->branch = mem_grow(w->branch, w->branch_room, sizeof *w->branch);
        w->y_branch = mem_grow(w->y_branch, w->branch_room, sizeof *w->y_branch);
    }
    w->y_branch[w->n_branches] = 0;
    w->branch[w->n_branches++] = (struct branch){.node = node, .n_changes = w->n_changes};
    narrow_by_branch(w);
}

/* From a leaf to the next subtree; *end: there is none. */
static bool turn(struct walk *w, bool *end)
{
    while (w->n_branches && w->branch[w->n_branches - 1].right)
        w->n_branches--;
    *end = w->n_branches == 0;
    if (*end)
        return true;
    struct branch *b = &w->branch[w->n_branches - 1];
    bool good = go_back(w, b->n_changes);
    b->right = true;
    narrow_by_branch(w);
    return good;
}

static bool step(struct walk *w, const struct proof_node *node, bool *end, const char **what)
{
    *what = NULL;
    switch (node->kind) {
    case PROOF_BRANCH:
        if (!branch_is_good(w, node)) {
            *what = N_("a branch over what does not exist, out of order, or too deep");
            return false;
        }
        enter_branch(w, node);
        return true;
    case PROOF_REDUCE:
        return reduce(w, node, what);
    case PROOF_LEAF:
        return leaf(w, node, what) && turn(w, end);
    }
    return false;
}

static int walk_tree(struct walk *w, struct err *e)
{
    const char *what;
    bool end = false;
    for (size_t i = 0; i < w->q->n_nodes; i++) {
        if (end)
            return bad_node(w, i, N_("a node after the end of the tree"), e);
        if (!step(w, &w->q->node[i], &end, &what))
            return bad_node(w, i, what, e);
    }
    return end ? 0 : bad_node(w, w->q->n_nodes, N_("the tree is not whole"), e);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static void conclude(const struct walk *w, struct proof_bound *ret)
{
    struct fraction v = w->goal.has_best ? w->goal.incumbent : w->worst;
    *ret = (struct proof_bound){.leaves = w->n_leaves, .open = w->n_open, .den = 1};
    if (!w->goal.has_best && w->n_open == 0) {
        ret->infeasible = true;
        return;
    }
    if (w->n_open && fraction_less(v, w->worst))
        v = w->worst;
    int64_t g = gcd(v.num, v.den);
    ret->num = (w->goal.down ? -v.num : v.num) / g;
    ret->den = v.den / g;
}

static void release(struct walk *w)
{
    while (w->top) {
        struct matrix *m = w->top;
        w->top = m->parent;
        matrix_free(m);
    }
    rows_release(&w->rows);
    goal_release(&w->goal);
    free(w->fixed);
    free(w->change);
    free(w->branch);
    free(w->y);
    free(w->y_branch);
    free(w->touched);
    free(w->is_touched);
    free(w->d);
    free(w->price);
    free(w->extra);
}

/* Nothing is below 0, without a proof. */
static int trivial(const struct problem *p, struct proof_bound *ret, struct err *e)
{
    enum objective_kind kind = p->objective->kind;
    *ret = (struct proof_bound){.den = 1};
    return kind != OBJECTIVE_MAX_SUM && kind != OBJECTIVE_MAXIMIN
               ? 0
               : err_set(e, ERR_DATA, p->name, _("the proof is empty"));
}

static void count_empty(struct walk *w)
{
    for (size_t v = 0; v < w->rows.n_vars; v++)
        w->n_empty += w->rows.lo[v] > w->rows.hi[v];
}

int proof_bound(const struct problem *p, const struct proof *q, const int64_t *incumbent,
                struct proof_bound *ret, struct err *e)
{
    struct walk w = {.q = q};
    if (q->n_nodes == 0)
        return trivial(p, ret, e);
    int r = rows_new(&w.rows, p, e);
    if (r == 0)
        r = goal_new(&w.goal, p, incumbent, e);
    if (r == 0) {
        multipliers_scratch(&w);
        count_empty(&w);
        w.top = matrix_of_rows(&w.rows);
        r = compact(&w) ? walk_tree(&w, e) : bad_node(&w, 0, NULL, e);
    }
    if (r == 0)
        conclude(&w, ret);
    release(&w);
    return r;
}

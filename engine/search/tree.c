/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/tree.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/problem/check.h"
#include "engine/proof/goal.h"

enum { MAX_ROUNDS = 60 };

static double cutoff_of(const struct tree *t)
{
    return (double)t->cutoff.num / (double)t->cutoff.den;
}

/* ---- selections ---- */

static void take_form(const struct tree *t, struct selection *ret)
{
    const double *v = t->x->value;
    *ret = (struct selection){
        .n_forms = 1, .form = mem_alloc(sizeof *ret->form), .n = mem_alloc(sizeof *ret->n)};
    ret->form[0] = mem_alloc((t->n_columns + 1) * sizeof **ret->form);
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->column[i] < t->x->p->n_items && v[t->column[i]] > 0.5)
            ret->form[0][ret->n[0]++] = t->column[i];
}

static int value_of(const struct tree *t, const struct selection *s, struct value *ret, struct err *e)
{
    int r = 0;
    *ret = (struct value){0, 1};
    if (t->x->kind != OBJECTIVE_NONE)
        r = check_objective(t->x->p, t->x->p->objective, s, &ret->num, &ret->den, e);
    if (!relax_up(t->x->kind))
        ret->num = -ret->num;
    return r;
}

static bool value_less(struct value a, struct value b)
{
    return (wide)a.num * b.den < (wide)b.num * a.den;
}

/* The level and a share of it; where that does not fit, the level. */
static struct value by_gap(const struct tree *t)
{
    struct value v = t->level, ret = v;
    int64_t size = v.num < 0 ? -v.num : v.num, more;
    if (t->gap_milli > 0 && !__builtin_mul_overflow(size, t->gap_milli, &more) &&
        !__builtin_add_overflow(v.num, more / 1000, &more))
        ret.num = more;
    return ret;
}

/* The next value that the objective can have is what must be reached. */
static int raise_cutoff(struct tree *t, struct err *e)
{
    struct goal g;
    int64_t level[] = {relax_up(t->x->kind) ? t->level.num : -t->level.num, t->level.den};
    bool down = !relax_up(t->x->kind);
    if (t->x->kind == OBJECTIVE_NONE || (down && -t->level.num <= t->x->p->objective->indifferent)) {
        t->done = true;
        return 0;
    }
    int r = goal_new(&g, t->x->p, level, e);
    if (r < 0)
        return r;
    struct value next = {g.better.num, g.better.den}, wanted = by_gap(t);
    if (value_less(next, wanted))
        next = wanted;
    if (!t->has_cutoff || value_less(t->cutoff, next))
        t->cutoff = next;
    t->has_cutoff = t->to_strike = true;
    goal_release(&g);
    return 0;
}

static void tell(const struct tree *t)
{
    double unit = (double)t->x->p->objective->unit * (relax_up(t->x->kind) ? 1 : -1);
    if (t->x->kind != OBJECTIVE_NONE)
        work_tell(t->w,
                  (struct work_progress){.stage = N_("one form is searched"),
                                         .has_incumbent = true,
                                         .incumbent = (double)t->level.num / (double)t->level.den / unit,
                                         .has_bound = true,
                                         .bound = t->root_bound / unit});
}

int tree_offer(struct tree *t, struct selection *s, bool *ret_better, struct err *e)
{
    struct value v;
    struct err broken = {0};
    *ret_better = false;
    if (check_selection(t->x->p, s, t->x->keep, &broken) < 0)
        return 0;
    int r = value_of(t, s, &v, e);
    if (r < 0 || (t->has_level && !value_less(t->level, v)))
        return r;
    struct selection old = *t->best;
    *t->best = *s;
    *s = old;
    t->level = v;
    t->has_level = *ret_better = true;
    tell(t);
    return raise_cutoff(t, e);
}

/* ---- nodes ---- */

enum verdict { BRANCH, CLOSED, OPEN };

static bool whole(const struct tree *t)
{
    const double *v = t->x->value;
    for (size_t i = 0; i < t->n_columns; i++) {
        uint32_t c = t->column[i];
        if (c < t->x->p->n_items + t->x->p->n_stimuli && fabs(v[c] - nearbyint(v[c])) > 1e-6)
            return false;
    }
    return true;
}

static bool below_cutoff(const struct tree *t, const struct tree_node *n)
{
    return n->terms.d > 0 && t->has_cutoff && n->exact * t->cutoff.den < (wide)t->cutoff.num * n->terms.d;
}

/* What the prices say of the node, in exact numbers; do they close it? */
static bool closes(struct tree *t, bool farkas, struct tree_node *n)
{
    relax_terms_release(&n->terms);
    bool some = relax_round(t->x, farkas, &n->terms);
    n->exact = some ? relax_exact(t->x, &n->terms, t->column, t->n_columns, NULL) : 0;
    work_spend(t->w, (int64_t)t->n_columns / 8);
    if (farkas && some && n->exact < 0)
        return true;
    if (farkas || !some)
        relax_terms_release(&n->terms);
    else
        n->bound = (double)n->exact / (double)n->terms.d;
    return below_cutoff(t, n);
}

static bool close_infeasible(struct tree *t, struct tree_node *n, bool *again)
{
    double *ray = lp_ray(t->x->lp), missing;
    *again = false;
    if (!ray)
        return false;
    relax_take_duals(t->x, ray);
    free(ray);
    *again = relax_price_in(t->x, true, &missing) > 0;
    return !*again && closes(t, true, n);
}

void tree_aim(struct tree *t)
{
    double cutoff = t->has_cutoff ? cutoff_of(t) : 0;
    lp_set_enough(t->x->lp, t->has_cutoff ? (-cutoff + 1e-9 * fabs(cutoff) + 1e-3) / t->x->unit : LP_OPEN);
}

/* The LP of a node until nothing more comes in that matters. */
static enum verdict solve_node(struct tree *t, struct tree_node *n)
{
    enum lp_method method = LP_DUAL;
    tree_aim(t);
    for (int i = 0; i < MAX_ROUNDS; i++) {
        enum lp_status s = lp_solve(t->x->lp, method, 0, t->w);
        bool again = false;
        double missing;
        if (s == LP_ENOUGH) {
            relax_take_duals(t->x, NULL);
            if (closes(t, false, n))
                return CLOSED;
            lp_set_enough(t->x->lp, LP_OPEN);
            continue;
        }
        method = LP_PRIMAL;
        if (s == LP_INFEASIBLE && close_infeasible(t, n, &again))
            return CLOSED;
        if (again)
            continue;
        if (s != LP_OPTIMAL)
            return s == LP_INFEASIBLE ? BRANCH : OPEN;
        method = LP_DUAL;
        if (relax_separate(t->x) > 0)
            continue;
        relax_take_duals(t->x, NULL);
        double bound = -lp_value(t->x->lp) * t->x->unit;
        if (closes(t, false, n))
            return CLOSED;
        method = LP_PRIMAL;
        if (!t->has_cutoff || bound >= cutoff_of(t) || relax_price_in(t->x, false, &missing) == 0)
            return BRANCH;
    }
    return BRANCH;
}

/* Some column that is not yet decided; UINT32_MAX: none. */
static uint32_t undecided(const struct tree *t)
{
    for (size_t i = t->n_columns; i-- > 0;) {
        uint32_t c = t->column[i];
        if (c < t->x->p->n_items + t->x->p->n_stimuli && t->x->lower[c] < t->x->upper[c])
            return c;
    }
    return UINT32_MAX;
}

/* What is known of its parent holds for a node too. */
static void inherit(struct tree_node *n, const struct tree_node *parent)
{
    const struct relax_terms *from = &parent->terms;
    n->terms = *from;
    n->terms.term = mem_alloc((from->n + 1) * sizeof *from->term);
    n->terms.row = mem_alloc((from->n + 1) * sizeof *from->row);
    for (size_t i = 0; i < from->n; i++) {
        n->terms.term[i] = from->term[i];
        n->terms.row[i] = from->row[i];
    }
    n->exact = parent->exact;
    n->bound = parent->bound;
}

static void leave_open(struct tree *t, const struct tree_node *n)
{
    t->open_bound = !t->any_open || n->bound > t->open_bound ? n->bound : t->open_bound;
    t->any_open = true;
    t->lame = t->lame || n->terms.d == 0;
}

/* A node that nothing closes, with an LP that is solved: what is whole in it is offered; it waits for its
 * sides to be looked at. */
static int go_on(struct tree *t, int node, struct err *e)
{
    struct selection s = {0};
    bool better = false, is_whole = whole(t);
    int r = 0;
    if (is_whole && t->x->p->n_forms == 1) {
        take_form(t, &s);
        r = tree_offer(t, &s, &better, e);
        selection_release(&s);
    }
    if (r < 0 || below_cutoff(t, &t->node[node]))
        return r;
    t->barred = t->barred || (is_whole && t->x->p->n_forms > 1);
    uint32_t c = t->done || t->barred ? UINT32_MAX : is_whole ? undecided(t) : tree_choose(t);
    if (c == UINT32_MAX) {
        leave_open(t, &t->node[node]);
        return 0;
    }
    t->node[node].column = c;
    t->node[node].value = t->x->value[c];
    tree_keep_basis(t, node);
    tree_wait(t, node);
    return 0;
}

static int visit(struct tree *t, int node, struct err *e)
{
    struct tree_node n = t->node[node];
    work_spend(t->w, (int64_t)lp_basis_size(t->x->lp) / 2); /* what a node costs beside its pivots */
    enum verdict verdict = solve_node(t, &n);
    if (verdict != CLOSED && n.terms.d == 0 && n.parent >= 0)
        inherit(&n, &t->node[n.parent]);
    t->node[node] = n;
    if (verdict == OPEN)
        leave_open(t, &n);
    return verdict == BRANCH ? go_on(t, node, e) : 0;
}

/* Both sides of a node, the likelier one last: a stack looks at it first. */
static int branch(struct tree *t, int node, struct err *e)
{
    struct relax *x = t->x;
    uint32_t c = t->node[node].column;
    int64_t at = (int64_t)floor(t->node[node].value + 1e-7);
    tree_enter(t, node);
    at = at < x->lower[c] ? x->lower[c] : at >= x->upper[c] ? x->upper[c] - 1 : at;
    t->node[node].at = at;
    int r = 0, likely = t->node[node].value - (double)at > 0.5;
    for (int k = 0; r == 0 && k < 2; k++) {
        int side = k ? likely : !likely, child = tree_new_node(t, node, side);
        t->node[node].child[side] = child;
        tree_enter(t, child);
        r = visit(t, child, e);
    }
    tree_forget(&t->node[node]);
    return r;
}

/* Values that the root's prices put below the cutoff, which has risen, leave the domains of all nodes. */
static void strike(struct tree *t)
{
    tree_leave(t);
    t->to_strike = false;
    for (size_t i = 0; t->root_profit && t->has_cutoff && i < t->n_columns; i++) {
        uint32_t c = t->column[i];
        wide own = t->root_profit[c], cost = own < 0 ? -own : own;
        int64_t lower = t->x->lower[c], upper = t->x->upper[c];
        if (c < t->x->p->n_items + t->x->p->n_stimuli && lower < upper &&
            (t->root_exact - cost) * t->cutoff.den < (wide)t->cutoff.num * t->root_d)
            tree_set(t, c, own < 0 ? lower : upper, own < 0 ? lower : upper);
    }
}

int tree_search(struct tree *t, struct err *e)
{
    t->open_bound = 0;
    t->any_open = t->done = t->lame = t->barred = false;
    if (!t->cost)
        t->cost = mem_alloc((t->x->n_cols + 1) * sizeof *t->cost);
    int node = tree_new_node(t, -1, 0), r;
    t->node[node].bound = t->x->bound;
    r = visit(t, node, e);
    while (r == 0 && (node = tree_next(t)) >= 0) {
        bool stop = t->done || t->barred || work_ended(t->w) || (t->max_nodes && (int64_t)t->n_nodes > t->max_nodes);
        if (below_cutoff(t, &t->node[node]))
            continue;
        if (t->to_strike)
            strike(t);
        if (stop)
            leave_open(t, &t->node[node]);
        else
            r = branch(t, node, e);
    }
    tree_leave(t);
    return r;
}

static void to_proof(const struct tree *t, size_t i, struct proof *ret)
{
    const struct tree_node *n = &t->node[i];
    if (n->child[0] < 0) {
        proof_add_terms(ret, PROOF_LEAF, n->terms.term, n->terms.n, n->terms.times);
        return;
    }
    uint32_t items = (uint32_t)t->x->p->n_items, item = n->column < items ? n->column : n->column - items;
    int64_t coef = 1;
    proof_add(ret, &(struct proof_node){.kind = PROOF_BRANCH,
                                        .item = &item,
                                        .coef = &coef,
                                        .n = 1,
                                        .at = n->at,
                                        .stimuli = n->column >= items});
    to_proof(t, (size_t)n->child[0], ret);
    to_proof(t, (size_t)n->child[1], ret);
}

void tree_to_proof(const struct tree *t, struct proof *ret)
{
    to_proof(t, 0, ret);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/tree.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/problem/check.h"
#include "engine/proof/goal.h"

enum { MAX_ROUNDS = 60 };

static int new_node(struct tree *t)
{
    if (t->n_nodes == t->room_nodes) {
        t->room_nodes = t->room_nodes ? 2 * t->room_nodes : 64;
        t->node = mem_grow(t->node, t->room_nodes, sizeof *t->node);
    }
    t->node[t->n_nodes] = (struct tree_node){.child = {-1, -1}};
    return (int)t->n_nodes++;
}

static double cutoff_of(const struct tree *t)
{
    return (double)t->cutoff.num / (double)t->cutoff.den;
}

/* ---- selections ---- */

static void take_form(const struct tree *t, const double *v, struct selection *ret)
{
    *ret = (struct selection){
        .n_forms = 1, .form = mem_alloc(sizeof *ret->form), .n = mem_alloc(sizeof *ret->n)};
    ret->form[0] = mem_alloc((t->n_columns + 1) * sizeof **ret->form);
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->column[i] < t->x->p->n_items && v[t->column[i]] > 0.5)
            ret->form[0][ret->n[0]++] = t->column[i];
}

static void free_form(struct selection *s)
{
    for (size_t f = 0; f < s->n_forms; f++)
        free(s->form[f]);
    free(s->form);
    free(s->n);
    *s = (struct selection){0};
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
    struct value next = {g.better.num, g.better.den};
    if (!t->has_cutoff || value_less(t->cutoff, next))
        t->cutoff = next;
    t->has_cutoff = true;
    goal_release(&g);
    return 0;
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
    return raise_cutoff(t, e);
}

/* ---- nodes ---- */

enum verdict { BRANCH, CLOSED, OPEN };

static bool whole(const struct tree *t, const double *v)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        uint32_t c = t->column[i];
        if (c < t->x->p->n_items + t->x->p->n_stimuli && fabs(v[c] - nearbyint(v[c])) > 1e-6)
            return false;
    }
    return true;
}

/* Do the prices close the node, in exact numbers? */
static bool closes(const struct tree *t, bool farkas, struct relax_terms *ret, double *ret_bound)
{
    bool some = relax_round(t->x, farkas, ret);
    wide exact = some ? relax_exact(t->x, ret, t->column, t->n_columns, NULL) : 0;
    work_spend(t->w, (int64_t)t->n_columns / 8);
    *ret_bound = some && !farkas ? (double)exact / (double)ret->d : 0;
    bool closed =
        some && (farkas ? exact < 0 : t->has_cutoff && exact * t->cutoff.den < (wide)t->cutoff.num * ret->d);
    if (!closed)
        relax_terms_release(ret);
    return closed;
}

static bool close_infeasible(struct tree *t, struct relax_terms *ret, bool *again)
{
    double *ray = lp_ray(t->x->lp), missing, bound;
    *again = false;
    if (!ray)
        return false;
    relax_take_duals(t->x, ray);
    free(ray);
    *again = relax_price_in(t->x, true, &missing) > 0;
    return !*again && closes(t, true, ret, &bound);
}

/* The LP of a node until nothing more comes in that matters. */
static enum verdict solve_node(struct tree *t, struct relax_terms *ret, double *v, double *bound)
{
    enum lp_method method = LP_DUAL;
    for (int i = 0; i < MAX_ROUNDS; i++) {
        enum lp_status s = lp_solve(t->x->lp, method, 0, t->w);
        bool again = false;
        double missing;
        method = LP_PRIMAL;
        if (s == LP_INFEASIBLE && close_infeasible(t, ret, &again))
            return CLOSED;
        if (again)
            continue;
        if (s != LP_OPTIMAL)
            return s == LP_INFEASIBLE ? BRANCH : OPEN;
        method = LP_DUAL;
        if (relax_separate(t->x) > 0)
            continue;
        *bound = -lp_value(t->x->lp) * t->x->unit;
        relax_values(t->x, v);
        relax_take_duals(t->x, NULL);
        if (!t->has_cutoff || *bound >= cutoff_of(t))
            return BRANCH;
        if (closes(t, false, ret, bound))
            return CLOSED;
        method = LP_PRIMAL;
        if (relax_price_in(t->x, false, &missing) == 0)
            return BRANCH;
    }
    return BRANCH;
}

/* A leaf that nothing closes: what the last prices say of it. */
static void leave_open(struct tree *t, int node, double bound)
{
    struct relax_terms *terms = &t->node[node].terms;
    t->node[node].open = true;
    if (relax_round(t->x, false, terms)) {
        wide exact = relax_exact(t->x, terms, t->column, t->n_columns, NULL);
        bound = (double)exact / (double)terms->d;
    }
    t->open_bound = !t->any_open || bound > t->open_bound ? bound : t->open_bound;
    t->any_open = true;
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

static int grow(struct tree *t, int node, double above, struct err *e);

static int grow_sides(struct tree *t, int node, uint32_t c, double value, double bound, struct err *e)
{
    struct relax *x = t->x;
    int64_t lower = x->lower[c], upper = x->upper[c], at = (int64_t)floor(value + 1e-7);
    at = at < lower ? lower : at >= upper ? upper - 1 : at;
    int r = 0, first = value - (double)at > 0.5;
    size_t size = lp_basis_size(x->lp), rows = lp_n_rows(x->lp), columns = lp_n_columns(x->lp);
    unsigned char *basis = mem_alloc(size + 1);
    lp_save_basis(x->lp, basis);
    t->node[node].column = c;
    t->node[node].at = at;
    for (int k = 0; r == 0 && k < 2; k++) {
        int side = k ? !first : first, child = new_node(t);
        t->node[node].child[side] = child;
        if (k && rows == lp_n_rows(x->lp) && columns == lp_n_columns(x->lp))
            lp_load_basis(x->lp, basis);
        tree_set(t, c, side ? at + 1 : lower, side ? upper : at);
        r = grow(t, child, bound, e);
    }
    tree_set(t, c, lower, upper);
    free(basis);
    return r;
}

/* `above`: what the parent's bound is. */
static int grow(struct tree *t, int node, double above, struct err *e)
{
    double *v = mem_alloc((t->x->n_cols + 1) * sizeof *v), bound = above;
    struct relax_terms terms = {0};
    struct selection s = {0};
    bool better = false, stop = t->done || (t->max_nodes && (int64_t)t->n_nodes > t->max_nodes);
    enum verdict verdict = stop || work_ended(t->w) ? OPEN : solve_node(t, &terms, v, &bound);
    int r = 0;
    bool is_whole = verdict == BRANCH && whole(t, v);
    if (is_whole) {
        take_form(t, v, &s);
        r = tree_offer(t, &s, &better, e);
        free_form(&s);
        if (r == 0 && closes(t, false, &terms, &bound))
            verdict = CLOSED;
    }
    if (r == 0 && verdict == BRANCH && t->done)
        verdict = OPEN;
    uint32_t c = r < 0 || verdict != BRANCH ? UINT32_MAX : is_whole ? undecided(t) : tree_choose(t, v);
    if (r == 0 && verdict == BRANCH && c == UINT32_MAX)
        verdict = OPEN;
    t->node[node].terms = terms;
    double value = c == UINT32_MAX ? 0 : v[c];
    free(v);
    if (verdict == OPEN)
        leave_open(t, node, bound);
    if (r == 0 && verdict == BRANCH)
        r = grow_sides(t, node, c, value, bound, e);
    return r;
}

int tree_search(struct tree *t, struct err *e)
{
    t->open_bound = 0;
    t->any_open = t->done = false;
    if (!t->cost)
        t->cost = mem_alloc((t->x->n_cols + 1) * sizeof *t->cost);
    return grow(t, new_node(t), t->x->bound, e);
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

void tree_restart(struct tree *t)
{
    for (size_t i = 0; i < t->n_nodes; i++)
        relax_terms_release(&t->node[i].terms);
    t->n_nodes = 0;
}

void tree_release(struct tree *t)
{
    tree_restart(t);
    free(t->node);
    free(t->cost);
}

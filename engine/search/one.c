/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/one.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/search/tree.h"

enum { ALL_IN_LP = 3000, WIDER = 4, FIRST_NODES = 20000 };

struct search {
    const struct problem *p;
    struct relax x;
    struct work *w;
    struct tree tree;
    struct relax_terms root; /* the relaxation's prices, and what they give */
    wide root_bound;         /* times root.d */
    wide *profit;            /* of columns, at the root */
    bool has_root;
    int64_t *lower, *upper; /* the domains as the problem says them */
    uint32_t *column;
};

static double root_bound(const struct search *s)
{
    return s->has_root ? (double)s->root_bound / (double)s->root.d : 0;
}

/* ---- what is left at a cutoff ---- */

/* Values that the root's prices put below the cutoff leave the columns' domains. */
static void strike(struct search *s, bool has_cutoff, struct value cutoff)
{
    struct relax *x = &s->x;
    for (size_t c = 0; c < x->n_cols; c++) {
        x->lower[c] = s->lower[c];
        x->upper[c] = s->upper[c];
        if (!has_cutoff || !s->has_root || c >= s->p->n_items + s->p->n_stimuli || s->lower[c] == s->upper[c])
            continue;
        wide cost = s->profit[c] < 0 ? -s->profit[c] : s->profit[c];
        if ((s->root_bound - cost) * cutoff.den >= (wide)cutoff.num * s->root.d)
            continue;
        if (s->profit[c] < 0)
            x->upper[c] = s->lower[c];
        else
            x->lower[c] = s->upper[c];
    }
}

/* The columns that have a domain, items first; how many items. */
static size_t list_columns(struct search *s, size_t *ret_n)
{
    size_t n = 0, items;
    for (size_t c = 0; c < s->p->n_items; c++)
        if (s->x.upper[c] > 0)
            s->column[n++] = (uint32_t)c;
    items = n;
    for (size_t c = s->p->n_items; c < s->x.n_cols; c++)
        s->column[n++] = (uint32_t)c;
    *ret_n = n;
    return items;
}

/* The LP of those columns, or, of very many, of those that the root's LP wanted. */
static int load(struct search *s, size_t items, struct err *e)
{
    uint32_t *item = mem_alloc((items + 1) * sizeof *item);
    size_t n = 0;
    for (size_t i = 0; i < items; i++)
        if (items <= ALL_IN_LP || s->x.column_lp[s->column[i]] != NOT_IN_LP || s->x.lower[s->column[i]] > 0)
            item[n++] = s->column[i];
    int r = relax_restrict(&s->x, item, n, e);
    free(item);
    return r;
}

static int search_below(struct search *s, bool has_cutoff, struct value cutoff, int64_t nodes, struct err *e)
{
    struct tree *t = &s->tree;
    strike(s, has_cutoff, cutoff);
    size_t items = list_columns(s, &t->n_columns);
    int r = load(s, items, e);
    if (r < 0)
        return r;
    t->has_cutoff = has_cutoff;
    t->cutoff = cutoff;
    t->max_nodes = nodes;
    t->deep = !relax_up(s->x.kind) && s->p->n_forms == 1;
    tree_restart(t);
    lp_set_often(s->x.lp, true);
    return tree_search(t, e);
}

/* ---- guesses ---- */

/* The first guess at what the best form lacks of the bound. */
static double first_gap(const struct search *s)
{
    double bound = fabs(root_bound(s)), unit = (double)s->p->objective->unit;
    return relax_up(s->x.kind) ? 2e-4 * bound : 1e-3 * (bound > unit ? bound : unit);
}

static bool less(struct value a, struct value b)
{
    return (wide)a.num * b.den < (wide)b.num * a.den;
}

/* Wider and wider guesses until one was right, or nothing is left to guess. What was known before closes
 * nothing at a guess that is above it. */
static int guess(struct search *s, struct err *e)
{
    double gap = first_gap(s), most = fabs(root_bound(s)) + (double)s->p->objective->unit;
    int64_t nodes = FIRST_NODES;
    bool none = s->x.kind == OBJECTIVE_NONE, had = s->tree.has_level && !none;
    struct value level = s->tree.level, own = s->tree.cutoff;
    for (int r = 0;; gap *= WIDER, nodes *= 2) {
        bool last = none || gap > most || s->p->n_forms > 1; /* several forms are not found */
        struct value cutoff = {.num = last ? 0 : (int64_t)(root_bound(s) - gap), .den = 1};
        if (had && (last || !less(own, cutoff))) {
            last = true;
            cutoff = own;
        }
        r = search_below(s, had || !last, cutoff, last ? 0 : nodes, e);
        if (r < 0 || s->tree.done || last)
            return r;
        bool found = s->tree.has_level && (!had || less(level, s->tree.level));
        if (!found && work_ended(s->w)) { /* what a guess closes is not closed */
            s->tree.any_open = true;
            s->tree.open_bound = root_bound(s);
        }
        if (work_ended(s->w))
            return 0;
        if (!found)
            continue;
        if (!s->tree.any_open)
            return 0;
        return search_below(s, true, s->tree.cutoff, 0, e);
    }
}

/* ---- from the relaxation to the result ---- */

static void begin(struct search *s)
{
    struct relax *x = &s->x;
    s->lower = mem_alloc((x->n_cols + 1) * sizeof *s->lower);
    s->upper = mem_alloc((x->n_cols + 1) * sizeof *s->upper);
    s->profit = mem_alloc((x->n_cols + 1) * sizeof *s->profit);
    s->column = mem_alloc((x->n_cols + 1) * sizeof *s->column);
    for (size_t c = 0; c < x->n_cols; c++) {
        s->lower[c] = x->lower[c];
        s->upper[c] = x->upper[c];
    }
    s->tree.x = x;
    s->tree.w = s->w;
    s->tree.column = s->column;
}

static int root(struct search *s, enum relax_status *ret, struct err *e)
{
    *ret = RELAX_INFEASIBLE;
    int r = s->x.hopeless ? 0 : relax_lp(&s->x, s->w, ret, e);
    if (r < 0 || *ret == RELAX_LIMIT || s->x.hopeless)
        return r;
    s->has_root = relax_round(&s->x, *ret == RELAX_INFEASIBLE, &s->root);
    if (s->has_root)
        s->root_bound = relax_exact(&s->x, &s->root, NULL, 0, s->profit);
    if (s->has_root) {
        s->tree.root_profit = s->profit;
        s->tree.root_exact = s->root_bound;
        s->tree.root_d = s->root.d;
    }
    if (*ret == RELAX_INFEASIBLE && s->root_bound >= 0)
        *ret = RELAX_LIMIT;
    return 0;
}

static void root_proof(const struct search *s, struct proof *ret)
{
    proof_add_terms(ret, PROOF_LEAF, s->root.term, s->root.n, s->root.times);
}

/* Is what was found as good as the root's bound says? */
static bool root_closes(const struct search *s)
{
    return s->has_root && s->tree.has_cutoff &&
           s->root_bound * s->tree.cutoff.den < (wide)s->tree.cutoff.num * s->root.d;
}

static void tree_result(const struct search *s, struct one_result *ret)
{
    const struct tree *t = &s->tree;
    bool up = relax_up(s->x.kind);
    double level = t->has_level ? (double)t->level.num / (double)t->level.den : 0;
    double cutoff = t->has_cutoff ? (double)t->cutoff.num / (double)t->cutoff.den : 0;
    bool closed = t->done || root_closes(s) || !t->any_open;
    double bound = fmax(level, closed && !t->done ? level
                               : t->lame          ? root_bound(s)
                                                  : fmin(t->open_bound, root_bound(s)));
    if (t->done)
        bound = s->has_root ? fmax(level, root_bound(s)) : 0;
    if (t->gap_milli > 0 && closed && !t->done) { /* what lies below the cutoff was not looked at */
        bound = fmax(level, fmin(cutoff, root_bound(s)));
        closed = bound <= level;
    }
    ret->status = t->has_level  ? closed ? ONE_OPTIMAL : ONE_FEASIBLE
                  : t->any_open ? ONE_BUDGET
                                : ONE_INFEASIBLE;
    ret->has_bound = ret->status != ONE_INFEASIBLE;
    ret->bound = up ? bound : bound < 0 ? -bound : 0;
    ret->nodes += (int64_t)t->n_nodes;
    if (t->done && !s->has_root)
        return;
    if (t->lame && !s->has_root)
        return;
    if (t->done || t->lame || root_closes(s)) {
        root_proof(s, &ret->proof);
        return;
    }
    if (s->has_root && t->has_level)
        proof_add_terms(&ret->proof, PROOF_REDUCE, s->root.term, s->root.n, s->root.times);
    tree_to_proof(t, &ret->proof);
}

static int run(struct search *s, struct one_result *ret, struct err *e)
{
    enum relax_status status;
    int r = root(s, &status, e);
    if (r < 0)
        return r;
    if (status == RELAX_BOUND) {
        s->tree.root_bound = root_bound(s);
        r = guess(s, e);
        if (r == 0)
            tree_result(s, ret);
        return r;
    }
    ret->status = status == RELAX_INFEASIBLE ? ONE_INFEASIBLE : ONE_BUDGET;
    if (status == RELAX_INFEASIBLE)
        root_proof(s, &ret->proof);
    return 0;
}

static void end(struct search *s)
{
    tree_release(&s->tree);
    relax_terms_release(&s->root);
    relax_release(&s->x);
    free(s->lower);
    free(s->upper);
    free(s->profit);
    free(s->column);
}

int one_search(const struct problem *p, const struct one_options *o, struct work *w, struct selection *best,
               struct one_result *ret, struct err *e)
{
    struct search s = {.p = p, .w = w};
    bool better;
    int r = 0;
    relax_build(&s.x, p, &(struct relax_options){.keep = o->keep, .no_objective = o->any});
    *ret = (struct one_result){.status = ONE_BUDGET};
    proof_init(&ret->proof);
    begin(&s);
    s.tree.best = best;
    s.tree.gap_milli = o->gap_milli;
    if (s.x.too_large)
        r = err_set(e, ERR_DATA, p->name, _("%s: the numbers are too large"), s.x.too_large);
    if (r == 0 && best->n_forms)
        r = tree_offer(&s.tree, best, &better, e);
    if (r == 0)
        r = run(&s, ret, e);
    end(&s);
    if (r < 0)
        one_result_release(ret);
    return r;
}

void one_result_release(struct one_result *r)
{
    proof_release(&r->proof);
    *r = (struct one_result){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The solver of the main job: the whole problem as one mixed-integer program for Cbc. Where the objective has
 * a bound of its own (a deviation is never below the data's step), restrictions that are much easier are
 * tried first: forms that share nothing, and a part of a large pool. What they find is as good as what the
 * whole would give. */
#include "engine/search/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/search/cbc.h"
#include "engine/problem/check.h"
#include "engine/search/model.h"

enum { TIES_WORK = 500, STAGE_WORK = 2000, CORE_ITEMS = 300 };

const char *solve_status_text(enum solve_status s)
{
    static const char *const text[] = {"optimal", "feasible", "infeasible", "budget"};
    return text[s];
}

void solve_result_release(struct solve_result *r)
{
    selection_release(&r->selection);
    proof_stages_free(r->stage, r->n_stages);
    *r = (struct solve_result){0};
}

/* One attempt: a model of the problem, perhaps restricted. */
struct attempt {
    bool found, infeasible, by_clock;
    double bound, floor; /* in the objective's unit; floor holds for the whole problem */
    int64_t nodes;
    struct selection selection;
    int64_t num, den; /* of the objective */
};

static void take_selection(struct selection *s, const struct problem *p, const struct model *m,
                           const double *solution)
{
    s->n_forms = p->n_forms;
    s->form = mem_alloc((p->n_forms + 1) * sizeof *s->form);
    s->n = mem_alloc((p->n_forms + 1) * sizeof *s->n);
    for (size_t f = 0; f < p->n_forms; f++) {
        for (size_t i = 0; i < p->n_items; i++)
            s->n[f] += model_chosen(m, solution, i, f);
        s->form[f] = mem_alloc((s->n[f] + 1) * sizeof *s->form[f]);
        size_t n = 0;
        for (size_t i = 0; i < p->n_items; i++)
            if (model_chosen(m, solution, i, f))
                s->form[f][n++] = (uint32_t)i;
    }
}

static int run_model(struct attempt *a, const struct problem *p, const struct model *m,
                     const struct cbc_limits *limits, struct err *e)
{
    struct cbc_answer answer = {0};
    if (m->sure_infeasible) {
        a->infeasible = true;
        return 0;
    }
    if (m->n_cols == 0) { /* every item is excluded, and nothing asks for one */
        a->found = true;
        take_selection(&a->selection, p, m, NULL);
        return 0;
    }
    int r = cbc_run(&answer, m, limits, e);
    if (r < 0)
        return r;
    a->found = answer.solution != NULL;
    a->infeasible = answer.infeasible;
    a->by_clock = answer.by_clock;
    a->bound = answer.bound * m->scale / (double)p->objective->unit;
    a->nodes = answer.nodes;
    if (a->found)
        take_selection(&a->selection, p, m, answer.solution);
    free(answer.solution);
    return 0;
}

/* -ERR_BUG if the answer is not one: nothing leaves here unchecked. */
static int attempt(struct attempt *ret, const struct problem *p, const struct solve_options *o,
                   const struct model_options *mo, const struct cbc_limits *limits, struct err *e)
{
    struct model m;
    struct err broken = {0};
    *ret = (struct attempt){.den = 1};
    model_build(&m, p, mo);
    ret->floor = m.floor * m.scale / (double)p->objective->unit;
    int r = run_model(ret, p, &m, limits, e);
    model_release(&m);
    if (r < 0 || !ret->found)
        return r;
    r = check_selection(p, &ret->selection, o->keep, &broken);
    if (r < 0)
        r = err_set(e, ERR_BUG, p->name, "the solver's answer does not pass the check: %s", broken.what);
    else if (!o->any)
        r = check_objective(p, p->objective, &ret->selection, &ret->num, &ret->den, e);
    if (r < 0)
        selection_release(&ret->selection);
    return r;
}

static double objective_of(const struct problem *p, const struct attempt *a)
{
    return (double)a->num / (double)a->den / (double)p->objective->unit;
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

/* Objectives are whole multiples of this: nothing lies between. 0 where that is not so. */
static double step_of(const struct problem *p)
{
    int64_t g = 0;
    if (p->objective->kind == OBJECTIVE_MINIMAX_DEV)
        return 0;
    for (size_t k = 0; k < p->objective->n_rows; k++) {
        if (p->objective->kind == OBJECTIVE_MAXIMIN && p->objective->row[k].weight != 1000)
            return 0;
        for (size_t i = 0; i < p->n_items; i++)
            g = gcd(g, p->objective->row[k].coef[i]);
    }
    return (double)g / (double)p->objective->unit;
}

/* The solver's bound is for its minimisation; ours never crosses the exact objective, and is rounded to the
 * data's step. */
static void take_bound(const struct problem *p, const struct attempt *a, struct solve_result *ret)
{
    bool up = p->objective->kind == OBJECTIVE_MAX_SUM || p->objective->kind == OBJECTIVE_MAXIMIN;
    double size = fabs(ret->objective) > 1e-9 ? fabs(ret->objective) : 1e-9;
    double bound = up ? -a->bound : a->bound;
    double away = up ? bound - ret->objective : ret->objective - bound;
    bool alike = p->objective->kind == OBJECTIVE_MINIMAX_DEV && a->num <= p->objective->indifferent;
    if (a->found && (alike || away < 1e-9 * (1 + size) || away < 0.99 * step_of(p)))
        bound = ret->objective;
    ret->bound = bound;
    ret->gap = a->found ? fabs(ret->objective - bound) / size : 0;
}

/* Takes over the attempt's selection. */
static void take_attempt(const struct problem *p, bool any, struct attempt *a, struct solve_result *ret)
{
    *ret = (struct solve_result){.status = a->infeasible ? SOLVE_INFEASIBLE : SOLVE_BUDGET,
                                 .selection = a->selection,
                                 .objective_num = a->num,
                                 .objective_den = a->den,
                                 .nodes = a->nodes,
                                 .cut_by_clock = a->by_clock};
    a->selection = (struct selection){0};
    if (a->found)
        ret->objective = objective_of(p, a);
    if (!any)
        take_bound(p, a, ret);
    if (a->found)
        ret->status = any || ret->gap == 0 ? SOLVE_OPTIMAL : SOLVE_FEASIBLE;
}

static void swap(struct attempt *a, struct attempt *b)
{
    struct attempt old = *a;
    *a = *b;
    *b = old;
}

/* The seed's choice among selections as good as the one found: random costs, the objective held where it is.
 */
static int vary(const struct problem *p, const struct solve_options *o, const struct model_options *mo,
                struct attempt *best, struct err *e)
{
    struct attempt a;
    struct model_options ties = *mo;
    const struct cbc_limits limits = {.nodes = TIES_WORK, .seconds = o->seconds, .first = true};
    ties.ties = true;
    ties.level = (double)best->num / (double)best->den;
    int r = attempt(&a, p, o, &ties, &limits, e);
    if (r < 0)
        return r;
    bool alike = p->objective->kind == OBJECTIVE_MINIMAX_DEV && a.num <= p->objective->indifferent &&
                 best->num <= p->objective->indifferent;
    if (a.found && !a.by_clock && (alike || (a.num == best->num && a.den == best->den))) {
        a.bound = best->bound;
        a.nodes += best->nodes;
        swap(&a, best);
    }
    best->by_clock = best->by_clock || a.by_clock;
    selection_release(&a.selection);
    return 0;
}

static bool has_overlap(const struct problem *p)
{
    for (size_t k = 0; k < p->n_requirements; k++)
        if (p->requirement[k].kind == REQUIRE_OVERLAP && p->requirement[k].hi > 0)
            return true;
    return false;
}

/* All but `size` items are left out, by the seed; what must be together or in every form stays. */
static void leave_out(const struct problem *p, uint64_t seed, size_t size, bool *out)
{
    uint32_t *order = mem_alloc((p->n_items + 1) * sizeof *order);
    struct rng rng;
    rng_seed(&rng, seed);
    for (size_t i = 0; i < p->n_items; i++)
        order[i] = (uint32_t)i;
    rng_shuffle(&rng, order, p->n_items);
    for (size_t i = 0; i < p->n_items; i++)
        out[order[i]] = i >= size;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        for (size_t i = 0; (r->kind == REQUIRE_INCLUDE || r->kind == REQUIRE_ALL_OR_NONE) && i < r->n; i++)
            out[r->item[i]] = false;
    }
    free(order);
}

struct stage {
    size_t items;
    bool disjoint, last;
};

/* Tries one stage; keeps the better of it and *best. */
static int run_stage(const struct problem *p, const struct solve_options *o, const struct stage *s,
                     struct attempt *best, struct err *e)
{
    bool *out = mem_alloc(p->n_items + 1), none = p->objective->kind == OBJECTIVE_NONE;
    struct model_options mo = {
        .seed = o->seed, .keep = o->keep, .out = out, .any = none, .ties = none, .disjoint = s->disjoint};
    const struct cbc_limits limits = {.nodes =
                                          s->last ? o->work > 0 ? o->work : SOLVE_DEFAULT_WORK : STAGE_WORK,
                                      .seconds = s->last ? o->seconds : (o->seconds + 3) / 4,
                                      .gap_milli = o->gap_milli,
                                      .first = none};
    struct attempt a;
    leave_out(p, o->seed, s->items, out);
    int r = attempt(&a, p, o, &mo, &limits, e);
    bool better = a.found && (!best->found || a.num < best->num);
    if (r == 0 && better && o->vary && !none && !a.by_clock)
        r = vary(p, o, &mo, &a, e);
    if (!s->last) { /* says nothing about the whole but what it found */
        a.infeasible = false;
        a.bound = a.floor;
    } else if (!better && best->found) {
        best->bound = a.bound > best->bound ? a.bound : best->bound;
    }
    if (r == 0 && (better || (s->last && !best->found)))
        swap(&a, best);
    free(out);
    selection_release(&a.selection);
    return r;
}

/* Nothing can be better: the objective is at what its data allow. */
static bool is_best(const struct problem *p, const struct attempt *a)
{
    return a->found &&
           (p->objective->kind == OBJECTIVE_NONE || objective_of(p, a) <= a->floor * (1 + 1e-9) + 1e-12);
}

static int solve_in_stages(const struct problem *p, const struct solve_options *o, struct solve_result *ret,
                           struct err *e)
{
    struct attempt best = {.den = 1};
    bool overlap = has_overlap(p), none = p->objective->kind == OBJECTIVE_NONE;
    int r = 0;
    for (size_t size = CORE_ITEMS;; size *= 2) {
        struct stage s = {.items = size, .disjoint = overlap};
        bool all = size >= p->n_items;
        s.last = all && !overlap;
        r = run_stage(p, o, &s, &best, e);
        if (r == 0 && overlap && !is_best(p, &best)) {
            s.disjoint = false;
            s.last = all;
            r = run_stage(p, o, &s, &best, e);
        }
        if (r < 0 || best.found || all)
            break;
    }
    if (r == 0)
        take_attempt(p, none, &best, ret);
    selection_release(&best.selection);
    return r;
}

int solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret, struct err *e)
{
    if (!o->any && (p->objective->kind == OBJECTIVE_NONE || p->objective->kind == OBJECTIVE_MINIMAX_DEV))
        return solve_in_stages(p, o, ret, e);
    struct attempt a;
    const struct model_options mo = {.seed = o->seed, .keep = o->keep, .any = o->any};
    const struct cbc_limits limits = {.nodes = o->work > 0 ? o->work : SOLVE_DEFAULT_WORK,
                                      .seconds = o->seconds,
                                      .gap_milli = o->gap_milli,
                                      .first = o->any};
    int r = attempt(&a, p, o, &mo, &limits, e);
    if (r == 0 && o->vary && a.found && !o->any && p->objective->kind == OBJECTIVE_MAXIMIN && !a.by_clock)
        r = vary(p, o, &mo, &a, e);
    if (r == 0)
        take_attempt(p, o->any, &a, ret);
    selection_release(&a.selection);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The search that fits one objective. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/problem/check.h"
#include "engine/search/many.h"
#include "engine/search/one.h"
#include "engine/search/relax.h"
#include "engine/search/sets.h"
#include "engine/search/solve-internal.h"
#include "engine/search/whole.h"

enum { TINY = 200, UNITS_PER_CELL = 20000, MANY_UNITS = 22000000 };

/* What is begun, with the bound that is known. */
static void tell(const struct solve_stage *s, const char *what)
{
    work_tell(s->w, (struct work_progress){.stage = what,
                                           .has_bound = s->has_bound,
                                           .bound = s->bound / (double)s->p->objective->unit});
}

static int one_form(struct solve_stage *s, struct err *e)
{
    static const enum solve_status status[] = {[ONE_OPTIMAL] = SOLVE_OPTIMAL,
                                               [ONE_FEASIBLE] = SOLVE_FEASIBLE,
                                               [ONE_INFEASIBLE] = SOLVE_INFEASIBLE,
                                               [ONE_BUDGET] = SOLVE_BUDGET};
    const struct one_options o = {
        .seed = s->o->seed, .keep = s->keep, .any = s->o->any, .gap_milli = s->o->gap_milli};
    struct one_result found;
    tell(s, N_("one form is searched"));
    int r = one_search(s->p, &o, s->w, s->best, &found, e);
    if (r < 0)
        return r;
    s->status = status[found.status];
    s->bound = found.bound;
    s->has_bound = found.has_bound;
    s->nodes = found.nodes;
    s->proof = found.proof;
    found.proof = (struct proof){0};
    one_result_release(&found);
    return 0;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool in_order(const struct solve_stage *s)
{
    struct err broken = {0};
    for (size_t f = 0; f < s->best->n_forms; f++)
        qsort(s->best->form[f], s->best->n[f], sizeof **s->best->form, ascending);
    return s->best->n_forms > 0 && check_selection(s->p, s->best, s->keep, &broken) == 0;
}

/* Both are in order; is a worse than b? */
static bool is_worse(const struct solve_stage *s, const struct selection *a, const struct selection *b)
{
    struct value_of {
        int64_t num, den;
    } x, y;
    struct err ignored = {0};
    if (s->o->any || check_objective(s->p, s->p->objective, a, &x.num, &x.den, &ignored) < 0 ||
        check_objective(s->p, s->p->objective, b, &y.num, &y.den, &ignored) < 0)
        return false;
    __int128 left = (__int128)x.num * y.den, right = (__int128)y.num * x.den;
    return solve_is_up(s->p->objective) ? left < right : left > right;
}

/* The search that fits, with a part of the work that goes with the problem's size. */
static int search(struct solve_stage *s, const struct relaxed *bound, struct err *e)
{
    int64_t units = (int64_t)(s->p->n_items * s->p->n_forms) * UNITS_PER_CELL;
    bool many = bound && !s->keep && bound->status == RELAX_BOUND && many_suits(s->p);
    if (many && units > MANY_UNITS)
        units = MANY_UNITS;
    struct work part = work_part(s->w, units);
    const struct sets_options so = {.seed = s->o->seed, .keep = s->keep, .any = s->o->any};
    const struct many_options mo = {.seed = s->o->seed, .any = s->o->any};
    int r = many ? many_search(s->p, bound, &mo, &part, s->best, e) : -ERR_NO;
    work_return(s->w, &part);
    part = work_part(s->w, (int64_t)(s->p->n_items * s->p->n_forms) * UNITS_PER_CELL);
    if (r == -ERR_NO)
        r = sets_search(s->p, bound, &so, &part, s->best, e);
    work_return(s->w, &part);
    return r;
}

/* Local search; *best is never worse for it, and is empty if there is nothing in order. */
static int better(struct solve_stage *s, const struct relaxed *bound, struct err *e)
{
    struct selection before = {0};
    bool had = in_order(s);
    if (had)
        selection_copy(&before, s->best);
    else
        selection_release(s->best);
    int r = search(s, bound, e);
    bool has = (r == 0 || r == -ERR_NO) && in_order(s);
    if (!has || (had && is_worse(s, s->best, &before))) {
        selection_release(s->best);
        *s->best = before;
        before = (struct selection){0};
    }
    selection_release(&before);
    return r == -ERR_NO ? 0 : r;
}

/* Cbc on the whole problem, where it is small. */
static int by_cbc(struct solve_stage *s, struct err *e)
{
    struct whole_answer answer = {0};
    struct selection found = {0}, old = *s->best;
    int r = whole_search(s->p, s->keep, s->o->seed, s->o->any, s->w, &found, &answer, e);
    if (r < 0)
        return r;
    *s->best = found;
    bool good = found.n_forms && in_order(s);
    s->status = good && answer.optimal ? SOLVE_OPTIMAL : good ? SOLVE_FEASIBLE : SOLVE_BUDGET;
    if (!good && answer.infeasible && old.n_forms == 0)
        s->status = SOLVE_INFEASIBLE;
    if (!good || (old.n_forms && is_worse(s, &found, &old))) {
        selection_release(s->best);
        *s->best = old;
    } else {
        selection_release(&old);
    }
    return 0;
}

static int forms_below(struct solve_stage *s, const struct relaxed *bound, struct err *e)
{
    bool tiny = s->p->n_items * s->p->n_forms <= TINY, small = whole_fits(s->p);
    int r = tiny ? by_cbc(s, e) : better(s, bound, e);
    if (r == 0 && !tiny && small && s->best->n_forms == 0 && !work_ended(s->w))
        r = by_cbc(s, e);
    if (r == 0 && s->status == SOLVE_FEASIBLE)
        r = better(s, bound, e);
    if (s->status != SOLVE_OPTIMAL && s->status != SOLVE_INFEASIBLE)
        s->status = s->best->n_forms ? SOLVE_FEASIBLE : SOLVE_BUDGET;
    return r;
}

static int many_forms(struct solve_stage *s, struct err *e)
{
    const struct relax_options o = {.keep = s->keep, .no_objective = s->o->any};
    struct relaxed bound;
    tell(s, N_("the bound is computed"));
    int r = relax_solve(&bound, s->p, &o, s->w, e);
    if (r < 0)
        return r;
    s->has_bound = bound.status == RELAX_BOUND;
    s->bound = bound.bound;
    tell(s, N_("forms are searched"));
    if (bound.status == RELAX_INFEASIBLE)
        s->status = SOLVE_INFEASIBLE;
    else
        r = forms_below(s, &bound, e);
    if (s->status != SOLVE_INFEASIBLE || bound.status == RELAX_INFEASIBLE) { /* else only Cbc says so */
        s->proof = bound.proof;
        bound.proof = (struct proof){0};
    }
    relaxed_release(&bound);
    return r < 0 ? r : solve_prove(s, e);
}

/* The tree does not know what wishes may cost. */
static bool holds_wishes(const struct solve_stage *s)
{
    for (size_t k = 0; k < s->p->n_requirements; k++)
        if (s->p->requirement[k].kind == REQUIRE_PENALTY)
            return true;
    return false;
}

/* What earlier stages found cannot be bettered in this one either. */
static bool is_done(const struct solve_stage *s)
{
    int64_t num, den;
    return s->best->n_forms && !s->o->any && check_selection(s->p, s->best, s->keep, NULL) == 0 &&
           check_objective(s->p, s->p->objective, s->best, &num, &den, NULL) == 0 && solve_is_alike(s->p->objective, num);
}

int solve_stage_run(struct solve_stage *s, struct err *e)
{
    if (is_done(s)) {
        s->status = SOLVE_OPTIMAL;
        return 0;
    }
    int r = s->p->n_forms == 1 ? one_form(s, e) : many_forms(s, e);
    struct err broken = {0};
    if (r == 0 && s->p->n_forms == 1 && s->status != SOLVE_OPTIMAL && holds_wishes(s) && !s->o->any)
        r = better(s, NULL, e);
    if (r < 0 || s->status == SOLVE_INFEASIBLE || s->best->n_forms == 0)
        return r;
    s->status = s->status == SOLVE_BUDGET ? SOLVE_FEASIBLE : s->status;
    if (check_selection(s->p, s->best, s->keep, &broken) < 0)
        return err_set(e, ERR_BUG, s->p->name, "the solver's answer does not pass the check: %s",
                       broken.what);
    return 0;
}

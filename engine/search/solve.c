/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/search/contradiction.h"
#include "engine/search/one.h"
#include "engine/search/relax.h"
#include "engine/search/many.h"
#include "engine/search/sets.h"
#include "engine/search/whole.h"

enum { VARY_UNITS = 2000000, VARY_GAP = 200, VARY_COST = 1000, TINY = 200, UNITS_PER_CELL = 20000, MANY_UNITS = 14000000 };

/* What one objective's search has and finds. */
struct stage {
    const struct problem *p;
    const struct solve_options *o;
    const bool *keep;
    struct work *w;
    struct selection *best;   /* may hold forms from before */
    enum solve_status status; /* FEASIBLE: not yet compared with the bound */
    struct proof proof;
    double bound; /* in the objective's integers */
    bool has_bound;
    int64_t nodes;
};

const char *solve_status_text(enum solve_status s)
{
    static const char *const text[] = {"optimal", "feasible", "infeasible", "budget"};
    return text[s];
}

void solve_result_release(struct solve_result *r)
{
    selection_release(&r->selection);
    free(r->reached);
    proof_stages_free(r->stage, r->n_stages);
    *r = (struct solve_result){0};
}

static int64_t clock_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

static struct work begin_work(const struct solve_options *o)
{
    struct work w = {.left = o->work > 0 ? o->work : SOLVE_DEFAULT_WORK,
                     .stop = o->stop,
                     .progress = o->progress,
                     .context = o->context};
    if (o->seconds > 0) {
        w.now_ms = clock_ms;
        w.deadline_ms = clock_ms() + o->seconds * 1000;
    }
    return w;
}

/* ---- one objective ---- */

static bool is_up(const struct problem *p)
{
    return p->objective->kind == OBJECTIVE_MAX_SUM || p->objective->kind == OBJECTIVE_MAXIMIN;
}

/* What is begun, with the bound that is known. */
static void tell(const struct stage *s, const char *what)
{
    work_tell(s->w, (struct work_progress){.stage = what,
                                           .has_bound = s->has_bound,
                                           .bound = s->bound / (double)s->p->objective->unit});
}

static int one_form(struct stage *s, struct err *e)
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

static bool in_order(const struct stage *s)
{
    struct err broken = {0};
    for (size_t f = 0; f < s->best->n_forms; f++)
        qsort(s->best->form[f], s->best->n[f], sizeof **s->best->form, ascending);
    return s->best->n_forms > 0 && check_selection(s->p, s->best, s->keep, &broken) == 0;
}

static void copy_selection(struct selection *to, const struct selection *from)
{
    *to = (struct selection){.n_forms = from->n_forms,
                             .form = mem_alloc((from->n_forms + 1) * sizeof *to->form),
                             .n = mem_alloc((from->n_forms + 1) * sizeof *to->n)};
    for (size_t f = 0; f < from->n_forms; f++) {
        to->n[f] = from->n[f];
        to->form[f] = mem_alloc((from->n[f] + 1) * sizeof *to->form[f]);
        for (size_t i = 0; i < from->n[f]; i++)
            to->form[f][i] = from->form[f][i];
    }
}

/* Both are in order; is a worse than b? */
static bool is_worse(const struct stage *s, const struct selection *a, const struct selection *b)
{
    struct value_of {
        int64_t num, den;
    } x, y;
    struct err ignored = {0};
    if (s->o->any || check_objective(s->p, s->p->objective, a, &x.num, &x.den, &ignored) < 0 ||
        check_objective(s->p, s->p->objective, b, &y.num, &y.den, &ignored) < 0)
        return false;
    __int128 left = (__int128)x.num * y.den, right = (__int128)y.num * x.den;
    return is_up(s->p) ? left < right : left > right;
}

/* The search that fits, with a part of the work that goes with the problem's size. */
static int search(struct stage *s, const struct relaxed *bound, struct err *e)
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
static int better(struct stage *s, const struct relaxed *bound, struct err *e)
{
    struct selection before = {0};
    bool had = in_order(s);
    if (had)
        copy_selection(&before, s->best);
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
static int by_cbc(struct stage *s, struct err *e)
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

static int forms_below(struct stage *s, const struct relaxed *bound, struct err *e)
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

static int many_forms(struct stage *s, struct err *e)
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
    return r;
}

/* ---- how good it is ---- */

/* The proof's own word on the bound, rounded to the data's step. What proves nothing, since a search was cut or
 * numbers are too large, is not handed on; nor is what nobody needs, where nothing is below 0. */
static void ask_proof(struct stage *s, const struct solve_reached *reached, double *ret)
{
    const int64_t incumbent[] = {reached->num, reached->den};
    struct proof_bound bound;
    struct err ignored = {0};
    if (s->keep || s->proof.n_nodes == 0)
        return;
    if ((!is_up(s->p) && reached->num == 0) || proof_bound(s->p, &s->proof, incumbent, &bound, &ignored) < 0) {
        proof_release(&s->proof);
        return;
    }
    *ret = bound.infeasible ? *ret : (double)bound.num / (double)bound.den;
}

static bool alike(const struct problem *p, int64_t num)
{
    const struct objective *o = p->objective;
    bool down = o->kind == OBJECTIVE_MINIMAX_DEV || o->kind == OBJECTIVE_MIN_RANGE;
    return o->kind == OBJECTIVE_NONE || (!is_up(p) && num == 0) || (down && num <= o->indifferent);
}

static double gap_of(const struct solve_reached *r)
{
    double size = fabs(r->objective) > 1e-9 ? fabs(r->objective) : 1e-9;
    return fabs(r->objective - r->bound) / size;
}

static int measure(struct stage *s, struct solve_reached *ret, struct err *e)
{
    const struct objective *o = s->p->objective;
    int r = check_objective(s->p, o, s->best, &ret->num, &ret->den, e);
    if (r < 0)
        return r;
    double value = (double)ret->num / (double)ret->den, bound = s->has_bound  ? s->bound
                                                                : is_up(s->p) ? INFINITY
                                                                              : 0;
    bool best = s->status == SOLVE_OPTIMAL || alike(s->p, ret->num);
    double proven = bound;
    ask_proof(s, ret, &proven);
    if (!best)
        bound = proven;
    if (is_up(s->p) ? bound <= value : bound >= value)
        bound = value;
    ret->optimal = best || bound == value;
    ret->objective = value / (double)o->unit;
    ret->bound = bound / (double)o->unit;
    ret->gap = ret->optimal ? 0 : gap_of(ret);
    return 0;
}

/* A requirement that is kept asks for more than it allows: no program can be asked about such bounds. */
static bool crossed(const struct stage *s)
{
    bool any = false;
    for (size_t k = 0; k < s->p->n_requirements; k++) {
        const struct requirement *r = &s->p->requirement[k];
        bool sum = r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL || r->kind == REQUIRE_STIMULI;
        bool kept = r->weight == 0 && (!s->keep || s->keep[k]);
        any = any || (kept && (sum || (r->kind == REQUIRE_USE && r->n > 0)) && r->lo > r->hi);
    }
    return any;
}

/* The tree does not know what wishes may cost. */
static bool holds_wishes(const struct stage *s)
{
    for (size_t k = 0; k < s->p->n_requirements; k++)
        if (s->p->requirement[k].kind == REQUIRE_PENALTY)
            return true;
    return false;
}

/* What earlier stages found cannot be bettered in this one either. */
static bool is_done(const struct stage *s)
{
    int64_t num, den;
    return s->best->n_forms && !s->o->any && check_selection(s->p, s->best, s->keep, NULL) == 0 &&
           check_objective(s->p, s->p->objective, s->best, &num, &den, NULL) == 0 && alike(s->p, num);
}

static int run_stage(struct stage *s, struct err *e)
{
    if (crossed(s)) {
        s->status = SOLVE_INFEASIBLE;
        return 0;
    }
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

/* ---- objectives in order ---- */

/* The flags of p's requirements, and those that a stage appends are kept too. */
static bool *stage_keep(const struct problem *p, const bool *keep, size_t n)
{
    bool *ret = keep ? mem_alloc(n + 1) : NULL;
    for (size_t k = 0; ret && k < n; k++)
        ret[k] = k >= p->n_requirements || keep[k];
    return ret;
}

static void take_proof(struct solve_result *ret, struct stage *s, const struct solve_reached *reached)
{
    bool some = s->proof.n_nodes > 0 || !is_up(s->p); /* that nothing is below 0 needs none */
    if (some && ret->n_stages + 1 >= ret->n_reached) { /* none is missing before it */
        ret->stage = mem_grow(ret->stage, ret->n_stages + 1, sizeof *ret->stage);
        ret->stage[ret->n_stages] = (struct proof_stage){.proof = s->proof};
        if (reached) {
            ret->stage[ret->n_stages].has_incumbent = true;
            ret->stage[ret->n_stages].incumbent[0] = reached->num;
            ret->stage[ret->n_stages].incumbent[1] = reached->den;
        }
        ret->n_stages++;
        s->proof = (struct proof){0};
    }
    proof_release(&s->proof);
}

/* Objective k, the earlier ones being held. False in *ret_go_on: nothing can follow. */
static int objective(const struct problem *p, const struct solve_options *o, size_t k, int64_t *value,
                     struct work *w, struct solve_result *ret, bool *ret_go_on, struct err *e)
{
    struct problem *held = NULL;
    int r = problem_stage(&held, p, k, value, e);
    if (r < 0)
        return r;
    bool *keep = stage_keep(p, o->keep, held->n_requirements);
    struct stage s = {
        .p = held, .o = o, .keep = keep, .w = w, .best = &ret->selection, .status = SOLVE_BUDGET};
    struct solve_reached reached = {0};
    r = run_stage(&s, e);
    bool forms = r == 0 && ret->selection.n_forms > 0 && s.status != SOLVE_INFEASIBLE;
    *ret_go_on = forms;
    if (forms && !o->any)
        r = measure(&s, &reached, e);
    if (r == 0 && forms && !o->any) {
        value[2 * k] = reached.num;
        value[2 * k + 1] = reached.den;
        ret->reached[ret->n_reached++] = reached;
    }
    ret->nodes += s.nodes;
    ret->status = s.status;
    if (r == 0 && (forms ? !o->any : s.status == SOLVE_INFEASIBLE && s.proof.n_nodes > 0))
        take_proof(ret, &s, forms ? &reached : NULL);
    else
        proof_release(&s.proof);
    free(keep);
    problem_free(held);
    return r;
}

static void settle(struct solve_result *ret, const struct solve_options *o)
{
    bool optimal = true;
    if (ret->n_reached == 0) {
        if (ret->selection.n_forms && o->any)
            ret->status = SOLVE_OPTIMAL;
        return;
    }
    for (size_t k = 0; k < ret->n_reached; k++)
        optimal = optimal && ret->reached[k].optimal;
    ret->status = optimal ? SOLVE_OPTIMAL : SOLVE_FEASIBLE;
    ret->objective_num = ret->reached->num;
    ret->objective_den = ret->reached->den;
    ret->objective = ret->reached->objective;
    ret->bound = ret->reached->bound;
    ret->gap = ret->reached->gap;
}

/* ---- another one as good ---- */

/* p with one more objective: random worths of the items. */
static void add_whim(struct problem *q, const struct problem *p, uint64_t seed)
{
    struct objective *o = arena_array(q->arena, p->n_objectives + 1, sizeof *o);
    struct objective_row *row = arena_alloc(q->arena, sizeof *row);
    int64_t *coef = arena_array(q->arena, p->n_items + 1, sizeof *coef);
    struct rng rng;
    rng_seed(&rng, seed);
    for (size_t i = 0; i < p->n_items; i++)
        coef[i] = (int64_t)rng_below(&rng, VARY_COST);
    for (size_t k = 0; k < p->n_objectives; k++) {
        o[k] = p->objective[k];
        o[k].give = 0;
    }
    *row = (struct objective_row){.coef = coef, .weight = 1000};
    o[p->n_objectives] = (struct objective){.kind = OBJECTIVE_MAX_SUM, .row = row, .n_rows = 1, .unit = 1};
    q->objective = o;
    q->n_objectives = p->n_objectives + 1;
}

/* One form that the seed chooses among those as good. */
static int vary(const struct problem *p, const struct solve_options *o, const int64_t *value, struct work *w,
                struct solve_result *ret, struct err *e)
{
    struct problem *all = NULL, *held = NULL;
    struct one_result found;
    struct selection other = {0};
    struct work part = work_part(w, VARY_UNITS);
    int r = problem_stage(&all, p, 0, NULL, e);
    if (r < 0)
        return r;
    add_whim(all, p, o->seed);
    r = problem_stage(&held, all, p->n_objectives, value, e);
    bool *keep = r == 0 ? stage_keep(p, o->keep, held->n_requirements) : NULL;
    const struct one_options whim = {.seed = o->seed, .keep = keep, .gap_milli = VARY_GAP};
    if (r == 0)
        r = one_search(held, &whim, &part, &other, &found, e);
    if (r == 0) {
        one_result_release(&found);
        if (other.n_forms && !part.by_clock) {
            selection_release(&ret->selection);
            ret->selection = other;
            other = (struct selection){0};
        }
    }
    work_return(w, &part);
    selection_release(&other);
    free(keep);
    problem_free(held);
    problem_free(all);
    return r;
}

/* What the forms have of each objective in the end: later ones may have taken what earlier ones give. */
static int measure_again(const struct problem *p, struct solve_result *ret, struct err *e)
{
    int r = 0;
    for (size_t k = 0; r == 0 && k < ret->n_reached; k++) {
        struct solve_reached *a = &ret->reached[k];
        r = check_objective(p, &p->objective[k], &ret->selection, &a->num, &a->den, e);
        a->objective = (double)a->num / (double)a->den / (double)p->objective[k].unit;
        a->gap = a->optimal ? 0 : gap_of(a);
    }
    return r;
}

static bool contradicts_itself(const struct problem *p, const bool *keep, struct solve_result *ret)
{
    struct proof proof;
    if (!contradiction_find(p, keep, &proof))
        return false;
    *ret = (struct solve_result){.status = SOLVE_INFEASIBLE, .objective_den = 1, .n_stages = 1};
    ret->stage = mem_alloc(sizeof *ret->stage);
    ret->stage[0] = (struct proof_stage){.proof = proof};
    return true;
}

int solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret, struct err *e)
{
    if (contradicts_itself(p, o->keep, ret))
        return 0;
    struct work w = begin_work(o);
    size_t n = o->any ? 1 : p->n_objectives;
    int64_t *value = mem_alloc((2 * n + 2) * sizeof *value);
    bool go_on = true;
    int r = 0;
    *ret = (struct solve_result){.status = SOLVE_BUDGET, .objective_den = 1};
    ret->reached = mem_alloc((n + 1) * sizeof *ret->reached);
    for (size_t k = 0; r == 0 && go_on && k < n; k++)
        r = objective(p, o, k, value, &w, ret, &go_on, e);
    if (r == 0)
        r = measure_again(p, ret, e);
    for (size_t k = 0; k < ret->n_reached; k++) {
        value[2 * k] = ret->reached[k].num;
        value[2 * k + 1] = ret->reached[k].den;
    }
    if (r == 0 && o->vary && p->n_forms == 1 && ret->n_reached == n && ret->selection.n_forms &&
        !work_ended(&w))
        r = vary(p, o, value, &w, ret, e);
    if (r == 0)
        r = measure_again(p, ret, e);
    if (r == 0)
        settle(ret, o);
    ret->work = w.spent;
    ret->cut_by_clock = w.by_clock;
    ret->interrupted = w.interrupted;
    free(value);
    if (r < 0)
        solve_result_release(ret);
    return r;
}

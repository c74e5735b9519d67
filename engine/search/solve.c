/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/solve.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/search/contradiction.h"
#include "engine/search/solve-internal.h"

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

/* ---- objectives in order ---- */

static void take_proof(struct solve_result *ret, struct solve_stage *s, const struct solve_reached *reached)
{
    bool some = s->proof.n_nodes > 0 || !solve_is_up(s->p->objective); /* that nothing is below 0 needs none */
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

/* Of what is left the earlier of n objectives get most, and none goes without. */
static struct work share(const struct work *w, size_t k, size_t n)
{
    int64_t parts = (int64_t)(n - k) + 1;
    return work_part(w, w->left / parts * 2 + w->left % parts);
}

/* Objective k, the earlier ones being held. False in *ret_go_on: nothing can follow. */
static int objective(const struct problem *p, const struct solve_options *o, size_t k, int64_t *value,
                     struct work *w, struct solve_result *ret, bool *ret_go_on, struct err *e)
{
    struct problem *held = NULL;
    int r = problem_stage(&held, p, k, value, e);
    if (r < 0)
        return r;
    bool *keep = solve_keep(p, o->keep, held->n_requirements);
    struct work part = share(w, k, o->any ? 1 : p->n_objectives);
    struct solve_stage s = {
        .p = held, .o = o, .keep = keep, .w = &part, .best = &ret->selection, .status = SOLVE_BUDGET};
    struct solve_reached reached = {0};
    r = solve_stage_run(&s, e);
    work_return(w, &part);
    bool forms = r == 0 && ret->selection.n_forms > 0 && s.status != SOLVE_INFEASIBLE;
    *ret_go_on = forms;
    if (forms && !o->any)
        r = solve_measure(&s, &reached, e);
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

static void settle(const struct problem *p, const struct solve_options *o, struct solve_result *ret)
{
    bool optimal = true;
    if (ret->n_reached == 0) {
        if (ret->selection.n_forms && o->any)
            ret->status = SOLVE_OPTIMAL;
        ret->proven = ret->selection.n_forms || ret->n_stages;
        return;
    }
    ret->proven = true;
    for (size_t k = 0; k < ret->n_reached; k++) {
        struct solve_reached *a = &ret->reached[k];
        a->proven = a->proven && (k < ret->n_stages || solve_is_alike(&p->objective[k], a->num));
        optimal = optimal && a->optimal;
        ret->proven = ret->proven && a->proven;
    }
    ret->status = optimal ? SOLVE_OPTIMAL : SOLVE_FEASIBLE;
    ret->objective_num = ret->reached->num;
    ret->objective_den = ret->reached->den;
    ret->objective = ret->reached->objective;
    ret->bound = ret->reached->bound;
    ret->gap = ret->reached->gap;
}

/* What the forms have of each objective in the end: later ones may have taken what earlier ones give. */
static int measure_again(const struct problem *p, struct solve_result *ret, struct err *e)
{
    int r = 0;
    for (size_t k = 0; r == 0 && k < ret->n_reached; k++) {
        struct solve_reached *a = &ret->reached[k];
        r = check_objective(p, &p->objective[k], &ret->selection, &a->num, &a->den, e);
        a->objective = (double)a->num / (double)a->den / (double)p->objective[k].unit;
        a->gap = a->optimal ? 0 : solve_gap(a);
    }
    return r;
}

static bool contradicts_itself(const struct problem *p, const bool *keep, struct solve_result *ret)
{
    struct proof proof;
    if (!contradiction_find(p, keep, &proof))
        return false;
    *ret = (struct solve_result){.status = SOLVE_INFEASIBLE, .proven = true, .objective_den = 1, .n_stages = 1};
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
        r = solve_vary(p, o, value, &w, ret, e);
    if (r == 0)
        r = measure_again(p, ret, e);
    if (r == 0)
        settle(p, o, ret);
    ret->work = w.spent;
    ret->cut_by_clock = w.by_clock;
    ret->interrupted = w.interrupted;
    free(value);
    if (r < 0)
        solve_result_release(ret);
    return r;
}

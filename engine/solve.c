/* SPDX-License-Identifier: Apache-2.0 */
/* The solver of the main job: the whole problem as one mixed-integer program for COIN-OR Cbc. */
#include "engine/solve.h"

#include <coin/Cbc_C_Interface.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/check.h"
#include "engine/model.h"

enum { TIES_WORK = 500 };

const char *solve_status_text(enum solve_status s)
{
    static const char *const text[] = {"optimal", "feasible", "infeasible", "budget"};
    return text[s];
}

static void selection_release(struct selection *s)
{
    for (size_t f = 0; f < s->n_forms; f++)
        free(s->form[f]);
    free(s->form);
    free(s->n);
    *s = (struct selection){0};
}

void solve_result_release(struct solve_result *r)
{
    selection_release(&r->selection);
    *r = (struct solve_result){0};
}

/* Rows to columns: what Cbc wants. */
static void load(Cbc_Model *cbc, const struct model *m)
{
    int *start = mem_alloc((m->n_cols + 2) * sizeof *start);
    int *row = mem_alloc((m->n_cells + 1) * sizeof *row);
    double *value = mem_alloc((m->n_cells + 1) * sizeof *value);
    for (size_t k = 0; k < m->n_cells; k++)
        start[m->index[k] + 1]++;
    for (size_t c = 0; c < m->n_cols; c++)
        start[c + 1] += start[c];
    int *next = mem_alloc((m->n_cols + 1) * sizeof *next);
    for (size_t c = 0; c < m->n_cols; c++)
        next[c] = start[c];
    for (size_t r = 0; r < m->n_rows; r++)
        for (size_t k = m->start[r]; k < m->start[r + 1]; k++) {
            int at = next[m->index[k]]++;
            row[at] = (int)r;
            value[at] = m->value[k];
        }
    Cbc_loadProblem(cbc, (int)m->n_cols, (int)m->n_rows, start, row, value, m->lower, m->upper, m->cost, m->lo, m->hi);
    for (size_t c = 0; c < m->n_cols; c++)
        if (m->integer[c])
            Cbc_setInteger(cbc, (int)c);
    free(start);
    free(row);
    free(value);
    free(next);
}

struct run {
    bool found, complete, infeasible, by_clock;
    double bound;
    int64_t nodes;
    struct selection selection;
};

static void take_selection(struct selection *s, const struct problem *p, const struct model *m, const double *solution)
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

static void run_cbc(struct run *run, const struct problem *p, const struct model *m, const struct solve_options *o,
                    int64_t work, bool first_will_do)
{
    Cbc_Model *cbc = Cbc_newModel();
    Cbc_setLogLevel(cbc, 0);
    Cbc_setParameter(cbc, "log", "0");
    load(cbc, m);
    Cbc_setObjSense(cbc, 1);
    Cbc_setMaximumNodes(cbc, (int)(work < INT32_MAX ? work : INT32_MAX));
    if (o->seconds > 0)
        Cbc_setMaximumSeconds(cbc, (double)o->seconds);
    if (first_will_do)
        Cbc_setMaximumSolutions(cbc, 1);
    if (o->gap_milli > 0)
        Cbc_setAllowableFractionGap(cbc, (double)o->gap_milli / 1000);
    Cbc_solve(cbc);
    const double *best = Cbc_bestSolution(cbc);
    run->infeasible = !best && Cbc_isProvenInfeasible(cbc);
    run->complete = Cbc_isProvenOptimal(cbc) || run->infeasible;
    run->found = best != NULL;
    run->by_clock = Cbc_isSecondsLimitReached(cbc);
    run->bound = Cbc_getBestPossibleObjValue(cbc);
    run->nodes = Cbc_getNodeCount(cbc);
    if (best)
        take_selection(&run->selection, p, m, best);
    Cbc_deleteModel(cbc);
}

static void solve_model(struct run *run, const struct problem *p, const struct solve_options *o,
                        const struct model_options *mo, int64_t work, bool first_will_do)
{
    struct model m;
    *run = (struct run){0};
    model_build(&m, p, mo);
    if (m.sure_infeasible) {
        run->infeasible = run->complete = true;
    } else if (m.n_cols == 0) { /* every item is excluded, and nothing asks for one */
        run->found = run->complete = true;
        take_selection(&run->selection, p, &m, NULL);
    } else {
        run_cbc(run, p, &m, o, work, first_will_do);
    }
    run->bound *= m.scale / (double)p->objective_unit;
    model_release(&m);
}

static int checked(const struct problem *p, const struct solve_options *o, const struct selection *s, struct err *e)
{
    struct err broken = {0};
    if (check_selection(p, s, o->keep, &broken) == 0)
        return 0;
    return err_set(e, ERR_BUG, p->name, "the solver's answer does not pass the check: %s", broken.what);
}

/* The seed's choice among papers as good as the one found: random costs, the objective held where it is. */
static void choose_among_ties(const struct problem *p, const struct solve_options *o, struct solve_result *ret)
{
    struct run run;
    double level = (double)ret->objective_num / (double)ret->objective_den;
    struct model_options mo = {.seed = o->seed, .keep = o->keep, .ties = true, .level = level};
    struct solve_options plain = *o;
    plain.gap_milli = 0;
    solve_model(&run, p, &plain, &mo, TIES_WORK, true);
    int64_t num = 0, den = 1;
    bool good = run.found && !run.by_clock && check_selection(p, &run.selection, o->keep, NULL) == 0 &&
                check_objective(p, &run.selection, &num, &den, NULL) == 0 && num == ret->objective_num &&
                den == ret->objective_den;
    if (good) {
        struct selection old = ret->selection;
        ret->selection = run.selection;
        run.selection = old;
    }
    ret->cut_by_clock = ret->cut_by_clock || run.by_clock;
    selection_release(&run.selection);
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
    if (p->objective == OBJECTIVE_MINIMAX_DEV)
        return 0;
    for (size_t k = 0; k < p->n_rows; k++) {
        if (p->objective == OBJECTIVE_MAXIMIN && p->row[k].weight != 1000)
            return 0;
        for (size_t i = 0; i < p->n_items; i++)
            g = gcd(g, p->row[k].coef[i]);
    }
    return (double)g / (double)p->objective_unit;
}

/* The solver's bound is for its minimisation; ours never crosses the exact objective, and is rounded to the data's
 * step. */
static void take_bound(const struct problem *p, const struct run *run, struct solve_result *ret)
{
    bool up = p->objective == OBJECTIVE_MAX_SUM || p->objective == OBJECTIVE_MAXIMIN;
    double size = fabs(ret->objective) > 1e-9 ? fabs(ret->objective) : 1e-9;
    double bound = up ? -run->bound : run->bound;
    double away = up ? bound - ret->objective : ret->objective - bound;
    if (run->found && (away < 1e-9 * (1 + size) || away < 0.99 * step_of(p)))
        bound = ret->objective;
    ret->bound = bound;
    ret->gap = run->found ? fabs(ret->objective - bound) / size : 0;
}

static int take_run(const struct problem *p, const struct solve_options *o, bool any, struct run *run,
                    struct solve_result *ret, struct err *e)
{
    ret->nodes = run->nodes;
    ret->cut_by_clock = run->by_clock && !run->complete;
    ret->status = run->infeasible ? SOLVE_INFEASIBLE : SOLVE_BUDGET;
    ret->objective_den = 1;
    ret->selection = run->selection;
    run->selection = (struct selection){0};
    if (!run->found) {
        take_bound(p, run, ret);
        return 0;
    }
    int r = checked(p, o, &ret->selection, e);
    if (r == 0 && !any)
        r = check_objective(p, &ret->selection, &ret->objective_num, &ret->objective_den, e);
    if (r < 0)
        return r;
    ret->objective = (double)ret->objective_num / (double)ret->objective_den / (double)p->objective_unit;
    if (!any)
        take_bound(p, run, ret);
    ret->status = any || ret->gap == 0 ? SOLVE_OPTIMAL : SOLVE_FEASIBLE;
    return 0;
}

int solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret, struct err *e)
{
    struct run run;
    bool any = o->any || p->objective == OBJECTIVE_NONE;
    struct model_options mo = {.seed = o->seed, .keep = o->keep, .any = any, .ties = any && !o->any};
    struct solve_result result = {0};
    solve_model(&run, p, o, &mo, o->work > 0 ? o->work : SOLVE_DEFAULT_WORK, any);
    int r = take_run(p, o, any, &run, &result, e);
    bool level = p->objective == OBJECTIVE_MAXIMIN || p->objective == OBJECTIVE_MINIMAX_DEV;
    if (r == 0 && o->vary && !any && level && result.selection.form && !result.cut_by_clock)
        choose_among_ties(p, o, &result);
    if (r < 0) {
        solve_result_release(&result);
        return r;
    }
    *ret = result;
    return 0;
}

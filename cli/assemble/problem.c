/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/assemble/assemble.h"
#include "cli/assemble/watch.h"
#include "engine/exam/proven.h"
#include "engine/explain/words.h"
#include "engine/problem/reference.h"

static json_t *number_or_null(double v)
{
    return isfinite(v) && fabs(v) < 1e30 ? json_real(v) : json_null();
}

static json_t *forms_json(const struct problem *p, const struct selection *s)
{
    json_t *forms = json_array();
    for (size_t f = 0; f < s->n_forms; f++) {
        json_t *form = json_array();
        for (size_t i = 0; i < s->n[f]; i++)
            json_array_append_new(form, json_string(p->id[s->form[f][i]]));
        json_array_append_new(forms, form);
    }
    return forms;
}

static int conflict_json(const struct problem *p, const struct solve_options *o, json_t *ret, struct err *e)
{
    struct explanation x = {0};
    int r = explain_infeasible(p, o, &x, e);
    if (r < 0)
        return r;
    json_t *ids = json_array();
    for (size_t i = 0; i < x.n; i++)
        json_array_append_new(ids, json_string(p->requirement[x.requirement[i]].id));
    json_object_set_new(ret, "conflict", ids);
    json_object_set_new(ret, "rules", explain_rules_json(p, &x));
    explain_json(p, &x, ret);
    explanation_release(&x);
    return 0;
}

static int print_result(const struct problem *p, const struct solve_options *options, const struct solve_result *r,
                        int64_t ms, struct err *e)
{
    bool forms = r->status == SOLVE_OPTIMAL || r->status == SOLVE_FEASIBLE;
    bool bound = forms || r->status == SOLVE_BUDGET;
    json_t *o = json_pack("{s:s,s:o,s:o,s:o,s:f,s:o}", "status", solve_status_text(r->status), "objective",
                          forms ? number_or_null(r->objective) : json_null(), "bound",
                          bound ? number_or_null(r->bound) : json_null(), "gap",
                          forms ? number_or_null(r->gap) : json_null(), "seconds", (double)ms / 1000, "forms",
                          forms_json(p, &r->selection));
    if (r->status == SOLVE_OPTIMAL)
        json_object_set_new(o, "proven", json_boolean(r->proven));
    if (r->interrupted)
        json_object_set_new(o, "interrupted", json_true());
    if (r->cut_by_clock)
        json_object_set_new(o, "cutByClock", json_true());
    int status = r->status == SOLVE_INFEASIBLE ? conflict_json(p, options, o, e) : 0;
    json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(10));
    putchar('\n');
    json_decref(o);
    return status;
}

/* With --output, what was found as a folder that can be verified. */
static int write_proven(const struct args *a, const struct problem *p, const struct solve_options *o,
                        const struct solve_result *r, struct err *e)
{
    char *dir = NULL;
    if (!args_get(a, "output") || r->selection.n_forms == 0)
        return 0;
    int status = assemble_dir(&dir, a, e);
    if (status == 0)
        status = proven_write(dir, p, r, o->seed, e);
    free(dir);
    return status;
}

int assemble_problem(const struct args *a, const char *dir, const struct solve_options *o, struct err *e)
{
    struct problem *p = NULL;
    struct solve_result result = {0};
    struct solve_options options = *o;
    struct clock_reading from, to;
    int r = reference_read(&p, dir, e);
    if (r < 0)
        return r;

    options.vary = false;
    clock_read(&from);
    r = watch_solve(p, &options, &result, e);
    clock_read(&to);
    if (r == 0)
        r = write_proven(a, p, o, &result, e);
    if (r == 0) {
        r = print_result(p, &options, &result, to.mono_ms - from.mono_ms, e);
        if (r == 0 && (result.status == SOLVE_INFEASIBLE || result.status == SOLVE_BUDGET))
            r = err_set(e, ERR_NO, p->name, result.status == SOLVE_INFEASIBLE
                                                ? _("no selection meets the constraints")
                                                : _("nothing was found within the time"));
    }
    solve_result_release(&result);
    problem_free(p);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/assemble/solve.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/assemble/assemble.h"
#include "cli/assemble/watch.h"
#include "engine/exam/certificate.h"
#include "engine/exam/exam.h"

static int tell_why_not(const struct assembly *a, const struct solve_options *o, bool json, struct err *e)
{
    struct explanation x = {0};
    struct bytes text = {0};
    int r = explain_infeasible(a->problem, o, &x, e);
    if (r < 0)
        return r;
    if (json)
        explanation_json(a, &x, &text);
    else
        explanation_text(a, &x, &text);
    err_set(e, ERR_NO, a->blueprint->name, _("no paper meets this blueprint"));
    if (json)
        printf("%s", (const char *)text.p);
    else
        fprintf(stderr, "%s", (const char *)text.p);
    bytes_release(&text);
    explanation_release(&x);
    return -ERR_NO;
}

static int put_exam(const struct args *a, const char *dir, const struct assembly *assembly,
                    const struct solve_result *r, uint64_t seed, struct bank *bank,
                    const struct bytes *blueprint, struct err *e)
{
    struct bytes json = {0}, text = {0};
    const char *copy = args_get(a, "certificate");
    struct file_writer *w = NULL;
    struct clock_reading now;
    clock_read(&now);
    int status = copy ? file_begin(&w, copy, 0644, e) : 0; /* before the exam: its name is taken only once */
    if (status == 0)
        status = certificate_json(assembly, r, bank, seed, path_base(dir), bytes_span(blueprint), &json, e);
    if (status == 0)
        status = exam_write(dir, assembly, r, bank, now.wall_ms, bytes_span(blueprint), bytes_span(&json), e);
    if (status == 0 && w)
        status = file_write(w, json.p, json.n, e);
    if (status == 0 && w)
        status = file_commit(w, e);
    else
        file_cancel(w);
    if (status == 0 && args_json(a)) {
        printf("%s", (const char *)json.p);
    } else if (status == 0) {
        certificate_text(assembly, r, &text);
        printf(_("%sexam written to %s\n"), (const char *)text.p, dir);
        explain_thin(assembly);
    }
    bytes_release(&json);
    bytes_release(&text);
    return status;
}

int solve_blueprint(const struct args *a, const char *dir, const struct assembly *assembly,
                    const struct solve_options *o, struct bank *bank, const struct bytes *blueprint,
                    struct err *e)
{
    struct solve_result result = {0};
    int r = watch_solve(assembly->problem, o, &result, e);
    if (r < 0)
        return r;
    if (result.status == SOLVE_INFEASIBLE) {
        r = tell_why_not(assembly, o, args_json(a), e);
    } else if (result.status == SOLVE_BUDGET && result.interrupted) {
        r = err_set(e, ERR_NO, assembly->blueprint->name, _("interrupted before a paper was found"));
    } else if (result.status == SOLVE_BUDGET) {
        r = err_set(e, ERR_NO, assembly->blueprint->name,
                    _("no paper was found within the budget; there may be one"));
        err_hint(e, _("relax the blueprint, try another --seed, or give more --seconds"));
    } else {
        r = put_exam(a, dir, assembly, &result, o->seed, bank, blueprint, e);
    }
    solve_result_release(&result);
    return r;
}

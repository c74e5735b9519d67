/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/assemble/assemble.h"
#include "cli/assemble/commands.h"
#include "cli/bank/home.h"
#include "engine/certificate.h"
#include "engine/exam.h"

/* A guard, not a measure: the search's own budget ends before it, and what is cut by it is marked. */
enum { DEFAULT_SECONDS = 120 };

struct faults {
    const char *path;
    unsigned n;
};

static void on_fault(void *context, unsigned line, const char *message)
{
    struct faults *f = context;
    fprintf(stderr, "%s:%u: %s\n", f->path, line, message);
    f->n++;
}

static int read_blueprint(struct blueprint **ret, const char *path, struct bytes *bytes, struct err *e)
{
    struct faults faults = {.path = path};
    int r = file_read(path, BLUEPRINT_MAX_BYTES, bytes, e);
    if (r == 0)
        r = blueprint_read(ret, path, bytes_span(bytes), on_fault, &faults, e);
    if (r < 0 && faults.n)
        return err_set(e, ERR_DATA, path, _("faults in the blueprint: %u"), faults.n);
    return r;
}

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

static int put_exam(const struct args *a, const char *dir, const struct assembly *assembly, const struct solve_result *r,
                    uint64_t seed, struct bank *bank, const struct bytes *blueprint, struct err *e)
{
    struct bytes json = {0}, text = {0};
    const char *copy = args_get(a, "certificate");
    struct file_writer *w = NULL;
    int status = copy ? file_begin(&w, copy, 0644, e) : 0; /* before the exam: its name is taken only once */
    if (status == 0)
        status = certificate_json(assembly, r, seed, path_base(dir), &json, e);
    if (status == 0)
        status = exam_write(dir, assembly, r, bank, bytes_span(blueprint), bytes_span(&json), e);
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
    }
    bytes_release(&json);
    bytes_release(&text);
    return status;
}

/* A plain name is an exam of the office home; anything with a slash is a path. */
static char *exam_dir(const struct args *a, const char *name)
{
    if (strchr(name, '/'))
        return mem_strdup(name);
    char *exams = path_join(args_home(a), "exams"), *dir = path_join(exams, name);
    free(exams);
    return dir;
}

static int solve_and_write(const struct args *a, const char *dir, const struct assembly *assembly,
                           const struct solve_options *o, struct bank *bank, const struct bytes *blueprint, struct err *e)
{
    struct solve_result result = {0};
    int r = solve(assembly->problem, o, &result, e);
    if (r < 0)
        return r;
    if (result.status == SOLVE_INFEASIBLE) {
        r = tell_why_not(assembly, o, args_json(a), e);
    } else if (result.status == SOLVE_BUDGET) {
        r = err_set(e, ERR_NO, assembly->blueprint->name, _("no paper was found within the budget; there may be one"));
        err_hint(e, _("relax the blueprint, try another --seed, or give more --seconds"));
    } else {
        r = put_exam(a, dir, assembly, &result, o->seed, bank, blueprint, e);
    }
    solve_result_release(&result);
    return r;
}

int assemble_blueprint(const struct args *a, const struct solve_options *o, struct err *e)
{
    const char *name = NULL;
    struct bytes bytes = {0};
    struct blueprint *b = NULL;
    struct bank *bank = NULL;
    struct assembly *assembly = NULL;
    int64_t forms = 0;
    char *dir = NULL;
    int r = args_need(a, "output", &name, e);
    if (r == 0)
        r = args_int(a, "forms", 1, 100, 0, &forms, e);
    if (r == 0) {
        dir = exam_dir(a, name);
        if (file_exists(dir)) {
            r = err_set(e, ERR_USAGE, dir, _("there is something of this name already"));
            err_hint(e, _("an exam is never overwritten: choose another name"));
        }
    }
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = read_blueprint(&b, args_at(a, 0), &bytes, e);
    if (r == 0)
        r = assembly_build(&assembly, b, bank, forms, e);
    if (r == 0)
        r = solve_and_write(a, dir, assembly, o, bank, &bytes, e);
    assembly_free(assembly);
    blueprint_free(b);
    bank_close(bank);
    bytes_release(&bytes);
    free(dir);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct solve_options o = {0};
    int64_t seed = 0;
    points_t gap = points_milli(0);
    const char *gap_text = args_get(a, "gap");
    int r = args_int(a, "seed", 0, INT64_MAX, 1, &seed, e);
    if (r == 0)
        r = args_int(a, "seconds", 1, 86400, DEFAULT_SECONDS, &o.seconds, e);
    if (r == 0 && gap_text && (points_parse(gap_text, &gap, NULL) < 0 || gap.milli < 0 || gap.milli > 1000))
        r = err_set(e, ERR_USAGE, NULL, _("--gap %s: not a number from 0 to 1 with at most three decimals"), gap_text);
    if (r < 0)
        return r;
    o.seed = (uint64_t)seed;
    o.vary = true;
    o.gap_milli = gap.milli;
    const char *problem = args_get(a, "problem");
    if (problem && args_count(a) == 0)
        return assemble_problem(problem, &o, e);
    if (problem || args_count(a) == 0)
        return err_set(e, ERR_USAGE, NULL, _("give either a blueprint or --problem"));
    return assemble_blueprint(a, &o, e);
}

static const struct command_option options[] = {
    {.name = "forms", .arg = "N", .help = N_("How many parallel forms, in place of the blueprint's number")},
    {.name = "seed", .arg = "S", .help = N_("Another seed gives another paper of the same quality (default 1)")},
    {.name = "seconds", .arg = "T", .help = N_("Limit the search by the clock (default 120); what it cuts may differ from run to run")},
    {.name = "gap", .arg = "P", .help = N_("Stop when proven this near to the best: 0.01 is one percent")},
    {.name = "certificate", .arg = "FILE", .help = N_("Write the certificate there too")},
    {.name = "output", .key = 'o', .arg = "EXAM", .help = N_("Name of the exam in the office home, or a path")},
    {.name = "problem", .arg = "DIR", .help = N_("Solve a reference problem (items.csv, problem.json) and print JSON")},
    {0},
};

const struct command cmd_assemble = {
    .name = "assemble", .args = "[BLUEPRINT]", .min_args = 0, .max_args = 1,
    .summary = N_("Assemble parallel forms from the bank by a blueprint, or say why there are none"),
    .example = "kaochang assemble -C office data/blueprints/sample.xml --seed 7 -o spring",
    .options = options,
    .run = run,
};

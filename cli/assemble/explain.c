/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/assemble/assemble.h"
#include "engine/exam/certificate.h"
#include "engine/explain/supply.h"
#include "engine/problem/reference.h"

/* Units of work: whether there are any papers, as far as a look tells. */
enum { LOOK = 20000, MOST_EXAMS = SUPPLY_MOST, ENOUGH_EXAMS = 3 };

/* What is explained: of a blueprint, or a reference problem. */
struct asked {
    const struct problem *p;
    const struct assembly *assembly; /* NULL: none */
    const struct solve_options *o;
    bool json;
    int64_t exams;
};

static void print_json(json_t *o)
{
    json_dumpf(o, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(o);
}

static int contradictions(const struct asked *q, struct err *e)
{
    struct explanation x = {0};
    struct bytes text = {0};
    int r = explain_infeasible(q->p, q->o, &x, e);
    if (r < 0)
        return r;
    if (q->json) {
        json_t *o = json_pack("{s:s,s:o}", "status", "infeasible", "conflict", explain_rules_json(q->p, &x));
        explain_json(q->p, &x, o);
        print_json(o);
    } else if (q->assembly) {
        explanation_text(q->assembly, &x, &text);
    } else {
        explain_rules_text(q->p, &x, &text);
        explain_ways_text(q->p, &x, NULL, NULL, &text);
    }
    printf("%s", text.p ? (const char *)text.p : "");
    bytes_release(&text);
    explanation_release(&x);
    return err_set(e, ERR_NO, q->p->name, _("no paper meets all requirements"));
}

static void print_supply(const struct asked *q, const struct supply *s, bool found)
{
    struct bytes text = {0};
    if (q->json) {
        json_t *o = supply_json(q->p, s);
        json_object_set_new(o, "status", json_string(found ? "feasible" : "budget"));
        print_json(o);
        return;
    }
    if (!found)
        bytes_str(&text,
                  _("(nothing contradicts itself at first sight; papers were not found in a short look)\n"));
    supply_text(q->p, s, true, q->assembly ? assembly_describe : NULL, q->assembly, &text);
    printf("%s", (const char *)text.p);
    bytes_release(&text);
}

static int find_supply(struct supply *ret, const struct asked *q, int64_t enough, struct err *e)
{
    struct supply_options o = {.wanted = q->exams, .enough = enough};
    int64_t *left = q->assembly ? assembly_exams_left(q->assembly, &o.years) : NULL;
    o.left = left;
    int r = supply_find(ret, q->p, &o, e);
    free(left);
    return r;
}

static int explain(const struct asked *q, struct err *e)
{
    struct supply s = {0};
    struct solve_result look = {.status = SOLVE_INFEASIBLE};
    struct solve_options any = {.seed = q->o->seed, .work = LOOK, .seconds = q->o->seconds, .any = true};
    int r = find_supply(&s, q, 0, e);
    if (r == 0 && (s.exams > 0 || s.more))
        r = solve(q->p, &any, &look, e);
    if (r == 0 && look.status == SOLVE_INFEASIBLE)
        r = contradictions(q, e);
    else if (r == 0)
        print_supply(q, &s, look.status != SOLVE_BUDGET);
    solve_result_release(&look);
    supply_release(&s);
    return r;
}

int explain_problem(const struct args *a, const char *dir, const struct solve_options *o, struct err *e)
{
    struct problem *p = NULL;
    struct asked q = {.o = o, .json = args_json(a)};
    int r = args_int(a, "exams", 1, MOST_EXAMS, 0, &q.exams, e);
    if (r == 0)
        r = reference_read(&p, dir, e);
    q.p = p;
    if (r == 0)
        r = explain(&q, e);
    problem_free(p);
    return r;
}

int explain_blueprint(const struct args *a, const struct assembly *assembly, const struct solve_options *o,
                      struct err *e)
{
    struct asked q = {.p = assembly->problem, .assembly = assembly, .o = o, .json = args_json(a)};
    int r = args_int(a, "exams", 1, MOST_EXAMS, 0, &q.exams, e);
    return r < 0 ? r : explain(&q, e);
}

void explain_thin(const struct assembly *assembly)
{
    const struct asked q = {.p = assembly->problem, .assembly = assembly};
    struct supply s = {0};
    struct bytes text = {0};
    struct err e;
    if (find_supply(&s, &q, ENOUGH_EXAMS, &e) == 0)
        supply_text(q.p, &s, false, assembly_describe, assembly, &text);
    fflush(stdout); /* after what it is about, wherever both go */
    if (text.n)
        fprintf(stderr, _("a warning: the bank is thin here\n%s(kaochang assemble --explain: all items to write)\n"),
                (const char *)text.p);
    bytes_release(&text);
    supply_release(&s);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against brute force: random problems of every kind of requirement, every objective and one to
 * three forms. ORACLE_ROUNDS tries more of them, ORACLE_SEED others. */
#include <math.h>
#include <stdlib.h>

#include "engine/explain/explain.h"
#include "engine/problem/check.h"
#include "engine/search/solve.h"
#include "tests/check.h"
#include "tests/engine/oracle.h"

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *v = getenv(name);
    return v ? strtoull(v, NULL, 10) : otherwise;
}

struct trial {
    uint64_t number; /* ORACLE_CASE runs it alone */
    struct problem *p;
    struct oracle_answer truth;
    struct rng rng;
};

static void show_requirement(const struct requirement *r)
{
    print_error("  %s kind %d lo %lld hi %lld weight %lld groups %zu:", r->id, r->kind, (long long)r->lo,
                (long long)r->hi, (long long)r->weight, r->n_groups);
    for (size_t i = 0; i < r->n; i++) {
        print_error(" %u", r->item[i]);
        if (r->coef)
            print_error("*%lld", (long long)r->coef[i]);
        if (r->group)
            print_error("/%u", r->group[i]);
    }
    print_error("\n");
}

static void show_objective(const struct problem *p, const struct objective *o)
{
    print_error("  objective %d give %lld indifferent %lld\n", o->kind, (long long)o->give,
                (long long)o->indifferent);
    for (size_t k = 0; k < o->n_rows; k++) {
        print_error("    target %lld weight %lld:", (long long)o->row[k].target, (long long)o->row[k].weight);
        for (size_t i = 0; i < p->n_items; i++)
            print_error(" %lld", (long long)o->row[k].coef[i]);
        print_error("\n");
    }
}

static void show(const struct trial *t)
{
    const struct problem *p = t->p;
    print_error("ORACLE_CASE=%llu: %zu items, %zu forms, %s, best %g\n", (unsigned long long)t->number,
                p->n_items, p->n_forms, t->truth.feasible ? "feasible" : "infeasible",
                (double)t->truth.value[0] / ORACLE_SCALE);
    for (size_t i = 0; p->stimulus && i < p->n_items; i++)
        print_error("%s%d%s", i ? " " : "  stimuli: ", (int)p->stimulus[i], i + 1 < p->n_items ? "" : "\n");
    for (size_t k = 0; k < p->n_requirements; k++)
        show_requirement(&p->requirement[k]);
    for (size_t k = 0; k < p->n_objectives; k++)
        show_objective(p, &p->objective[k]);
}

#define assert_so(condition, t, ...)                                                                         \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            show(t);                                                                                         \
            fail_msg(__VA_ARGS__);                                                                           \
        }                                                                                                    \
    } while (0)

/* A trial of each kind of requirement, objective, number of forms. */
enum {
    KINDS = REQUIRE_OVERLAP + 1,
    OBJECTIVES = OBJECTIVE_MIN_PENALTY + 1,
    SORTS = KINDS * OBJECTIVES * ORACLE_MAX_FORMS
};

static void each(void (*look)(struct trial *t), uint64_t every)
{
    uint64_t rounds = setting("ORACLE_ROUNDS", 1), seed = setting("ORACLE_SEED", 1);
    uint64_t only = setting("ORACLE_CASE", UINT64_MAX);
    for (uint64_t n = 0; n < rounds * SORTS; n += every) {
        struct trial t = {.number = only == UINT64_MAX ? n : only};
        size_t kind = t.number % KINDS, objective = t.number / KINDS % OBJECTIVES;
        rng_seed(&t.rng, seed * 1000003 + t.number);
        t.p = oracle_problem(&t.rng, (enum requirement_kind)kind, (enum objective_kind)objective,
                             1 + t.number / KINDS / OBJECTIVES % ORACLE_MAX_FORMS);
        t.truth = oracle_ask(t.p, NULL);
        look(&t);
        problem_free(t.p);
        if (only != UINT64_MAX)
            return;
    }
}

static int64_t value_found(const struct trial *t, const struct selection *s, size_t objective)
{
    struct oracle_pick pick = oracle_of(s);
    return oracle_value(t->p, &t->p->objective[objective], &pick);
}

/* The bound is on the best side of the best value there is, whatever was found. */
static void look_at_bound(struct trial *t, const struct solve_result *r)
{
    const struct objective *o = &t->p->objective[0];
    double best = (double)t->truth.value[0] / ORACLE_SCALE / (double)o->unit, slack = 1e-9 * (1 + fabs(best));
    if (o->kind != OBJECTIVE_NONE)
        assert_so(oracle_upwards(o->kind) ? r->bound >= best - slack : r->bound <= best + slack, t,
                  "the bound is %.9g, the best %.9g", r->bound, best);
}

static void look_at_forms(struct trial *t, const struct solve_result *r)
{
    struct oracle_pick pick = oracle_of(&r->selection);
    assert_so(r->selection.n_forms == t->p->n_forms && oracle_allows(t->p, &pick, NULL), t,
              "the selection breaks a requirement");
    assert_so((__int128)r->objective_num * ORACLE_SCALE ==
                  (__int128)value_found(t, &r->selection, 0) * r->objective_den,
              t, "the objective is told as %lld/%lld", (long long)r->objective_num,
              (long long)r->objective_den);
}

static struct solve_result solved(struct trial *t, const struct solve_options *o)
{
    struct solve_result r = {0};
    struct err e = {0};
    int status = solve(t->p, o, &r, &e);
    assert_so(status == 0, t, "solve: %s: %s", e.where, e.what);
    return r;
}

static void finds_the_best(struct trial *t)
{
    if (!setting("ORACLE_ALL", 0) && t->p->objective[0].kind >= OBJECTIVE_MIN_RANGE)
        return;
    struct solve_options o = {.seed = rng_u64(&t->rng), .vary = rng_below(&t->rng, 2)};
    struct solve_result r = solved(t, &o);
    assert_so(r.status == (t->truth.feasible ? SOLVE_OPTIMAL : SOLVE_INFEASIBLE), t, "solve says %s",
              solve_status_text(r.status));
    if (t->truth.feasible) {
        look_at_forms(t, &r);
        look_at_bound(t, &r);
        assert_so(t->p->objective[0].give || value_found(t, &r.selection, 0) == t->truth.value[0], t,
                  "the first objective is %g", (double)value_found(t, &r.selection, 0) / ORACLE_SCALE);
        size_t last = setting("ORACLE_ALL", 0) ? t->p->n_objectives - 1 : 0;
        assert_so(value_found(t, &r.selection, last) == t->truth.value[last], t,
                  "objective %zu is %g, not %g", last + 1,
                  (double)value_found(t, &r.selection, last) / ORACLE_SCALE,
                  (double)t->truth.value[last] / ORACLE_SCALE);
    }
    solve_result_release(&r);
}

static void the_engine_finds_what_trying_everything_finds(void **state)
{
    (void)state;
    each(finds_the_best, 1);
}

static void claims_only_what_is_so(struct trial *t)
{
    struct solve_options o = {.seed = rng_u64(&t->rng), .work = 1 + (int64_t)rng_below(&t->rng, 2000)};
    struct solve_result r = solved(t, &o);
    bool forms = r.status == SOLVE_OPTIMAL || r.status == SOLVE_FEASIBLE;
    assert_so(t->truth.feasible || !forms, t, "solve has forms");
    assert_so(!t->truth.feasible || r.status != SOLVE_INFEASIBLE, t, "solve says infeasible");
    if (forms) {
        look_at_forms(t, &r);
        look_at_bound(t, &r);
        assert_so(r.status != SOLVE_OPTIMAL || t->p->objective[0].give ||
                      value_found(t, &r.selection, 0) == t->truth.value[0],
                  t, "optimal is not the best");
    }
    solve_result_release(&r);
}

static void with_hardly_any_work_nothing_is_claimed_that_is_not_so(void **state)
{
    (void)state;
    each(claims_only_what_is_so, 3);
}

static void only_units(const struct problem *p, const struct explanation *x, size_t without, bool *keep)
{
    for (size_t k = 0; k < p->n_requirements; k++) {
        keep[k] = false;
        for (size_t i = 0; i < x->n; i++)
            keep[k] = keep[k] || (i != without &&
                                  p->requirement[x->requirement[i]].unit_no == p->requirement[k].unit_no);
    }
}

static void explains(struct trial *t)
{
    bool keep[64];
    struct solve_options o = {.seed = 1};
    struct explanation x = {0};
    struct err e = {0};
    if (t->truth.feasible)
        return;
    assert_so(explain_infeasible(t->p, &o, &x, &e) == 0, t, "explain: %s", e.what);
    only_units(t->p, &x, x.n, keep);
    assert_so(!oracle_ask(t->p, keep).feasible, t, "what is said to conflict does not");
    for (size_t i = 0; x.smallest && i < x.n; i++) {
        only_units(t->p, &x, i, keep);
        assert_so(oracle_ask(t->p, keep).feasible, t, "without %s the rest conflicts all the same",
                  t->p->requirement[x.requirement[i]].id);
    }
    explanation_release(&x);
}

static void what_is_said_to_conflict_does_and_all_of_it_is_needed(void **state)
{
    (void)state;
    each(explains, 2);
}

static void judges(struct trial *t)
{
    for (int tries = 0; tries < 40; tries++) {
        uint32_t item[ORACLE_MAX_FORMS][ORACLE_MAX_ITEMS], *form[ORACLE_MAX_FORMS];
        size_t n[ORACLE_MAX_FORMS] = {0};
        struct selection s = {.form = form, .n = n, .n_forms = t->p->n_forms};
        struct err e = {0};
        int64_t num = 0, den = 0;
        for (size_t f = 0; f < s.n_forms; f++) {
            form[f] = item[f];
            for (uint32_t i = 0; i < t->p->n_items; i++)
                if (rng_below(&t->rng, 2))
                    item[f][n[f]++] = i;
        }
        struct oracle_pick pick = oracle_of(&s);
        assert_so((check_selection(t->p, &s, NULL, &e) == 0) == oracle_allows(t->p, &pick, NULL), t,
                  "check: %s", e.what);
        for (size_t k = 0; k < t->p->n_objectives; k++) {
            assert_so(check_objective(t->p, &t->p->objective[k], &s, &num, &den, &e) == 0, t, "check: %s",
                      e.what);
            assert_so((__int128)num * ORACLE_SCALE == (__int128)value_found(t, &s, k) * den, t,
                      "check says objective %zu is %lld/%lld", k + 1, (long long)num, (long long)den);
        }
    }
}

static void the_check_judges_as_the_rules_say(void **state)
{
    (void)state;
    each(judges, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_judges_as_the_rules_say),
        cmocka_unit_test(the_engine_finds_what_trying_everything_finds),
        cmocka_unit_test(with_hardly_any_work_nothing_is_claimed_that_is_not_so),
        cmocka_unit_test(what_is_said_to_conflict_does_and_all_of_it_is_needed),
    };
    return cmocka_run_group_tests_name("oracle", tests, NULL, NULL);
}

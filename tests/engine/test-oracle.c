/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against brute force (trial.h): what it finds, what it claims, what it says of conflicts. */
#include <math.h>
#include <stdlib.h>

#include "engine/explain/change.h"
#include "engine/problem/stage.h"
#include "engine/search/solve.h"
#include "tests/engine/trial.h"

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
    assert_so(trial_allows(t, &r->selection), t, "the selection breaks a requirement");
    assert_so((__int128)r->objective_num * ORACLE_SCALE ==
                  (__int128)trial_value(t, &r->selection, 0) * r->objective_den,
              t, "the objective is told as %lld/%lld", (long long)r->objective_num,
              (long long)r->objective_den);
}

/* What is called optimal has its own value as bound, but for what is given up later or not told apart; one
 * form is never left to the solver's word. */
static void look_at_claim(struct trial *t, const struct solve_result *r)
{
    const struct objective *o = &t->p->objective[0];
    bool told_apart = o->indifferent == 0 && o->give == 0;
    if (r->status == SOLVE_OPTIMAL && told_apart)
        assert_so(r->bound == r->objective && r->gap == 0, t, "optimal at %.9g with the bound %.9g",
                  r->objective, r->bound);
    if (r->proven && r->status == SOLVE_INFEASIBLE)
        assert_so(r->n_stages == 1, t, "infeasible is called proven without a proof");
    if (r->status == SOLVE_INFEASIBLE && t->p->n_forms == 1)
        assert_so(r->proven, t, "one form's infeasibility is not proven");
}

static struct solve_result solved(struct trial *t, const struct solve_options *o)
{
    struct solve_result r = {0};
    struct err e = {0};
    int status = solve(t->p, o, &r, &e);
    assert_so(status == 0, t, "solve: %s: %s", e.where, e.what);
    return r;
}

/* What the proof of an objective says of it, the earlier ones being held as they were reached then. */
static void look_at_stage(struct trial *t, const struct solve_result *r, size_t k)
{
    int64_t value[2 * ORACLE_MAX_STAGES];
    struct proof_bound bound;
    struct problem *held = NULL;
    struct err e = {0};
    for (size_t i = 0; i < k; i++)
        memcpy(&value[2 * i], r->stage[i].incumbent, sizeof r->stage[i].incumbent);
    assert_so(problem_stage(&held, t->p, k, value, &e) == 0, t, "stage %zu: %s", k + 1, e.what);
    const struct proof_stage *s = &r->stage[k];
    assert_so(proof_bound(held, &s->proof, s->has_incumbent ? s->incumbent : NULL, &bound, &e) == 0, t,
              "proof %zu: %s", k + 1, e.what);
    struct oracle_answer truth = oracle_ask(held, NULL);
    __int128 best = (__int128)truth.value[0] * bound.den, most = (__int128)bound.num * ORACLE_SCALE;
    assert_so(bound.infeasible == !truth.feasible, t, "proof %zu says otherwise", k + 1);
    assert_so(!truth.feasible || (oracle_upwards(held->objective->kind) ? best <= most : best >= most), t,
              "proof %zu: %lld/%lld", k + 1, (long long)bound.num, (long long)bound.den);
    if (truth.feasible && k == 0 && t->p->n_forms == 1 && r->status == SOLVE_OPTIMAL)
        assert_so(best == most, t, "one form's proof leaves it open");
    problem_free(held);
}

static void look_at_proof(struct trial *t, const struct solve_result *r)
{
    for (size_t k = 0; k < r->n_stages; k++)
        look_at_stage(t, r, k);
}

/* Ranges, and penalties of several forms or that are held, have no rows in the relaxation: they may stay
 * unproven. */
static bool may_stay_open(const struct problem *p)
{
    for (size_t k = 0; k < p->n_objectives; k++) {
        enum objective_kind kind = p->objective[k].kind;
        if (kind == OBJECTIVE_MIN_RANGE ||
            (kind == OBJECTIVE_MIN_PENALTY && (p->n_forms > 1 || k + 1 < p->n_objectives)))
            return true;
    }
    return false;
}

static void finds_the_best(struct trial *t)
{
    struct solve_options o = {.seed = rng_u64(&t->rng), .vary = rng_below(&t->rng, 2)};
    o.work = may_stay_open(t->p) ? 20000 : 0;
    struct solve_result r = solved(t, &o);
    bool open = t->truth.feasible && r.status == SOLVE_FEASIBLE && may_stay_open(t->p);
    assert_so(open || r.status == (t->truth.feasible ? SOLVE_OPTIMAL : SOLVE_INFEASIBLE), t, "solve says %s",
              solve_status_text(r.status));
    look_at_proof(t, &r);
    look_at_claim(t, &r);
    if (t->truth.feasible) {
        look_at_forms(t, &r);
        look_at_bound(t, &r);
        for (size_t k = 0; k < t->p->n_objectives; k++) {
            int64_t value = trial_value(t, &r.selection, k);
            bool last = k + 1 == t->p->n_objectives;
            assert_so(open || (t->p->objective[k].give && !last) || value == t->truth.value[k], t,
                      "objective %zu is %g, not %g", k + 1, (double)value / ORACLE_SCALE,
                      (double)t->truth.value[k] / ORACLE_SCALE);
        }
    }
    solve_result_release(&r);
}

static void the_engine_finds_what_trying_everything_finds(void **state)
{
    (void)state;
    trial_each(finds_the_best, 1);
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
                      trial_value(t, &r.selection, 0) == t->truth.value[0],
                  t, "optimal is not the best");
    }
    solve_result_release(&r);
}

static void with_hardly_any_work_nothing_is_claimed_that_is_not_so(void **state)
{
    (void)state;
    trial_each(claims_only_what_is_so, 3);
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

/* Papers were found with the changes of a way; with a single one that is one less there are none. */
static void tries_way(struct trial *t, const struct explanation *x, size_t first, size_t n)
{
    uint32_t way = x->change[first].way;
    struct explain_change one = x->change[first];
    struct problem *p = change_make(t->p, &x->change[first], n);
    bool keep[64];
    for (size_t k = 0; k < p->n_requirements; k++) {
        keep[k] = true;
        for (size_t i = first; i < first + n; i++)
            keep[k] = keep[k] && (x->change[i].kind != CHANGE_DROP || x->change[i].requirement != k);
    }
    if (one.found)
        assert_so(oracle_ask(p, keep).feasible, t, "way %u: there are none", way);
    change_undo(p);
    if (n > 1 || (one.kind != CHANGE_LOW && one.kind != CHANGE_HIGH))
        return;
    one.to += one.kind == CHANGE_LOW ? 1 : -1;
    p = change_make(t->p, &one, 1);
    assert_so(!oracle_ask(p, NULL).feasible, t, "way %u: %lld would do", way, (long long)one.to);
    change_undo(p);
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
    for (size_t first = 0, n; first < x.n_changes; first += n) {
        n = 1;
        while (first + n < x.n_changes && x.change[first + n].way == x.change[first].way)
            n++;
        tries_way(t, &x, first, n);
    }
    explanation_release(&x);
}

static void what_is_said_to_conflict_does_and_all_of_it_is_needed(void **state)
{
    (void)state;
    trial_each(explains, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_finds_what_trying_everything_finds),
        cmocka_unit_test(with_hardly_any_work_nothing_is_claimed_that_is_not_so),
        cmocka_unit_test(what_is_said_to_conflict_does_and_all_of_it_is_needed),
    };
    return cmocka_run_group_tests_name("oracle", tests, NULL, NULL);
}

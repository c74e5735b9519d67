/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the engine against brute force (trial.h), each alone: the check, the relaxation with its proof,
 * the stages of several objectives, problems as text, the search over several forms. */
#include <math.h>
#include <stdlib.h>

#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/proof/problem-text.h"
#include "engine/search/relax.h"
#include "engine/search/sets.h"
#include "tests/engine/trial.h"

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
            assert_so((__int128)num * ORACLE_SCALE == (__int128)trial_value(t, &s, k) * den, t,
                      "check says objective %zu is %lld/%lld", k + 1, (long long)num, (long long)den);
        }
    }
}

static void the_check_judges_as_the_rules_say(void **state)
{
    (void)state;
    trial_each(judges, 2);
}

static bool on_the_best_side(const struct trial *t, double bound)
{
    double best = (double)t->truth.value[0] / ORACLE_SCALE, slack = 1e-9 * (1 + fabs(best));
    return oracle_upwards(t->p->objective->kind) ? bound >= best - slack : bound <= best + slack;
}

static void proves(const struct trial *t, const struct relaxed *r)
{
    struct proof_bound exact;
    struct err e = {0};
    assert_so(proof_bound(t->p, &r->proof, NULL, &exact, &e) == 0, t, "the relaxation's proof: %s", e.what);
    assert_so(exact.infeasible == (r->status == RELAX_INFEASIBLE), t, "the proof proves something else");
    if (!exact.infeasible && t->p->objective->kind != OBJECTIVE_NONE)
        assert_so(!t->truth.feasible || on_the_best_side(t, (double)exact.num / (double)exact.den), t,
                  "the proof's bound is %lld/%lld", (long long)exact.num, (long long)exact.den);
}

static void relaxes(struct trial *t)
{
    struct relax_options o = {0};
    struct work w = {.left = 100000000};
    struct relaxed r = {0};
    struct err e = {0};
    assert_so(relax_solve(&r, t->p, &o, &w, &e) == 0, t, "relax: %s", e.what);
    assert_so(r.status != RELAX_LIMIT, t, "the relaxation came to no end");
    assert_so(r.status != RELAX_INFEASIBLE || !t->truth.feasible, t, "the relaxation says infeasible");
    if (t->truth.feasible && t->p->objective->kind != OBJECTIVE_NONE)
        assert_so(on_the_best_side(t, r.bound), t, "the relaxation's bound is %g", r.bound);
    proves(t, &r);
    relaxed_release(&r);
}

static void no_selection_is_better_than_the_relaxation_says(void **state)
{
    (void)state;
    trial_each(relaxes, 1);
}

static void stages(struct trial *t)
{
    int64_t value[2 * ORACLE_MAX_STAGES];
    for (size_t k = 0; t->truth.feasible && k < t->p->n_objectives; k++) {
        struct problem *stage = NULL;
        struct err e = {0};
        assert_so(problem_stage(&stage, t->p, k, value, &e) == 0, t, "stage %zu: %s", k + 1, e.what);
        struct oracle_answer alone = oracle_ask(stage, NULL);
        assert_so(alone.feasible && alone.value[0] == t->truth.value[k], t, "stage %zu is %g, not %g", k + 1,
                  (double)alone.value[0] / ORACLE_SCALE, (double)t->truth.value[k] / ORACLE_SCALE);
        bool whole = t->truth.value[k] % ORACLE_SCALE == 0;
        value[2 * k] = whole ? t->truth.value[k] / ORACLE_SCALE : t->truth.value[k];
        value[2 * k + 1] = whole ? 1 : ORACLE_SCALE;
        problem_free(stage);
    }
}

static void each_objective_is_the_best_that_the_earlier_ones_leave(void **state)
{
    (void)state;
    trial_each(stages, 1);
}

static void reads_again(struct trial *t)
{
    struct bytes text = {0}, again = {0};
    struct problem *p = NULL;
    struct err e = {0};
    problem_text(t->p, &text);
    assert_so(problem_text_read(&p, "text", bytes_span(&text), &e) == 0, t, "text: %s: %s", e.where, e.what);
    problem_text(p, &again);
    assert_so(text.n == again.n && memcmp(text.p, again.p, text.n) == 0, t, "the text is another one");
    struct oracle_answer answer = oracle_ask(p, NULL);
    assert_so(answer.feasible == t->truth.feasible &&
                  memcmp(answer.value, t->truth.value, sizeof answer.value) == 0,
              t, "what was read is another problem");
    problem_free(p);
    bytes_release(&text);
    bytes_release(&again);
}

static void a_problem_that_was_written_is_the_same_when_read(void **state)
{
    (void)state;
    trial_each(reads_again, 3);
}

static void free_selection(struct selection *s)
{
    for (size_t f = 0; f < s->n_forms; f++)
        free(s->form[f]);
    free(s->form);
    free(s->n);
}

/* Trials that have forms, those where some were found, and the best. */
static void sets_searched(struct trial *t, size_t *asked, size_t *found, size_t *best)
{
    struct sets_options o = {.seed = t->number};
    struct work w = {.left = 2000};
    struct selection s = {0};
    struct err e = {0};
    int r = sets_search(t->p, NULL, &o, &w, &s, &e);
    *asked += t->truth.feasible;
    if (r == 0) {
        assert_so(trial_allows(t, &s), t, "sets: breaks a requirement");
        *found += 1;
        *best += trial_value(t, &s, 0) == t->truth.value[0];
    }
    free_selection(&s);
}

static size_t sets_asked, sets_found, sets_best;

static void searches_sets(struct trial *t)
{
    sets_searched(t, &sets_asked, &sets_found, &sets_best);
}

static void the_search_over_several_forms_finds_what_there_is(void **state)
{
    (void)state;
    trial_each(searches_sets, 6);
    print_message("# %zu of %zu found, %zu the best\n", sets_found, sets_asked, sets_best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_judges_as_the_rules_say),
        cmocka_unit_test(no_selection_is_better_than_the_relaxation_says),
        cmocka_unit_test(each_objective_is_the_best_that_the_earlier_ones_leave),
        cmocka_unit_test(a_problem_that_was_written_is_the_same_when_read),
        cmocka_unit_test(the_search_over_several_forms_finds_what_there_is),
    };
    return cmocka_run_group_tests_name("oracle parts", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The solver against brute force on small problems, and the check against wrong selections. */
#include <stdlib.h>

#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/explain/explain.h"
#include "engine/search/solve.h"
#include "tests/check.h"

static const uint32_t all[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

static struct requirement count(const uint32_t *item, size_t n, int64_t lo, int64_t hi)
{
    return (struct requirement){.kind = REQUIRE_LINEAR, .id = "count", .words = "count", .item = item, .n = n, .lo = lo,
                                .hi = hi, .unit = 1};
}

static struct problem *ten(size_t forms)
{
    struct problem *p = problem_new(10, forms);
    for (size_t i = 0; i < 10; i++)
        p->id[i] = arena_printf(p->arena, "i%zu", i);
    return p;
}

static void require(struct problem *p, struct requirement r)
{
    problem_require(p, &r);
}

static struct solve_result solved(const struct problem *p, uint64_t seed, enum solve_status wanted)
{
    struct solve_options o = {.seed = seed, .vary = true};
    struct solve_result r = {0};
    struct err e = {0};
    assert_done(solve(p, &o, &r, &e), e);
    assert_string_equal(solve_status_text(r.status), solve_status_text(wanted));
    return r;
}

static void give_values(struct problem *p, struct rng *rng, enum objective_kind kind, int64_t target)
{
    int64_t *coef = arena_array(p->arena, p->n_items, sizeof *coef);
    for (size_t i = 0; i < p->n_items; i++)
        coef[i] = (int64_t)rng_below(rng, 1000);
    p->objective->row = arena_alloc(p->arena, sizeof *p->objective->row);
    p->objective->row[0] = (struct objective_row){.coef = coef, .target = target, .weight = 1000};
    p->objective->n_rows = 1;
    p->objective->kind = kind;
    p->objective->unit = 1000;
}

/* The best objective over all selections of one form, by trying them all; INT64_MIN if none is allowed. */
static int64_t by_force(const struct problem *p, bool up)
{
    int64_t best = INT64_MIN, num, den;
    struct err e = {0};
    for (uint32_t bits = 0; bits < 1u << p->n_items; bits++) {
        uint32_t item[16], *form[] = {item};
        size_t n[] = {0};
        for (uint32_t i = 0; i < p->n_items; i++)
            if (bits & 1u << i)
                item[n[0]++] = i;
        const struct selection s = {.form = form, .n = n, .n_forms = 1};
        if (check_selection(p, &s, NULL, &e) < 0 || check_objective(p, p->objective, &s, &num, &den, &e) < 0)
            continue;
        if (best == INT64_MIN || (up ? num > best : num < best))
            best = num;
    }
    return best;
}

static void the_solver_finds_what_trying_everything_finds(void **state)
{
    (void)state;
    static const enum objective_kind kinds[] = {OBJECTIVE_MAX_SUM, OBJECTIVE_MAXIMIN, OBJECTIVE_MINIMAX_DEV};
    struct rng rng;
    rng_seed(&rng, 5);
    for (int round = 0; round < 60; round++) {
        enum objective_kind kind = kinds[round % 3];
        struct problem *p = ten(1);
        int64_t lo = (int64_t)rng_below(&rng, 3), size = 2 + (int64_t)rng_below(&rng, 5);
        give_values(p, &rng, kind, 1700);
        require(p, count(all, 10, size, size));
        require(p, count(all, 4, lo, lo + 1));
        require(p, (struct requirement){.kind = REQUIRE_AT_MOST_ONE, .id = "e", .item = all + 3, .n = 2, .lo = 0, .hi = 1});
        require(p, (struct requirement){.kind = REQUIRE_ALL_OR_NONE, .id = "a", .item = all + 7, .n = 2});
        int64_t best = by_force(p, kind != OBJECTIVE_MINIMAX_DEV);
        struct solve_result r = solved(p, 1, best == INT64_MIN ? SOLVE_INFEASIBLE : SOLVE_OPTIMAL);
        if (best != INT64_MIN)
            assert_int_equal(r.objective_num / r.objective_den, best);
        solve_result_release(&r);
        problem_free(p);
    }
}

static void the_same_seed_gives_the_same_and_another_seed_another_selection(void **state)
{
    (void)state;
    struct problem *p = ten(2);
    require(p, count(all, 10, 4, 4));
    struct solve_result a = solved(p, 1, SOLVE_OPTIMAL), b = solved(p, 1, SOLVE_OPTIMAL);
    int different = 0;
    for (size_t f = 0; f < 2; f++)
        assert_memory_equal(a.selection.form[f], b.selection.form[f], 4 * sizeof(uint32_t));
    for (uint64_t seed = 2; seed < 6; seed++) {
        struct solve_result c = solved(p, seed, SOLVE_OPTIMAL);
        different += memcmp(a.selection.form[0], c.selection.form[0], 4 * sizeof(uint32_t)) != 0;
        solve_result_release(&c);
    }
    assert_true(different > 0);
    solve_result_release(&a);
    solve_result_release(&b);
    problem_free(p);
}

static void forms_share_no_more_than_allowed(void **state)
{
    (void)state;
    for (int64_t most = 0; most <= 3; most++) {
        struct problem *p = ten(3);
        require(p, count(all, 10, 4, 4));
        require(p, (struct requirement){.kind = REQUIRE_OVERLAP, .id = "o", .item = all, .n = 10, .lo = 0, .hi = most});
        struct solve_result r = solved(p, 3, most ? SOLVE_OPTIMAL : SOLVE_INFEASIBLE); /* 12 of 10 items */
        for (size_t f = 0; most && f < 3; f++)
            for (size_t g = f + 1; g < 3; g++)
                assert_true(check_overlap(&r.selection, f, g) <= most);
        solve_result_release(&r);
        problem_free(p);
    }
}

static void stimuli_and_coverage_are_kept(void **state)
{
    (void)state;
    static const uint32_t stimulus[] = {0, 0, 0, 1, 1, 1, 2, 2, 2, NO_STIMULUS};
    static const uint32_t group[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
    struct problem *p = ten(1);
    p->stimulus = stimulus;
    p->n_stimuli = 3;
    require(p, count(all, 10, 4, 4));
    require(p, (struct requirement){.kind = REQUIRE_STIMULI, .id = "s", .lo = 2, .hi = 2});
    require(p, (struct requirement){.kind = REQUIRE_PER_STIMULUS, .id = "ps", .lo = 2, .hi = 2});
    require(p, (struct requirement){.kind = REQUIRE_COVER, .id = "c", .item = all, .group = group, .n = 10, .n_groups = 5,
                                    .lo = 3, .hi = OPEN_HI});
    struct solve_result r = solved(p, 1, SOLVE_OPTIMAL);
    assert_int_equal(check_value(p, &p->requirement[1], &r.selection, 0), 2);
    assert_true(check_value(p, &p->requirement[3], &r.selection, 0) >= 3);
    solve_result_release(&r);
    problem_free(p);
}

static void what_is_included_or_excluded_stays_so(void **state)
{
    (void)state;
    struct problem *p = ten(2);
    require(p, count(all, 10, 3, 3));
    require(p, (struct requirement){.kind = REQUIRE_INCLUDE, .id = "i", .item = all + 4, .n = 1});
    require(p, (struct requirement){.kind = REQUIRE_EXCLUDE, .id = "x", .item = all, .n = 3});
    struct solve_result r = solved(p, 9, SOLVE_OPTIMAL);
    for (size_t f = 0; f < 2; f++) {
        bool has = false;
        for (size_t i = 0; i < r.selection.n[f]; i++) {
            has = has || r.selection.form[f][i] == 4;
            assert_true(r.selection.form[f][i] > 2);
        }
        assert_true(has);
    }
    solve_result_release(&r);
    problem_free(p);
}

static void the_check_refuses_what_breaks_a_requirement(void **state)
{
    (void)state;
    struct problem *p = ten(1);
    struct err e = {0};
    require(p, count(all, 10, 3, 3));
    uint32_t good[] = {1, 2, 5}, twice[] = {1, 1, 5}, unknown[] = {1, 2, 10}, few[] = {1, 2}, *form[] = {good};
    size_t n[] = {3};
    struct selection s = {.form = form, .n = n, .n_forms = 1};
    assert_done(check_selection(p, &s, NULL, &e), e);
    form[0] = twice;
    assert_refused(check_selection(p, &s, NULL, &e), ERR_NO, "twice", e);
    form[0] = unknown;
    assert_refused(check_selection(p, &s, NULL, &e), ERR_NO, "unknown", e);
    form[0] = few;
    n[0] = 2;
    assert_refused(check_selection(p, &s, NULL, &e), ERR_NO, "breaks count", e);
    s.n_forms = 0;
    assert_refused(check_selection(p, &s, NULL, &e), ERR_NO, "0 forms", e);
    problem_free(p);
}

static void a_conflict_is_explained_by_those_who_cause_it(void **state)
{
    (void)state;
    struct problem *p = ten(1);
    struct explanation x = {0};
    struct solve_options o = {.seed = 1};
    struct err e = {0};
    require(p, count(all, 10, 3, 3));      /* 0 */
    require(p, count(all + 8, 2, 1, 2));   /* 1: harmless */
    require(p, count(all, 4, 2, 4));       /* 2 */
    require(p, count(all + 4, 4, 2, 4));   /* 3 */
    assert_done(explain_infeasible(p, &o, &x, &e), e);
    assert_true(x.smallest);
    assert_true(x.n >= 2 && x.n <= 3);
    assert_int_equal(x.requirement[0], 0);
    explanation_release(&x);
    problem_free(p);
}

static void a_requirement_that_nothing_can_meet_is_named_alone(void **state)
{
    (void)state;
    struct problem *p = ten(1);
    struct explanation x = {0};
    struct solve_options o = {.seed = 1};
    struct err e = {0};
    require(p, count(all, 10, 9, 9));
    require(p, count(all + 6, 4, 5, 6));
    assert_done(explain_infeasible(p, &o, &x, &e), e);
    assert_int_equal(x.n, 1);
    assert_int_equal(x.requirement[0], 1);
    assert_int_equal(requirement_matches(p, &p->requirement[1]), 4);
    explanation_release(&x);
    problem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_solver_finds_what_trying_everything_finds),
        cmocka_unit_test(the_same_seed_gives_the_same_and_another_seed_another_selection),
        cmocka_unit_test(forms_share_no_more_than_allowed),
        cmocka_unit_test(stimuli_and_coverage_are_kept),
        cmocka_unit_test(what_is_included_or_excluded_stays_so),
        cmocka_unit_test(the_check_refuses_what_breaks_a_requirement),
        cmocka_unit_test(a_conflict_is_explained_by_those_who_cause_it),
        cmocka_unit_test(a_requirement_that_nothing_can_meet_is_named_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

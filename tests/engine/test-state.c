/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a local search against counting anew, and against the independent check. */
#include <math.h>

#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/search/state.h"
#include "tests/check.h"

enum { ITEMS = 24, FORMS = 4 };

static uint32_t *some_items(struct problem *p, struct rng *rng, size_t *n)
{
    uint32_t *item = arena_array(p->arena, p->n_items, sizeof *item);
    *n = 0;
    for (uint32_t j = 0; j < p->n_items; j++)
        if (rng_below(rng, 3) == 0)
            item[(*n)++] = j;
    return item;
}

static int64_t *values(struct problem *p, struct rng *rng)
{
    int64_t *coef = arena_array(p->arena, p->n_items, sizeof *coef);
    for (size_t j = 0; j < p->n_items; j++)
        coef[j] = (int64_t)rng_below(rng, 50);
    return coef;
}

static void require(struct problem *p, struct rng *rng, enum requirement_kind kind, int64_t lo, int64_t hi)
{
    struct requirement r = {.kind = kind, .id = "r", .words = "r", .lo = lo, .hi = hi, .unit = 1};
    r.item = some_items(p, rng, &r.n);
    if (kind == REQUIRE_TOTAL)
        r.coef = values(p, rng);
    if (kind == REQUIRE_COVER) {
        uint32_t *group = arena_array(p->arena, p->n_items, sizeof *group);
        for (size_t i = 0; i < r.n; i++)
            group[i] = (uint32_t)rng_below(rng, 3);
        r.group = group;
        r.n_groups = 3;
    }
    problem_require(p, &r);
}

static struct problem *of_every_kind(struct rng *rng)
{
    struct problem *p = problem_new(ITEMS, FORMS);
    for (size_t j = 0; j < ITEMS; j++)
        p->id[j] = arena_printf(p->arena, "i%zu", j);
    require(p, rng, REQUIRE_LINEAR, 1, 4);
    require(p, rng, REQUIRE_LINEAR, OPEN_LO, 3);
    require(p, rng, REQUIRE_AT_MOST_ONE, 0, 0);
    require(p, rng, REQUIRE_ALL_OR_NONE, 0, 0);
    require(p, rng, REQUIRE_COVER, 2, 0);
    require(p, rng, REQUIRE_INCLUDE, 0, 0);
    require(p, rng, REQUIRE_EXCLUDE, 0, 0);
    require(p, rng, REQUIRE_TOTAL, 100, 300);
    require(p, rng, REQUIRE_USE, 1, 2);
    require(p, rng, REQUIRE_OVERLAP, 0, 2);
    p->objective->kind = OBJECTIVE_MAXIMIN;
    p->objective->unit = 10;
    p->objective->n_rows = 2;
    p->objective->row = arena_array(p->arena, 2, sizeof *p->objective->row);
    for (size_t g = 0; g < 2; g++)
        p->objective->row[g] = (struct objective_row){.coef = values(p, rng), .weight = g == 0 ? 1000 : 700};
    return p;
}

static void fill(struct state *s, struct rng *rng, unsigned share)
{
    for (size_t f = 0; f < FORMS; f++)
        for (uint32_t j = 0; j < ITEMS; j++)
            if (rng_below(rng, share) == 0)
                state_put(s, f, j);
}

static void agrees_with_a_count(struct state *s)
{
    double cost = s->cost;
    size_t broken = s->broken;
    state_recount(s);
    assert_true(fabs(cost - s->cost) < 1e-6 * (1 + fabs(cost)));
    assert_int_equal(broken, s->broken);
}

static void a_move_costs_what_counting_anew_says(void **test)
{
    (void)test;
    struct rng rng;
    rng_seed(&rng, 1);
    for (unsigned round = 0; round < 40; round++) {
        struct problem *p = of_every_kind(&rng);
        struct state *s = state_begin(p, 5);
        state_aim(s, 200);
        fill(s, &rng, 4);
        agrees_with_a_count(s);
        for (unsigned i = 0; i < 50; i++) {
            size_t f = rng_below(&rng, FORMS), g = rng_below(&rng, FORMS);
            uint32_t a = (uint32_t)rng_below(&rng, ITEMS), b = (uint32_t)rng_below(&rng, ITEMS);
            if (!state_has(s, f, a) || state_has(s, f, b))
                continue;
            bool both = f != g && state_has(s, g, b) && !state_has(s, g, a);
            double before = s->cost;
            double said = both ? state_try_exchange(s, f, a, g, b) : state_try_swap(s, f, a, b);
            assert_true(s->cost == before);
            double was = both ? state_exchange(s, f, a, g, b) : state_swap(s, f, a, b);
            assert_true(fabs(said - was) < 1e-6 * (1 + fabs(was)));
            agrees_with_a_count(s);
        }
        state_end(s);
        problem_free(p);
    }
}

static void nothing_broken_is_what_the_check_passes(void **test)
{
    (void)test;
    struct rng rng;
    unsigned passed = 0, failed = 0;
    rng_seed(&rng, 2);
    for (unsigned round = 0; round < 300; round++) {
        struct problem *p = of_every_kind(&rng);
        p->n_requirements = rng_below(&rng, p->n_requirements + 1);
        struct state *s = state_begin(p, 5);
        struct selection taken;
        int64_t num, den;
        struct err e = {0};
        fill(s, &rng, 5);
        state_take(s, &taken);
        bool passes = check_selection(p, &taken, NULL, &e) == 0;
        assert_int_equal(s->broken == 0, passes);
        assert_done(check_objective(p, p->objective, &taken, &num, &den, &e), e);
        assert_true(fabs(state_objective(s) - (double)num / (double)den) < 1e-6 * (1 + fabs((double)num)));
        passed += passes;
        failed += !passes;
        selection_release(&taken);
        state_end(s);
        problem_free(p);
    }
    assert_true(passed > 20 && failed > 20);
}

static void a_state_loads_what_another_gave(void **test)
{
    (void)test;
    struct rng rng;
    rng_seed(&rng, 3);
    struct problem *p = of_every_kind(&rng);
    struct state *s = state_begin(p, 5), *t = state_begin(p, 5);
    fill(s, &rng, 3);
    fill(t, &rng, 3);
    state_copy(t, s);
    for (size_t f = 0; f < FORMS; f++)
        for (uint32_t j = 0; j < ITEMS; j++)
            assert_int_equal(state_has(s, f, j), state_has(t, f, j));
    assert_true(fabs(state_violation(s) - state_violation(t)) < 1e-9);
    state_end(s);
    state_end(t);
    problem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_costs_what_counting_anew_says),
        cmocka_unit_test(nothing_broken_is_what_the_check_passes),
        cmocka_unit_test(a_state_loads_what_another_gave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

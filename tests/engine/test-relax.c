/* SPDX-License-Identifier: Apache-2.0 */
/* The relaxation: bounds that hold, and what cannot be met. */
#include "engine/search/relax.h"
#include "tests/check.h"

enum { ITEMS = 12 };

static const uint32_t all[ITEMS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const int64_t worth[ITEMS] = {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

/* Twelve items worth 12 down to 1, so many forms of four. */
static struct problem *twelve(size_t forms, enum objective_kind kind)
{
    struct problem *p = problem_new(ITEMS, forms);
    struct objective_row *row = arena_alloc(p->arena, sizeof *row);
    *row = (struct objective_row){.coef = worth, .weight = 1000, .target = 20};
    *p->objective = (struct objective){.kind = kind, .row = row, .n_rows = 1, .unit = 1};
    problem_require(p, &(struct requirement){
                           .kind = REQUIRE_LINEAR, .id = "count", .item = all, .n = ITEMS, .lo = 4, .hi = 4});
    return p;
}

static struct relaxed relaxed(const struct problem *p, enum relax_status wanted)
{
    struct relaxed r = {0};
    struct err e = {0};
    assert_done(relax_solve(&r, p, &(struct relax_options){0}, NULL, &e), e);
    assert_int_equal(r.status, wanted);
    return r;
}

static void assert_bound(struct problem *p, double wanted)
{
    struct relaxed r = relaxed(p, RELAX_BOUND);
    assert_true(r.bound - wanted < 1e-6 && wanted - r.bound < 1e-6);
    relaxed_release(&r);
    problem_free(p);
}

static void one_form_is_bounded_by_its_best_items(void **state)
{
    (void)state;
    assert_bound(twelve(1, OBJECTIVE_MAX_SUM), 42);
    assert_bound(twelve(1, OBJECTIVE_MAXIMIN), 42);
    assert_bound(twelve(1, OBJECTIVE_MINIMAX_DEV), 0);
}

static void forms_that_share_nothing_share_what_there_is(void **state)
{
    (void)state;
    struct problem *p = twelve(3, OBJECTIVE_MAXIMIN);
    problem_require(p, &(struct requirement){.kind = REQUIRE_USE, .id = "use", .item = all, .n = ITEMS, .lo = 0, .hi = 1});
    assert_bound(p, 26); /* 78 in three parts */
}

static void what_forms_share_has_a_price(void **state)
{
    (void)state;
    struct problem *p = twelve(3, OBJECTIVE_MAXIMIN);
    problem_require(p, &(struct requirement){.kind = REQUIRE_OVERLAP, .id = "o", .item = all, .n = ITEMS, .lo = 0, .hi = 1});
    struct relaxed r = relaxed(p, RELAX_BOUND);
    assert_true(r.bound > 26 && r.bound < 42);
    relaxed_release(&r);
    problem_free(p);
}

static void too_many_forms_for_too_few_items_are_refused_with_proof(void **state)
{
    (void)state;
    struct problem *p = twelve(4, OBJECTIVE_MAXIMIN);
    problem_require(p, &(struct requirement){.kind = REQUIRE_USE, .id = "use", .item = all, .n = ITEMS, .lo = 0, .hi = 1});
    struct relaxed r = relaxed(p, RELAX_INFEASIBLE);
    assert_int_equal(r.proof.n_nodes, 1);
    assert_int_equal(r.proof.node[0].kind, PROOF_LEAF);
    relaxed_release(&r);
    problem_free(p);
}

static void wishes_cost_what_they_lack(void **state)
{
    (void)state;
    struct problem *p = twelve(2, OBJECTIVE_MIN_PENALTY);
    p->objective->n_rows = 0;
    problem_require(p, &(struct requirement){.kind = REQUIRE_LINEAR, .id = "wish", .item = all, .coef = worth, .n = ITEMS,
                                             .lo = 45, .hi = OPEN_HI, .weight = 7});
    assert_bound(p, 2 * 3 * 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_form_is_bounded_by_its_best_items),
        cmocka_unit_test(forms_that_share_nothing_share_what_there_is),
        cmocka_unit_test(what_forms_share_has_a_price),
        cmocka_unit_test(too_many_forms_for_too_few_items_are_refused_with_proof),
        cmocka_unit_test(wishes_cost_what_they_lack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* One form, exactly: what is found is proven, by a proof that the verifier accepts. */
#include <stdlib.h>

#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/search/one.h"
#include "tests/check.h"

enum { ITEMS = 60, ROWS = 3, SIZE = 12 };

static uint32_t all[ITEMS];

static void count(struct problem *p, size_t from, size_t n, int64_t lo, int64_t hi)
{
    problem_require(
        p, &(struct requirement){
               .kind = REQUIRE_LINEAR, .id = "count", .item = all + from, .n = n, .lo = lo, .hi = hi});
}

/* Sixty items with three worths, of which the least is to be as high as can be. */
static struct problem *sixty(uint64_t seed)
{
    struct problem *p = problem_new(ITEMS, 1);
    struct objective_row *row = arena_array(p->arena, ROWS, sizeof *row);
    struct rng rng;
    rng_seed(&rng, seed);
    for (uint32_t i = 0; i < ITEMS; i++)
        all[i] = i;
    for (size_t k = 0; k < ROWS; k++) {
        int64_t *coef = arena_array(p->arena, ITEMS, sizeof *coef);
        for (size_t i = 0; i < ITEMS; i++)
            coef[i] = 10 * (int64_t)rng_below(&rng, 1000);
        row[k] = (struct objective_row){.coef = coef, .weight = 1000};
    }
    *p->objective = (struct objective){.kind = OBJECTIVE_MAXIMIN, .row = row, .n_rows = ROWS, .unit = 1};
    count(p, 0, ITEMS, SIZE, SIZE);
    count(p, 0, 20, 2, 5);
    count(p, 15, 25, 3, 6);
    return p;
}

static struct one_result searched(const struct problem *p, int64_t units, struct selection *best)
{
    struct one_result r;
    struct work w = {.left = units};
    struct err e = {0};
    assert_done(one_search(p, &(struct one_options){0}, &w, best, &r, &e), e);
    return r;
}

static struct proof_bound verified(const struct problem *p, const struct one_result *r,
                                   const struct selection *best)
{
    struct proof_bound bound;
    struct err e = {0};
    int64_t value[2] = {0, 1};
    if (best->n_forms)
        assert_done(check_objective(p, p->objective, best, &value[0], &value[1], &e), e);
    assert_done(proof_bound(p, &r->proof, best->n_forms ? value : NULL, &bound, &e), e);
    if (best->n_forms) /* better in no case: more is better here */
        assert_true((__int128)bound.num * value[1] >= (__int128)value[0] * bound.den);
    return bound;
}

static void the_best_form_is_proven(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct problem *p = sixty(seed);
        struct selection best = {0};
        struct one_result r = searched(p, INT64_C(1) << 40, &best);
        assert_int_equal(r.status, ONE_OPTIMAL);
        struct proof_bound bound = verified(p, &r, &best);
        assert_int_equal(bound.open, 0);
        assert_true((double)bound.num / (double)bound.den == r.bound);
        selection_release(&best);
        one_result_release(&r);
        problem_free(p);
    }
}

static void a_search_that_ends_early_claims_no_more_than_it_can_prove(void **state)
{
    (void)state;
    struct problem *p = sixty(7);
    struct selection best = {0};
    struct one_result whole = searched(p, INT64_C(1) << 40, &best);
    for (int64_t units = 20; units < 5000; units *= 3) {
        struct selection some = {0};
        struct one_result r = searched(p, units, &some);
        assert_true(r.status == ONE_BUDGET || r.bound >= whole.bound);
        assert_true(r.status != ONE_OPTIMAL || r.bound == whole.bound);
        if (r.proof.n_nodes)
            verified(p, &r, &some);
        selection_release(&some);
        one_result_release(&r);
    }
    selection_release(&best);
    one_result_release(&whole);
    problem_free(p);
}

static void what_only_whole_items_cannot_meet_is_proven_by_a_tree(void **state)
{
    (void)state;
    static const int64_t two[] = {2, 2, 2, 2, 2, 2};
    struct problem *p = sixty(1);
    struct selection best = {0};
    problem_require(
        p, &(struct requirement){
               .kind = REQUIRE_LINEAR, .id = "odd", .item = all, .coef = two, .n = 6, .lo = 5, .hi = 5});
    struct one_result r = searched(p, INT64_C(1) << 40, &best);
    assert_int_equal(r.status, ONE_INFEASIBLE);
    assert_true(verified(p, &r, &best).infeasible);
    one_result_release(&r);
    problem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_form_is_proven),
        cmocka_unit_test(a_search_that_ends_early_claims_no_more_than_it_can_prove),
        cmocka_unit_test(what_only_whole_items_cannot_meet_is_proven_by_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

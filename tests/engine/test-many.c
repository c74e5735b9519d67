/* SPDX-License-Identifier: Apache-2.0 */
/* Many forms by annealing: what is found meets every requirement, comes near the bound or to it, and is the
 * same for the same seed and work. */
#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/search/many.h"
#include "tests/check.h"

enum { KINDS = 4 };

static uint32_t *items_of(struct problem *p, size_t kind, size_t kinds, size_t *n)
{
    uint32_t *item = arena_array(p->arena, p->n_items, sizeof *item);
    *n = 0;
    for (uint32_t j = 0; j < p->n_items; j++)
        if (j % kinds == kind)
            item[(*n)++] = j;
    return item;
}

static void count(struct problem *p, size_t kind, size_t kinds, int64_t lo, int64_t hi)
{
    struct requirement r = {
        .kind = REQUIRE_LINEAR, .id = "count", .words = "count", .lo = lo, .hi = hi, .unit = 1};
    r.item = items_of(p, kind, kinds, &r.n);
    problem_require(p, &r);
}

static void use(struct problem *p, int64_t hi)
{
    struct requirement r = {.kind = REQUIRE_USE, .id = "use", .words = "use", .lo = 0, .hi = hi, .unit = 1};
    r.item = items_of(p, 0, 1, &r.n);
    problem_require(p, &r);
}

static struct problem *problem_of(size_t n_items, size_t n_forms, size_t length, size_t rows, uint64_t seed)
{
    struct rng rng;
    struct problem *p = problem_new(n_items, n_forms);
    rng_seed(&rng, seed);
    for (size_t j = 0; j < n_items; j++)
        p->id[j] = arena_printf(p->arena, "i%zu", j);
    p->objective->kind = OBJECTIVE_MAXIMIN;
    p->objective->unit = 1000;
    p->objective->n_rows = rows;
    p->objective->row = arena_array(p->arena, rows, sizeof *p->objective->row);
    for (size_t r = 0; r < rows; r++) {
        int64_t *coef = arena_array(p->arena, n_items, sizeof *coef);
        for (size_t j = 0; j < n_items; j++)
            coef[j] = (int64_t)rng_below(&rng, 1000);
        p->objective->row[r] = (struct objective_row){.coef = coef, .weight = 1000};
    }
    count(p, 0, 1, (int64_t)length, (int64_t)length);
    for (size_t k = 0; k < KINDS; k++)
        count(p, k, KINDS, (int64_t)(length / KINDS) - 1, (int64_t)(length / KINDS) + 1);
    return p;
}

static struct relaxed bounded(const struct problem *p)
{
    struct relaxed bound = {0};
    struct relax_options o = {0};
    struct err e = {0};
    assert_done(relax_solve(&bound, p, &o, NULL, &e), e);
    assert_int_equal(bound.status, RELAX_BOUND);
    return bound;
}

/* The value, as a part of the bound; checked. */
static double search(const struct problem *p, const struct relaxed *bound, uint64_t seed, int64_t units,
                     struct selection *best)
{
    struct work w = {.left = units};
    struct many_options o = {.seed = seed};
    struct err e = {0};
    int64_t num, den;
    assert_true(many_suits(p));
    assert_done(many_search(p, bound, &o, &w, best, &e), e);
    assert_done(check_selection(p, best, NULL, &e), e);
    assert_done(check_objective(p, p->objective, best, &num, &den, &e), e);
    assert_true((double)num / (double)den <= bound->bound * (1 + 1e-9));
    return (double)num / (double)den / bound->bound;
}

static void three_forms_come_near_their_bound(void **test)
{
    (void)test;
    struct problem *p = problem_of(120, 3, 16, 2, 1);
    use(p, 1);
    struct relaxed bound = bounded(p);
    struct selection best = {0};
    assert_true(search(p, &bound, 1, 400000, &best) > 0.995);
    selection_release(&best);
    relaxed_release(&bound);
    problem_free(p);
}

static void two_forms_are_split_to_the_last_thousandth(void **test)
{
    (void)test;
    struct problem *p = problem_of(90, 2, 32, 1, 2);
    use(p, 1);
    struct relaxed bound = bounded(p);
    struct selection best = {0};
    struct work w = {.left = 3000000};
    struct many_options o = {.seed = 1};
    struct err e = {0};
    int64_t num, den;
    assert_done(many_search(p, &bound, &o, &w, &best, &e), e);
    assert_done(check_objective(p, p->objective, &best, &num, &den, &e), e);
    assert_int_equal(num / den, (int64_t)(bound.bound + 1e-6));
    assert_true(w.left > 0);
    selection_release(&best);
    relaxed_release(&bound);
    problem_free(p);
}

static void forms_share_no_more_than_they_may(void **test)
{
    (void)test;
    struct problem *p = problem_of(60, 5, 16, 2, 3);
    use(p, 3);
    struct requirement r = {.kind = REQUIRE_OVERLAP, .id = "overlap", .words = "overlap", .hi = 5, .unit = 1};
    r.item = items_of(p, 0, 1, &r.n);
    problem_require(p, &r);
    struct relaxed bound = bounded(p);
    struct selection best = {0};
    assert_true(search(p, &bound, 1, 600000, &best) > 0.95);
    selection_release(&best);
    relaxed_release(&bound);
    problem_free(p);
}

static void forms_of_any_length_are_filled(void **test)
{
    (void)test;
    struct problem *p = problem_of(80, 3, 12, 1, 4);
    use(p, 1);
    p->requirement[0].lo = 8;
    p->requirement[0].hi = 12;
    for (size_t k = 1; k <= KINDS; k++)
        p->requirement[k].lo = 0;
    struct relaxed bound = bounded(p);
    struct selection best = {0};
    assert_true(search(p, &bound, 1, 400000, &best) > 0.99);
    selection_release(&best);
    relaxed_release(&bound);
    problem_free(p);
}

static void the_same_seed_and_work_give_the_same_forms(void **test)
{
    (void)test;
    struct problem *p = problem_of(120, 3, 16, 2, 5);
    use(p, 1);
    struct relaxed bound = bounded(p);
    struct selection a = {0}, b = {0};
    search(p, &bound, 7, 100000, &a);
    search(p, &bound, 7, 100000, &b);
    for (size_t f = 0; f < 3; f++) {
        assert_int_equal(a.n[f], b.n[f]);
        assert_memory_equal(a.form[f], b.form[f], a.n[f] * sizeof **a.form);
    }
    selection_release(&a);
    selection_release(&b);
    relaxed_release(&bound);
    problem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_forms_come_near_their_bound),
        cmocka_unit_test(two_forms_are_split_to_the_last_thousandth),
        cmocka_unit_test(forms_share_no_more_than_they_may),
        cmocka_unit_test(forms_of_any_length_are_filled),
        cmocka_unit_test(the_same_seed_and_work_give_the_same_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

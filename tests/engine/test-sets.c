/* SPDX-License-Identifier: Apache-2.0 */
/* The search over sets and several forms against brute force: what exists is found, for every kind of
 * requirement with every objective. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/problem/check.h"
#include "engine/search/sets.h"
#include "tests/check.h"
#include "tests/engine/oracle.h"

enum {
    KINDS = REQUIRE_PENALTY + 1,
    OBJECTIVES = OBJECTIVE_MIN_PENALTY + 1,
    UNITS = 150000,
    FEW = 1000,
    ROUNDS = 2
};

static bool holds(const struct problem *p, const struct selection *s)
{
    struct err e = {0};
    return check_selection(p, s, NULL, &e) == 0;
}

/* With an objective the search goes on to the end of its work: it gets less. */
static bool search_finds(const struct problem *p, bool any)
{
    struct selection s = {0};
    struct err e = {0};
    struct work w = {.left = any ? UNITS : FEW};
    const struct sets_options o = {.seed = 1, .any = any};
    bool exists = oracle_ask(p, NULL).feasible, found = sets_search(p, NULL, &o, &w, &s, &e) == 0;
    if (found) {
        assert_true(exists);
        assert_true(holds(p, &s));
    }
    selection_release(&s);
    return found || !exists || !any;
}

static void forms_that_exist_are_found(void **state)
{
    struct rng rng;
    (void)state;
    rng_seed(&rng, 5);
    for (unsigned n = 0; n < ROUNDS * KINDS * OBJECTIVES; n++) {
        unsigned k = n / OBJECTIVES % KINDS, o = n % OBJECTIVES;
        struct problem *p = oracle_problem(&rng, (enum requirement_kind)k, (enum objective_kind)o, 2);
        if ((oracle_ask(p, NULL).feasible && !search_finds(p, true)) || !search_finds(p, false))
            fail_msg("not found: requirement kind %u, objective %u", k, o);
        problem_free(p);
    }
}

static void same_seed_and_work_give_the_same_forms(void **state)
{
    struct rng rng;
    (void)state;
    rng_seed(&rng, 9);
    struct problem *p = oracle_problem(&rng, REQUIRE_LINEAR, OBJECTIVE_MAXIMIN, 2);
    struct selection s[2] = {{0}};
    for (size_t k = 0; k < 2; k++) {
        struct err e = {0};
        struct work w = {.left = 10 * FEW};
        const struct sets_options o = {.seed = 3};
        assert_int_equal(sets_search(p, NULL, &o, &w, &s[k], &e), 0);
    }
    for (size_t f = 0; f < p->n_forms; f++) {
        assert_int_equal(s[0].n[f], s[1].n[f]);
        assert_memory_equal(s[0].form[f], s[1].form[f], s[0].n[f] * sizeof **s[0].form);
    }
    selection_release(&s[0]);
    selection_release(&s[1]);
    problem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_exist_are_found),
        cmocka_unit_test(same_seed_and_work_give_the_same_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

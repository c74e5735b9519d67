/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a proof says, no selection is better: random trees of random multipliers over small problems of every kind,
 * against all selections; and proofs that are known to be sharp. */
#include <stdlib.h>

#include "base/rng.h"
#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/proof/problem-text.h"
#include "engine/proof/proof-text.h"
#include "tests/check.h"

enum { ITEMS = 5, MOST_TERMS = 6 };

static int64_t below(struct rng *rng, int64_t n)
{
    return (int64_t)rng_below(rng, (uint64_t)n);
}

static struct problem *small(struct rng *rng)
{
    struct problem *p = problem_new(ITEMS, 1 + (size_t)below(rng, 2));
    uint32_t *stimulus = arena_array(p->arena, ITEMS, sizeof *stimulus);
    for (size_t i = 0; i < ITEMS; i++) {
        p->id[i] = arena_printf(p->arena, "i%zu", i);
        stimulus[i] = below(rng, 4) ? (uint32_t)below(rng, 2) : NO_STIMULUS;
    }
    p->stimulus = stimulus;
    p->n_stimuli = 2;
    return p;
}

static int64_t *random_coefs(struct problem *p, struct rng *rng, size_t n)
{
    int64_t *coef = arena_array(p->arena, n, sizeof *coef);
    for (size_t i = 0; i < n; i++)
        coef[i] = below(rng, 9) - 2;
    return coef;
}

static void require_something(struct problem *p, struct rng *rng)
{
    static const enum requirement_kind kinds[] = {
        REQUIRE_LINEAR,  REQUIRE_LINEAR,  REQUIRE_AT_MOST_ONE, REQUIRE_ALL_OR_NONE, REQUIRE_COVER,
        REQUIRE_STIMULI, REQUIRE_INCLUDE, REQUIRE_EXCLUDE,     REQUIRE_TOTAL,       REQUIRE_PER_STIMULUS,
        REQUIRE_USE,     REQUIRE_OVERLAP, REQUIRE_STIMULUS_USE, REQUIRE_RANGE,   REQUIRE_PENALTY};
    enum requirement_kind kind = kinds[below(rng, sizeof kinds / sizeof *kinds)];
    uint32_t *item = arena_array(p->arena, ITEMS, sizeof *item), *group = arena_array(p->arena, ITEMS, sizeof *group);
    struct requirement r = {.kind = kind, .id = "r", .words = "", .item = item, .group = group, .unit = 1};
    bool few = kind == REQUIRE_INCLUDE || kind == REQUIRE_EXCLUDE || kind == REQUIRE_ALL_OR_NONE;
    for (uint32_t i = 0; i < ITEMS; i++)
        if (below(rng, few ? 4 : 2) == 0) {
            group[r.n] = (uint32_t)below(rng, 2);
            item[r.n++] = i;
        }
    r.n_groups = 2;
    bool linear = kind == REQUIRE_LINEAR || kind == REQUIRE_TOTAL;
    bool sums = linear || kind == REQUIRE_RANGE;
    r.coef = sums && below(rng, 2) ? random_coefs(p, rng, r.n) : NULL;
    r.lo = linear && below(rng, 4) == 0 ? OPEN_LO : below(rng, 2);
    r.hi = linear && below(rng, 4) == 0 ? OPEN_HI : below(rng, 2) + (linear ? 3 : 1);
    r.weight = linear && below(rng, 3) == 0 ? 1 + below(rng, 3) : 0;
    r.lo = kind == REQUIRE_PENALTY ? OPEN_LO : r.lo;
    r.hi += kind == REQUIRE_PENALTY ? below(rng, 10) : 0;
    problem_require(p, &r);
}

static void wish_something(struct problem *p, struct rng *rng)
{
    static const enum objective_kind kinds[] = {OBJECTIVE_MAX_SUM, OBJECTIVE_MAXIMIN, OBJECTIVE_MINIMAX_DEV,
                                                OBJECTIVE_MIN_PENALTY};
    p->objective->kind = kinds[below(rng, 4)];
    p->objective->n_rows = p->objective->kind == OBJECTIVE_MIN_PENALTY ? 0 : 1 + (size_t)below(rng, 2);
    p->objective->row = arena_array(p->arena, 2, sizeof *p->objective->row);
    for (size_t k = 0; k < p->objective->n_rows; k++)
        p->objective->row[k] = (struct objective_row){
            .coef = random_coefs(p, rng, ITEMS), .target = below(rng, 12), .weight = 500 + 250 * below(rng, 4)};
}

static struct problem *random_problem(struct rng *rng)
{
    struct problem *p = small(rng);
    wish_something(p, rng);
    for (int64_t n = 1 + below(rng, 4); n > 0; n--)
        require_something(p, rng);
    return p;
}

struct found {
    bool any;
    int64_t num, den;
};

static bool up(const struct problem *p)
{
    return p->objective->kind == OBJECTIVE_MAX_SUM || p->objective->kind == OBJECTIVE_MAXIMIN;
}

static bool better(const struct problem *p, int64_t num, int64_t den, int64_t than, int64_t than_den)
{
    return up(p) ? num * than_den > than * den : num * than_den < than * den;
}

static void take(const struct problem *p, uint32_t bits, struct found *best, struct found *another)
{
    uint32_t items[2][ITEMS], *form[] = {items[0], items[1]};
    size_t n[] = {0, 0};
    int64_t num, den;
    struct err e;
    for (uint32_t i = 0; i < ITEMS * p->n_forms; i++)
        if (bits & 1u << i)
            form[i / ITEMS][n[i / ITEMS]++] = i % ITEMS;
    const struct selection s = {.form = form, .n = n, .n_forms = p->n_forms};
    if (check_selection(p, &s, NULL, &e) < 0)
        return;
    assert_done(check_objective(p, p->objective, &s, &num, &den, &e), e);
    if (bits % 3 == 0 || !another->any)
        *another = (struct found){true, num, den};
    if (!best->any || better(p, num, den, best->num, best->den))
        *best = (struct found){true, num, den};
}

static size_t rows_of(const struct problem *p, uint32_t k)
{
    const struct requirement *r = &p->requirement[k];
    if (k == p->n_requirements)
        return p->objective->kind == OBJECTIVE_MINIMAX_DEV ? 2 * p->objective->n_rows
               : p->objective->kind == OBJECTIVE_MAXIMIN   ? p->objective->n_rows
                                                           : 0;
    switch (r->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
    case REQUIRE_AT_MOST_ONE:
    case REQUIRE_OVERLAP:
    case REQUIRE_PENALTY:
        return 1;
    case REQUIRE_ALL_OR_NONE:
        return r->n;
    case REQUIRE_COVER:
        return 3;
    case REQUIRE_STIMULI:
        return 1 + 4 + ITEMS;
    case REQUIRE_PER_STIMULUS:
    case REQUIRE_STIMULUS_USE:
        return 4 + ITEMS;
    default:
        return 0;
    }
}

static void add_multipliers(struct proof *q, const struct problem *p, struct rng *rng, uint32_t depth, bool last)
{
    struct proof_term term[MOST_TERMS];
    size_t n = 0;
    for (uint32_t tries = (uint32_t)below(rng, MOST_TERMS); tries; tries--) {
        uint32_t k = (uint32_t)below(rng, (int64_t)p->n_requirements + 1 + depth);
        size_t rows = k > p->n_requirements ? 1 : rows_of(p, k);
        if (rows)
            term[n++] = (struct proof_term){k, (uint32_t)below(rng, (int64_t)rows), below(rng, 9) - 4};
    }
    bool minimax = p->objective->kind == OBJECTIVE_MINIMAX_DEV;
    if (minimax || p->objective->kind == OBJECTIVE_MAXIMIN)
        term[n++] = (struct proof_term){(uint32_t)p->n_requirements, 0, minimax ? 20 : -20};
    proof_add_terms(q, last ? PROOF_LEAF : PROOF_REDUCE, term, n, 1 + below(rng, 3));
}

static void add_tree(struct proof *q, const struct problem *p, struct rng *rng, uint32_t depth)
{
    while (below(rng, 2))
        add_multipliers(q, p, rng, depth, false);
    if (depth == 3 || below(rng, 3) == 0) {
        add_multipliers(q, p, rng, depth, true);
        return;
    }
    uint32_t item[2];
    int64_t coef[2] = {1, 1};
    bool stimuli = below(rng, 4) == 0;
    item[0] = (uint32_t)below(rng, stimuli ? 1 : ITEMS - 1);
    item[1] = item[0] + 1;
    proof_add(q, &(struct proof_node){.kind = PROOF_BRANCH,
                                      .item = item,
                                      .coef = coef,
                                      .n = 1 + (size_t)below(rng, 2),
                                      .at = below(rng, 3),
                                      .stimuli = stimuli});
    add_tree(q, p, rng, depth + 1);
    add_tree(q, p, rng, depth + 1);
}

/* 1 if the bound was sharp. */
static int hold_against_all(const struct problem *p, const struct proof *q, const struct found *best,
                            const struct found *incumbent)
{
    struct proof_bound b;
    struct err e;
    const int64_t value[] = {incumbent->num, incumbent->den};
    assert_done(proof_bound(p, q, incumbent->any ? value : NULL, &b, &e), e);
    if (!best->any)
        return b.infeasible;
    assert_false(b.infeasible);
    assert_false(better(p, best->num, best->den, b.num, b.den));
    return !better(p, b.num, b.den, best->num, best->den);
}

static void whatever_a_proof_says_no_selection_is_better(void **state)
{
    (void)state;
    struct rng rng;
    int sharp = 0, feasible = 0;
    rng_seed(&rng, 11);
    for (int round = 0; round < 400; round++) {
        struct problem *p = random_problem(&rng);
        struct found best = {0}, another = {0}, none = {0};
        for (uint32_t bits = 0; bits < 1u << (ITEMS * p->n_forms); bits++)
            take(p, bits, &best, &another);
        for (int i = 0; i < 20; i++) {
            struct proof q;
            proof_init(&q);
            add_tree(&q, p, &rng, 0);
            sharp += hold_against_all(p, &q, &best, i % 4 == 0 ? &none : i % 4 == 1 ? &best : &another);
            proof_release(&q);
        }
        feasible += best.any;
        problem_free(p);
    }
    assert_true(feasible > 100);
    assert_true(sharp > 1000);
}

/* Written, read, written again: the same bytes. */
static void what_is_written_is_read_as_it_was(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 12);
    for (int round = 0; round < 100; round++) {
        struct problem *p = random_problem(&rng), *again;
        struct proof_stage stage = {.has_incumbent = round % 2, .incumbent = {-round, 3}}, *stages;
        struct bytes once = {0}, twice = {0};
        struct err e;
        size_t n;
        problem_text(p, &once);
        assert_done(problem_text_read(&again, "problem.txt", bytes_span(&once), &e), e);
        problem_text(again, &twice);
        assert_true(span_equal(bytes_span(&once), bytes_span(&twice)));
        proof_init(&stage.proof);
        add_tree(&stage.proof, p, &rng, 0);
        bytes_clear(&once);
        bytes_clear(&twice);
        proof_text(&stage, 1, &once);
        assert_done(proof_text_read(&stages, &n, "proof.txt", bytes_span(&once), &e), e);
        proof_text(stages, n, &twice);
        assert_true(span_equal(bytes_span(&once), bytes_span(&twice)));
        proof_stages_free(stages, n);
        proof_release(&stage.proof);
        bytes_release(&once);
        bytes_release(&twice);
        problem_free(again);
        problem_free(p);
    }
}

/* The first objective's best, held for the second: no selection that is worse in the first is left. */
static void a_later_stage_holds_what_earlier_ones_reached(void **state)
{
    (void)state;
    struct rng rng;
    int held = 0;
    rng_seed(&rng, 13);
    for (int round = 0; round < 200; round++) {
        struct problem *p = random_problem(&rng), *next;
        struct found best = {0}, another = {0}, best_next = {0}, first = {0};
        struct objective two[] = {*p->objective, {.kind = OBJECTIVE_NONE, .unit = 1}};
        struct err e;
        for (uint32_t bits = 0; bits < 1u << (ITEMS * p->n_forms); bits++)
            take(p, bits, &best, &another);
        if (best.any) {
            struct objective *one = p->objective;
            const int64_t value[] = {best.num, best.den};
            p->objective = two;
            p->n_objectives = 2;
            assert_done(problem_stage(&next, p, 1, value, &e), e);
            *next->objective = *one; /* what is left, by the first objective */
            for (uint32_t bits = 0; bits < 1u << (ITEMS * p->n_forms); bits++)
                take(next, bits, &best_next, &first);
            assert_true(best_next.any);
            assert_false(better(p, best.num, best.den, first.num, first.den));
            p->objective = one;
            problem_free(next);
            held++;
        }
        problem_free(p);
    }
    assert_true(held > 50);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_a_proof_says_no_selection_is_better),
        cmocka_unit_test(what_is_written_is_read_as_it_was),
        cmocka_unit_test(a_later_stage_holds_what_earlier_ones_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

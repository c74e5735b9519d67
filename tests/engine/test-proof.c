/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a proof says, no selection is better: random trees of random multipliers over small problems of every kind,
 * against all selections; and proofs that are known to be sharp. */
#include <stdlib.h>

#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/proof/problem-text.h"
#include "engine/proof/proof-text.h"
#include "tests/check.h"
#include "tests/engine/proof-kit.h"

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
    uint32_t items[2][KIT_ITEMS], *form[] = {items[0], items[1]};
    size_t n[] = {0, 0};
    int64_t num, den;
    struct err e;
    for (uint32_t i = 0; i < KIT_ITEMS * p->n_forms; i++)
        if (bits & 1u << i)
            form[i / KIT_ITEMS][n[i / KIT_ITEMS]++] = i % KIT_ITEMS;
    const struct selection s = {.form = form, .n = n, .n_forms = p->n_forms};
    if (check_selection(p, &s, NULL, &e) < 0)
        return;
    assert_done(check_objective(p, p->objective, &s, &num, &den, &e), e);
    if (bits % 3 == 0 || !another->any)
        *another = (struct found){true, num, den};
    if (!best->any || better(p, num, den, best->num, best->den))
        *best = (struct found){true, num, den};
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
        struct problem *p = kit_problem(&rng);
        struct found best = {0}, another = {0}, none = {0};
        for (uint32_t bits = 0; bits < 1u << (KIT_ITEMS * p->n_forms); bits++)
            take(p, bits, &best, &another);
        for (int i = 0; i < 20; i++) {
            struct proof q;
            proof_init(&q);
            kit_tree(&q, p, &rng);
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
        struct problem *p = kit_problem(&rng), *again;
        struct proof_stage stage = {.has_incumbent = round % 2, .incumbent = {-round, 3}}, *stages;
        struct bytes once = {0}, twice = {0};
        struct err e;
        size_t n;
        problem_text(p, &once);
        assert_done(problem_text_read(&again, "problem.txt", bytes_span(&once), &e), e);
        problem_text(again, &twice);
        assert_true(span_equal(bytes_span(&once), bytes_span(&twice)));
        proof_init(&stage.proof);
        kit_tree(&stage.proof, p, &rng);
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
        struct problem *p = kit_problem(&rng), *next;
        struct found best = {0}, another = {0}, best_next = {0}, first = {0};
        struct objective two[] = {*p->objective, {.kind = OBJECTIVE_NONE, .unit = 1}};
        struct err e;
        for (uint32_t bits = 0; bits < 1u << (KIT_ITEMS * p->n_forms); bits++)
            take(p, bits, &best, &another);
        if (best.any) {
            struct objective *one = p->objective;
            const int64_t value[] = {best.num, best.den};
            p->objective = two;
            p->n_objectives = 2;
            assert_done(problem_stage(&next, p, 1, value, &e), e);
            *next->objective = *one; /* what is left, by the first objective */
            for (uint32_t bits = 0; bits < 1u << (KIT_ITEMS * p->n_forms); bits++)
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

/* Two verifiers that read a problem differently would not prove the same of it. */
static void a_problem_that_may_be_read_in_two_ways_is_refused(void **state)
{
    (void)state;
    static const char head[] = "kaochang-problem 1\nname x\nforms 2\nstimuli 0\nitems 2\na -\nb -\nrequirements 1\n";
    static const char tail[] = "objectives 1\nmaximin unit 1 indifferent 0 give 0 rows 1\ntarget 0 weight ";
    static const struct {
        const char *requirement;
        int weight;
        bool good;
    } rows[] = {
        {"at-most-one e lo - hi 1 unit 1 weight 0 with 0 line 0\nitems 2 0-1\n", 1000, true},
        {"at-most-one e lo - hi 1 unit 1 weight 0 with 0 line 0\nitems 2 0-1\ncoefs 0 0\n", 1000, false},
        {"exclude e lo - hi 0 unit 1 weight 0 with 0 line 0\nitems 1 0\ncoefs 0\n", 1000, false},
        {"overlap e lo - hi 1 unit 1 weight 0 with 0 line 0\nitems 2 0 0\n", 1000, false},
        {"linear e lo - hi 1 unit 1 weight 0 with 0 line 0\nitems 2 0 0\n", 1000, true},
        {"linear e lo - hi 1 unit 1 weight 0 with 0 line 0\nitems 2 0 0\n", 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes text = {0};
        struct problem *p = NULL;
        struct err e;
        bytes_printf(&text, "%s%s%s%d\ncoefs 1 1\n", head, rows[i].requirement, tail, rows[i].weight);
        if (rows[i].good)
            assert_done(problem_text_read(&p, "problem.txt", bytes_span(&text), &e), e);
        else
            assert_refused(problem_text_read(&p, "problem.txt", bytes_span(&text), &e), ERR_DATA, "not as it must", e);
        problem_free(p);
        bytes_release(&text);
    }
}

static void a_proof_of_more_nodes_than_there_is_room_for_is_refused(void **state)
{
    (void)state;
    struct proof_stage *stage;
    struct bytes text = {0};
    struct err e;
    size_t n;
    bytes_printf(&text, "kaochang-proof 1\nstages 1\nincumbent - nodes %d\n", PROOF_TEXT_MAX_NODES + 1);
    for (int i = 0; i <= PROOF_TEXT_MAX_NODES; i++)
        bytes_add(&text, "leaf 0\n", 7);
    assert_refused(proof_text_read(&stage, &n, "proof.txt", bytes_span(&text), &e), ERR_DATA, "not as it must", e);
    assert_string_equal(e.where, "proof.txt:3");
    bytes_release(&text);
}

/* Sums beyond 64 bits are told, and no value is made of them. */
static void numbers_at_the_edge_of_64_bits_are_no_value(void **state)
{
    (void)state;
    const int64_t large[] = {INT64_MAX, INT64_MAX};
    const struct objective_row row[] = {{.coef = large, .weight = INT64_MAX}, {.coef = large, .weight = 1}};
    const struct objective o = {.kind = OBJECTIVE_MAXIMIN, .unit = 1, .row = (struct objective_row *)row, .n_rows = 2};
    struct problem *p = problem_new(2, 1);
    uint32_t both[] = {0, 1}, *form[] = {both};
    size_t n[] = {2};
    struct selection s = {.form = form, .n = n, .n_forms = 1};
    int64_t num, den;
    struct err e;
    assert_refused(check_objective(p, &o, &s, &num, &den, &e), ERR_DATA, "too large", e);
    for (int i = 0; i < 3; i++)
        problem_require(p, &(struct requirement){.kind = REQUIRE_LINEAR, .item = both, .n = 2, .coef = large, .lo = -INT64_MAX,
                                                 .hi = -INT64_MAX, .unit = 1, .weight = INT64_MAX, .id = "x", .words = "x"});
    assert_int_equal(check_penalty(p, &s), INT64_MAX - 1);
    problem_free(p);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_a_proof_says_no_selection_is_better),
        cmocka_unit_test(what_is_written_is_read_as_it_was),
        cmocka_unit_test(a_problem_that_may_be_read_in_two_ways_is_refused),
        cmocka_unit_test(a_proof_of_more_nodes_than_there_is_room_for_is_refused),
        cmocka_unit_test(numbers_at_the_edge_of_64_bits_are_no_value),
        cmocka_unit_test(a_later_stage_holds_what_earlier_ones_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

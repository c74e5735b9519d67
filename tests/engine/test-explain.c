/* SPDX-License-Identifier: Apache-2.0 */
/* Contradictions planted in problems are found again, with as few rules, proven, and mended by the changes
 * that are named. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "engine/explain/conflict.h"
#include "engine/explain/explain.h"
#include "engine/explain/hitting.h"
#include "engine/explain/supply.h"
#include "engine/explain/words.h"
#include "tests/check.h"

/* A bank of items with a topic, a level and a type each, drawn by a seed. */
enum { TOPICS = 5, LEVELS = 3, TYPES = 4 };

struct drawn {
    struct problem *p;
    uint32_t *topic, *level, *type;
    int64_t *seconds;
};

static struct drawn draw(size_t n, size_t forms, uint64_t seed)
{
    struct drawn d = {.p = problem_new(n, forms)};
    struct rng rng;
    rng_seed(&rng, seed);
    d.topic = arena_array(d.p->arena, n, sizeof *d.topic);
    d.level = arena_array(d.p->arena, n, sizeof *d.level);
    d.type = arena_array(d.p->arena, n, sizeof *d.type);
    d.seconds = arena_array(d.p->arena, n, sizeof *d.seconds);
    for (size_t i = 0; i < n; i++) {
        d.p->id[i] = arena_printf(d.p->arena, "i%zu", i);
        d.topic[i] = (uint32_t)rng_below(&rng, TOPICS);
        d.level[i] = (uint32_t)rng_below(&rng, LEVELS);
        d.type[i] = (uint32_t)rng_below(&rng, TYPES);
        d.seconds[i] = 30 + (int64_t)rng_below(&rng, 200);
    }
    return d;
}

/* Any value: of `any`. */
enum { ANY = 99 };

static uint32_t rule(struct drawn *d, const char *id, uint32_t topic, uint32_t level, uint32_t type,
                     int64_t lo, int64_t hi)
{
    size_t n = 0;
    uint32_t *item = arena_array(d->p->arena, d->p->n_items + 1, sizeof *item);
    for (uint32_t i = 0; i < d->p->n_items; i++)
        if ((topic == ANY || d->topic[i] == topic) && (level == ANY || d->level[i] == level) &&
            (type == ANY || d->type[i] == type))
            item[n++] = i;
    const struct requirement r = {
        .kind = REQUIRE_LINEAR, .id = id, .words = id, .item = item, .n = n, .lo = lo, .hi = hi, .unit = 1};
    return problem_require(d->p, &r);
}

static uint32_t every(struct drawn *d, enum requirement_kind kind, const char *id, int64_t lo, int64_t hi)
{
    uint32_t *item = arena_array(d->p->arena, d->p->n_items + 1, sizeof *item);
    for (uint32_t i = 0; i < d->p->n_items; i++)
        item[i] = i;
    const struct requirement r = {.kind = kind,
                                  .id = id,
                                  .words = id,
                                  .item = item,
                                  .n = d->p->n_items,
                                  .lo = lo,
                                  .hi = hi,
                                  .coef = kind == REQUIRE_LINEAR ? d->seconds : NULL};
    return problem_require(d->p, &r);
}

/* Twenty items of all topics, levels and types in their shares, in at most twenty times 200 seconds. */
static void ask_all(struct drawn *d)
{
    rule(d, "length", ANY, ANY, ANY, 20, 20);
    for (uint32_t k = 0; k < TOPICS; k++)
        rule(d, arena_printf(d->p->arena, "topic %u", k), k, ANY, ANY, 4, 4);
    for (uint32_t k = 0; k < LEVELS; k++)
        rule(d, arena_printf(d->p->arena, "level %u", k), ANY, k, ANY, 4, 9);
    for (uint32_t k = 0; k < TYPES; k++)
        rule(d, arena_printf(d->p->arena, "type %u", k), ANY, ANY, k, 3, 7);
    every(d, REQUIRE_LINEAR, "time", 0, INT64_C(20) * 200);
    every(d, REQUIRE_USE, "use", 0, 1);
}

static struct drawn blueprint(size_t n, size_t forms, uint64_t seed)
{
    struct drawn d = draw(n, forms, seed);
    ask_all(&d);
    return d;
}

static struct explanation explained(const struct problem *p)
{
    struct explanation x = {0};
    struct err e = {0};
    const struct solve_options o = {.seed = 1, .seconds = 20};
    assert_done(explain_infeasible(p, &o, &x, &e), e);
    return x;
}

static bool names(const struct drawn *d, const struct explanation *x, const char *id)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(d->p->requirement[x->requirement[i]].id, id) == 0)
            return true;
    return false;
}

static const struct explain_change *change_of(const struct drawn *d, const struct explanation *x,
                                              const char *id)
{
    for (size_t i = 0; i < x->n_changes; i++)
        if (x->change[i].kind != CHANGE_FORMS &&
            strcmp(d->p->requirement[x->change[i].requirement].id, id) == 0)
            return &x->change[i];
    return NULL;
}

/* The relaxation of the requirements in `keep`, all of p's others left out. */
static bool can_be_met(const struct problem *p, const bool *keep)
{
    struct lots *l = lots_new(p, false, NULL);
    struct elastic *x;
    struct err e = {0};
    double *price = calloc(l->n_rules + 1, sizeof *price);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (keep[k])
            price[l->rule_of[k]] = 1;
    const struct elastic_ask ask = {.price = price};
    assert_done(elastic_new(&x, l, NULL, &e), e);
    enum elastic_status s = elastic_ask(x, &ask);
    elastic_free(x);
    lots_free(l);
    free(price);
    return s == ELASTIC_MET;
}

static void needs_each(const struct problem *p, const struct explanation *x)
{
    bool keep[64] = {0};
    for (size_t i = 0; i < x->n; i++)
        keep[x->requirement[i]] = true;
    assert_false(can_be_met(p, keep));
    for (size_t i = 0; i < x->n; i++) {
        keep[x->requirement[i]] = false;
        assert_true(can_be_met(p, keep));
        keep[x->requirement[i]] = true;
    }
}

static void a_sum_that_is_too_large_is_named_and_mended(void **state)
{
    (void)state;
    struct drawn d = blueprint(200, 1, 1);
    rule(&d, "more of type 0", ANY, ANY, 0, 13, 20); /* with "type 0", at most 7 */
    struct explanation x = explained(d.p);
    assert_int_equal(x.n, 2);
    assert_true(names(&d, &x, "type 0") && names(&d, &x, "more of type 0"));
    assert_true(x.proven && x.smallest && x.least && x.inside && x.relaxed);
    assert_int_equal(x.needed, 13);
    assert_int_equal(x.possible, 7);
    assert_int_equal(change_of(&d, &x, "more of type 0")->to, 7);
    assert_true(change_of(&d, &x, "more of type 0")->found);
    assert_null(change_of(&d, &x, "type 0")); /* three of each other type leave 11 of the 20 */
    assert_int_equal(x.n_lacks, 0);
    needs_each(d.p, &x);
    explanation_release(&x);
    problem_free(d.p);
}

static void what_the_bank_lacks_is_counted_and_named(void **state)
{
    (void)state;
    struct drawn d = blueprint(400, 4, 2);
    size_t have = 0;
    for (size_t i = 0; i < d.p->n_items; i++)
        have += d.topic[i] == 1 && d.level[i] == 2 && d.type[i] == 3;
    uint32_t k = rule(&d, "cell", 1, 2, 3, (int64_t)have / 4 + 1, 4);
    struct explanation x = explained(d.p);
    assert_true(names(&d, &x, "cell") && names(&d, &x, "use"));
    assert_int_equal(x.n, 2);
    assert_true(x.proven && !x.inside);
    int64_t missing = 0;
    for (size_t i = 0; i < x.n_lacks; i++) {
        assert_true(d.topic[x.lack[i].item] == 1 && d.level[x.lack[i].item] == 2 &&
                    d.type[x.lack[i].item] == 3);
        missing += x.lack[i].n;
    }
    assert_int_equal(missing, 4 * d.p->requirement[k].lo - (int64_t)have);
    needs_each(d.p, &x);
    explanation_release(&x);
    problem_free(d.p);
}

static void forms_that_only_together_ask_too_much_are_told_how_many_there_can_be(void **state)
{
    (void)state;
    struct drawn d = blueprint(130, 10, 3);
    struct explanation x = explained(d.p);
    const struct explain_change *last = &x.change[x.n_changes - 1];
    assert_true(x.proven && names(&d, &x, "use"));
    assert_int_equal(last->kind, CHANGE_FORMS);
    assert_true(last->to >= 4 && last->to <= 6);
    needs_each(d.p, &x);
    explanation_release(&x);
    problem_free(d.p);
}

static void a_time_that_is_too_short_is_told_with_the_time_that_is_needed(void **state)
{
    (void)state;
    struct drawn d = blueprint(300, 1, 4);
    d.p->requirement[13].hi = 500;
    struct explanation x = explained(d.p);
    assert_true(names(&d, &x, "time") && names(&d, &x, "length"));
    assert_true(x.n <= 3 && x.proven);
    const struct explain_change *change = change_of(&d, &x, "time");
    assert_int_equal(change->kind, CHANGE_HIGH);
    assert_true(change->found && change->to > 600 && change->to < 1200);
    explanation_release(&x);
    problem_free(d.p);
}

/* Each number of items is possible, both together only for halves. */
static void what_only_whole_items_contradict_is_found_by_the_search(void **state)
{
    (void)state;
    struct drawn d = blueprint(60, 1, 5);
    static const uint32_t item[] = {0, 1, 2};
    for (uint32_t k = 0; k < 3; k++) {
        uint32_t *pair = arena_array(d.p->arena, 2, sizeof *pair);
        pair[0] = k == 2 ? 0 : k;
        pair[1] = k == 2 ? 2 : k + 1;
        const struct requirement enemies = {
            .kind = REQUIRE_AT_MOST_ONE, .id = "enemies", .words = "enemies", .item = pair, .n = 2, .hi = 1};
        problem_require(d.p, &enemies);
    }
    const struct requirement two = {.kind = REQUIRE_LINEAR,
                                    .id = "one and a half",
                                    .words = "",
                                    .item = item,
                                    .n = 3,
                                    .lo = 3,
                                    .hi = 3,
                                    .coef = (const int64_t[]){2, 2, 2}};
    problem_require(d.p, &two);
    struct explanation x = explained(d.p);
    assert_true(names(&d, &x, "one and a half"));
    assert_int_equal(x.n, 1);
    assert_true(!x.relaxed && !x.proven && x.smallest);
    assert_int_equal(x.n_changes, 1);
    assert_true(x.change[0].kind == CHANGE_DROP && x.change[0].found);
    explanation_release(&x);
    problem_free(d.p);
}

static void a_rule_that_asks_for_more_than_it_allows_is_named_alone(void **state)
{
    (void)state;
    for (size_t forms = 1; forms <= 2; forms++) {
        struct drawn d = blueprint(100, forms, 8);
        struct solve_result r = {0};
        struct err e = {0};
        rule(&d, "crossed", 1, 1, ANY, 3, 2);
        assert_done(solve(d.p, &(struct solve_options){.seed = 1, .seconds = 20}, &r, &e), e);
        assert_int_equal(r.status, SOLVE_INFEASIBLE);
        struct explanation x = explained(d.p);
        assert_int_equal(x.n, 1);
        assert_true(names(&d, &x, "crossed") && x.least && x.relaxed);
        explanation_release(&x);
        solve_result_release(&r);
        problem_free(d.p);
    }
}

static void several_contradictions_are_all_named(void **state)
{
    (void)state;
    struct drawn d = blueprint(300, 1, 9);
    rule(&d, "too many", ANY, ANY, 0, 13, 20);
    rule(&d, "missing", 1, 1, 1, 90, 95);
    struct explanation x = explained(d.p);
    assert_int_equal(x.n, 1); /* the fewest first */
    assert_true(names(&d, &x, "missing"));
    assert_int_equal(x.n_besides, 1);
    assert_int_equal(x.besides[0].n, 2);
    assert_string_equal(d.p->requirement[x.besides[0].requirement[1]].id, "too many");
    for (size_t i = 0; i < x.n_changes; i++)
        assert_int_equal(x.change[i].way, 0); /* only several changes at once will do */
    assert_true(x.n_changes >= 2 && x.change[0].found);
    explanation_release(&x);
    problem_free(d.p);
}

static void every_planted_contradiction_is_found_and_proven(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 7);
    for (uint64_t round = 0; round < 12; round++) {
        struct drawn d = blueprint(300 + rng_below(&rng, 300), 1 + rng_below(&rng, 8), round);
        size_t a = rng_below(&rng, TOPICS), b = 6 + rng_below(&rng, LEVELS);
        if (round % 3 == 0) { /* the levels of a topic exceed it */
            for (uint32_t k = 0; k < LEVELS; k++)
                rule(&d, "planted", (uint32_t)a, k, ANY, 2, 4);
        } else if (round % 3 == 1) { /* the levels exceed the length */
            for (uint32_t k = 0; k < LEVELS; k++)
                d.p->requirement[6 + k].lo = 7;
        } else { /* a level that is asked is kept out by another */
            d.p->requirement[b].lo = 9;
            for (uint32_t k = 0; k < TYPES; k++)
                rule(&d, "planted", ANY, (uint32_t)(b - 6), k, 0, 2);
        }
        struct explanation x = explained(d.p);
        assert_true(x.proven && x.least);
        assert_true(x.n <= 5);
        assert_true(round % 3 == 1 ? names(&d, &x, "level 0") : names(&d, &x, "planted"));
        needs_each(d.p, &x);
        explanation_release(&x);
        problem_free(d.p);
    }
}

static void the_same_question_has_the_same_answer(void **state)
{
    (void)state;
    struct bytes out[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        struct drawn d = blueprint(130, 10, 3);
        struct explanation x = explained(d.p);
        explain_rules_text(d.p, &x, &out[i]);
        explain_ways_text(d.p, &x, NULL, NULL, &out[i]);
        explanation_release(&x);
        problem_free(d.p);
    }
    assert_true(span_equal(bytes_span(&out[0]), bytes_span(&out[1])));
    assert_non_null(strstr((const char *)out[0].p, "these cannot hold together"));
    assert_non_null(strstr((const char *)out[0].p, "forms: "));
    bytes_release(&out[0]);
    bytes_release(&out[1]);
}

static int64_t exams_after_writing(struct drawn *d, const struct supply *s)
{
    struct err e = {0};
    struct supply after = {0};
    size_t at = 0;
    for (size_t i = 0; i < s->n_lacks; i++)
        at += (size_t)s->lack[i].n;
    struct drawn more = draw(d->p->n_items + at, d->p->n_forms, 6);
    at = d->p->n_items; /* the same seed draws the same first items */
    for (size_t i = 0; i < s->n_lacks; i++)
        for (int64_t k = 0; k < s->lack[i].n; k++, at++) {
            uint32_t like = s->lack[i].item;
            more.topic[at] = d->topic[like];
            more.level[at] = d->level[like];
            more.type[at] = d->type[like];
            more.seconds[at] = d->seconds[like];
        }
    ask_all(&more);
    assert_done(supply_find(&after, more.p, &(struct supply_options){0}, &e), e);
    int64_t exams = after.exams;
    supply_release(&after);
    problem_free(more.p);
    return exams;
}

static void a_bank_lasts_as_long_as_it_is_said_to_and_longer_with_the_items_named(void **state)
{
    (void)state;
    struct drawn d = blueprint(300, 2, 6);
    struct supply s = {0};
    struct err e = {0};
    assert_done(supply_find(&s, d.p, &(struct supply_options){0}, &e), e);
    assert_in_range(s.exams, 3, 7); /* forty items each time, of 300 */
    assert_false(s.more);
    assert_true(s.n > 0 && s.n_lacks > 0);
    assert_int_equal(s.wanted, s.exams + 1);
    assert_true(s.rule[0].stock >= s.exams * s.rule[0].needed);
    assert_true(exams_after_writing(&d, &s) >= s.wanted);
    supply_release(&s);
    problem_free(d.p);
}

static int64_t exams(const struct problem *p, const int64_t *left, int64_t enough, bool *ret_more)
{
    struct supply s = {0};
    struct err e = {0};
    const struct supply_options o = {.left = left, .enough = enough};
    assert_done(supply_find(&s, p, &o, &e), e);
    int64_t n = s.exams;
    *ret_more = s.more;
    supply_release(&s);
    return n;
}

static void items_that_may_be_taken_twice_last_twice_as_long(void **state)
{
    (void)state;
    struct drawn d = blueprint(300, 2, 6);
    int64_t left[300];
    bool more;
    int64_t once = exams(d.p, NULL, 0, &more);
    for (size_t i = 0; i < 300; i++)
        left[i] = 2;
    assert_in_range(exams(d.p, left, 0, &more), 2 * once, 2 * once + 1);
    assert_int_equal(exams(d.p, left, 2, &more), 2); /* it is looked no further */
    assert_true(more);
    for (size_t i = 0; i < 300; i++)
        left[i] = 0;
    assert_int_equal(exams(d.p, left, 0, &more), 0);
    problem_free(d.p);
}

static void the_fewest_elements_hit_every_set(void **state)
{
    (void)state;
    static const uint32_t rank[] = {5, 4, 3, 2, 1, 0};
    struct hitting *h = hitting_new(6, rank);
    bool got[6];
    assert_int_equal(hitting_least(h, 3, got, NULL), HITTING_FOUND);
    hitting_add(h, (const bool[]){true, true, false, false, false, false});
    hitting_add(h, (const bool[]){false, true, true, false, false, false});
    hitting_add(h, (const bool[]){false, false, false, true, true, false});
    assert_int_equal(hitting_least(h, 3, got, NULL), HITTING_FOUND);
    assert_true(got[1] && got[4] && !got[0] && !got[2] && !got[3]);
    assert_int_equal(hitting_least(h, 2, got, NULL), HITTING_NONE);
    hitting_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_that_is_too_large_is_named_and_mended),
        cmocka_unit_test(what_the_bank_lacks_is_counted_and_named),
        cmocka_unit_test(forms_that_only_together_ask_too_much_are_told_how_many_there_can_be),
        cmocka_unit_test(a_time_that_is_too_short_is_told_with_the_time_that_is_needed),
        cmocka_unit_test(what_only_whole_items_contradict_is_found_by_the_search),
        cmocka_unit_test(a_rule_that_asks_for_more_than_it_allows_is_named_alone),
        cmocka_unit_test(several_contradictions_are_all_named),
        cmocka_unit_test(every_planted_contradiction_is_found_and_proven),
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(a_bank_lasts_as_long_as_it_is_said_to_and_longer_with_the_items_named),
        cmocka_unit_test(items_that_may_be_taken_twice_last_twice_as_long),
        cmocka_unit_test(the_fewest_elements_hit_every_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

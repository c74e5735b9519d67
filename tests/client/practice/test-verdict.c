/* SPDX-License-Identifier: Apache-2.0 */
/* What another program said is read with suspicion, and decides which feedback is seen. */
#include "tests/check.h"

#include "client/practice/verdict.h"

static int read_text(struct verdict *v, struct arena *a, const char *json, struct err *e)
{
    return verdict_read(v, a, span_str(json), e);
}

static enum question_mark mark_of(const char *json)
{
    struct arena *a = arena_new();
    struct verdict v;
    struct err e = {0};
    assert_done(read_text(&v, a, json, &e), e);
    arena_free(a);
    return v.mark;
}

static void points_make_the_mark(void **state)
{
    (void)state;
    assert_int_equal(
        mark_of("{\"status\":\"auto\",\"points\":\"3\",\"maximum\":\"3\",\"correct\":{},\"outcomes\":{}}"),
        MARK_RIGHT);
    assert_int_equal(
        mark_of("{\"status\":\"auto\",\"points\":\"0.5\",\"maximum\":\"3\",\"correct\":{},\"outcomes\":{}}"),
        MARK_PARTLY);
    assert_int_equal(
        mark_of("{\"status\":\"auto\",\"points\":\"0\",\"maximum\":\"3\",\"correct\":{},\"outcomes\":{}}"),
        MARK_WRONG);
    assert_int_equal(mark_of("{\"status\":\"pending\",\"maximum\":\"3\",\"correct\":{},\"outcomes\":{}}"),
                     MARK_WAITING);
}

static void anything_else_is_refused(void **state)
{
    static const char *const odd[] = {
        "",
        "garbage",
        "[]",
        "null",
        "{}",
        "{\"status\":\"auto\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":\"1\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":1,\"maximum\":\"1\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":\"-1\",\"maximum\":\"1\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"0\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"perhaps\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{},\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":[],\"outcomes\":{}}",
        "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{},\"outcomes\":{\"A\":[[1]]}}",
        "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{}}",
        "{\"status\":\"auto\",\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\"}",
    };
    (void)state;
    struct arena *a = arena_new();
    struct verdict v;
    struct err e = {0};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_refused(read_text(&v, a, odd[i], &e), ERR_DATA, "not understood", e);
    arena_free(a);
}

static void feedback_is_seen_when_its_outcome_is_or_holds_the_identifier(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct verdict v;
    struct err e = {0};
    assert_done(
        read_text(&v, a,
                  "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{\"RESPONSE\":[\"A\","
                  "\"B\"]},"
                  "\"outcomes\":{\"F\":\"right\",\"L\":[\"a\",\"b\"],\"N\":null,\"T\":true,\"R\":{\"x\":1}}}",
                  &e),
        e);
    assert_true(verdict_shows(&v, "F", "right", true));
    assert_false(verdict_shows(&v, "F", "wrong", true));
    assert_false(verdict_shows(&v, "F", "right", false));
    assert_true(verdict_shows(&v, "F", "wrong", false));
    assert_true(verdict_shows(&v, "L", "b", true));
    assert_false(verdict_shows(&v, "N", "x", true));
    assert_true(verdict_shows(&v, "unknown", "x", false));
    assert_true(verdict_shows(&v, "T", "true", true));
    assert_int_equal(response_find(&v.correct, "RESPONSE")->n, 2);
    arena_free(a);
}

static void an_explanation_that_no_rule_shows_or_hides_is_always_seen(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct verdict v;
    struct err e = {0};
    assert_done(read_text(&v, a,
                          "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{},"
                          "\"outcomes\":{\"FEEDBACK\":null,\"SET\":\"other\"}}",
                          &e),
                e);
    const struct item_feedback plain = {.outcome = "FEEDBACK", .identifier = "explanation", .show = true},
                               hidden = {.outcome = "SET", .identifier = "explanation", .show = true},
                               unknown = {.outcome = "NONE", .identifier = "explanation", .show = true};
    assert_true(verdict_shows_modal(&v, &plain));
    assert_false(verdict_shows_modal(&v, &hidden));
    assert_false(verdict_shows_modal(&v, &unknown));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_make_the_mark),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(feedback_is_seen_when_its_outcome_is_or_holds_the_identifier),
        cmocka_unit_test(an_explanation_that_no_rule_shows_or_hides_is_always_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

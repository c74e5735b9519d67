/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/test-kit.h"

static void path_is(const char *xml, const char *entered)
{
    struct kit k;
    kit_begin(&k, xml);
    kit_walk(&k);
    assert_string_equal(kit_entered(&k), entered);
    kit_end(&k);
}

static void a_precondition_that_is_false_skips_the_item(void **state)
{
    (void)state;
    path_is(T_HEAD LI(S(I("a") ITEM("b", PRE(FALSE)) ITEM("c", PRE(TRUE)))) T_TAIL, "a c");
}

static void a_precondition_that_is_null_skips_the_item(void **state)
{
    (void)state;
    path_is(T_HEAD LI(S(I("a") ITEM("b", PRE("<null/>")) I("c"))) T_TAIL, "a c");
}

static void all_preconditions_of_an_item_must_hold(void **state)
{
    (void)state;
    path_is(T_HEAD LI(S(ITEM("a", PRE(TRUE) PRE(FALSE)) ITEM("b", PRE(TRUE) PRE(TRUE)))) T_TAIL, "b");
}

static void a_precondition_of_a_section_skips_all_in_it(void **state)
{
    (void)state;
    struct kit k;
    kit_begin(&k, T_HEAD LI(SECTION("s1", "", PRE(FALSE) I("a") I("b")) SECTION("s2", "", I("c"))) T_TAIL);
    kit_walk(&k);
    assert_string_equal(kit_entered(&k), "c");
    assert_int_equal(kit_fate(&k, "b"), SLOT_PRECONDITION);
    kit_end(&k);
}

static void a_precondition_of_a_part_skips_the_part_even_when_it_is_nonlinear(void **state)
{
    (void)state;
    path_is(T_HEAD PART("p1", "nonlinear", "individual", PRE(FALSE) S(I("a")))
                PART("p2", "linear", "individual", SECTION("s2", "", I("b"))) T_TAIL,
            "b");
}

static void a_precondition_sees_the_outcomes_of_the_items_before(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    for (int right = 0; right < 2; right++) {
        kit_begin(&k, T_HEAD TOTAL LI(S(I("a") ITEM("b", PRE("<gt>" VARIABLE("TOTAL") FLOAT("0") "</gt>")) ITEM(
                      "c", PRE("<equal toleranceMode=\"exact\">" VARIABLE("a.SCORE") FLOAT("0") "</equal>")))) SUM_UP T_TAIL);
        assert_done(kit_answer(&k, right ? "A" : "B", &e), e);
        kit_walk(&k);
        assert_string_equal(kit_entered(&k), right ? "a b" : "a c");
        kit_end(&k);
    }
}

static void the_first_branch_that_holds_is_taken(void **state)
{
    (void)state;
    path_is(T_HEAD LI(S(ITEM("a", BRANCH("b", FALSE) BRANCH("c", TRUE) BRANCH("d", TRUE)) I("b") I("c") I("d"))) T_TAIL,
            "a c d");
}

static void a_branch_to_what_was_not_selected_is_passed_over(void **state)
{
    (void)state;
    path_is(T_HEAD LI(S(ITEM("a", BRANCH("z", TRUE)) I("b")) SECTION("s2", "", "<selection select=\"0\"/>" I("z"))) T_TAIL,
            "a b");
}

static void exit_section_ends_the_section_and_the_rules_of_the_section_follow(void **state)
{
    (void)state;
    path_is(T_HEAD LI(SECTION("s1", "", BRANCH("d", TRUE) ITEM("a", BRANCH("EXIT_SECTION", TRUE)) I("b"))
                          SECTION("s2", "", I("c") I("d"))) T_TAIL,
            "a d");
}

static void exit_testpart_goes_on_with_the_next_part(void **state)
{
    (void)state;
    path_is(T_HEAD PART("p1", "linear", "individual", S(ITEM("a", BRANCH("EXIT_TESTPART", TRUE)) I("b")))
                PART("p2", "linear", "individual", SECTION("s2", "", I("c"))) T_TAIL,
            "a c");
}

static void exit_test_ends_the_test(void **state)
{
    (void)state;
    struct kit k;
    kit_begin(&k, T_HEAD PART("p1", "linear", "individual", S(ITEM("a", BRANCH("EXIT_TEST", TRUE)) I("b")))
                      PART("p2", "linear", "individual", SECTION("s2", "", I("c"))) T_TAIL);
    kit_walk(&k);
    assert_string_equal(kit_entered(&k), "a");
    assert_int_equal(kit_fate(&k, "b"), SLOT_JUMPED);
    assert_int_equal(kit_fate(&k, "c"), SLOT_WAITING);
    kit_end(&k);
}

static void a_part_branches_over_parts(void **state)
{
    (void)state;
    path_is(T_HEAD PART("p1", "linear", "individual", BRANCH("p3", TRUE) S(I("a")))
                PART("p2", "linear", "individual", SECTION("s2", "", I("b")))
                    PART("p3", "linear", "individual", SECTION("s3", "", I("c"))) T_TAIL,
            "a c");
}

static void a_branch_into_a_section_asks_the_precondition_of_that_section(void **state)
{
    (void)state;
    path_is(T_HEAD LI(SECTION("s1", "", ITEM("a", BRANCH("c", TRUE)) I("b")) SECTION("s2", "", PRE(FALSE) I("c"))
                          SECTION("s3", "", I("d"))) T_TAIL,
            "a d");
}

static void nonlinear_parts_pass_over_preconditions_and_branches(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD NI(S(ITEM("a", BRANCH("c", TRUE)) ITEM("b", PRE(FALSE)) I("c"))) T_TAIL);
    assert_int_equal(delivery_current(k.delivery), -1);
    assert_done(kit_select(&k, "c", &e), e);
    assert_done(kit_select(&k, "b", &e), e);
    assert_done(kit_select(&k, "a", &e), e);
    assert_done(kit_next(&k, &e), e);
    assert_int_equal(delivery_current(k.delivery), 1);
    assert_done(delivery_back(k.delivery, 0, &e), e);
    assert_refused(delivery_back(k.delivery, 0, &e), ERR_NO, "first item", e);
    assert_string_equal(kit_entered(&k), "c b a");
    kit_end(&k);
}

static void a_linear_part_knows_no_way_back(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(S(I("a") I("b"))) T_TAIL);
    assert_done(kit_next(&k, &e), e);
    assert_refused(delivery_back(k.delivery, 0, &e), ERR_NO, "from item to item", e);
    assert_refused(kit_select(&k, "a", &e), ERR_NO, "from item to item", e);
    assert_int_equal(delivery_moves(k.delivery, 0), MAY_RESPOND | MAY_NEXT | MAY_SKIP | MAY_END_PART | MAY_END_TEST);
    kit_end(&k);
}

static void an_item_takes_as_many_attempts_as_it_says(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD TOTAL NI("<itemSessionControl maxAttempts=\"2\"/>" S(
                      I("a") ITEM("b", "<itemSessionControl maxAttempts=\"0\"/>"))) SUM_UP T_TAIL);
    assert_done(kit_select(&k, "a", &e), e);
    assert_done(kit_answer(&k, "B", &e), e);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_refused(kit_answer(&k, "B", &e), ERR_NO, "no attempts left", e);
    assert_true(kit_outcome(&k, "TOTAL") == 1);
    assert_done(kit_select(&k, "b", &e), e);
    for (int i = 0; i < 20; i++)
        assert_done(kit_answer(&k, "A", &e), e);
    assert_int_equal(delivery_slot_at(k.delivery, 1)->attempts, 20);
    assert_true(kit_outcome(&k, "TOTAL") == 2);
    kit_end(&k);
}

static void simultaneous_submission_scores_when_the_part_ends_and_what_was_presented(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD TOTAL PART("p", "nonlinear", "simultaneous", S(I("a") I("b") I("c"))) SUM_UP T_TAIL);
    assert_done(kit_select(&k, "a", &e), e);
    assert_done(kit_answer(&k, "B", &e), e);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_done(kit_select(&k, "b", &e), e);
    assert_int_equal(k.scored, 0);
    assert_true(kit_outcome(&k, "TOTAL") == 0);
    assert_done(delivery_end_part(k.delivery, 0, &e), e);
    assert_int_equal(k.scored, 2);
    assert_true(kit_outcome(&k, "TOTAL") == 1);
    kit_end(&k);
}

static void an_item_that_must_not_be_skipped_wants_an_answer(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI("<itemSessionControl allowSkipping=\"false\"/>" S(I("a") I("b"))) T_TAIL);
    assert_refused(kit_next(&k, &e), ERR_NO, "must be answered", e);
    assert_refused(delivery_skip(k.delivery, 0, &e), ERR_NO, "must not be skipped", e);
    assert_refused(kit_answer(&k, "", &e), ERR_NO, "must be answered", e);
    assert_refused(delivery_end_part(k.delivery, 0, &e), ERR_NO, "must be answered", e);
    assert_done(kit_answer(&k, "B", &e), e);
    assert_done(kit_next(&k, &e), e);
    kit_end(&k);
}

static void an_answer_against_the_constraints_is_refused_where_responses_are_validated(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(S(ITEM("a", "<itemSessionControl validateResponses=\"true\"/>") I("b"))) T_TAIL);
    k.valid = false;
    assert_refused(kit_answer(&k, "A", &e), ERR_NO, "does not meet", e);
    assert_done(kit_next(&k, &e), e);
    assert_done(kit_answer(&k, "A", &e), e);
    kit_end(&k);
}

static void a_comment_is_kept_where_it_is_allowed(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(S(ITEM("a", "<itemSessionControl allowComment=\"true\"/>") I("b"))) T_TAIL);
    assert_done(delivery_comment(k.delivery, 0, "unclear", &e), e);
    assert_string_equal(delivery_slot_at(k.delivery, 0)->comment, "unclear");
    assert_done(kit_next(&k, &e), e);
    assert_refused(delivery_comment(k.delivery, 0, "x", &e), ERR_NO, "no comment", e);
    kit_end(&k);
}

static void review_feedback_and_solution_are_shown_as_the_item_says(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD NI(S(ITEM("a", "<itemSessionControl allowReview=\"false\" showSolution=\"true\" "
                                        "showFeedback=\"true\"/>") I("b"))) T_TAIL);
    assert_done(kit_select(&k, "a", &e), e);
    assert_false(delivery_may_show_solution(k.delivery, 0));
    assert_done(kit_answer(&k, "A", &e), e);
    assert_true(delivery_may_show_solution(k.delivery, 0));
    assert_true(delivery_may_show_feedback(k.delivery, 0));
    assert_false(delivery_may_review(k.delivery, 0));
    assert_done(kit_select(&k, "b", &e), e);
    assert_refused(kit_select(&k, "a", &e), ERR_NO, "may not be looked at again", e);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_true(delivery_may_review(k.delivery, 1));
    assert_false(delivery_may_show_feedback(k.delivery, 1));
    kit_end(&k);
}

static void an_item_out_of_time_is_over(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(S(ITEM("a", "<timeLimits maxTime=\"10\"/>") I("b"))) T_TAIL);
    assert_int_equal(delivery_left(k.delivery, 4000), 6000);
    assert_done(delivery_clock(k.delivery, 9999, &e), e);
    assert_int_equal(delivery_current(k.delivery), 0);
    k.now_ms = 10000;
    assert_refused(kit_answer(&k, "A", &e), ERR_NO, "the test has gone on", e);
    assert_int_equal(delivery_current(k.delivery), 1);
    assert_int_equal(delivery_slot_at(k.delivery, 0)->attempts, 0);
    assert_int_equal(delivery_slot_at(k.delivery, 1)->attempts, 0);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_int_equal(delivery_slot_at(k.delivery, 1)->attempts, 1);
    kit_end(&k);
}

static void late_submission_is_taken_where_it_is_allowed(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(S(ITEM("a", "<timeLimits maxTime=\"10\" allowLateSubmission=\"true\"/>") I("b"))) T_TAIL);
    k.now_ms = 60000;
    assert_done(kit_answer(&k, "A", &e), e);
    assert_int_equal(delivery_slot_at(k.delivery, 0)->attempts, 1);
    assert_int_equal(delivery_left(k.delivery, k.now_ms), -1);
    kit_end(&k);
}

static void a_section_out_of_time_closes_all_its_items(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD NI(SECTION("s1", "", "<timeLimits maxTime=\"10\"/>" I("a") I("b")) SECTION("s2", "", I("c"))) T_TAIL);
    assert_done(kit_select(&k, "a", &e), e);
    k.now_ms = 10000;
    assert_refused(kit_select(&k, "b", &e), ERR_NO, "over", e);
    assert_int_equal(delivery_current(k.delivery), -1);
    assert_done(kit_select(&k, "c", &e), e);
    kit_end(&k);
}

static void the_time_of_a_part_or_of_the_test_ends_it(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD "<timeLimits maxTime=\"30\"/>" TOTAL
                      PART("p1", "nonlinear", "simultaneous", "<timeLimits maxTime=\"10\"/>" S(I("a") I("b")))
                          PART("p2", "linear", "individual", SECTION("s2", "", I("c"))) SUM_UP T_TAIL);
    assert_done(kit_select(&k, "a", &e), e);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_done(delivery_clock(k.delivery, 10000, &e), e);
    assert_int_equal(delivery_state(k.delivery), DELIVERY_BETWEEN);
    assert_true(kit_outcome(&k, "TOTAL") == 1);
    k.now_ms = 10000;
    assert_done(kit_next(&k, &e), e);
    assert_done(delivery_clock(k.delivery, 30000, &e), e);
    assert_int_equal(delivery_state(k.delivery), DELIVERY_ENDED);
    kit_end(&k);
}

static void the_least_time_of_an_item_and_of_its_section_holds_in_linear_parts(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD LI(SECTION("s1", "", "<timeLimits minTime=\"20\"/>" ITEM("a", "<timeLimits minTime=\"5\"/>"))
                                SECTION("s2", "", I("b"))) T_TAIL);
    k.now_ms = 4000;
    assert_refused(kit_next(&k, &e), ERR_NO, "16 more seconds", e);
    assert_int_equal(delivery_held(k.delivery, 20000), 0);
    k.now_ms = 20000;
    assert_done(kit_next(&k, &e), e);
    assert_int_equal(delivery_current(k.delivery), 1);
    kit_end(&k);
}

static void durations_are_variables_of_the_test(void **state)
{
    (void)state;
    struct kit k;
    kit_begin(&k, T_HEAD LI(S(I("a") ITEM("b", PRE("<gte>" VARIABLE("s.duration") FLOAT("7") "</gte>")))) T_TAIL);
    k.now_ms = 7000;
    kit_walk(&k);
    assert_string_equal(kit_entered(&k), "a b");
    kit_end(&k);
}

static void feedback_of_the_test_is_shown_during_or_at_the_end_by_its_outcome(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD OUTCOME("F", "identifier", "none") LI(S(I("a"))) PROCESSING(SET(
                      "F", "<baseValue baseType=\"identifier\">well</baseValue>"))
                      "<testFeedback access=\"atEnd\" outcomeIdentifier=\"F\" showHide=\"show\" identifier=\"well\">"
                      "<p>Well done.</p></testFeedback>"
                      "<testFeedback access=\"during\" outcomeIdentifier=\"F\" showHide=\"hide\" identifier=\"well\">"
                      "<p>Go on.</p></testFeedback>" T_TAIL);
    assert_false(delivery_feedback_shown(k.delivery, &k.test->feedback[0], NULL));
    assert_true(delivery_feedback_shown(k.delivery, &k.test->feedback[1], NULL));
    assert_done(kit_answer(&k, "A", &e), e);
    assert_false(delivery_feedback_shown(k.delivery, &k.test->feedback[1], NULL));
    kit_walk(&k);
    assert_true(delivery_feedback_shown(k.delivery, &k.test->feedback[0], NULL));
    assert_non_null(k.test->feedback[0].words.content->body);
    kit_end(&k);
}

static void a_template_default_is_worked_out_from_the_items_before(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    struct test_variables v;
    struct arena *a = arena_new();
    kit_begin(&k, T_HEAD LI(S(I("a") ITEM("b", "<templateDefault templateIdentifier=\"N\"><sum>" VARIABLE("a.SCORE")
                                               FLOAT("2") "</sum></templateDefault>"))) T_TAIL);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_done(delivery_template_defaults(k.delivery, 1, a, &v, &e), e);
    assert_string_equal(v.at[0].identifier, "N");
    assert_true(v.at[0].value.at[0].number == 3);
    arena_free(a);
    kit_end(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_precondition_that_is_false_skips_the_item),
        cmocka_unit_test(a_precondition_that_is_null_skips_the_item),
        cmocka_unit_test(all_preconditions_of_an_item_must_hold),
        cmocka_unit_test(a_precondition_of_a_section_skips_all_in_it),
        cmocka_unit_test(a_precondition_of_a_part_skips_the_part_even_when_it_is_nonlinear),
        cmocka_unit_test(a_precondition_sees_the_outcomes_of_the_items_before),
        cmocka_unit_test(the_first_branch_that_holds_is_taken),
        cmocka_unit_test(a_branch_to_what_was_not_selected_is_passed_over),
        cmocka_unit_test(exit_section_ends_the_section_and_the_rules_of_the_section_follow),
        cmocka_unit_test(exit_testpart_goes_on_with_the_next_part),
        cmocka_unit_test(exit_test_ends_the_test),
        cmocka_unit_test(a_part_branches_over_parts),
        cmocka_unit_test(a_branch_into_a_section_asks_the_precondition_of_that_section),
        cmocka_unit_test(nonlinear_parts_pass_over_preconditions_and_branches),
        cmocka_unit_test(a_linear_part_knows_no_way_back),
        cmocka_unit_test(an_item_takes_as_many_attempts_as_it_says),
        cmocka_unit_test(simultaneous_submission_scores_when_the_part_ends_and_what_was_presented),
        cmocka_unit_test(an_item_that_must_not_be_skipped_wants_an_answer),
        cmocka_unit_test(an_answer_against_the_constraints_is_refused_where_responses_are_validated),
        cmocka_unit_test(a_comment_is_kept_where_it_is_allowed),
        cmocka_unit_test(review_feedback_and_solution_are_shown_as_the_item_says),
        cmocka_unit_test(an_item_out_of_time_is_over),
        cmocka_unit_test(late_submission_is_taken_where_it_is_allowed),
        cmocka_unit_test(a_section_out_of_time_closes_all_its_items),
        cmocka_unit_test(the_time_of_a_part_or_of_the_test_ends_it),
        cmocka_unit_test(the_least_time_of_an_item_and_of_its_section_holds_in_linear_parts),
        cmocka_unit_test(durations_are_variables_of_the_test),
        cmocka_unit_test(feedback_of_the_test_is_shown_during_or_at_the_end_by_its_outcome),
        cmocka_unit_test(a_template_default_is_worked_out_from_the_items_before),
    };
    return cmocka_run_group_tests_name("delivery", tests, NULL, NULL);
}

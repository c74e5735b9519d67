/* SPDX-License-Identifier: Apache-2.0 */
/* Sections with a time of their own, inside the time of the whole: an hour. */
#include "tests/client/play.h"

static const struct paper_section timed[] = {{.time_s = 1200}, {0}, {.time_s = 600}};
static const struct paper_section boxed[] = {{.time_s = 1200, .navigation = PAPER_LINEAR, .once = true},
                                             {.time_s = 1200, .once = true},
                                             {.time_s = 1200}};
#define BEGIN(sections) play_begin(sections, sizeof sections / sizeof *sections, 0)

static void time_counts_for_the_section_of_the_item_shown_last(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    spends(&p->s, 1000, NULL);
    goes_to(&p->s, 0);
    spends(&p->s, 5000, NULL);
    goes_to(&p->s, 1);
    spends(&p->s, 5000, NULL);
    goes_to(&p->s, 3);
    spends(&p->s, 7000, NULL);
    goes_to(&p->s, 2);
    spends(&p->s, 2000, NULL);
    assert_int_equal(p->s.section[0].used_ms, 12000);
    assert_int_equal(p->s.section[1].used_ms, 7000);
    assert_int_equal(p->s.section[2].used_ms, 0);
    assert_int_equal(p->s.used_ms, 20000);
    play_end(p);
}

static void the_same_times_come_out_of_the_stored_events_alone(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    happens(&p->s, SESSION_VISIT, "k001", 1000);
    happens(&p->s, SESSION_ANSWER, "k001", 9000);
    happens(&p->s, SESSION_VISIT, "k004", 11000);
    happens(&p->s, SESSION_VISIT, "k003", 18000);
    session_pass(&p->s, 20000); /* the tick */
    assert_int_equal(p->s.section[0].used_ms, 12000);
    assert_int_equal(p->s.section[1].used_ms, 7000);
    play_end(p);
}

static void what_is_left_is_the_lesser_of_section_and_whole(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    assert_false(session_left(&p->s).of_section);
    goes_to(&p->s, 0);
    assert_true(session_left(&p->s).of_section);
    assert_int_equal(session_left(&p->s).ms, MINUTES(20));
    assert_int_equal(session_left(&p->s).whole_ms, MINUTES(60));
    goes_to(&p->s, 3);
    spends(&p->s, MINUTES(50), NULL);
    assert_false(session_left(&p->s).of_section);
    goes_to(&p->s, 0);
    assert_false(session_left(&p->s).of_section);
    assert_int_equal(session_left(&p->s).ms, MINUTES(10));
    play_end(p);
}

static void the_end_of_a_section_is_announced_once_at_five_minutes_and_at_one(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(20), told);
    assert_int_equal(told[SESSION_SECTION_FIVE_MINUTES], 1);
    assert_int_equal(told[SESSION_SECTION_ONE_MINUTE], 1);
    assert_int_equal(told[SESSION_SECTION_OVER] + told[SESSION_FIVE_MINUTES] + told[SESSION_ONE_MINUTE], 0);
    play_end(p);
}

static void who_comes_back_to_a_section_is_not_warned_again(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(16), told);
    goes_to(&p->s, 3);
    spends(&p->s, MINUTES(5), told);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(2), told);
    assert_int_equal(told[SESSION_SECTION_FIVE_MINUTES], 1);
    assert_int_equal(told[SESSION_SECTION_ONE_MINUTE], 0);
    play_end(p);
}

static void the_warning_of_the_whole_goes_before_that_of_a_section(void **state)
{
    (void)state;
    static const struct paper_section both[] = {{.time_s = 3600}};
    struct play *p = BEGIN(both);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(60) + 2000, told);
    assert_int_equal(told[SESSION_FIVE_MINUTES], 1);
    assert_int_equal(told[SESSION_ONE_MINUTE], 1);
    assert_int_equal(told[SESSION_OVER], 1);
    assert_int_equal(told[SESSION_SECTION_FIVE_MINUTES] + told[SESSION_SECTION_OVER], 0);
    play_end(p);
}

static void an_answer_within_two_seconds_after_the_section_still_counts(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(20) + 1500, NULL);
    assert_int_equal(session_left(&p->s).ms, 0);
    does(&p->s, 0);
    spends(&p->s, 500, NULL);
    no_answer_to(&p->s, 0, ERR_SECTION_TIME);
    no_way_to(&p->s, 1, ERR_SECTION_TIME);
    assert_true(session_section_shut(&p->s, 0));
    play_end(p);
}

static void at_the_end_of_a_section_the_next_one_begins(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    does(&p->s, 1);
    spends(&p->s, MINUTES(20) + 2000, told);
    assert_int_equal(told[SESSION_SECTION_OVER], 1);
    assert_int_equal(session_next_item(&p->s), 3);
    goes_to(&p->s, 3);
    assert_int_equal(p->s.section[0].state, SECTION_CLOSED);
    no_way_to(&p->s, 0, ERR_SECTION_CLOSED);
    play_end(p);
}

static void after_the_last_section_an_open_one_before_it_is_the_next(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    does(&p->s, 4);
    goes_to(&p->s, 6);
    spends(&p->s, MINUTES(10) + 2000, NULL);
    assert_int_equal(session_next_item(&p->s), 0);
    goes_to(&p->s, 4);
    assert_int_equal(p->s.section[2].state, SECTION_CLOSED);
    play_end(p);
}

static void at_the_end_of_the_last_open_section_the_end_is_forced(void **state)
{
    (void)state;
    struct play *p = BEGIN(boxed);
    int told[SESSION_OVER + 1] = {0};
    for (size_t i = 0; i < 9; i += 3) {
        does(&p->s, i);
        assert_int_equal(told[SESSION_OVER], 0);
        spends(&p->s, MINUTES(19), told);
        if (i < 6)
            continue;
        spends(&p->s, MINUTES(1) + 2000, told);
    }
    assert_int_equal(session_left_ms(&p->s), MINUTES(2) - 2000);
    assert_int_equal(session_next_item(&p->s), p->s.n);
    assert_int_equal(told[SESSION_OVER], 1);
    assert_int_equal(told[SESSION_SECTION_OVER], 0);
    assert_int_equal(session_may_force_end(&p->s, NULL), 0);
    play_end(p);
}

static void in_a_linear_section_time_over_goes_on_past_its_items(void **state)
{
    (void)state;
    struct play *p = BEGIN(boxed);
    does(&p->s, 0);
    no_way_to(&p->s, 2, ERR_LINEAR);
    spends(&p->s, MINUTES(20) + 2000, NULL);
    no_way_to(&p->s, 1, ERR_SECTION_TIME);
    goes_to(&p->s, session_next_item(&p->s));
    assert_int_equal(p->s.here, 1);
    play_end(p);
}

static void the_whole_ends_in_the_middle_of_a_section(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 3);
    spends(&p->s, MINUTES(55), NULL);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(5) + 2000, told);
    assert_int_equal(told[SESSION_OVER], 1);
    no_answer_to(&p->s, 3, ERR_TIME_OVER);
    play_end(p);
}

static void who_hands_in_needs_no_section_to_be_over(void **state)
{
    (void)state;
    struct play *p = BEGIN(boxed);
    does(&p->s, 0);
    assert_int_equal(session_may_hand_in(&p->s, NULL), 0);
    p->paper->earliest_hand_in_s = 900;
    assert_not_allowed(session_may_hand_in(&p->s, &e_), ERR_HAND_IN_EARLY);
    play_end(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_counts_for_the_section_of_the_item_shown_last),
        cmocka_unit_test(the_same_times_come_out_of_the_stored_events_alone),
        cmocka_unit_test(what_is_left_is_the_lesser_of_section_and_whole),
        cmocka_unit_test(the_end_of_a_section_is_announced_once_at_five_minutes_and_at_one),
        cmocka_unit_test(who_comes_back_to_a_section_is_not_warned_again),
        cmocka_unit_test(the_warning_of_the_whole_goes_before_that_of_a_section),
        cmocka_unit_test(an_answer_within_two_seconds_after_the_section_still_counts),
        cmocka_unit_test(at_the_end_of_a_section_the_next_one_begins),
        cmocka_unit_test(after_the_last_section_an_open_one_before_it_is_the_next),
        cmocka_unit_test(at_the_end_of_the_last_open_section_the_end_is_forced),
        cmocka_unit_test(in_a_linear_section_time_over_goes_on_past_its_items),
        cmocka_unit_test(the_whole_ends_in_the_middle_of_a_section),
        cmocka_unit_test(who_hands_in_needs_no_section_to_be_over),
    };
    return cmocka_run_group_tests_name("session-times", tests, NULL, NULL);
}

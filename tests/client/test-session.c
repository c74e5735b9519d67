/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/exam.h"
#include "tests/client/play.h"

struct fixture {
    struct paper *paper;
    struct session s;
};

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->paper = exam_paper();
    session_init(&f->s, f->paper, &f->paper->form[0], 0);
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    session_release(&f->s);
    paper_free(f->paper);
    free(f);
    return 0;
}

static void nothing_is_answered_before_the_start(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    assert_not_allowed(session_may_answer(s, 0, &e_), ERR_NOT_STARTED);
    assert_not_allowed(session_may_visit(s, 0, &e_), ERR_NOT_STARTED);
    assert_not_allowed(session_may_hand_in(s, &e_), ERR_NOT_STARTED);
    assert_not_allowed(session_may_force_end(s, &e_), ERR_NOT_STARTED);
}

static void a_sitting_starts_once(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    assert_not_allowed(session_may_start(s, &e_), ERR_STATE);
}

static void any_item_may_be_visited_and_answered_in_any_order_and_again(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    happens(s, SESSION_VISIT, "k003", 10);
    answers(s, "k003", "A");
    answers(s, "k001", "B");
    answers(s, "k003", "C");
    assert_int_equal(s->current, 2);
    assert_int_equal(session_counts(s).answered, 2);
    assert_int_equal(session_counts(s).unanswered, 2);
    assert_int_equal(session_may_answer(s, 2, NULL), 0);
}

static void an_item_of_another_form_is_refused(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    assert_not_allowed(session_may_answer(s, 4, &e_), ERR_NO_SUCH_ITEM);
    const struct session_event event = {.kind = SESSION_VISIT, .item = "k999"};
    assert_not_allowed(session_apply(s, &event, &e_), ERR_NO_SUCH_ITEM);
}

static void an_answer_taken_back_counts_as_unanswered(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    answers(s, "k001", "A");
    answers(s, "k001", NULL);
    assert_int_equal(s->item[0].state, ATTEMPT_CLEARED);
    assert_int_equal(session_counts(s).answered, 0);
}

static void a_flag_is_set_and_taken_away(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    happens(s, SESSION_FLAG, "k002", 0);
    assert_int_equal(session_counts(s).flagged, 1);
    happens(s, SESSION_UNFLAG, "k002", 0);
    assert_int_equal(session_counts(s).flagged, 0);
}

static void time_is_allowance_less_what_was_used(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    spends(s, 600000, NULL);
    assert_int_equal(session_left_ms(s), 3000000);
}

static void time_stands_still_before_the_start_while_paused_and_after_the_end(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    assert_int_equal(session_spend(s, 5000), 0);
    happens(s, SESSION_START, "", 0);
    happens(s, SESSION_PAUSE, "", 4000);
    assert_int_equal(session_spend(s, 5000), 4000);
    assert_not_allowed(session_may_answer(s, 0, &e_), ERR_PAUSED);
    happens(s, SESSION_CONTINUE, "", 4000);
    assert_int_equal(session_spend(s, 5000), 9000);
    happens(s, SESSION_FORCED_END, "", 9000);
    assert_int_equal(session_spend(s, 5000), 9000);
}

static void a_machine_that_slept_is_charged_ten_seconds_at_most(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    assert_int_equal(session_spend(s, 3600000), 10000);
}

static void a_clock_that_goes_back_charges_nothing(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    spends(s, 20000, NULL);
    assert_int_equal(session_spend(s, -3600000), 20000);
}

static void extra_time_of_the_roster_is_part_of_the_allowance(void **state)
{
    struct fixture *f = *state;
    struct session s;
    session_init(&s, f->paper, &f->paper->form[0], 1200000);
    assert_int_equal(session_allowance_ms(&s), 4800000);
    session_release(&s);
}

static void the_proctor_grants_time_up_to_four_hours_and_never_below_what_is_used(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    const struct session_event grant = {.kind = SESSION_GRANT, .value_ms = 600000};
    assert_int_equal(session_may_grant(s, 600000, NULL), 0);
    assert_int_equal(session_apply(s, &grant, NULL), 0);
    assert_int_equal(session_left_ms(s), 4200000);
    assert_int_equal(session_may_grant(s, -600000, NULL), 0);
    assert_not_allowed(session_may_grant(s, -600001, &e_), ERR_EXTRA_TIME);
    assert_not_allowed(session_may_grant(s, 4 * 3600000, &e_), ERR_EXTRA_TIME);
    assert_not_allowed(session_may_grant(s, INT64_MAX, &e_), ERR_EXTRA_TIME);
    spends(s, 3900000, NULL);
    assert_not_allowed(session_may_grant(s, -600000, &e_), ERR_EXTRA_TIME);
}

static void five_minutes_and_one_minute_are_announced_once_each(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    int five = 0, one = 0;
    happens(s, SESSION_START, "", 0);
    while (session_left_ms(s) > 0) {
        int64_t before = s->used_ms;
        session_pass(s, session_spend(s, 7000));
        enum session_notice n = session_notice(s, before);
        five += n == SESSION_FIVE_MINUTES;
        one += n == SESSION_ONE_MINUTE;
    }
    assert_int_equal(five, 1);
    assert_int_equal(one, 1);
}

static void an_answer_within_two_seconds_after_the_time_still_counts(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    spends(s, 3601000, NULL);
    assert_int_equal(session_left_ms(s), 0);
    assert_int_equal(session_may_answer(s, 0, NULL), 0);
    assert_false(session_time_over(s));
    spends(s, 1000, NULL);
    assert_true(session_time_over(s));
    assert_not_allowed(session_may_answer(s, 0, &e_), ERR_TIME_OVER);
    assert_int_equal(session_notice(s, 3600000), SESSION_OVER);
    assert_int_equal(session_may_force_end(s, NULL), 0);
}

static void nobody_hands_in_before_the_earliest_time(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    happens(s, SESSION_START, "", 0);
    spends(s, 899999, NULL);
    assert_not_allowed(session_may_hand_in(s, &e_), ERR_HAND_IN_EARLY);
    assert_int_equal(session_hand_in_wait_ms(s), 1);
    spends(s, 1, NULL);
    assert_int_equal(session_may_hand_in(s, NULL), 0);
}

static void after_the_end_nothing_changes(void **state)
{
    struct session *s = &((struct fixture *)*state)->s;
    static const enum session_event_kind moves[] = {SESSION_START, SESSION_PAUSE, SESSION_CONTINUE,
                                                    SESSION_HAND_IN, SESSION_FORCED_END};
    happens(s, SESSION_START, "", 0);
    happens(s, SESSION_HAND_IN, "", 1000000);
    assert_not_allowed(session_may_answer(s, 0, &e_), ERR_ENDED);
    assert_not_allowed(session_may_flag(s, 0, &e_), ERR_ENDED);
    assert_not_allowed(session_may_hand_in(s, &e_), ERR_ENDED);
    assert_not_allowed(session_may_force_end(s, &e_), ERR_ENDED);
    assert_not_allowed(session_may_grant(s, 60000, &e_), ERR_ENDED);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        const struct session_event event = {.kind = moves[i]};
        assert_not_allowed(session_apply(s, &event, &e_), ERR_STATE);
        assert_int_equal(s->state, SITTING_HANDED_IN);
    }
}

static void only_the_moves_of_the_table_exist(void **state)
{
    (void)state;
    int sitting = 0, attempt = 0, room = 0;
    for (int from = 0; from < SITTING_STATES; from++)
        for (int to = 0; to < SITTING_STATES; to++)
            sitting += sitting_may_move((enum sitting_state)from, (enum sitting_state)to);
    for (int from = 0; from < ATTEMPT_STATES; from++)
        for (int to = 0; to < ATTEMPT_STATES; to++)
            attempt += attempt_may_move((enum attempt_state)from, (enum attempt_state)to);
    for (int from = 0; from < ROOM_STATES; from++)
        for (int to = 0; to < ROOM_STATES; to++)
            room += room_may_move((enum room_state)from, (enum room_state)to);
    assert_int_equal(sitting, 6);
    assert_int_equal(attempt, 8);
    assert_int_equal(room, 4);
    assert_false(attempt_may_move(ATTEMPT_ANSWERED, ATTEMPT_NOT_SEEN));
    assert_false(room_may_move(ROOM_CLOSED, ROOM_OPEN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_answered_before_the_start, begin, end),
        cmocka_unit_test_setup_teardown(a_sitting_starts_once, begin, end),
        cmocka_unit_test_setup_teardown(any_item_may_be_visited_and_answered_in_any_order_and_again, begin,
                                        end),
        cmocka_unit_test_setup_teardown(an_item_of_another_form_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_taken_back_counts_as_unanswered, begin, end),
        cmocka_unit_test_setup_teardown(a_flag_is_set_and_taken_away, begin, end),
        cmocka_unit_test_setup_teardown(time_is_allowance_less_what_was_used, begin, end),
        cmocka_unit_test_setup_teardown(time_stands_still_before_the_start_while_paused_and_after_the_end,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_machine_that_slept_is_charged_ten_seconds_at_most, begin, end),
        cmocka_unit_test_setup_teardown(a_clock_that_goes_back_charges_nothing, begin, end),
        cmocka_unit_test_setup_teardown(extra_time_of_the_roster_is_part_of_the_allowance, begin, end),
        cmocka_unit_test_setup_teardown(the_proctor_grants_time_up_to_four_hours_and_never_below_what_is_used,
                                        begin, end),
        cmocka_unit_test_setup_teardown(five_minutes_and_one_minute_are_announced_once_each, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_within_two_seconds_after_the_time_still_counts, begin, end),
        cmocka_unit_test_setup_teardown(nobody_hands_in_before_the_earliest_time, begin, end),
        cmocka_unit_test_setup_teardown(after_the_end_nothing_changes, begin, end),
        cmocka_unit_test(only_the_moves_of_the_table_exist),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}

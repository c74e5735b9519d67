/* SPDX-License-Identifier: Apache-2.0 */
/* Held start, extra time, pause, and what was down: over sections. */
#include "tests/client/play.h"

static const struct paper_section timed[] = {{.time_s = 1200}, {0}, {.time_s = 600}};
static const struct paper_section boxed[] = {{.time_s = 1800, .once = true}, {.time_s = 1800, .once = true}};
#define BEGIN(sections) play_begin(sections, sizeof sections / sizeof *sections, 0)
#define BEGIN_WITH_EXTRA(sections, ms) play_begin(sections, sizeof sections / sizeof *sections, ms)

static void nobody_begins_before_the_proctor_starts_the_exam(void **state)
{
    (void)state;
    struct paper *paper = play_paper(timed, 3);
    struct session s;
    session_init(&s, paper, &paper->form[0], 0);
    assert_int_equal(session_may_start(&s, NULL), 0);
    s.room = ROOM_LOCKED;
    assert_not_allowed(session_may_start(&s, &e_), ERR_HELD);
    s.room = ROOM_OPEN;
    assert_not_allowed(session_may_start(&s, &e_), ERR_HELD);
    assert_int_equal(session_spend(&s, 60000), 0);
    s.room = ROOM_RUNNING;
    assert_int_equal(session_may_start(&s, NULL), 0);
    s.room = ROOM_CLOSED;
    assert_not_allowed(session_may_start(&s, &e_), ERR_ENDED);
    session_release(&s);
    paper_free(paper);
}

static void extra_time_lengthens_the_whole_and_the_section_that_uses_it(void **state)
{
    (void)state;
    struct play *p = BEGIN_WITH_EXTRA(boxed, MINUTES(10));
    goes_to(&p->s, 0);
    assert_int_equal(session_left(&p->s).ms, MINUTES(40));
    assert_int_equal(session_left(&p->s).whole_ms, MINUTES(70));
    spends(&p->s, MINUTES(34), NULL);
    goes_to(&p->s, 3);
    assert_int_equal(session_left(&p->s).ms, MINUTES(36));
    assert_int_equal(session_left(&p->s).whole_ms, MINUTES(36));
    play_end(p);
}

static void extra_time_that_one_section_used_up_is_not_there_for_the_next(void **state)
{
    (void)state;
    struct play *p = BEGIN_WITH_EXTRA(boxed, MINUTES(10));
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(40) + 2000, NULL);
    assert_true(session_section_over(&p->s, 0));
    goes_to(&p->s, 3);
    assert_int_equal(session_section_left_ms(&p->s, 1), MINUTES(30));
    play_end(p);
}

static void what_a_section_did_not_use_of_its_own_time_goes_to_no_other(void **state)
{
    (void)state;
    struct play *p = BEGIN(boxed);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(10), NULL);
    goes_to(&p->s, 3);
    assert_int_equal(session_left(&p->s).ms, MINUTES(30));
    assert_int_equal(session_left(&p->s).whole_ms, MINUTES(50));
    play_end(p);
}

static void the_seconds_of_grace_cost_the_next_section_nothing(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(20) + 2000, NULL);
    goes_to(&p->s, 6);
    assert_int_equal(session_left(&p->s).ms, MINUTES(10));
    play_end(p);
}

static void time_granted_in_a_section_lengthens_it_and_it_warns_anew(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(18), told);
    grants(&p->s, MINUTES(10));
    assert_int_equal(session_left(&p->s).ms, MINUTES(12));
    assert_int_equal(session_left(&p->s).whole_ms, MINUTES(52));
    spends(&p->s, MINUTES(12), told);
    assert_int_equal(told[SESSION_SECTION_FIVE_MINUTES], 2);
    assert_int_equal(told[SESSION_SECTION_ONE_MINUTE], 1);
    play_end(p);
}

static void time_granted_after_a_section_does_not_open_it_again(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(20) + 2000, NULL);
    goes_to(&p->s, 3);
    grants(&p->s, MINUTES(30));
    no_way_to(&p->s, 0, ERR_SECTION_CLOSED);
    play_end(p);
}

static void granted_time_is_not_taken_back_below_what_the_section_used(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    goes_to(&p->s, 0);
    grants(&p->s, MINUTES(10));
    spends(&p->s, MINUTES(25), NULL);
    assert_not_allowed(session_may_grant(&p->s, -MINUTES(5), &e_), ERR_EXTRA_TIME);
    grants(&p->s, -MINUTES(4));
    assert_int_equal(session_left(&p->s).ms, MINUTES(1));
    play_end(p);
}

static void a_pause_stops_the_time_of_the_section_too(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(16), told);
    happens(&p->s, SESSION_PAUSE, "", p->s.used_ms);
    spends(&p->s, MINUTES(30), NULL);
    assert_int_equal(session_left(&p->s).ms, MINUTES(4));
    assert_not_allowed(session_may_visit(&p->s, 3, &e_), ERR_PAUSED);
    happens(&p->s, SESSION_CONTINUE, "", p->s.used_ms);
    spends(&p->s, MINUTES(2), told);
    assert_int_equal(session_left(&p->s).ms, MINUTES(2));
    assert_int_equal(told[SESSION_SECTION_FIVE_MINUTES], 1);
    play_end(p);
}

static void while_paused_nothing_falls_due(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    int told[SESSION_OVER + 1] = {0};
    goes_to(&p->s, 0);
    spends(&p->s, MINUTES(15) - 500, told);
    happens(&p->s, SESSION_PAUSE, "", p->s.used_ms);
    spends(&p->s, MINUTES(60), told);
    for (int i = SESSION_FIVE_MINUTES; i <= SESSION_OVER; i++)
        assert_int_equal(told[i], 0);
    play_end(p);
}

static void a_section_whose_time_ran_out_while_the_program_was_down_is_over_when_it_comes_back(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    happens(&p->s, SESSION_VISIT, "k001", 0);
    session_pass(&p->s, MINUTES(20) - 1000); /* the last tick */
    happens(&p->s, SESSION_RESUME, "", MINUTES(20) - 1000);
    int64_t before = p->s.used_ms;
    session_pass(&p->s, session_spend(&p->s, MINUTES(90))); /* ten seconds of it count */
    assert_int_equal(session_notice(&p->s, before), SESSION_SECTION_OVER);
    no_answer_to(&p->s, 0, ERR_SECTION_TIME);
    goes_to(&p->s, session_next_item(&p->s));
    assert_int_equal(p->s.here, 1);
    play_end(p);
}

static void an_answer_stored_late_is_judged_by_when_it_was_given(void **state)
{
    (void)state;
    struct play *p = BEGIN(timed);
    happens(&p->s, SESSION_VISIT, "k001", 0);
    spends(&p->s, MINUTES(21), NULL);
    const struct session_event in_time = {.kind = SESSION_ANSWER, .item = "k001", .used_ms = MINUTES(20)};
    const struct session_event late = {.kind = SESSION_ANSWER, .item = "k001", .used_ms = MINUTES(20) + 2000};
    assert_int_equal(session_check(&p->s, &in_time, NULL), 0);
    assert_not_allowed(session_check(&p->s, &late, &e_), ERR_SECTION_TIME);
    play_end(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_begins_before_the_proctor_starts_the_exam),
        cmocka_unit_test(extra_time_lengthens_the_whole_and_the_section_that_uses_it),
        cmocka_unit_test(extra_time_that_one_section_used_up_is_not_there_for_the_next),
        cmocka_unit_test(what_a_section_did_not_use_of_its_own_time_goes_to_no_other),
        cmocka_unit_test(the_seconds_of_grace_cost_the_next_section_nothing),
        cmocka_unit_test(time_granted_in_a_section_lengthens_it_and_it_warns_anew),
        cmocka_unit_test(time_granted_after_a_section_does_not_open_it_again),
        cmocka_unit_test(granted_time_is_not_taken_back_below_what_the_section_used),
        cmocka_unit_test(a_pause_stops_the_time_of_the_section_too),
        cmocka_unit_test(while_paused_nothing_falls_due),
        cmocka_unit_test(a_section_whose_time_ran_out_while_the_program_was_down_is_over_when_it_comes_back),
        cmocka_unit_test(an_answer_stored_late_is_judged_by_when_it_was_given),
    };
    return cmocka_run_group_tests_name("session-extra", tests, NULL, NULL);
}

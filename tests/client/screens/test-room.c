/* SPDX-License-Identifier: Apache-2.0 */
/* What the proctor and the room do to a candidate's screens. */
#include "base/i18n.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

static void press_times(struct sample *s, enum key_code key, int times)
{
    for (int i = 0; i < times; i++)
        sample_key(s, key);
}

/* ---- what is saved, and where ---- */

static struct sample answered(enum room_copy copy, enum event_kind saved)
{
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_COPY, .copy = copy});
    sample_send(&s, (struct event){.kind = saved, .item = 0, .on = true, .text = "10:18:52"});
    return s;
}

static void the_save_line_says_what_disk_and_room_have(void **state)
{
    (void)state;
    static const struct {
        enum room_copy copy;
        enum event_kind saved;
        const char *text;
    } lines[] = {
        {COPY_NONE, EVENT_SAVED, "saved here 10:18:52  "},
        {COPY_RUNNING, EVENT_SAVED, "saved here 10:18:52   saving in the room..."},
        {COPY_DONE, EVENT_SAVED, "saved here 10:18:52   saved in the room"},
        {COPY_AWAY, EVENT_SAVED, "saved here 10:18:52   room does not answer"},
        {COPY_NONE, EVENT_NOT_SAVED, "!! NOT SAVED !!"},
        {COPY_RUNNING, EVENT_NOT_SAVED, "!! AT RISK: the newest is saved nowhere yet !!"},
        {COPY_AWAY, EVENT_NOT_SAVED, "!! AT RISK: the newest is saved nowhere yet !!"},
        {COPY_DONE, EVENT_NOT_SAVED, "NOT saved on this machine   saved in the room"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct sample s = answered(lines[i].copy, lines[i].saved);
        if (!sample_shows(&s, lines[i].text))
            fail_msg("not shown: %s", lines[i].text);
        sample_release(&s);
    }
}

static void saving_stays_until_the_disk_has_it_whatever_the_room_says(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_COPY, .copy = COPY_DONE});
    assert_true(sample_shows(&s, "saving...") && !sample_shows(&s, "saved in the room"));
    sample_release(&s);
}

static bool hands_in(struct sample *s)
{
    sample_key(s, K_F9);
    s->m.button = BUTTON_CONFIRM;
    sample_key(s, K_ENTER);
    sample_type(s, "0217");
    struct effects x = sample_key(s, K_ENTER);
    return sample_has(&x, EFFECT_HAND_IN);
}

static void with_a_failed_disk_handing_in_takes_the_rooms_copy(void **state)
{
    (void)state;
    struct sample at_risk = answered(COPY_RUNNING, EVENT_NOT_SAVED),
                  in_room = answered(COPY_DONE, EVENT_NOT_SAVED);
    assert_false(hands_in(&at_risk));
    assert_true(hands_in(&in_room));
    sample_release(&at_risk);
    sample_release(&in_room);
}

/* ---- the start ---- */

static struct sample pledged(bool held)
{
    struct sample s = sample_new(SAMPLE_LENGTH);
    s.m.screen = SCREEN_RULES;
    s.m.pledged = true;
    s.m.held = held;
    return s;
}

static void a_held_exam_begins_when_the_proctor_starts_it(void **state)
{
    (void)state;
    struct sample s = pledged(true);
    struct effects x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    assert_true(sample_shows(&s, "The exam has not begun."));
    assert_true(sample_shows(&s, "It begins when the proctor starts it."));
    x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_true(sample_has(&x, EFFECT_START));
    x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_int_equal(x.n, 0);
    sample_release(&s);
}

static void who_still_reads_the_rules_begins_with_a_key_of_ones_own(void **state)
{
    (void)state;
    struct sample s = pledged(true);
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_int_equal(x.n, 0);
    x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_START));
    sample_release(&s);
}

static void a_paper_that_comes_only_at_the_start_is_asked_for_then(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    struct work *work = s.m.work;
    s.m.screen = SCREEN_CHECK;
    s.m.work = NULL;
    sample_send(&s, (struct event){.kind = EVENT_HELD});
    assert_int_equal(s.m.screen, SCREEN_HELD);
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_true(sample_has(&x, EFFECT_OPEN));
    s.m.work = work;
    sample_release(&s);
}

static void a_start_that_was_not_saved_can_be_tried_again(void **state)
{
    (void)state;
    struct sample s = pledged(true);
    sample_key(&s, K_ENTER);
    sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    sample_send(&s, (struct event){.kind = EVENT_REFUSED, .text = "the disk is full"});
    assert_true(sample_shows(&s, "the disk is full"));
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_START));
    sample_release(&s);
}

static void signing_in_too_early_waits_and_keeps_the_number(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    s.m.screen = SCREEN_SIGN_IN;
    sample_type(&s, "420108030217");
    sample_key(&s, K_ENTER);
    sample_send(&s, (struct event){.kind = EVENT_NOT_OPEN});
    assert_int_equal(s.m.screen, SCREEN_WAITING);
    assert_true(sample_shows(&s, "420108030217"));
    sample_key(&s, K_ESCAPE);
    assert_int_equal(s.m.screen, SCREEN_SIGN_IN);
    assert_false(s.m.not_open);
    sample_release(&s);
}

/* ---- a pause ---- */

static void a_pause_hides_the_paper_and_goes_back_where_one_was(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_key(&s, K_RIGHT);
    sample_key(&s, K_F5);
    sample_send(&s, (struct event){.kind = EVENT_PAUSED, .on = true});
    assert_true(sample_shows(&s, "The proctor has paused the exam."));
    assert_false(sample_shows(&s, "multiple choice"));
    sample_key(&s, K_DOWN);
    sample_key(&s, K_ENTER);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_PAUSED});
    assert_int_equal(s.m.screen, SCREEN_OVERVIEW);
    assert_int_equal(s.m.list_cursor, 1);
    assert_int_equal(work_counts(s.work).answered, 0);
    sample_release(&s);
}

static void what_was_typed_before_a_pause_is_saved_after_it(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    struct effects out = {0};
    model_go_to(&s.m, SAMPLE_FILL, &out);
    sample_type(&s, "x");
    sample_send(&s, (struct event){.kind = EVENT_PAUSED, .on = true});
    struct effects x =
        sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 1000000, .passed_ms = 5000});
    assert_false(sample_has(&x, EFFECT_ANSWER));
    sample_send(&s, (struct event){.kind = EVENT_PAUSED});
    x = sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 1000000, .passed_ms = 1000});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

static void an_answer_that_met_the_pause_is_sent_again_after_it(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_REFUSED, .text = "paused"});
    sample_send(&s, (struct event){.kind = EVENT_PAUSED, .on = true});
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_PAUSED});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

static void an_answer_that_met_the_pause_is_sent_again_where_the_disk_failed_too(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_send(&s, (struct event){.kind = EVENT_NOT_SAVED, .item = SIZE_MAX - 1});
    sample_char(&s, 'b');
    sample_send(&s, (struct event){.kind = EVENT_REFUSED, .text = "paused"});
    sample_send(&s, (struct event){.kind = EVENT_PAUSED, .on = true});
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = SIZE_MAX - 1, .text = "10:00:00"});
    assert_int_equal(s.m.save, SAVE_FAILED);
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_PAUSED});
    assert_true(sample_has(&x, EFFECT_ANSWER));
    sample_release(&s);
}

/* ---- messages ---- */

static void tell(struct sample *s, const char *text)
{
    sample_send(s, (struct event){.kind = EVENT_TOLD, .text = text, .at = "10:20:13"});
}

static void a_message_stays_until_it_is_confirmed_while_answering_goes_on(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    tell(&s, "line one\nline two");
    sample_char(&s, 'b');
    sample_key(&s, K_RIGHT);
    assert_true(sample_shows(&s, "Message from the proctor, 10:20:13") && sample_shows(&s, "line one"));
    assert_int_equal(work_counts(s.work).answered, 1);
    sample_key(&s, K_F2);
    assert_true(sample_shows(&s, "line two") && sample_shows(&s, "new"));
    sample_key(&s, K_ENTER);
    assert_int_equal(model_alert(&s.m), ALERT_NONE);
    assert_int_equal(s.m.current, 1);
    sample_key(&s, K_F2);
    assert_true(sample_shows(&s, "line two") && !sample_shows(&s, "new"));
    sample_release(&s);
}

static void before_the_exam_and_in_a_pause_a_message_is_shown_at_once(void **state)
{
    (void)state;
    struct sample s = pledged(true);
    tell(&s, "please wait");
    assert_true(sample_shows(&s, "please wait") && s.m.reading);
    sample_key(&s, K_ENTER);
    assert_int_equal(s.m.screen, SCREEN_RULES);
    sample_release(&s);
}

static void the_last_messages_are_kept_and_every_line_can_be_reached(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    char text[32];
    for (int i = 1; i <= MODEL_TOLD + 3; i++) {
        snprintf(text, sizeof text, "message %d.\nabout %d.\nmore", i, i);
        tell(&s, text);
    }
    sample_key(&s, K_F2);
    assert_true(sample_shows(&s, "message 11."));
    press_times(&s, K_PAGE_DOWN, 9);
    assert_true(sample_shows(&s, "message 4.") && !sample_shows(&s, "message 3."));
    sample_release(&s);
}

/* ---- one-time codes ---- */

static struct sample asked_for_code(void)
{
    struct sample s = sample_new(SAMPLE_LENGTH);
    s.m.screen = SCREEN_SIGN_IN;
    sample_type(&s, "420108030217");
    sample_key(&s, K_ENTER);
    sample_send(&s, (struct event){.kind = EVENT_CODE_WANTED, .text = "wrong"});
    return s;
}

static void a_code_is_read_as_it_is_meant(void **state)
{
    (void)state;
    static const char *const typed[][2] = {{"7k2mxq4t", "7K2M-XQ4T"},
                                           {"7K2M-XQ4T", "7K2M-XQ4T"},
                                           {"oOiIlL00", "0011-1100"},
                                           {"７Ｋ２ｍ－ｘｑ４ｔ", "7K2M-XQ4T"},
                                           {"7K2M XQ4T", "7K2M-XQ4T"}};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct sample s = asked_for_code();
        char code[MODEL_CODE];
        sample_type(&s, typed[i][0]);
        assert_string_equal(model_code(&s.m, code), typed[i][1]);
        struct effects x = sample_key(&s, K_ENTER);
        assert_true(sample_has(&x, EFFECT_SIGN_IN));
        sample_release(&s);
    }
}

static void half_a_code_is_not_sent(void **state)
{
    (void)state;
    struct sample s = asked_for_code();
    sample_type(&s, "7K2M-XQ4");
    struct effects x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    sample_release(&s);
}

static void a_wrong_code_is_said_only_after_one_was_typed(void **state)
{
    (void)state;
    struct sample s = asked_for_code();
    assert_false(sample_shows(&s, "wrong"));
    sample_type(&s, "7K2M-XQ4T");
    sample_key(&s, K_ENTER);
    sample_send(&s, (struct event){.kind = EVENT_CODE_WANTED, .text = "wrong"});
    assert_true(sample_shows(&s, "wrong"));
    assert_int_equal(s.m.code.n, 0);
    sample_release(&s);
}

static void in_the_exam_a_code_is_asked_for_without_taking_the_paper_away(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_send(&s, (struct event){.kind = EVENT_CODE_WANTED, .text = ""});
    sample_char(&s, 'b');
    assert_int_equal(work_counts(s.work).answered, 1);
    sample_key(&s, K_F8);
    sample_type(&s, "7K2MXQ4T");
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_REJOIN));
    sample_send(&s, (struct event){.kind = EVENT_CODE_TAKEN});
    assert_int_equal(s.m.screen, SCREEN_PAPER);
    assert_int_equal(model_alert(&s.m), ALERT_NONE);
    sample_release(&s);
}

/* ---- another machine ---- */

static void after_the_move_nothing_can_be_answered_here(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_send(&s, (struct event){.kind = EVENT_MOVED});
    assert_true(sample_shows(&s, "Your exam goes on at another machine."));
    struct effects x = sample_char(&s, 'b');
    assert_int_equal(x.n, 0);
    x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_RETRY));
    sample_send(&s, (struct event){.kind = EVENT_AGENT});
    assert_int_equal(s.m.screen, SCREEN_SIGN_IN);
    sample_release(&s);
}

/* ---- colours ---- */

static void nothing_is_told_by_colour_alone(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_in_the_middle(&s);
    struct effects out = {0};
    for (int colours = 0; colours < COLOURS; colours++) {
        s.m.colours = (enum colours)colours;
        model_go_to(&s.m, 15, &out);
        assert_true(sample_shows(&s, "[selected]") && sample_shows(&s, "    > B") &&
                    sample_shows(&s, "[16*]"));
        assert_true(sample_shows(&s, "12?") && sample_shows(&s, "? flagged 1") && sample_shows(&s, " 7."));
        assert_true(sample_shows(&s, "saved here 10:18:52"));
    }
    sample_release(&s);
}

static void a_key_on_the_sign_in_screen_changes_the_colours_in_turn(void **state)
{
    (void)state;
    struct sample s = sample_new(SAMPLE_LENGTH);
    s.m.screen = SCREEN_SIGN_IN;
    assert_true(sample_shows(&s, "colours: usual"));
    sample_key(&s, K_F8);
    assert_true(sample_shows(&s, "colours: high contrast"));
    sample_key(&s, K_F8);
    assert_true(sample_shows(&s, "colours: none"));
    sample_key(&s, K_F8);
    assert_int_equal(s.m.colours, COLOURS_FULL);
    sample_release(&s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_save_line_says_what_disk_and_room_have),
        cmocka_unit_test(saving_stays_until_the_disk_has_it_whatever_the_room_says),
        cmocka_unit_test(with_a_failed_disk_handing_in_takes_the_rooms_copy),
        cmocka_unit_test(a_held_exam_begins_when_the_proctor_starts_it),
        cmocka_unit_test(who_still_reads_the_rules_begins_with_a_key_of_ones_own),
        cmocka_unit_test(a_paper_that_comes_only_at_the_start_is_asked_for_then),
        cmocka_unit_test(a_start_that_was_not_saved_can_be_tried_again),
        cmocka_unit_test(signing_in_too_early_waits_and_keeps_the_number),
        cmocka_unit_test(a_pause_hides_the_paper_and_goes_back_where_one_was),
        cmocka_unit_test(what_was_typed_before_a_pause_is_saved_after_it),
        cmocka_unit_test(an_answer_that_met_the_pause_is_sent_again_after_it),
        cmocka_unit_test(an_answer_that_met_the_pause_is_sent_again_where_the_disk_failed_too),
        cmocka_unit_test(a_message_stays_until_it_is_confirmed_while_answering_goes_on),
        cmocka_unit_test(before_the_exam_and_in_a_pause_a_message_is_shown_at_once),
        cmocka_unit_test(the_last_messages_are_kept_and_every_line_can_be_reached),
        cmocka_unit_test(a_code_is_read_as_it_is_meant),
        cmocka_unit_test(half_a_code_is_not_sent),
        cmocka_unit_test(a_wrong_code_is_said_only_after_one_was_typed),
        cmocka_unit_test(in_the_exam_a_code_is_asked_for_without_taking_the_paper_away),
        cmocka_unit_test(after_the_move_nothing_can_be_answered_here),
        cmocka_unit_test(nothing_is_told_by_colour_alone),
        cmocka_unit_test(a_key_on_the_sign_in_screen_changes_the_colours_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

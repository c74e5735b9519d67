/* SPDX-License-Identifier: Apache-2.0 */
/* Entering an exam and handing it in: the questions asked on the way, and what they need. */
#include "base/i18n.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

/* ---- handing in ---- */

static void press_hand_in(struct sample *s)
{
    sample_key(s, K_F9);
    s->m.button = BUTTON_CONFIRM;
    sample_key(s, K_ENTER);
}

static void the_safe_answer_comes_first(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'a');
    sample_key(&s, K_F9);
    struct effects x = sample_key(&s, K_ENTER);
    assert_false(sample_has(&x, EFFECT_HAND_IN));
    assert_int_equal(s.m.screen, SCREEN_PAPER);
    assert_int_equal(s.m.current, 1);
    sample_release(&s);
}

static void hand_in_asks_for_the_last_four_digits(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    press_hand_in(&s);
    assert_true(s.m.confirming);
    sample_type(&s, "0217");
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_HAND_IN));
    sample_release(&s);
}

static void wrong_digits_hand_nothing_in(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "0", "021", "0218", "7120"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct sample s = sample_new(10);
        press_hand_in(&s);
        sample_type(&s, wrong[i]);
        struct effects x = sample_key(&s, K_ENTER);
        assert_false(sample_has(&x, EFFECT_HAND_IN));
        assert_int_equal(s.m.screen, SCREEN_HAND_IN);
        assert_true(s.m.message[0] != '\0');
        sample_release(&s);
    }
}

static void nothing_is_handed_in_while_an_answer_is_not_saved(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_char(&s, 'a');
    sample_send(&s, (struct event){.kind = EVENT_NOT_SAVED, .item = 0, .text = "full"});
    press_hand_in(&s);
    sample_type(&s, "0217");
    struct effects x = sample_key(&s, K_ENTER);
    assert_false(sample_has(&x, EFFECT_HAND_IN));
    sample_release(&s);
}

static void a_refused_hand_in_goes_on_with_the_exam(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    press_hand_in(&s);
    sample_type(&s, "0217");
    sample_key(&s, K_ENTER);
    sample_send(&s, (struct event){.kind = EVENT_REFUSED, .text = "too early"});
    assert_string_equal(s.m.message, "too early");
    sample_key(&s, K_ESCAPE);
    assert_int_equal(s.m.screen, SCREEN_PAPER);
    sample_release(&s);
}

static void after_the_end_no_key_answers(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_send(&s,
                (struct event){.kind = EVENT_ENDED, .ending = ENDING_TIME_UP, .text = "7K2MXQ4T9WZ5B8CDE"});
    struct effects x = sample_char(&s, 'a');
    assert_int_equal(x.n, 0);
    assert_int_equal(s.m.screen, SCREEN_ENDED);
    sample_release(&s);
}

static void five_minutes_before_the_end_a_warning_comes_once(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 300000, .passed_ms = 1000});
    assert_int_equal(model_alert(&s.m), ALERT_TIME);
    sample_key(&s, K_DOWN);
    assert_int_equal(model_alert(&s.m), ALERT_NONE);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 299000, .passed_ms = 1000});
    assert_int_equal(model_alert(&s.m), ALERT_NONE);
    sample_release(&s);
}

static void one_minute_before_the_end_another_warning_comes(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 299000, .passed_ms = 200});
    sample_key(&s, K_DOWN);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 61000, .passed_ms = 200});
    assert_false(s.m.warning_shown);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 60000, .passed_ms = 200});
    assert_true(s.m.warning_shown && s.m.warning_is_last);
    sample_key(&s, K_DOWN);
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 59000, .passed_ms = 200});
    assert_false(s.m.warning_shown);
    sample_release(&s);
}

static void not_me_signs_out_and_begins_nothing(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    s.m.screen = SCREEN_CHECK;
    s.m.button = BUTTON_GO_TO;
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_SIGN_OUT));
    assert_false(sample_has(&x, EFFECT_OPEN));
    assert_int_equal(s.m.screen, SCREEN_NOT_ME);
    sample_release(&s);
}

static void the_time_starts_only_after_the_pledge(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    s.m.screen = SCREEN_RULES;
    s.m.pledged = false;
    struct effects x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    sample_char(&s, ' ');
    x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_START));
    x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    sample_release(&s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_safe_answer_comes_first),
        cmocka_unit_test(hand_in_asks_for_the_last_four_digits),
        cmocka_unit_test(wrong_digits_hand_nothing_in),
        cmocka_unit_test(nothing_is_handed_in_while_an_answer_is_not_saved),
        cmocka_unit_test(a_refused_hand_in_goes_on_with_the_exam),
        cmocka_unit_test(after_the_end_no_key_answers),
        cmocka_unit_test(five_minutes_before_the_end_a_warning_comes_once),
        cmocka_unit_test(one_minute_before_the_end_another_warning_comes),
        cmocka_unit_test(not_me_signs_out_and_begins_nothing),
        cmocka_unit_test(the_time_starts_only_after_the_pledge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

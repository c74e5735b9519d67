/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of sections do to a candidate's screens. */
#include "base/i18n.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

/* ---- sections ---- */

static struct sample with_sections(void)
{
    struct sample s = sample_new(SAMPLE_LENGTH);
    sample_sections(&s);
    s.m.current = 16;
    return s;
}

static void a_closed_item_is_not_opened_and_the_reason_is_said(void **state)
{
    (void)state;
    struct sample s = with_sections();
    struct effects out = {0};
    model_go_to(&s.m, 3, &out);
    assert_int_equal(s.m.current, 16);
    assert_int_equal(out.n, 0);
    assert_true(s.m.message[0] != '\0');
    assert_true(sample_shows(&s, " 4-") && sample_shows(&s, "- closed 15"));
    sample_release(&s);
}

static void leaving_a_section_for_good_is_asked_with_the_safe_answer_first(void **state)
{
    (void)state;
    struct sample s = with_sections();
    struct effects out = {0};
    model_go_to(&s.m, 40, &out);
    assert_int_equal(s.m.screen, SCREEN_LEAVE);
    assert_true(sample_shows(&s, "You cannot come back to it.") &&
                sample_shows(&s, "25 items of it are not answered"));
    sample_key(&s, K_ENTER);
    assert_int_equal(s.m.current, 16);
    model_go_to(&s.m, 40, &out);
    sample_key(&s, K_RIGHT);
    sample_key(&s, K_ENTER);
    assert_int_equal(s.m.current, 40);
    assert_int_equal(s.m.screen, SCREEN_PAPER);
    sample_release(&s);
}

static void within_a_section_nothing_is_asked(void **state)
{
    (void)state;
    struct sample s = with_sections();
    struct effects out = {0};
    model_go_to(&s.m, 20, &out);
    assert_int_equal(s.m.screen, SCREEN_PAPER);
    assert_int_equal(s.m.current, 20);
    sample_release(&s);
}

static void a_linear_section_asks_only_before_an_unanswered_item_is_given_up(void **state)
{
    (void)state;
    struct sample s = with_sections();
    struct effects out = {0};
    sample_visit(&s, 40);
    model_enter_item(&s.m, 40, &out);
    sample_key(&s, K_RIGHT);
    assert_int_equal(s.m.screen, SCREEN_LEAVE);
    sample_key(&s, K_ESCAPE);
    sample_char(&s, 'b');
    sample_key(&s, K_RIGHT);
    assert_int_equal(s.m.current, 41);
    sample_visit(&s, 41);
    sample_key(&s, K_LEFT);
    assert_int_equal(s.m.current, 41);
    assert_true(sample_shows(&s, "41-"));
    sample_release(&s);
}

static void a_section_whose_time_is_over_goes_on_with_the_next(void **state)
{
    (void)state;
    struct sample s = with_sections();
    sample_type(&s, "a");
    struct effects x =
        sample_send(&s, (struct event){.kind = EVENT_SENT, .item = 40, .text = "the section is over"});
    assert_int_equal(s.m.current, 40);
    assert_true(sample_has(&x, EFFECT_VISIT));
    assert_true(sample_shows(&s, "the section is over"));
    sample_release(&s);
}

static void closed_items_are_not_offered_before_handing_in(void **state)
{
    (void)state;
    struct sample s = with_sections();
    size_t open[SAMPLE_LENGTH];
    size_t n = model_open_items(&s.m, open, SAMPLE_LENGTH);
    assert_int_equal(n, 45);
    assert_int_equal(open[0], 15);
    sample_key(&s, K_F9);
    assert_true(sample_shows(&s, "closed 15"));
    sample_release(&s);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_item_is_not_opened_and_the_reason_is_said),
        cmocka_unit_test(leaving_a_section_for_good_is_asked_with_the_safe_answer_first),
        cmocka_unit_test(within_a_section_nothing_is_asked),
        cmocka_unit_test(a_linear_section_asks_only_before_an_unanswered_item_is_given_up),
        cmocka_unit_test(a_section_whose_time_is_over_goes_on_with_the_next),
        cmocka_unit_test(closed_items_are_not_offered_before_handing_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The tutorial before the exam; scratch notes and calculator beside an item. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/rng.h"
#include "client/screens/view.h"
#include "tests/check.h"
#include "tests/client/screens/sample.h"

static struct sample with_tools(void)
{
    struct sample s = sample_new(10);
    sample_tools(&s);
    return s;
}

static struct sample in_tutorial(bool held)
{
    struct sample s = sample_new(10);
    sample_tutorial(&s);
    s.m.held = held;
    sample_key(&s, K_ENTER);
    return s;
}

/* ---- the tutorial ---- */

static void nothing_of_the_tutorial_touches_a_journal(void **state)
{
    (void)state;
    struct sample s = in_tutorial(true);
    assert_true(s.m.tutorial && sample_shows(&s, "nothing here counts"));
    static const enum key_code keys[] = {K_RIGHT, K_F3, K_LEFT, K_F5, K_ENTER, K_TAB, K_F9, K_ENTER};
    struct effects x = sample_char(&s, 'b');
    assert_int_equal(x.n, 0);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        x = sample_key(&s, keys[i]);
        assert_int_equal(x.n, 0);
    }
    assert_int_equal(work_counts(s.work).answered, 0);
    assert_int_equal(work_counts(s.m.practice_work).answered, 1);
    sample_release(&s);
}

static void escape_ends_the_tutorial_at_any_item(void **state)
{
    (void)state;
    for (int item = 0; item < 3; item++) {
        struct sample s = in_tutorial(false);
        for (int i = 0; i < item; i++)
            sample_key(&s, K_PAGE_DOWN);
        for (int i = 0; i < item && s.m.current < (size_t)item; i++)
            sample_key(&s, K_RIGHT);
        assert_int_equal(s.m.current, item);
        struct effects x = sample_key(&s, K_ESCAPE);
        assert_true(sample_has(&x, EFFECT_START));
        assert_ptr_equal(s.m.work, s.work);
        sample_release(&s);
    }
}

static void handing_in_the_practice_waits_for_the_start(void **state)
{
    (void)state;
    struct sample s = in_tutorial(true);
    sample_key(&s, K_F9);
    s.m.button = BUTTON_CONFIRM;
    sample_key(&s, K_ENTER);
    sample_type(&s, "1111");
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(s.m.tutorial);
    sample_type(&s, "0217");
    x = sample_key(&s, K_ENTER);
    assert_int_equal(x.n, 0);
    assert_int_equal(s.m.screen, SCREEN_HELD);
    x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_true(sample_has(&x, EFFECT_START));
    sample_send(&s, (struct event){.kind = EVENT_STARTED});
    assert_int_equal(work_counts(s.m.work).answered, 0);
    assert_int_equal(s.m.save, SAVE_NOTHING);
    sample_release(&s);
}

static void the_start_is_said_during_the_tutorial_and_begins_nothing_by_itself(void **state)
{
    (void)state;
    struct sample s = in_tutorial(true);
    struct effects x = sample_send(&s, (struct event){.kind = EVENT_BEGIN});
    assert_int_equal(x.n, 0);
    assert_true(sample_shows(&s, "EXAM BEGUN: Escape"));
    x = sample_key(&s, K_ESCAPE);
    assert_true(sample_has(&x, EFFECT_START));
    sample_release(&s);
}

static void while_one_waits_the_keys_can_be_practised_again(void **state)
{
    (void)state;
    struct sample s = in_tutorial(true);
    sample_key(&s, K_ESCAPE);
    assert_int_equal(s.m.screen, SCREEN_HELD);
    sample_key(&s, K_F1);
    assert_true(s.m.tutorial);
    sample_release(&s);
}

static void a_paper_without_a_tutorial_goes_on_at_once(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    s.m.screen = SCREEN_RULES;
    s.m.pledged = true;
    struct effects x = sample_key(&s, K_ENTER);
    assert_true(sample_has(&x, EFFECT_START));
    sample_release(&s);
}

static void an_agent_that_goes_away_ends_the_tutorial(void **state)
{
    (void)state;
    struct sample s = in_tutorial(true);
    sample_send(&s, (struct event){.kind = EVENT_NO_AGENT});
    assert_int_equal(s.m.screen, SCREEN_WAITING);
    assert_false(s.m.tutorial);
    sample_release(&s);
}

/* ---- notes ---- */

static void notes_are_saved_as_answers_are(void **state)
{
    (void)state;
    struct sample s = with_tools();
    sample_key(&s, K_F6);
    sample_type(&s, "b 1024");
    assert_int_equal(work_counts(s.work).answered, 0);
    assert_string_equal(s.m.notes->text, "b 1024");
    assert_int_equal(s.m.save, SAVE_RUNNING);
    struct effects x =
        sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 10000000, .passed_ms = 400});
    assert_true(sample_has(&x, EFFECT_NOTES));
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = MODEL_NOTES, .text = "10:18:52"});
    assert_int_equal(s.m.save, SAVE_DONE);
    sample_release(&s);
}

static void notes_that_are_not_saved_are_said(void **state)
{
    (void)state;
    struct sample s = with_tools();
    sample_key(&s, K_F6);
    sample_type(&s, "x");
    sample_send(&s, (struct event){.kind = EVENT_TIME, .remaining_ms = 10000000, .passed_ms = 400});
    sample_send(&s, (struct event){.kind = EVENT_NOT_SAVED, .item = MODEL_NOTES, .on = true});
    assert_int_equal(s.m.save, SAVE_FAILED);
    sample_type(&s, "y");
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = 0, .text = "10:18:52"});
    assert_int_equal(s.m.save, SAVE_FAILED);
    sample_send(&s, (struct event){.kind = EVENT_SAVED, .item = MODEL_NOTES, .text = "10:18:52"});
    assert_int_equal(s.m.save, SAVE_DONE);
    sample_release(&s);
}

static void notes_are_saved_when_the_terminal_goes_away_and_before_any_other_step(void **state)
{
    (void)state;
    static const enum key_code keys[] = {K_F6, K_F7, K_F5, K_F9, K_ESCAPE};
    for (size_t i = 0; i <= sizeof keys / sizeof *keys; i++) {
        struct sample s = with_tools();
        sample_key(&s, K_F6);
        sample_type(&s, "x");
        struct effects x =
            i == 0 ? sample_send(&s, (struct event){.kind = EVENT_HANGUP}) : sample_key(&s, keys[i - 1]);
        assert_true(sample_has(&x, EFFECT_NOTES));
        sample_release(&s);
    }
}

static void notes_stay_when_one_goes_to_another_item(void **state)
{
    (void)state;
    struct sample s = with_tools();
    sample_key(&s, K_F6);
    sample_type(&s, "x");
    sample_key(&s, K_ESCAPE);
    sample_key(&s, K_RIGHT);
    sample_key(&s, K_F6);
    assert_int_equal(s.m.current, 1);
    sample_key(&s, K_LEFT);
    sample_key(&s, K_LEFT);
    assert_int_equal(s.m.current, 1);
    assert_true(sample_shows(&s, "|  x  "));
    sample_release(&s);
}

static void notes_have_a_bound(void **state)
{
    (void)state;
    struct sample s = with_tools();
    sample_key(&s, K_F6);
    for (int i = 0; i < MODEL_NOTES_MAX + 10; i++)
        sample_char(&s, 'x');
    assert_true(s.m.notes->n <= MODEL_NOTES_MAX);
    assert_true(s.m.message[0] != '\0');
    sample_release(&s);
}

/* ---- calculator ---- */

static void the_calculator_computes_beside_the_item_and_answers_nothing(void **state)
{
    (void)state;
    struct sample s = with_tools();
    sample_key(&s, K_F7);
    sample_press(&s, "\"0.1+0.2\" Enter");
    assert_true(sample_shows(&s, "0.1+0.2 = 0.3") && sample_shows(&s, "COUNTIF"));
    assert_int_equal(work_counts(s.work).answered, 0);
    sample_key(&s, K_F7);
    sample_char(&s, 'b');
    assert_int_equal(work_counts(s.work).answered, 1);
    sample_release(&s);
}

static void without_leave_of_the_paper_there_is_neither(void **state)
{
    (void)state;
    struct sample s = sample_new(10);
    sample_key(&s, K_F6);
    sample_key(&s, K_F7);
    assert_int_equal(s.m.tool, TOOL_NONE);
    assert_false(sample_shows(&s, "calculator") || sample_shows(&s, "notes"));
    sample_release(&s);
}

/* ---- anything at all ---- */

static struct event random_event(struct rng *r, const struct grid *g)
{
    static const enum key_code tools[] = {K_F6, K_F7, K_ENTER, K_ESCAPE, K_F1, K_F9};
    static const uint32_t signs[] = {'1', '+', '(', ')', '/', '%', 'b', ' ', 0x6587, 0xFF11, '0', '2', '7'};
    switch (rng_below(r, 9)) {
    case 0:
        return (struct event){
            .kind = EVENT_RESIZE, .width = (int)rng_below(r, 90) + 70, .height = (int)rng_below(r, 30) + 20};
    case 1:
        return (struct event){.kind = EVENT_TIME,
                              .remaining_ms = (int64_t)rng_below(r, 400000),
                              .passed_ms = (int64_t)rng_below(r, 1000)};
    case 2:
        return (struct event){.kind = EVENT_CLICK,
                              .target = grid_target_at(g, (int)rng_below(r, 80), (int)rng_below(r, 24))};
    case 3:
        return (struct event){.kind = rng_below(r, 2) ? EVENT_SAVED : EVENT_NOT_SAVED,
                              .item = rng_below(r, 2) ? MODEL_NOTES : rng_below(r, 10),
                              .text = "10:18:52"};
    case 4:
        return (struct event){.kind = EVENT_KEY, .key = key_of(tools[rng_below(r, 6)])};
    case 5:
        return (struct event){.kind = EVENT_KEY, .key = key_of((enum key_code)rng_below(r, K_COUNT))};
    default:
        return (struct event){.kind = EVENT_KEY, .key = key_char(signs[rng_below(r, 13)])};
    }
}

static void random_keys_never_break_tutorial_notes_or_calculator(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct sample s = seed % 2 ? with_tools() : in_tutorial(seed % 4 == 0);
        struct rng r;
        rng_seed(&r, seed);
        for (int i = 0; i < 1500; i++) {
            struct grid g;
            int width = s.m.width, height = s.m.height;
            grid_init(&g, width, height);
            view_draw(&s.m, &g);
            if (width >= 80 && height >= 24 && g.cut > 0)
                fail_msg("seed %d, step %d: %d texts do not fit", (int)seed, i, g.cut);
            bool practising = s.m.tutorial;
            struct effects x = sample_send(&s, random_event(&r, &g));
            assert_false(practising && s.m.tutorial && x.n > 0);
            assert_true(s.m.current < s.m.work->n);
            if (sample_has(&x, EFFECT_START))
                sample_send(&s, (struct event){.kind = EVENT_STARTED});
            grid_release(&g);
        }
        sample_release(&s);
    }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_the_tutorial_touches_a_journal),
        cmocka_unit_test(escape_ends_the_tutorial_at_any_item),
        cmocka_unit_test(handing_in_the_practice_waits_for_the_start),
        cmocka_unit_test(the_start_is_said_during_the_tutorial_and_begins_nothing_by_itself),
        cmocka_unit_test(while_one_waits_the_keys_can_be_practised_again),
        cmocka_unit_test(a_paper_without_a_tutorial_goes_on_at_once),
        cmocka_unit_test(an_agent_that_goes_away_ends_the_tutorial),
        cmocka_unit_test(notes_are_saved_as_answers_are),
        cmocka_unit_test(notes_that_are_not_saved_are_said),
        cmocka_unit_test(notes_are_saved_when_the_terminal_goes_away_and_before_any_other_step),
        cmocka_unit_test(notes_stay_when_one_goes_to_another_item),
        cmocka_unit_test(notes_have_a_bound),
        cmocka_unit_test(the_calculator_computes_beside_the_item_and_answers_nothing),
        cmocka_unit_test(without_leave_of_the_paper_there_is_neither),
        cmocka_unit_test(random_keys_never_break_tutorial_notes_or_calculator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

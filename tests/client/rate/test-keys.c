/* SPDX-License-Identifier: Apache-2.0 */
/* What keys do to the sheets. */
#include "tests/check.h"

#include <string.h>

#include "tests/client/rate/lab.h"

static struct lab_screen s;

static int opens(void **state)
{
    (void)state;
    lab_screen_open(&s, 80, 24);
    lab_identified(&s);
    return 0;
}

static int closes(void **state)
{
    (void)state;
    lab_screen_close(&s);
    return 0;
}

static const struct book_entry *entry(size_t i)
{
    return &s.book->entry[i];
}

static int64_t total(size_t i)
{
    return entry(i)->points.total.milli;
}

static void a_full_sheet_is_one_key_for_each_step(void **state)
{
    (void)state;
    lab_type(&s, "\n\n\n\n\n\n\n\n");
    assert_int_equal(s.saves, 8);
    assert_int_equal(total(0), 20000);
    assert_int_equal(book_state(entry(0)), BOOK_READY);
    assert_int_equal(s.r.screen, RATE_SHEETS);
}

static void a_slip_rates_its_step_and_enter_goes_on_with_the_next(void **state)
{
    (void)state;
    lab_type(&s, "\nb\n"); /* step 1 full, then step 2 with... */
    assert_int_equal(entry(0)->rating.step[0].mark, RATING_MARKED);
    assert_int_equal(entry(0)->rating.step[1].slips, 2);
    assert_int_equal(entry(0)->rating.step[2].mark, RATING_MARKED);
    assert_int_equal(entry(0)->step, 3);
    assert_int_equal(total(0), 2000 + 4000 + 2000);
    assert_int_equal(s.saves, 3);
}

static void codes_stay_with_their_step_until_another_key(void **state)
{
    (void)state;
    lab_type(&s, "\nac");
    assert_int_equal(entry(0)->rating.step[1].slips, 5);
    assert_int_equal(rate_slip_step(entry(0)), 1);
    lab_press(&s, key_of(K_DOWN));
    lab_type(&s, "a");
    assert_int_equal(entry(0)->rating.step[2].slips, 1);
    assert_int_equal(entry(0)->points.step[2].milli, 0);
}

static void the_same_code_takes_a_slip_back(void **state)
{
    (void)state;
    lab_type(&s, "aa");
    assert_int_equal(entry(0)->rating.step[0].slips, 0);
    assert_int_equal(entry(0)->points.step[0].milli, 2000);
}

static void h_after_a_slip_is_a_hint_where_the_rubric_allows_it(void **state)
{
    (void)state;
    lab_type(&s, "ah");
    assert_int_equal(entry(0)->rating.step[0].hinted, 0);
    assert_true(*s.m.message);
    lab_type(&s, "\n");
    lab_press(&s, key_of(K_UP));
    lab_press(&s, key_of(K_UP));
    lab_press(&s, key_of(K_DOWN));
    lab_type(&s, "bh");
    assert_int_equal(entry(0)->rating.step[1].hinted, 2);
    assert_int_equal(entry(0)->points.step[1].milli, 5000);
}

static void zero_and_digits_and_space_mean_what_the_last_line_says(void **state)
{
    (void)state;
    lab_type(&s, "0");
    assert_int_equal(entry(0)->rating.step[0].mark, RATING_ZERO);
    lab_type(&s, "3\n ");
    assert_int_equal(s.r.chosen, 3);
    assert_int_equal(entry(2)->rating.step[0].mark, RATING_MARKED);
    lab_type(&s, " ");
    assert_int_equal(s.r.chosen, 0);
    lab_type(&s, "５"); /* a full-width sign of an input method, and no such candidate */
    assert_int_equal(s.r.chosen, 0);
    lab_type(&s, "４");
    assert_int_equal(s.r.chosen, 3);
}

static void undo_brings_the_state_before_back_as_a_new_event(void **state)
{
    (void)state;
    lab_type(&s, "\nab");
    s.saves = 0;
    lab_type(&s, "u");
    assert_int_equal(s.saves, 1);
    assert_int_equal(entry(0)->rating.step[1].slips, 1);
    lab_type(&s, "uu");
    assert_false(book_is_marked(entry(0)));
    assert_int_equal(s.saves, 3);
    lab_type(&s, "u");
    assert_int_equal(s.saves, 3);
}

static void a_fatal_item_is_asked_once_and_ends_its_steps(void **state)
{
    (void)state;
    lab_type(&s, "\n\n\n\nf1x");
    assert_int_equal(entry(0)->rating.fatals, 0);
    lab_type(&s, "f1y");
    assert_int_equal(entry(0)->rating.fatals, 1);
    assert_int_equal(total(0), 10000);
    assert_int_equal(book_state(entry(0)), BOOK_READY);
    lab_type(&s, "f1y");
    assert_int_equal(total(0), 13000);
}

static void nothing_is_rated_before_the_face_was_compared(void **state)
{
    (void)state;
    s.book->entry[0].rating.identified = false;
    lab_type(&s, "\n");
    assert_int_equal(s.r.screen, RATE_IDENTITY);
    assert_int_equal(s.saves, 0);
    lab_type(&s, "\n"); /* the safe answer: not yet */
    assert_int_equal(s.r.screen, RATE_SHEETS);
    assert_false(entry(0)->rating.identified);
    lab_type(&s, "\ny");
    assert_true(entry(0)->rating.identified);
    assert_int_equal(s.saves, 1);
}

static void is_confirmed(const char *digits)
{
    lab_type(&s, "\n\n\n\n\n\n\n\n\n");
    assert_int_equal(s.r.screen, RATE_OWN);
    lab_type(&s, digits);
}

static void the_candidate_confirms_with_the_last_digits_of_the_ticket(void **state)
{
    (void)state;
    is_confirmed("0212");
    assert_int_equal(s.r.screen, RATE_OWN);
    assert_false(entry(0)->rating.confirmed);
    lab_type(&s, "0211");
    assert_true(entry(0)->rating.confirmed);
    assert_int_equal(entry(0)->rating.confirmed_milli, 20000);
    assert_int_equal(s.r.screen, RATE_SHEETS);
    assert_int_equal(s.r.chosen, 1);
}

static void a_confirmed_sheet_opens_with_a_reason_and_is_then_unsigned(void **state)
{
    (void)state;
    is_confirmed("0211");
    lab_type(&s, "1");
    s.saves = 0;
    lab_type(&s, "u");
    assert_int_equal(s.r.screen, RATE_REASON);
    lab_type(&s, "\n"); /* an empty one is none */
    assert_int_equal(s.r.screen, RATE_REASON);
    lab_press(&s, key_of(K_ESCAPE));
    lab_type(&s, "0");
    assert_int_equal(s.saves, 0);
    lab_type(&s, "看错了步骤\n");
    assert_string_equal(entry(0)->rating.note, "changed: 看错了步骤");
    assert_int_equal(book_state(entry(0)), BOOK_CONFIRMED);
    lab_type(&s, "0");
    assert_int_equal(book_state(entry(0)), BOOK_UNSIGNED);
    assert_int_equal(entry(0)->rating.confirmed_milli, 20000);
    lab_press(&s, key_of(K_F9)); /* nobody confirms it anew */
    assert_int_equal(s.r.screen, RATE_SHEETS);
    assert_true(*s.m.message);
}

static void undo_never_takes_a_confirmation_back(void **state)
{
    (void)state;
    is_confirmed("0211");
    lab_type(&s, "1u看错\nuuuuu");
    assert_true(entry(0)->rating.confirmed);
    assert_int_equal(book_state(entry(0)), BOOK_CONFIRMED);
}

static void chooses_status(size_t row)
{
    lab_press(&s, key_of(K_F6));
    for (size_t i = 0; i < row; i++)
        lab_press(&s, key_of(K_DOWN));
    lab_type(&s, "\n");
}

static void a_status_is_asked_twice_with_the_safe_answer_first(void **state)
{
    (void)state;
    chooses_status(0);
    assert_int_equal(s.r.screen, RATE_SHEETS);
    chooses_status(1); /* absent */
    assert_int_equal(s.r.screen, RATE_SURE);
    lab_type(&s, "\n");
    assert_int_equal(entry(0)->rating.status, RATING_OPEN);
    chooses_status(1);
    lab_type(&s, "y");
    assert_int_equal(entry(0)->rating.status, RATING_ABSENT);
    assert_int_equal(s.saves, 1);
    lab_type(&s, "1\n");
    assert_int_equal(s.saves, 1);
    chooses_status(1); /* is there after all */
    lab_type(&s, "y");
    assert_int_equal(entry(0)->rating.status, RATING_OPEN);
}

static void every_status_has_what_it_needs(void **state)
{
    (void)state;
    chooses_status(2);
    lab_type(&s, "7\ny");
    assert_int_equal(entry(0)->rating.status, RATING_POSTPONED);
    assert_int_equal(entry(0)->rating.back_ms, 7 * 60000);
    lab_type(&s, "2");
    chooses_status(3);
    lab_type(&s, "y");
    assert_int_equal(entry(1)->rating.status, RATING_EXEMPT);
    assert_string_equal(entry(1)->rating.reason, "disability");
    lab_type(&s, "3");
    chooses_status(5);
    lab_press(&s, key_of(K_DOWN));
    lab_type(&s, "\ny");
    assert_int_equal(entry(2)->rating.status, RATING_BREACH);
    assert_string_equal(entry(2)->rating.reason, "5.2");
    lab_type(&s, "4");
    chooses_status(7);
    lab_type(&s, "\n不是本考区\ny");
    assert_int_equal(entry(3)->rating.status, RATING_VOID);
    assert_string_equal(entry(3)->rating.reason, "不是本考区");
}

static void time_runs_from_its_key_until_the_sheet_is_done_and_never_stops_a_key(void **state)
{
    (void)state;
    lab_pass(&s, 5000);
    assert_int_equal(entry(0)->rating.used_ms, 0);
    lab_type(&s, "S");
    assert_int_equal(s.saves, 4);
    lab_pass(&s, 16 * 60000);
    assert_int_equal(book_left_ms(entry(3)), -60000);
    lab_type(&s, "\n");
    assert_int_equal(entry(0)->rating.step[0].mark, RATING_MARKED);
    lab_type(&s, "\n\n\n\n\n\n\n\n0211");
    lab_pass(&s, 1000);
    assert_int_equal(entry(0)->rating.used_ms, 16 * 60000);
    assert_int_equal(entry(1)->rating.used_ms, 16 * 60000 + 1000);
}

static void letters_that_are_codes_of_the_step_come_before_commands(void **state)
{
    (void)state;
    struct rubric_step *step = &s.plan->rubric[2]->step[0];
    for (size_t i = step->n_slips; i < 8; i++) {
        step->slip[i] = step->slip[1];
        step->slip[i].code = (char)('a' + i);
    }
    step->n_slips = 8;
    lab_type(&s, "f");
    assert_int_equal(entry(0)->rating.step[0].slips, 1 << 5);
    assert_int_equal(s.r.asking, RATE_ASKS_NOTHING);
    lab_type(&s, "F");
    assert_int_equal(s.r.asking, RATE_ASKS_FATAL);
}

static void notes_are_added_and_doubts_toggle(void **state)
{
    (void)state;
    lab_type(&s, "n器材缺一根导线\nn已补\n!");
    assert_string_equal(entry(0)->rating.note, "器材缺一根导线; 已补");
    assert_true(entry(0)->rating.chief);
    lab_type(&s, "！");
    assert_false(entry(0)->rating.chief);
}

static void a_sheet_that_is_open_in_another_program_is_left_alone(void **state)
{
    (void)state;
    s.book->entry[0].elsewhere = true;
    lab_type(&s, "\na0!sSn看\nu");
    chooses_status(1);
    lab_type(&s, "y");
    assert_false(book_is_marked(entry(0)));
    assert_int_equal(entry(0)->rating.begun_ms, 0);
    assert_string_equal(entry(0)->rating.note, "");
    assert_int_equal(entry(0)->rating.status, RATING_OPEN);
}

static void groups_follow_and_a_stranger_is_refused(void **state)
{
    (void)state;
    for (size_t i = 4; i < s.book->n; i++)
        s.book->entry[i].rating.identified = false;
    lab_press(&s, key_of(K_PAGE_DOWN));
    assert_int_equal(s.r.screen, RATE_IDENTITY);
    assert_int_equal(s.r.chosen, 4);
    lab_type(&s, "yyyy");
    assert_int_equal(s.r.screen, RATE_SHEETS);
    assert_int_equal(s.r.chosen, 4);
    lab_press(&s, key_of(K_F5));
    lab_type(&s, "9999\n");
    assert_int_equal(s.r.screen, RATE_GROUPS);
    assert_true(*s.m.message);
    lab_type(&s, "0228\n");
    assert_int_equal(s.r.chosen, 1);
}

static void a_candidate_of_another_examiner_is_refused_with_his_name(void **state)
{
    (void)state;
    struct book_other other[] = {
        {"20269901", "E08", "沈老师", 2, 5}, {"20268801", "E09", "韩老师", 1, 6}, {"20269902", "", "", 3, 7}};
    s.book->other = other;
    s.book->n_others = 3;
    lab_press(&s, key_of(K_F5));
    lab_type(&s, "9901\n");
    assert_int_equal(s.r.screen, RATE_GROUPS);
    assert_string_equal(s.m.message, "20269901 (group 2, bench 5) is rated by 沈老师 E08.");
    lab_type(&s, "01\n"); /* two end so */
    assert_null(strstr(s.m.message, "沈老师"));
    lab_type(&s, "9902\n"); /* the list names nobody */
    assert_string_equal(s.m.message, "Nobody whose ticket ends so is yours to rate.");
}

static void handing_in_takes_the_own_number(void **state)
{
    (void)state;
    struct effects out = {0};
    lab_press(&s, key_of(K_F10));
    lab_type(&s, "\n");
    assert_int_equal(s.r.screen, RATE_SHEETS);
    lab_press(&s, key_of(K_F10));
    lab_press(&s, key_of(K_RIGHT));
    lab_type(&s, "\nE08\n");
    assert_true(s.r.refused);
    lab_type(&s, "E07");
    model_update(&s.m, &(struct event){.kind = EVENT_KEY, .key = key_of(K_ENTER)}, &out);
    assert_int_equal(out.n, 1);
    assert_int_equal(out.effect[0].kind, EFFECT_HAND_IN);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, opens, closes)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(a_full_sheet_is_one_key_for_each_step),
        RULE(a_slip_rates_its_step_and_enter_goes_on_with_the_next),
        RULE(codes_stay_with_their_step_until_another_key),
        RULE(the_same_code_takes_a_slip_back),
        RULE(h_after_a_slip_is_a_hint_where_the_rubric_allows_it),
        RULE(zero_and_digits_and_space_mean_what_the_last_line_says),
        RULE(undo_brings_the_state_before_back_as_a_new_event),
        RULE(a_fatal_item_is_asked_once_and_ends_its_steps),
        RULE(nothing_is_rated_before_the_face_was_compared),
        RULE(the_candidate_confirms_with_the_last_digits_of_the_ticket),
        RULE(a_confirmed_sheet_opens_with_a_reason_and_is_then_unsigned),
        RULE(undo_never_takes_a_confirmation_back),
        RULE(a_status_is_asked_twice_with_the_safe_answer_first),
        RULE(every_status_has_what_it_needs),
        RULE(time_runs_from_its_key_until_the_sheet_is_done_and_never_stops_a_key),
        RULE(letters_that_are_codes_of_the_step_come_before_commands),
        RULE(notes_are_added_and_doubts_toggle),
        RULE(a_sheet_that_is_open_in_another_program_is_left_alone),
        RULE(groups_follow_and_a_stranger_is_refused),
        RULE(a_candidate_of_another_examiner_is_refused_with_his_name),
        RULE(handing_in_takes_the_own_number),
    };
    return cmocka_run_group_tests_name("rate-keys", tests, NULL, NULL);
}

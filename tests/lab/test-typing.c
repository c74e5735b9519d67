/* SPDX-License-Identifier: Apache-2.0 */
/* Paper sheets on a screen of the office: keys, what is saved of them, and how it looks. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "cli/sheets/typing/typing.h"
#include "client/screens/script.h"
#include "tests/client/screens/golden.h"
#include "tests/lab/sheet-sample.h"

struct typist {
    struct sample s;
    struct typing t;
    struct sheet_file file;
    struct sheet sheet[16];
    char text[16][3][TYPING_TEXT];
    struct sheet other; /* a second person's */
    struct sheet_finding asked[4];
};

static void open_typist(struct typist *x, const char *clerk)
{
    *x = (struct typist){0};
    sample_open(&x->s, 1);
    x->file = (struct sheet_file){.session = "lab1", .clerk = clerk, .sheet = x->sheet};
    typing_init(&x->t, &x->s.list, &x->file);
}

static void close_typist(struct typist *x)
{
    sample_close(&x->s);
}

static const char *keep(char ret[TYPING_TEXT], const char *text)
{
    snprintf(ret, TYPING_TEXT, "%s", text);
    return ret;
}

/* The runner, with a disk of memory. */
static void save(struct typist *x)
{
    struct sheet *s = &x->sheet[x->file.n];
    char(*text)[TYPING_TEXT] = x->text[x->file.n++];
    *s = x->t.sheet;
    s->rater = keep(text[0], s->rater);
    s->rating.reason = keep(text[1], s->rating.reason);
    s->rating.note = keep(text[2], s->rating.note);
    x->t.save = false;
    typing_was_saved(&x->t);
}

static void press(struct typist *x, const char *keys)
{
    struct script script;
    struct err e = {0};
    assert_done(script_parse(&script, "keys", span_str(keys), &e), e);
    for (size_t i = 0; i < script.n; i++) {
        const struct script_step *step = &script.step[i];
        for (const char *p = step->verb == SCRIPT_TEXT ? step->text : ""; *p; p++)
            typing_key(&x->t, key_char((unsigned char)*p));
        for (int k = 0; step->verb == SCRIPT_KEY && k < step->times; k++)
            typing_key(&x->t, step->key);
        if (x->t.save)
            save(x);
    }
    script_release(&script);
}

/* Types the number of a candidate's sheet. */
static void take(struct typist *x, const char *ticket)
{
    char keys[64];
    snprintf(keys, sizeof keys, "\"%s\" Enter", sample_place(&x->s, ticket, 1)->id);
    press(x, keys);
}

static const struct sheet *last(const struct typist *x)
{
    return x->file.n ? &x->sheet[x->file.n - 1] : NULL;
}

static const char *marks(const struct sheet *s, size_t step)
{
    static char text[SHEET_MARKS];
    return sheet_marks_text(&s->rating.step[step], text);
}

/* ---- keys ---- */

static void one_key_a_step_and_the_sum_saves_a_sheet(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "b Enter Enter \"5\" Enter");
    assert_int_equal(x.file.n, 1);
    assert_string_equal(marks(last(&x), 0), "b");
    assert_string_equal(marks(last(&x), 1), "full");
    assert_string_equal(last(&x)->rater, "E07");
    assert_int_equal(x.t.stage, TYPING_ID);
    close_typist(&x);
}

static void letters_after_a_slip_still_mean_its_step_until_enter_or_an_arrow(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "a b h Down a 0 \"0.5\" Enter");
    assert_int_equal(x.file.n, 1);
    assert_string_equal(marks(last(&x), 0), "ab*");
    assert_string_equal(marks(last(&x), 1), "a");
    assert_string_equal(marks(last(&x), 2), "0");
    close_typist(&x);
}

static void a_sum_that_differs_saves_nothing_until_it_fits_or_the_chief_is_asked(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "b Enter Enter \"6\" Enter");
    assert_int_equal(x.file.n, 0);
    assert_true(x.t.alarm);
    press(&x, "! Enter");
    assert_int_equal(x.file.n, 1);
    assert_true(last(&x)->rating.chief);
    assert_int_equal(last(&x)->sum.milli, 6000);
    close_typist(&x);
}

static void undo_takes_back_key_by_key(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "a Enter 0");
    assert_int_equal(x.t.stage, TYPING_SUM);
    press(&x, "u u u u");
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(marks(&x.t.sheet, i), "-");
    assert_int_equal(x.t.at, 0);
    press(&x, "u");
    assert_int_equal(x.t.n_undo, 0);
    close_typist(&x);
}

static void what_a_fatal_item_ends_is_passed_over(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "f 1 Enter Enter \"3\" Enter");
    assert_int_equal(x.file.n, 1);
    assert_int_equal(last(&x)->rating.fatals, 1);
    assert_string_equal(marks(last(&x), 1), "-");
    close_typist(&x);
}

static void who_was_absent_has_no_marks_and_no_sum(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "Enter F5 2 Enter");
    assert_int_equal(x.file.n, 1);
    assert_int_equal(last(&x)->rating.status, RATING_ABSENT);
    assert_false(last(&x)->has_sum);
    assert_string_equal(marks(last(&x), 0), "-");
    close_typist(&x);
}

static void an_exemption_is_one_of_the_plan_and_a_breach_has_its_article(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "F5 3 \"7\" Enter");
    assert_true(x.t.alarm);
    press(&x, "Backspace \"1\" Enter Enter");
    assert_string_equal(last(&x)->rating.reason, "injury");
    take(&x, "2026002");
    press(&x, "F5 5 Enter");
    assert_true(x.t.alarm);
    press(&x, "\"art. 5\" Enter Enter");
    assert_int_equal(last(&x)->rating.status, RATING_BREACH);
    assert_string_equal(last(&x)->rating.reason, "art. 5");
    close_typist(&x);
}

static void a_status_taken_back_leaves_no_reason(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026002");
    press(&x, "F5 5 \"art. 5\" Enter F5 1 Enter \"6\" Enter");
    assert_int_equal(last(&x)->rating.status, RATING_RATED);
    assert_string_equal(last(&x)->rating.reason, "");
    assert_true(last(&x)->rating.confirmed);
    close_typist(&x);
}

static void a_missing_signature_is_typed_and_stands_in_the_rating(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026002");
    press(&x, "Enter m \"6\" Enter");
    assert_false(last(&x)->rating.confirmed);
    close_typist(&x);
}

static void a_wrong_number_opens_no_sheet(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    press(&x, "\"0000-0001\" Enter");
    assert_int_equal(x.t.stage, TYPING_ID);
    assert_true(x.t.alarm);
    assert_false(typing_is_open(&x.t));
    close_typist(&x);
}

static void the_last_sheet_is_opened_again_as_it_was_and_its_new_line_counts(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "b Enter Enter \"5\" Enter u");
    assert_string_equal(marks(&x.t.sheet, 0), "b");
    press(&x, "b Enter \"6\" Enter");
    assert_int_equal(x.file.n, 2);
    assert_string_equal(marks(last(&x), 0), "full");
    assert_int_equal(sheet_file_find(&x.file, last(&x)->id)->sum.milli, 6000);
    close_typist(&x);
}

static void a_sheet_is_given_up_only_when_asked_twice(void **state)
{
    struct typist x;
    (void)state;
    open_typist(&x, "张三");
    take(&x, "2026001");
    press(&x, "b Escape Escape");
    assert_int_equal(x.t.stage, TYPING_MARKS);
    assert_string_equal(marks(&x.t.sheet, 0), "b");
    press(&x, "Escape Enter");
    assert_int_equal(x.t.stage, TYPING_ID);
    assert_int_equal(x.file.n, 0);
    close_typist(&x);
}

/* ---- a third look ---- */

static void open_third(struct typist *x, struct sheet *first)
{
    open_typist(x, "王五");
    *first = sample_sheet(&x->s, "2026001", "b full full");
    x->other = sample_sheet(&x->s, "2026001", "a full full");
    x->asked[0] = (struct sheet_finding){.kind = SHEET_DIFFERS,
                                         .place = sample_place(&x->s, "2026001", 1),
                                         .first = first,
                                         .second = &x->other};
    sheet_differs(first, &x->other, &x->asked[0].steps, &x->asked[0].parts);
    typing_ask(&x->t, x->asked, 1, "张三", "李四");
}

static void a_third_look_asks_only_for_what_differs(void **state)
{
    struct typist x;
    struct sheet first;
    const struct sheet_finding *next;
    (void)state;
    open_third(&x, &first);
    take(&x, "2026002");
    assert_int_equal(x.t.stage, TYPING_ID);
    take(&x, "2026001");
    assert_string_equal(marks(&x.t.sheet, 0), "-");
    assert_string_equal(marks(&x.t.sheet, 1), "full");
    press(&x, "b Enter \"5\" Enter");
    assert_int_equal(x.file.n, 1);
    assert_int_equal(typing_still_asked(&x.t, &next), 0);
    close_typist(&x);
}

/* ---- how it looks ---- */

static const struct {
    const char *name, *ticket, *keys;
    bool third;
} screens[] = {
    {"sheets-number", NULL, "", false},
    {"sheets-number-wrong", NULL, "\"0000-0001\" Enter", false},
    {"sheets-marks", "2026001", "a b h", false},
    {"sheets-sum", "2026001", "b Enter Enter n \"ink\" Enter m", false},
    {"sheets-sum-differs", "2026001", "b Enter Enter \"6\" Enter", false},
    {"sheets-status", "2026001", "F5 Down", false},
    {"sheets-exempt", "2026001", "F5 3", false},
    {"sheets-ended", "2026001", "f 1", false},
    {"sheets-leave", "2026001", "b Escape", false},
    {"sheets-saved", "2026001", "b Enter Enter \"5\" Enter", false},
    {"sheets-third", NULL, "", true},
    {"sheets-third-marks", "2026001", "", true},
};

static void show(size_t i, int width, int height, bool golden)
{
    struct typist x;
    struct sheet first;
    struct grid g;
    struct bytes out = {0};
    if (screens[i].third)
        open_third(&x, &first);
    else
        open_typist(&x, "张三");
    typing_resize(&x.t, width, height, true);
    if (screens[i].ticket)
        take(&x, screens[i].ticket);
    press(&x, screens[i].keys);
    grid_init(&g, width, height);
    typing_draw(&x.t, &g);
    grid_dump(&g, &out);
    bytes_u8(&out, 0);
    if (golden)
        golden_check(screens[i].name, width, height, (const char *)out.p);
    golden_frame(screens[i].name, width, (const char *)out.p, g.cut);
    grid_release(&g);
    bytes_release(&out);
    close_typist(&x);
}

static void every_screen_looks_as_in_its_golden_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        show(i, 80, 24, true);
}

static void no_text_is_cut_at_other_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        show(i, 120, 40, false);
        show(i, 97, 25, false);
    }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_a_step_and_the_sum_saves_a_sheet),
        cmocka_unit_test(letters_after_a_slip_still_mean_its_step_until_enter_or_an_arrow),
        cmocka_unit_test(a_sum_that_differs_saves_nothing_until_it_fits_or_the_chief_is_asked),
        cmocka_unit_test(undo_takes_back_key_by_key),
        cmocka_unit_test(what_a_fatal_item_ends_is_passed_over),
        cmocka_unit_test(who_was_absent_has_no_marks_and_no_sum),
        cmocka_unit_test(an_exemption_is_one_of_the_plan_and_a_breach_has_its_article),
        cmocka_unit_test(a_status_taken_back_leaves_no_reason),
        cmocka_unit_test(a_missing_signature_is_typed_and_stands_in_the_rating),
        cmocka_unit_test(a_wrong_number_opens_no_sheet),
        cmocka_unit_test(the_last_sheet_is_opened_again_as_it_was_and_its_new_line_counts),
        cmocka_unit_test(a_sheet_is_given_up_only_when_asked_twice),
        cmocka_unit_test(a_third_look_asks_only_for_what_differs),
        cmocka_unit_test(every_screen_looks_as_in_its_golden_file),
        cmocka_unit_test(no_text_is_cut_at_other_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

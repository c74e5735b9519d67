/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "scoring/practical/typing/distance.h"
#include "tests/practical/folder-kit.h"

/* "correct/errors" of a text that was typed for another. */
static const char *typed(struct arena *a, const char *text, const char *given, bool forms)
{
    struct typing_text x, y;
    typing_read(a, text, forms, &x);
    typing_read(a, given, forms, &y);
    struct typing_result r = typing_compare(&x, &y);
    return arena_printf(a, "%zu/%zu", r.correct, r.errors);
}

static void characters_in_their_place_are_correct(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(typed(a, "春眠不觉晓", "春眠不觉晓", false), "5/0");
    assert_string_equal(typed(a, "春眼不觉晓", "春眠不觉晓", false), "4/1");
    assert_string_equal(typed(a, "春不觉晓", "春眠不觉晓", false), "4/1");
    assert_string_equal(typed(a, "春眠眠不觉晓", "春眠不觉晓", false), "5/1");
    assert_string_equal(typed(a, "眠春不觉晓", "春眠不觉晓", false), "4/2");
    assert_string_equal(typed(a, "", "春眠", false), "0/0");
    assert_string_equal(typed(a, "春眠", "", false), "0/2");
    arena_free(a);
}

static void what_was_not_reached_is_no_error(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(typed(a, "春眠", "春眠不觉晓，处处闻啼鸟。", false), "2/0");
    assert_string_equal(typed(a, "春眠不觉晓春眠不觉晓", "春眠不觉晓", false), "5/5");
    arena_free(a);
}

static void lines_and_indents_do_not_count_and_blanks_between_words_do(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(typed(a, "　　春眠\r\n不觉 晓\n", "春眠不觉晓", false), "5/0");
    assert_string_equal(typed(a, "a  b\nc", "a b c", false), "5/0");
    assert_string_equal(typed(a, "ab c", "a b c", false), "4/1");
    arena_free(a);
}

static void punctuation_counts_in_its_own_form_unless_any_will_do(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(typed(a, "晓,鸟.", "晓，鸟。", false), "2/2");
    assert_string_equal(typed(a, "晓,鸟.", "晓，鸟。", true), "4/0");
    assert_string_equal(typed(a, "ＡＢ\"", "AB“", true), "3/0");
    arena_free(a);
}

static void long_texts_of_nothing_but_errors_end(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char *x = arena_alloc(a, 60001), *y = arena_alloc(a, 60001);
    memset(x, 'x', 60000);
    memset(y, 'y', 3000);
    assert_string_equal(typed(a, x, y, false), "0/20000");
    memset(y, 'x', 60000);
    assert_string_equal(typed(a, x, y, false), "20000/0");
    arena_free(a);
}

static void kinds_of_a_typing_task(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *start = kit_folder(a, "原文.txt", "春眠不觉晓，处处闻啼鸟。", NULL);
    const struct practical_folder *work =
        kit_folder(a, "录入.txt", "春眠不觉晓,处处闻啼鸟", "mz.txt", "", NULL);
    assert_string_equal(kit_value(a, work, start, "录入.txt", "typing.accuracy", "source=原文.txt", NULL),
                        "909");
    assert_string_equal(
        kit_value(a, work, start, "录入.txt", "typing.accuracy", "source=原文.txt forms=any", NULL), "1000");
    assert_string_equal(kit_value(a, work, start, "录入.txt", "typing.correct", "source=原文.txt", NULL),
                        "10");
    assert_string_equal(kit_value(a, work, start, "录入.txt", "typing.errors", "source=原文.txt", NULL), "1");
    assert_string_equal(kit_value(a, work, start, "录入.txt", "typing.speed", "source=原文.txt", "15"), "40");
    assert_string_equal(kit_value(a, work, start, "录入.txt", "typing.speed", "source=原文.txt", "1:30"),
                        "7");
    assert_string_equal(kit_value(a, work, start, "mz.txt", "typing.accuracy", "source=原文.txt", NULL), "0");
    assert_string_equal(kit_value(a, work, start, "无.txt", "typing.correct", "source=原文.txt", NULL),
                        "(absent: no such file)");
    assert_non_null(
        strstr(kit_value(a, work, start, "录入.txt", "typing.speed", "source=原文.txt", "0"), "(error"));
    assert_non_null(
        strstr(kit_value(a, work, start, "录入.txt", "typing.speed", "source=原文.txt", "1:"), "(error"));
    assert_non_null(
        strstr(kit_value(a, work, start, "录入.txt", "typing.correct", "source=x", NULL), "(error"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_in_their_place_are_correct),
        cmocka_unit_test(what_was_not_reached_is_no_error),
        cmocka_unit_test(lines_and_indents_do_not_count_and_blanks_between_words_do),
        cmocka_unit_test(punctuation_counts_in_its_own_form_unless_any_will_do),
        cmocka_unit_test(long_texts_of_nothing_but_errors_end),
        cmocka_unit_test(kinds_of_a_typing_task),
    };
    return cmocka_run_group_tests_name("typing", tests, NULL, NULL);
}

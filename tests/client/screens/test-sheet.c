/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of Chinese text, keys by name, and the script language. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/script.h"
#include "client/screens/sheet.h"
#include "tests/check.h"

/* The lines of a wrapped text, joined by '/'. */
static char *wrapped(const char *text, int width)
{
    struct sheet s;
    struct bytes out = {0};
    sheet_init(&s, width);
    sheet_text(&s, LOOK_TEXT, text);
    sheet_end(&s, 0, 0, (struct target){0});
    for (size_t i = 0; i < s.n_lines; i++) {
        bytes_str(&out, i ? "/" : "");
        for (size_t k = 0; k < s.line[i].n; k++) {
            char utf8[8];
            bytes_add(&out, utf8, utf8_put(utf8, s.glyph[s.line[i].first + k].ch));
        }
    }
    sheet_release(&s);
    return (char *)out.p;
}

static void check_wrap(const char *text, int width, const char *wanted)
{
    char *got = wrapped(text, width);
    assert_string_equal(got, wanted);
    free(got);
}

static void no_closing_sign_begins_a_line(void **state)
{
    (void)state;
    check_wrap("一二三四，五六", 8, "一二三/四，五六");
    check_wrap("一二三四）五六", 8, "一二三/四）五六");
}

static void no_opening_sign_ends_a_line(void **state)
{
    (void)state;
    check_wrap("一二三（四五六", 8, "一二三/（四五六");
}

static void a_latin_word_stays_whole_where_it_can(void **state)
{
    (void)state;
    check_wrap("使用 COUNTIF 函数", 12, "使用 COUNTIF/函数");
    check_wrap("一二三 COUNTIF", 10, "一二三/COUNTIF");
    check_wrap("ABCDEFGHIJKLMNOP", 8, "ABCDEFGH/IJKLMNOP");
}

static void a_line_feed_ends_a_line(void **state)
{
    (void)state;
    check_wrap("一\n二", 20, "一/二");
}

static void a_text_of_any_width_is_kept_whole(void **state)
{
    (void)state;
    static const char text[] =
        "在 Word 中（2016 版），“样式”窗格——位于“开始”选项卡——可用 Ctrl+Shift+S 打开。";
    for (int width = 8; width < 100; width++) {
        struct sheet s;
        sheet_init(&s, width);
        sheet_text(&s, LOOK_TEXT, text);
        sheet_end(&s, 0, 0, (struct target){0});
        size_t signs = 0;
        for (size_t i = 0; i < s.n_lines; i++) {
            assert_true(sheet_line_width(&s, &s.line[i]) <= width);
            for (size_t k = 0; k < s.line[i].n; k++)
                signs += s.glyph[s.line[i].first + k].ch != ' ';
        }
        size_t wanted = 0;
        for (size_t k = 0; k < s.n_glyphs; k++)
            wanted += s.glyph[k].ch != ' ';
        assert_int_equal(signs, wanted);
        sheet_release(&s);
    }
}

static void signs_that_steer_the_writing_never_reach_the_screen(void **state)
{
    (void)state;
    struct grid g;
    struct bytes screen = {0};
    grid_init(&g, 20, 1);
    grid_text(&g, 0, 0, 20, LOOK_TEXT, "ab\u202Ecd\u202C\u200F\u2066e\uFEFF e\u0301");
    grid_dump(&g, &screen);
    assert_string_equal((const char *)screen.p, "abcde e\u0301\n");
    bytes_release(&screen);
    grid_release(&g);
}

static void sequences_are_keys_whatever_the_terminal_is_called(void **state)
{
    (void)state;
    static const struct {
        const char *sequence;
        enum key_code code;
    } known[] = {{"[A", K_UP},       {"OA", K_UP},      {"[D", K_LEFT},      {"[H", K_HOME}, {"OF", K_END},
                 {"[Z", K_BACK_TAB}, {"OP", K_F1},      {"[[E", K_F5},       {"[15~", K_F5}, {"[20~", K_F9},
                 {"[21~", K_F10},    {"[3~", K_DELETE}, {"[6~", K_PAGE_DOWN}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(key_of_sequence(known[i].sequence), known[i].code);
    static const char *const others[] = {"",      "[",       "O",   "[P", "[M",   "[<0;10;10M",
                                         "[1;5A", "[57361u", "[[F", "Oa", "[200~"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(key_of_sequence(others[i]), K_NONE);
}

static void keys_have_names(void **state)
{
    (void)state;
    struct key k;
    assert_true(key_parse("enter", &k) && k.code == K_ENTER);
    assert_true(key_parse("F9", &k) && k.code == K_F9);
    assert_true(key_parse("Alt+3", &k) && k.code == K_F3);
    assert_true(key_parse("Alt+0", &k) && k.code == K_F10);
    assert_true(key_parse("Space", &k) && k.code == K_CHAR && k.ch == ' ');
    assert_true(key_parse("b", &k) && k.code == K_CHAR && k.ch == 'b');
    assert_false(key_parse("F11", &k));
    assert_false(key_parse("ab", &k));
    assert_false(key_parse("", &k));
    assert_false(key_parse("Alt+", &k));
}

static void a_script_is_keys_texts_and_a_few_words(void **state)
{
    (void)state;
    static const char text[] =
        "# a comment\nsize 120x40\n\"42010 \\\"x\\\"\" Enter\nRight*3 b\nwait 0.25\nwait \"剩余\"\n"
        "expect \"[已选]\"\ndump paper\n";
    struct script s;
    struct err e = {0};
    assert_done(script_parse(&s, "t", span_str(text), &e), e);
    assert_int_equal(s.n, 9);
    assert_int_equal(s.step[0].width, 120);
    assert_string_equal(s.step[1].text, "42010 \"x\"");
    assert_int_equal(s.step[2].key.code, K_ENTER);
    assert_int_equal(s.step[3].times, 3);
    assert_int_equal(s.step[5].ms, 250);
    assert_int_equal(s.step[6].verb, SCRIPT_UNTIL);
    assert_string_equal(s.step[8].text, "paper");
    script_release(&s);
}

static void a_fault_in_a_script_is_named_with_its_line(void **state)
{
    (void)state;
    static const char *const bad[] = {"\nEntre",      "\n\"open",       "\nwait",     "\nwait soon",
                                      "\nwait -1",    "\nsize 80",      "\nsize 0x0", "\nRight*0",
                                      "\nRight*9999", "\nsize 80x24x3", "\nexpect"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct script s;
        struct err e = {0};
        assert_int_equal(script_parse(&s, "t", span_str(bad[i]), &e), -ERR_DATA);
        assert_string_equal(e.where, "t:2");
    }
}

static void a_script_with_bytes_that_are_no_text_is_refused(void **state)
{
    (void)state;
    struct script s;
    struct err e = {0};
    assert_refused(script_parse(&s, "t", span_of("a\xff", 2), &e), ERR_DATA, "UTF-8", e);
    assert_refused(script_parse(&s, "t", span_of("a\0b", 3), &e), ERR_DATA, "UTF-8", e);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_closing_sign_begins_a_line),
        cmocka_unit_test(no_opening_sign_ends_a_line),
        cmocka_unit_test(a_latin_word_stays_whole_where_it_can),
        cmocka_unit_test(a_line_feed_ends_a_line),
        cmocka_unit_test(a_text_of_any_width_is_kept_whole),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(signs_that_steer_the_writing_never_reach_the_screen),
        cmocka_unit_test(sequences_are_keys_whatever_the_terminal_is_called),
        cmocka_unit_test(a_script_is_keys_texts_and_a_few_words),
        cmocka_unit_test(a_fault_in_a_script_is_named_with_its_line),
        cmocka_unit_test(a_script_with_bytes_that_are_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

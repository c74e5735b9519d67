/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/text.h"

static void chinese_takes_two_columns(void **state)
{
    (void)state;
    size_t columns;
    assert_int_equal(text_width("第 17 题"), 8);
    assert_int_equal(text_width("Ａ"), 2);
    assert_int_equal(text_width("e\xCC\x81"), 1);
    assert_int_equal(text_fit("考场abc", 5, &columns), 7);
    assert_int_equal(columns, 5);
    assert_int_equal(text_fit("考场", 3, &columns), 3);
    assert_int_equal(columns, 2);
}

static void what_an_input_method_types_is_normalised(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(text_normalize_answer(a, "　＝ＳＵＭ（Ｂ２：Ｂ９）　"), "=SUM(B2:B9)");
    assert_string_equal(text_normalize_answer(a, "  Ctrl \t C\n"), "Ctrl C");
    assert_string_equal(text_normalize_answer(a, "１２３"), "123");
    assert_string_equal(text_normalize_answer(a, "   "), "");
    assert_null(text_normalize_answer(a, "\xFF\xFE"));
    arena_free(a);
}

static void only_valid_utf8_is_valid(void **state)
{
    (void)state;
    assert_true(utf8_valid("考", 3));
    assert_false(utf8_valid("\xC0\x80", 2));
    assert_false(utf8_valid("\xED\xA0\x80", 3));
    assert_false(utf8_valid("考", 2));
    assert_false(utf8_valid("\xBF\xBC", 2));
}

static void a_time_is_read_and_written_with_its_offset(void **state)
{
    (void)state;
    struct err e;
    int64_t ms;
    char text[40];
    assert_done(time_parse("2026-11-22T09:00:00+08:00", &ms, &e), e);
    assert_true(ms == INT64_C(1795309200000));
    assert_string_equal(time_text(ms, 480, text, sizeof text), "2026-11-22T09:00:00+08:00");
    assert_string_equal(time_text(ms, 0, text, sizeof text), "2026-11-22T01:00:00+00:00");
    assert_string_equal(time_text(-1, 0, text, sizeof text), "1969-12-31T23:59:59+00:00");
    assert_string_equal(duration_text(2468999, text, sizeof text), "00:41:08");
}

static void a_day_that_does_not_exist_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"2026-02-29T09:00:00Z", "2026-13-01T09:00Z", "2026-11-22 09:00", "",
                                      "2026-11-22T24:00:00Z", "2026-11-22T09:00:00+08:00x", "tomorrow"};
    struct err e;
    int64_t ms;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(time_parse(bad[i], &ms, &e), -ERR_DATA);
    assert_done(time_parse("2028-02-29T09:00Z", &ms, &e), e);
}

static void a_csv_file_of_a_spreadsheet_is_read(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct err e;
    struct csv c;
    const char *text = "\xEF\xBB\xBFticket,name\r\n1,\"王,\"\"芳\"\"\"\r\n\r\n2,\"two\nlines\"\r\n3,";
    assert_done(csv_parse(&c, a, "r.csv", span_str(text), 10, &e), e);
    assert_int_equal(c.n, 4);
    assert_int_equal(csv_column(&c, "name"), 1);
    assert_int_equal(csv_column(&c, "seat"), -1);
    assert_string_equal(c.row[1].field[1], "王,\"芳\"");
    assert_string_equal(c.row[2].field[1], "two\nlines");
    assert_int_equal(c.row[3].line, 6);
    assert_string_equal(c.row[3].field[1], "");
    arena_free(a);
}

static void a_broken_csv_names_its_line(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct err e;
    struct csv c;
    assert_refused(csv_parse(&c, a, "r.csv", span_str("a,b\n1\n"), 10, &e), ERR_DATA, "1 fields", e);
    assert_string_equal(e.where, "r.csv:2");
    assert_refused(csv_parse(&c, a, "r.csv", span_str("a,b\n1,\"x\n"), 10, &e), ERR_DATA, "not closed", e);
    assert_refused(csv_parse(&c, a, "r.csv", span_str("a\n\"x\"y\n"), 10, &e), ERR_DATA, "closing quote", e);
    assert_refused(csv_parse(&c, a, "r.csv", span_str("a\n\xC4\xE3\n"), 10, &e), ERR_DATA, "UTF-8", e);
    assert_refused(csv_parse(&c, a, "r.csv", span_str("a\n1\n2\n3\n"), 2, &e), ERR_DATA, "too many", e);
    assert_refused(csv_parse(&c, a, "r.csv", span_str(""), 2, &e), ERR_DATA, "header", e);
    arena_free(a);
}

static void a_name_that_looks_like_a_formula_stays_text(void **state)
{
    (void)state;
    struct bytes out = {0};
    csv_add(&out, "=HYPERLINK(1)", 1);
    csv_add(&out, "-3.5", 0);
    csv_add(&out, "a,b", 0);
    csv_add(&out, "", 0);
    csv_end(&out);
    assert_string_equal((const char *)out.p, "\"'=HYPERLINK(1)\",-3.5,\"a,b\",\r\n");
    bytes_release(&out);
}

static void bytes_that_are_no_text_are_mended(void **state)
{
    (void)state;
    char name[] = "\xd6\xd0.xml", quotation[] = "\"题\xe5\xba\" is no", good[] = "题库";
    utf8_mend(name, '?');
    assert_string_equal(name, "??.xml");
    utf8_mend(quotation, '\0');
    assert_string_equal(quotation, "\"题\" is no");
    utf8_mend(good, '?');
    assert_string_equal(good, "题库");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_that_are_no_text_are_mended),
        cmocka_unit_test(chinese_takes_two_columns),
        cmocka_unit_test(what_an_input_method_types_is_normalised),
        cmocka_unit_test(only_valid_utf8_is_valid),
        cmocka_unit_test(a_time_is_read_and_written_with_its_offset),
        cmocka_unit_test(a_day_that_does_not_exist_is_refused),
        cmocka_unit_test(a_csv_file_of_a_spreadsheet_is_read),
        cmocka_unit_test(a_broken_csv_names_its_line),
        cmocka_unit_test(a_name_that_looks_like_a_formula_stays_text),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Number formats: tests/golden/formula/formats.table has lines "CODE | VALUE => SHOWN" or "=> ! words". */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "scoring/practical/formula/number-format.h"
#include "tests/practical/formula-book.h"

static size_t check_line(struct arena *a, const char *line)
{
    char *code = arena_strdup(a, line), *bar = strstr(code, " | "), *arrow = strstr(code, " => ");
    struct err e = {0};
    const char *shown = "";
    assert_non_null(bar);
    assert_non_null(arrow);
    *bar = *arrow = '\0';
    struct formula_value v = test_value(a, bar + 3);
    int r = number_format_show(code, &v, false, a, &shown, NULL, &e);
    const char *wanted = arrow + 4;
    bool same = wanted[0] == '!' ? r < 0 && strstr(e.what, wanted + 2) : r == 0 && strcmp(shown, wanted) == 0;
    if (!same)
        print_error("%s is \"%s\" %s\n", line, shown, e.what);
    return !same;
}

static void X12_values_look_as_a_person_sees_them(void **state)
{
    struct bytes text = {0};
    struct err e;
    struct arena *a = arena_new();
    char *path = mem_printf("%s/tests/golden/formula/formats.table", getenv("SOURCE_ROOT"));
    size_t wrong = 0, checked = 0;
    (void)state;
    assert_done(file_read(path, 1 << 20, &text, &e), e);
    for (char *rest = (char *)text.p, *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n"))
        if (line[0] && strncmp(line, "# CODE", 6) != 0) {
            wrong += check_line(a, line);
            checked++;
        }
    assert_true(checked > 80);
    assert_int_equal(wrong, 0);
    arena_free(a);
    bytes_release(&text);
    free(path);
}

static void X12_a_code_tells_its_kind_decimals_and_thousands(void **state)
{
    static const struct {
        const char *code, *kind;
        int decimals;
        bool thousands;
        const char *currency;
    } rows[] = {
        {"General", "general", 0, false, NULL},
        {"0", "number", 0, false, NULL},
        {"0.00", "number", 2, false, NULL},
        {"0.00_ ", "number", 2, false, NULL},
        {"0.00_);[Red]\\(0.00\\)", "number", 2, false, NULL},
        {"#,##0.00", "number", 2, true, NULL},
        {"0.0#", "number", 1, false, NULL},
        {"0.00%", "percent", 2, false, NULL},
        {"¥#,##0.00", "currency", 2, true, "¥"},
        {"\"￥\"#,##0.00", "currency", 2, true, "¥"},
        {"[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00", "currency", 2, true, "¥"},
        {"\"$\"#,##0", "currency", 0, true, "$"},
        {"_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ", "accounting", 2, true, "¥"},
        {"_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", "accounting", 0, true, NULL},
        {"yyyy-mm-dd", "date", 0, false, NULL},
        {"yyyy\"年\"m\"月\"d\"日\"", "date", 0, false, NULL},
        {"[$-804]aaaa", "date", 0, false, NULL},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "date", 0, false, NULL},
        {"h:mm:ss", "time", 0, false, NULL},
        {"[h]:mm", "time", 0, false, NULL},
        {"mm:ss.0", "time", 0, false, NULL},
        {"yyyy/m/d h:mm", "date-time", 0, false, NULL},
        {"@", "text", 0, false, NULL},
        {"0.00E+00", "scientific", 2, false, NULL},
        {"# ?/?", "fraction", 0, false, NULL},
        {"0\"元\"", "currency", 0, false, "元"},
    };
    struct arena *a = arena_new();
    struct err e;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct number_format f;
        assert_done(number_format_read(&f, a, rows[i].code, &e), e);
        if (strcmp(number_format_kind_name(f.kind), rows[i].kind) != 0 || f.decimals != rows[i].decimals ||
            f.thousands != rows[i].thousands || !f.currency != !rows[i].currency ||
            (f.currency && strcmp(f.currency, rows[i].currency) != 0))
            fail_msg("%s is %s %d %d %s", rows[i].code, number_format_kind_name(f.kind), f.decimals,
                     f.thousands, f.currency ? f.currency : "-");
    }
    arena_free(a);
}

static void X11_ids_of_no_text_have_their_code_and_every_code_can_be_read(void **state)
{
    struct arena *a = arena_new();
    struct number_format f;
    struct err e;
    size_t n = 0;
    (void)state;
    assert_string_equal(number_format_builtin(14, true), "yyyy/m/d");
    assert_string_equal(number_format_builtin(14, false), "mm-dd-yy");
    assert_string_equal(number_format_builtin(10, true), "0.00%");
    assert_string_equal(number_format_builtin(31, true), "yyyy\"年\"m\"月\"d\"日\"");
    assert_null(number_format_builtin(23, true));
    assert_null(number_format_builtin(31, false));
    assert_null(number_format_builtin(164, true));
    for (int id = -1; id < 70; id++)
        for (int chinese = 0; chinese < 2; chinese++)
            if (number_format_builtin(id, chinese)) {
                assert_done(number_format_read(&f, a, number_format_builtin(id, chinese), &e), e);
                n++;
            }
    assert_true(n > 80);
    assert_done(number_format_read(&f, a, number_format_builtin(40, true), &e), e);
    assert_true(f.negative_red);
    arena_free(a);
}

static void X12_a_section_s_colour_is_told(void **state)
{
    struct arena *a = arena_new();
    struct formula_value v = value_number(-5);
    const char *shown, *color;
    struct err e;
    (void)state;
    assert_done(number_format_show("0.00;[Red]-0.00", &v, false, a, &shown, &color, &e), e);
    assert_string_equal(shown, "-5.00");
    assert_string_equal(color, "red");
    v = value_number(5);
    assert_done(number_format_show("0.00;[Red]-0.00", &v, false, a, &shown, &color, &e), e);
    assert_null(color);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(X12_values_look_as_a_person_sees_them),
        cmocka_unit_test(X12_a_code_tells_its_kind_decimals_and_thousands),
        cmocka_unit_test(X11_ids_of_no_text_have_their_code_and_every_code_can_be_read),
        cmocka_unit_test(X12_a_section_s_colour_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/rng.h"
#include "base/text.h"
#include "client/screens/calculator.h"
#include "tests/check.h"

static void gives(const char *expression, const char *wanted, bool rounded)
{
    struct err e = {0};
    struct calculator_result r = {0};
    if (calculator_run(expression, &r, &e) < 0)
        fail_msg("%s: %s", expression, e.what);
    if (strcmp(r.text, wanted) != 0 || r.rounded != rounded)
        fail_msg("%s = %s%s, not %s", expression, r.text, r.rounded ? " (rounded)" : "", wanted);
}

static void refuses(const char *expression, const char *why)
{
    struct err e = {0};
    struct calculator_result r = {0};
    assert_int_equal(calculator_run(expression, &r, &e), -ERR_NO);
    if (!strstr(e.what, why))
        fail_msg("%s: %s", expression, e.what);
}

static void decimals_are_exact(void **state)
{
    (void)state;
    gives("0.1+0.2", "0.3", false);
    gives("1.1*1.1", "1.21", false);
    gives("0.3-0.1-0.2", "0", false);
    gives("1/3*3", "1", false);
    gives("4.35*100", "435", false);
    gives("999999999999999", "999999999999999", false);
    gives(".5+.25", "0.75", false);
    gives("7/8", "0.875", false);
}

static void multiplication_comes_before_addition_and_brackets_before_both(void **state)
{
    (void)state;
    gives("2+3*4", "14", false);
    gives("(2+3)*4", "20", false);
    gives("2-3-4", "-5", false);
    gives("24/4/3", "2", false);
    gives("-(2+3)*-2", "10", false);
    gives("--5", "5", false);
}

static void percent_is_a_hundredth_of_what_stands_before_it(void **state)
{
    (void)state;
    gives("15%", "0.15", false);
    gives("200*15%", "30", false);
    gives("(10+5)%", "0.15", false);
    gives("100%%", "0.01", false);
}

static void what_is_rounded_says_so(void **state)
{
    (void)state;
    gives("1/3", "0.333333333333", true);
    gives("2/3", "0.666666666667", true);
    gives("-2/3", "-0.666666666667", true);
    gives("1/8000000000000", "0", true);
    gives("2999999999999.9999999999999-0", "3000000000000", true);
}

static void full_width_signs_and_signs_of_print_count_as_plain_ones(void **state)
{
    (void)state;
    gives("１２＋３．５", "15.5", false);
    gives("（1＋2）×3÷2", "4.5", false);
    gives("3。5、2", "1.75", false);
    gives("5 − 7", "-2", false);
    gives("２０％", "0.2", false);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    refuses("", "missing at the end");
    refuses("2+", "missing at the end");
    refuses("2+*3", "\"*3\"");
    refuses("2 3x", "\"x\"");
    refuses("(2+3", "closing bracket");
    refuses("2+3)", "\")\"");
    refuses("1/0", "division by zero");
    refuses("1/(2-2)", "division by zero");
    refuses("1.2.3", "\".3\"");
    refuses("()", "\")\"");
    refuses("sqrt(4)", "\"sqrt(4)\"");
    refuses("文件", "\"??\"");
    refuses("1234567890123456", "too long");
    refuses("999999999999999*10", "too long");
    refuses("0.1234567890123456", "too long");
    refuses("999999999999999*999999999999999*999999999999999*999999999999999", "too long");
    refuses("((((((((((((((((((((((((((((((((((((((((1", "brackets");
}

static void leading_zeros_do_not_make_a_number_long(void **state)
{
    (void)state;
    gives("0000000000000000000000012", "12", false);
}

/* Against the compiler's own arithmetic on whole numbers. */
static void whole_numbers_come_out_as_the_machine_has_them(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 7);
    for (int i = 0; i < 2000; i++) {
        long long a = (long long)rng_below(&r, 2000000) - 1000000, b = (long long)rng_below(&r, 1000) + 1,
                  c = (long long)rng_below(&r, 1000);
        char expression[100], wanted[40];
        snprintf(expression, sizeof expression, "(%lld)*%lld+%lld-%lld*%lld/%lld", a, b, c, c, b, b);
        snprintf(wanted, sizeof wanted, "%lld", a * b);
        gives(expression, wanted, false);
    }
}

static void any_text_is_computed_or_refused(void **state)
{
    (void)state;
    static const char signs[] = "0123456789.+-*/()% x";
    struct rng r;
    rng_seed(&r, 11);
    for (int i = 0; i < 20000; i++) {
        char text[CALCULATOR_COLUMNS + 1] = "";
        size_t n = rng_below(&r, CALCULATOR_COLUMNS);
        for (size_t k = 0; k < n; k++)
            text[k] = signs[rng_below(&r, sizeof signs - 1)];
        struct err e = {0};
        struct calculator_result result = {0};
        int done = calculator_run(text, &result, &e);
        assert_true(done == 0 ? result.text[0] != '\0' : done == -ERR_NO && e.what[0]);
    }
}

static void press(struct calculator *c, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end)
        calculator_key(c, key_char(utf8_next(&text, end)));
    calculator_key(c, key_of(K_ENTER));
}

static void the_last_lines_are_kept_and_the_last_one_comes_back(void **state)
{
    (void)state;
    struct calculator c = {0};
    press(&c, "1+1");
    press(&c, "2+2");
    press(&c, "3+3");
    press(&c, "4+4");
    assert_int_equal(c.n, CALCULATOR_HISTORY);
    assert_string_equal(c.history[0].result.text, "4");
    assert_string_equal(c.history[2].expression, "4+4");
    assert_int_equal(c.line.n, 0);
    calculator_key(&c, key_of(K_UP));
    assert_string_equal(c.line.text, "4+4");
}

static void a_line_that_is_wrong_stays_to_be_mended(void **state)
{
    (void)state;
    struct calculator c = {0};
    press(&c, "2+");
    assert_string_equal(c.line.text, "2+");
    assert_true(c.complaint[0] != '\0');
    press(&c, "3");
    assert_string_equal(c.history[0].result.text, "5");
    assert_string_equal(c.complaint, "");
}

static void no_more_is_typed_than_there_is_room(void **state)
{
    (void)state;
    struct calculator c = {0};
    for (int i = 0; i < 100; i++)
        calculator_key(&c, key_char(0xFF11));
    assert_true(text_width(c.line.text) <= CALCULATOR_COLUMNS);
    assert_true(c.complaint[0] != '\0');
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(multiplication_comes_before_addition_and_brackets_before_both),
        cmocka_unit_test(percent_is_a_hundredth_of_what_stands_before_it),
        cmocka_unit_test(what_is_rounded_says_so),
        cmocka_unit_test(full_width_signs_and_signs_of_print_count_as_plain_ones),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(leading_zeros_do_not_make_a_number_long),
        cmocka_unit_test(whole_numbers_come_out_as_the_machine_has_them),
        cmocka_unit_test(any_text_is_computed_or_refused),
        cmocka_unit_test(the_last_lines_are_kept_and_the_last_one_comes_back),
        cmocka_unit_test(a_line_that_is_wrong_stays_to_be_mended),
        cmocka_unit_test(no_more_is_typed_than_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

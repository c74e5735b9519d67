/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>

#include "base/err.h"
#include "base/text.h"

static void an_error_names_place_fact_and_remedy_on_one_line(void **state)
{
    (void)state;
    struct err e;
    char line[600];
    assert_int_equal(err_set(&e, ERR_DATA, "items/k1.xml:7", "no key for %s", "RESPONSE"), -ERR_DATA);
    assert_int_equal(err_hint(&e, "add a correctResponse"), -ERR_DATA);
    assert_string_equal(err_text(&e, line, sizeof line), "items/k1.xml:7: no key for RESPONSE; add a correctResponse");
}

static void a_failed_call_tells_the_systems_reason_and_a_remedy(void **state)
{
    (void)state;
    struct err e;
    errno = ENOSPC;
    assert_int_equal(err_sys(&e, "a.journal", "cannot write"), -ERR_ENV);
    assert_non_null(strstr(e.what, strerror(ENOSPC)));
    assert_int_equal(e.code, ENOSPC);
    assert_true(e.hint[0] != '\0');
}

static void a_long_chinese_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[1000];
    for (size_t i = 0; i < 330; i++)
        memcpy(text + 3 * i, "考", 3);
    text[990] = '\0';
    struct err e;
    for (int shift = 0; shift < 4; shift++) {
        err_set(&e, ERR_DATA, text + 3, "%.*s%s", shift, "abc", text);
        assert_true(utf8_valid(e.what, strlen(e.what)));
        assert_true(utf8_valid(e.where, strlen(e.where)));
        err_within(&e, text);
        assert_true(utf8_valid(e.where, strlen(e.where)));
    }
}

static void the_outer_place_stands_before_the_inner(void **state)
{
    (void)state;
    struct err e;
    err_set(&e, ERR_DATA, "paper.xml:3", "bad");
    assert_int_equal(err_within(&e, "exam.zip"), -ERR_DATA);
    assert_string_equal(e.where, "exam.zip: paper.xml:3");
}

static void nobody_needs_to_give_an_error_value(void **state)
{
    (void)state;
    assert_int_equal(err_set(NULL, ERR_NO, "x", "y"), -ERR_NO);
    assert_int_equal(err_sys(NULL, "x", "y"), -ERR_ENV);
    err_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_names_place_fact_and_remedy_on_one_line),
        cmocka_unit_test(a_failed_call_tells_the_systems_reason_and_a_remedy),
        cmocka_unit_test(a_long_chinese_text_is_cut_between_characters),
        cmocka_unit_test(the_outer_place_stands_before_the_inner),
        cmocka_unit_test(nobody_needs_to_give_an_error_value),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}

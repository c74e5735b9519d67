/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/points.h"

static void a_part_of_points_is_rounded_half_up(void **state)
{
    (void)state;
    struct err e;
    points_t p;
    assert_done(points_part(points_milli(2000), 1, 3, &p, &e), e);
    assert_int_equal(p.milli, 667);
    assert_done(points_part(points_milli(1), 1, 2, &p, &e), e);
    assert_int_equal(p.milli, 1);
    assert_done(points_part(points_milli(-1), 1, 2, &p, &e), e);
    assert_int_equal(p.milli, -1);
}

static void points_are_read_and_written_exactly(void **state)
{
    (void)state;
    static const char *const same[] = {"0", "2", "2.5", "0.125", "-0.5", "100"};
    struct err e;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        points_t p;
        char text[32];
        assert_done(points_parse(same[i], &p, &e), e);
        assert_string_equal(points_text(p, text, sizeof text), same[i]);
    }
}

static void what_is_not_a_number_of_points_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "-", ".5", "1.", "1.2345", "1e3", " 1", "NaN", "99999999999999"};
    struct err e;
    points_t p;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(points_parse(bad[i], &p, &e), -ERR_DATA);
}

static void the_citys_percentages_come_out_as_published(void **state)
{
    (void)state;
    char text[32];
    assert_string_equal(percent_text(2882, 3487, 1, text, sizeof text), "82.6");
    assert_string_equal(percent_text(2882, 3487, 2, text, sizeof text), "82.65");
    assert_string_equal(percent_text(43576, 47732, 2, text, sizeof text), "91.29");
    assert_string_equal(percent_text(22298, 47732, 1, text, sizeof text), "46.7");
    assert_string_equal(percent_text(1, 8, 2, text, sizeof text), "12.50");
    assert_string_equal(percent_text(1, 16, 1, text, sizeof text), "6.3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_points_is_rounded_half_up),
        cmocka_unit_test(points_are_read_and_written_exactly),
        cmocka_unit_test(what_is_not_a_number_of_points_is_refused),
        cmocka_unit_test(the_citys_percentages_come_out_as_published),
    };
    return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}

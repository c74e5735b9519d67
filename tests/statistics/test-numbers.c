/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of statistics without libm: held against libm, against tables, and against closed forms. */
#include "statistics/quality/numbers.h"

#include <math.h>

#include "base/rng.h"
#include "tests/check.h"

static void assert_near(double a, double b, double relative)
{
    if (!(fabs(a - b) <= relative * (fabs(b) > 1e-300 ? fabs(b) : 1)))
        fail_msg("%.17g is not %.17g", a, b);
}

static void logarithm_and_exponential_are_those_of_libm(void **state)
{
    struct rng rng;
    (void)state;
    rng_seed(&rng, 1);
    for (int i = 0; i < 2000; i++) {
        double x = (rng_unit(&rng) - 0.5) * 1200, y = exp(x);
        if (fabs(x) < 700) {
            assert_near(num_exp(x), y, 1e-12);
            assert_near(num_log(y) + 1000, x + 1000, 1e-14);
        }
        double g = rng_unit(&rng) * 5000 + 0.01;
        assert_near(num_log_gamma(g) + 10, lgamma(g) + 10, 1e-12);
    }
    assert_true(num_exp(-1000) == 0);
}

/* I_x(a, 1) = x^a, I_x(1, b) = 1 - (1-x)^b, and the mirror. */
static void the_beta_function_keeps_its_identities(void **state)
{
    struct rng rng;
    (void)state;
    rng_seed(&rng, 2);
    for (int i = 0; i < 2000; i++) {
        double x = rng_unit(&rng), a = rng_unit(&rng) * 50 + 0.1, b = rng_unit(&rng) * 500 + 0.1;
        assert_near(1 + num_beta(a, 1, x), 1 + pow(x, a), 1e-12);
        assert_near(1 + num_beta(1, b, x), 2 - pow(1 - x, b), 1e-12);
        assert_near(1 + num_beta(a, b, x), 2 - num_beta(b, a, 1 - x), 1e-11);
    }
    assert_true(num_beta(2, 3, 0) == 0 && num_beta(2, 3, 1) == 1);
}

/* Critical values as they stand in every table of t and F. */
static void tails_are_those_of_the_tables(void **state)
{
    (void)state;
    assert_near(num_t_tails(12.706, 1), 0.05, 1e-4);
    assert_near(num_t_tails(2.228, 10), 0.05, 1e-3);
    assert_near(num_t_tails(-2.750, 30), 0.01, 1e-3);
    assert_near(num_t_tails(1.959964, 1e6), 0.05, 1e-5);
    assert_near(num_f_tail(4.96, 1, 10), 0.05, 2e-3);
    assert_near(num_f_tail(2.71, 5, 20), 0.05, 2e-3);
    assert_near(num_f_tail(5.64, 4, 15), 0.0056, 2e-2);
    assert_near(num_f_tail(3.84146, 1, 1e6), 0.05, 1e-4);
    assert_true(num_t_tails(3, 0) == 1 && num_f_tail(0, 2, 2) == 1);
}

/* The fifteen probabilities of Benjamini and Hochberg's own example (1995, section 4): four are findings at
 * 0.05. */
static void discoveries_are_those_of_the_published_example(void **state)
{
    const double p[] = {0.7590, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298,
                        0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 1.000};
    bool found[15];
    (void)state;
    num_discoveries(p, 15, 0.05, found);
    for (int i = 0; i < 15; i++)
        assert_int_equal(found[i], i >= 1 && i <= 4);
}

static void numbers_are_printed_half_up_and_without_a_negative_zero(void **state)
{
    char text[40];
    (void)state;
    assert_string_equal(num_text(0.125, 2, text, sizeof text), "0.13");
    assert_string_equal(num_text(-0.125, 2, text, sizeof text), "-0.13");
    assert_string_equal(num_text(-0.001, 2, text, sizeof text), "0.00");
    assert_string_equal(num_text(2.5, 0, text, sizeof text), "3");
    assert_string_equal(num_text(NAN, 2, text, sizeof text), "");
    assert_string_equal(num_text(1e300, 2, text, sizeof text), "");
}

static void the_median_of_an_even_number_is_between_the_middle_two(void **state)
{
    double even[] = {4, 1, 3, 2}, odd[] = {9, 1, 5};
    (void)state;
    assert_true(num_median(even, 4) == 2.5);
    assert_true(num_median(odd, 3) == 5);
    assert_near(num_power(0.9, 60), pow(0.9, 60), 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithm_and_exponential_are_those_of_libm),
        cmocka_unit_test(the_beta_function_keeps_its_identities),
        cmocka_unit_test(tails_are_those_of_the_tables),
        cmocka_unit_test(discoveries_are_those_of_the_published_example),
        cmocka_unit_test(numbers_are_printed_half_up_and_without_a_negative_zero),
        cmocka_unit_test(the_median_of_an_even_number_is_between_the_middle_two),
    };
    return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Agreement of two raters: published examples. */
#include "statistics/quality/agreement.h"

#include <math.h>

#include "tests/check.h"

static void assert_near(double a, double b, double apart)
{
    if (!(fabs(a - b) <= apart))
        fail_msg("%.12g is not %.12g", a, b);
}

/* Shrout and Fleiss 1979, table 2: six targets, four judges; values printed there .17, .29, .71. */
static void icc_is_that_of_shrout_and_fleiss(void **state)
{
    const double mark[] = {9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};
    (void)state;
    struct icc r = icc_compute(mark, 6, 4);
    assert_true(r.icc1.exists && r.icc2.exists && r.icc3.exists);
    assert_near(r.icc1.value, 0.16574176841, 1e-10);
    assert_near(r.icc2.value, 0.28976377953, 1e-10);
    assert_near(r.icc3.value, 0.71484071484, 1e-10);
    assert_near(r.f1, 1.7946784922, 1e-9);
    assert_near(r.f3, 11.0272479564, 1e-9);
    assert_int_equal((int)r.df, 5);
    assert_int_equal((int)r.df1, 18);
    assert_int_equal((int)r.df3, 15);
}

/* Cohen 1968: proportions of three diagnoses, weights of disagreement 1, 3, 6; printed there .492 and .348.
 */
static void kappa_is_that_of_cohen(void **state)
{
    const double table[] = {.44, .05, .01, .07, .20, .03, .09, .05, .06};
    const double plain[] = {0, 1, 1, 1, 0, 1, 1, 1, 0}, own[] = {0, 1, 3, 1, 0, 6, 3, 6, 0};
    const double square[] = {0, 1, 4, 1, 0, 1, 4, 1, 0};
    (void)state;
    assert_near(kappa_table(table, plain, 3).value, 0.49152542373, 1e-10);
    assert_near(kappa_table(table, own, 3).value, 0.34782608696, 1e-10);
    assert_near(kappa_table(table, square, 3).value, 0.45454545455, 1e-10);
}

/* By hand: 5 candidates, totals 20/20 18/19 15/12 20/20 10/11. */
static void pairs_are_counted_and_weighted_by_points_apart(void **state)
{
    const int64_t a[] = {20000, 18000, 15000, 20000, 10000}, b[] = {20000, 19000, 12000, 20000, 11000};
    struct agreement r;
    (void)state;
    agreement_compute(&r, a, b, 5, 1000);
    assert_int_equal(r.n, 5);
    assert_int_equal(r.same, 2);
    assert_int_equal(r.within, 4);
    assert_int_equal(r.sum_milli, 1000);
    assert_int_equal(r.sum_apart_milli, 5000);
    assert_int_equal(r.most_milli, 3000);
    /* observed 3/5 of pairs differ; by chance 1 - (2*2)/25 */
    assert_near(r.kappa.value, 1 - 0.6 / (1 - 4.0 / 25), 1e-12);
    /* apart in the mean 1 point; by chance, over all 25 pairs, 107/25 */
    assert_near(r.linear.value, 1 - 1.0 / (107.0 / 25), 1e-12);
    /* squares: 11/5; by chance 763/25 */
    assert_near(r.quadratic.value, 1 - 11.0 / 5 / (763.0 / 25), 1e-12);
}

static void where_all_marks_are_the_same_there_is_no_coefficient(void **state)
{
    const int64_t a[] = {20000, 20000, 20000};
    struct agreement r;
    (void)state;
    agreement_compute(&r, a, a, 3, 0);
    assert_int_equal(r.same, 3);
    assert_false(r.kappa.exists || r.linear.exists || r.quadratic.exists || r.icc.icc1.exists);
    agreement_compute(&r, a, a, 0, 0);
    assert_int_equal(r.n, 0);
}

static void full_agreement_is_one(void **state)
{
    const int64_t a[] = {20000, 12500, 3000, 17000};
    struct agreement r;
    (void)state;
    agreement_compute(&r, a, a, 4, 0);
    assert_near(r.kappa.value, 1, 0);
    assert_near(r.quadratic.value, 1, 0);
    assert_near(r.icc.icc1.value, 1, 1e-12);
    assert_near(r.icc.icc3.value, 1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(icc_is_that_of_shrout_and_fleiss),
        cmocka_unit_test(kappa_is_that_of_cohen),
        cmocka_unit_test(pairs_are_counted_and_weighted_by_points_apart),
        cmocka_unit_test(where_all_marks_are_the_same_there_is_no_coefficient),
        cmocka_unit_test(full_agreement_is_one),
    };
    return cmocka_run_group_tests_name("agreement", tests, NULL, NULL);
}

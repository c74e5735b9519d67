/* SPDX-License-Identifier: Apache-2.0 */
/* Linear programs through Clp, and the budget that they spend from. */
#include <stdlib.h>

#include "engine/search/lp.h"
#include "tests/check.h"

/* max 3a + 2b: a + b <= 4, a + 3b <= 7, a <= 3 */
static struct lp *two_rows(void)
{
    static const double lo[] = {-LP_OPEN, -LP_OPEN}, hi[] = {4, 7}, cost[] = {-3, -2}, lower[] = {0, 0},
                        upper[] = {3, LP_OPEN}, value[] = {1, 1, 1, 3};
    static const int start[] = {0, 2, 4}, row[] = {0, 1, 0, 1};
    struct lp *lp = NULL;
    struct err e = {0};
    assert_done(lp_new(&lp, &e), e);
    lp_add_rows(lp, 2, lo, hi, NULL, NULL, NULL);
    lp_add_columns(lp, 2, cost, lower, upper, start, row, value);
    return lp;
}

static void assert_near(double a, double b)
{
    assert_true(a - b < 1e-7 && b - a < 1e-7);
}

static void a_program_is_solved_and_again_after_a_change(void **state)
{
    (void)state;
    static const double cost[] = {-5}, lower[] = {0}, upper[] = {1}, value[] = {1};
    static const int start[] = {0, 1}, row[] = {0};
    struct lp *lp = two_rows();
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_OPTIMAL);
    assert_near(lp_value(lp), -11);
    assert_near(lp_columns(lp)[0], 3);
    assert_near(lp_duals(lp)[0], -2);
    assert_near(lp_reduced(lp)[0], -1);
    lp_add_columns(lp, 1, cost, lower, upper, start, row, value);
    assert_int_equal(lp_solve(lp, LP_PRIMAL, 0, NULL), LP_OPTIMAL);
    assert_near(lp_value(lp), -14);
    lp_set_bounds(lp, 2, 0, 0);
    lp_set_row(lp, 0, -LP_OPEN, 2);
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_OPTIMAL);
    assert_near(lp_value(lp), -6);
    lp_drop_columns(lp, 2);
    assert_int_equal(lp_n_columns(lp), 2);
    lp_free(lp);
}

static void what_cannot_be_met_has_a_ray(void **state)
{
    (void)state;
    struct lp *lp = two_rows();
    lp_set_row(lp, 0, 4, LP_OPEN);  /* a + b >= 4 */
    lp_set_row(lp, 1, -LP_OPEN, 3); /* a + 3b <= 3: at most 3 + 0 */
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_INFEASIBLE);
    double *y = lp_ray(lp);
    assert_non_null(y);
    assert_true(y[0] > 0 && y[1] <= 0);
    assert_true(4 * y[0] + 3 * y[1] + 3 * (-y[0] - y[1] < 0 ? -y[0] - y[1] : 0) > 0);
    free(y);
    lp_free(lp);
}

static void a_budget_ends_where_it_is_spent(void **state)
{
    (void)state;
    volatile int stop = 0;
    struct work w = {.left = 5000, .stop = &stop};
    assert_true(work_spend(&w, 4000));
    struct work part = work_part(&w, 700);
    assert_false(work_spend(&part, 800));
    work_return(&w, &part);
    assert_int_equal(w.left, 200);
    assert_int_equal(w.spent, 4800);
    assert_true(work_spend(&w, 100));
    struct lp *lp = two_rows();
    assert_false(work_spend(&w, 100));
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, &w), LP_LIMIT);
    lp_free(lp);
    w.left = 100000;
    stop = 1;
    assert_false(work_spend(&w, 2000));
    assert_true(w.interrupted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_is_solved_and_again_after_a_change),
        cmocka_unit_test(what_cannot_be_met_has_a_ray),
        cmocka_unit_test(a_budget_ends_where_it_is_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

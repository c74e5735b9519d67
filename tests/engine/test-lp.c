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

enum { ROWS = 6, COLUMNS = 20, CELLS = ROWS * COLUMNS };

static unsigned next(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Sums of small numbers between two ends, of columns between 0 and 1. */
static struct lp *many_choices(unsigned seed)
{
    double lo[ROWS], hi[ROWS], cost[COLUMNS], lower[COLUMNS], upper[COLUMNS], value[CELLS];
    int start[COLUMNS + 1] = {0}, row[CELLS];
    struct lp *lp = NULL;
    struct err e = {0};
    for (int k = 0; k < ROWS; k++) {
        lo[k] = next(&seed, 8);
        hi[k] = lo[k] + next(&seed, 3);
    }
    for (int c = 0; c < COLUMNS; c++) {
        cost[c] = (double)next(&seed, 2000) - 1000;
        lower[c] = 0;
        upper[c] = 1;
        start[c + 1] = start[c] + ROWS;
        for (int k = 0; k < ROWS; k++) {
            row[start[c] + k] = k;
            value[start[c] + k] = next(&seed, 3);
        }
    }
    assert_done(lp_new(&lp, &e), e);
    lp_add_rows(lp, ROWS, lo, hi, NULL, NULL, NULL);
    lp_add_columns(lp, COLUMNS, cost, lower, upper, start, row, value);
    return lp;
}

static void both_fix(struct lp *a, struct lp *b, unsigned *seed)
{
    size_t c = next(seed, COLUMNS);
    double lower = next(seed, 3) == 0, upper = lower > 0 || next(seed, 2);
    lp_set_bounds(a, c, lower, upper);
    lp_set_bounds(b, c, lower, upper);
}

static void what_is_solved_often_is_solved_alike(void **state)
{
    (void)state;
    int n[] = {[LP_OPTIMAL] = 0, [LP_INFEASIBLE] = 0};
    for (unsigned i = 1; i <= 60; i++) {
        struct lp *often = many_choices(i), *plain = many_choices(i);
        unsigned seed = i;
        for (int k = 0; k < 12; k++) {
            enum lp_status s = lp_solve(often, LP_DUAL, 0, NULL);
            assert_int_equal(s, lp_solve(plain, LP_DUAL, 0, NULL));
            assert_true(s == LP_OPTIMAL || s == LP_INFEASIBLE);
            n[s]++;
            if (s == LP_OPTIMAL)
                assert_near(lp_value(often), lp_value(plain));
            double *ray = s == LP_INFEASIBLE ? lp_ray(often) : NULL;
            assert_true(s == LP_OPTIMAL || ray);
            free(ray);
            lp_set_often(often, true);
            both_fix(often, plain, &seed);
        }
        lp_free(often);
        lp_free(plain);
    }
    assert_true(n[LP_OPTIMAL] > 50 && n[LP_INFEASIBLE] > 50);
}

static void below_what_is_enough_it_ends(void **state)
{
    (void)state;
    struct lp *lp = two_rows();
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_OPTIMAL);
    lp_set_often(lp, true);
    lp_set_enough(lp, -8);
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_OPTIMAL);
    lp_set_bounds(lp, 0, 0, 0);
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_ENOUGH);
    assert_true(lp_value(lp) > -8);
    lp_set_enough(lp, LP_OPEN);
    assert_int_equal(lp_solve(lp, LP_DUAL, 0, NULL), LP_OPTIMAL);
    assert_near(lp_value(lp), -14.0 / 3);
    lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_is_solved_and_again_after_a_change),
        cmocka_unit_test(what_cannot_be_met_has_a_ray),
        cmocka_unit_test(what_is_solved_often_is_solved_alike),
        cmocka_unit_test(below_what_is_enough_it_ends),
        cmocka_unit_test(a_budget_ends_where_it_is_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

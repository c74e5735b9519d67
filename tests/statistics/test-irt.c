/* SPDX-License-Identifier: Apache-2.0 */
/* Item response theory: parameters that were planted come back within their standard errors. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/irt/irt-internal.h"
#include "statistics/irt/quadrature.h"
#include "statistics/quality/numbers.h"
#include "tests/check.h"
#include "tests/statistics/matrix-of.h"

enum { PLANTED = 12 };

static void plant(struct irt_item *item, enum irt_model model)
{
    for (size_t j = 0; j < PLANTED; j++) {
        double spread = ((double)j - 5.5) / 5;
        item[j] = (struct irt_item){
            .model = model, .categories = model >= IRT_GRM ? 3 : 2, .a = 0.7 + 0.1 * (double)j, .g = -1.4};
        if (model == IRT_RASCH)
            item[j].a = 1;
        if (model == IRT_1PL || model == IRT_PCM)
            item[j].a = 1.3;
        item[j].d[0] = -item[j].a * spread + (model >= IRT_GRM ? 0.6 : 0);
        item[j].d[1] = -item[j].a * spread - 0.8;
    }
}

static void put_z(double *sum, double *most, double found, double planted, struct figure error)
{
    assert_null(error.why);
    double z = (found - planted) / error.value;
    *sum += z * z;
    *most = fabs(z) > *most ? fabs(z) : *most;
}

/* Of so many figures the squared distances in standard errors are about 1 each, none is beyond 4. */
static void check_recovered(enum irt_model model, size_t n, uint64_t seed)
{
    struct irt_item item[PLANTED];
    struct irt_options o = {.model = model, .points = 41};
    struct irt_fit fit;
    struct err e = {0};
    double sum = 0, most = 0;
    size_t figures = 0;
    plant(item, model);
    struct score_matrix m = matrix_drawn(item, PLANTED, n, seed);
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), 0);
    assert_true(fit.converged);
    for (size_t j = 0; j < PLANTED; j++) {
        const struct irt_item *found = &fit.item[j];
        if (model != IRT_RASCH && (j == 0 || (model != IRT_1PL && model != IRT_PCM))) {
            put_z(&sum, &most, found->a, item[j].a, found->se_a);
            figures++;
        }
        for (size_t v = 0; v + 1 < found->categories; v++, figures++)
            put_z(&sum, &most, found->d[v], item[j].d[v], found->se_d[v]);
    }
    assert_true(most < 4);
    assert_true(sum / (double)figures > 0.3 && sum / (double)figures < 1.9);
    irt_release(&fit);
    matrix_release(&m);
}

static void planted_parameters_come_back(void **state)
{
    (void)state;
    check_recovered(IRT_RASCH, 800, 1);
    check_recovered(IRT_1PL, 800, 2);
    check_recovered(IRT_2PL, 1000, 3);
    check_recovered(IRT_GRM, 800, 4);
    check_recovered(IRT_PCM, 800, 5);
    check_recovered(IRT_GPCM, 800, 6);
}

/* c is held by its prior: the curves are what can be told. */
static void curves_of_guessing_come_back(void **state)
{
    struct irt_item item[PLANTED];
    struct irt_options o = {.model = IRT_3PL, .points = 31};
    struct irt_fit fit;
    struct err e = {0};
    (void)state;
    plant(item, IRT_3PL);
    struct score_matrix m = matrix_drawn(item, PLANTED, 2000, 7);
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), 0);
    assert_true(fit.converged);
    for (size_t j = 0; j < PLANTED; j++)
        for (double theta = -1.5; theta < 2; theta += 0.5) {
            double found[2], planted[2];
            irt_curve(&fit.item[j], theta, found);
            irt_curve(&item[j], theta, planted);
            assert_near(num_exp(found[1]), num_exp(planted[1]), 0.06);
        }
    irt_release(&fit);
    matrix_release(&m);
}

static void threads_change_no_figure(void **state)
{
    struct irt_item item[PLANTED];
    struct irt_options one = {.model = IRT_2PL, .points = 21, .threads = 1}, three = one;
    struct irt_fit a, b;
    struct err e = {0};
    (void)state;
    three.threads = 3;
    plant(item, IRT_2PL);
    struct score_matrix m = matrix_drawn(item, PLANTED, 2200, 8);
    for (size_t i = 0; i < m.n; i += 7) /* some did not get an item */
        m.score[3 * m.n + i] = SCORE_MISSING;
    m.has_missing = true;
    assert_int_equal(irt_calibrate(&a, &m, &one, &e), 0);
    assert_int_equal(irt_calibrate(&b, &m, &three, &e), 0);
    assert_memory_equal(&a.log_likelihood, &b.log_likelihood, sizeof a.log_likelihood);
    for (size_t j = 0; j < PLANTED; j++) {
        assert_memory_equal(&a.item[j].a, &b.item[j].a, sizeof a.item[j].a);
        assert_memory_equal(&a.item[j].se_b[0].value, &b.item[j].se_b[0].value, sizeof(double));
    }
    assert_int_equal(a.item[3].n, m.n - (m.n + 6) / 7);
    assert_near(a.item[3].a, 1.0, 4 * a.item[3].se_a.value);
    irt_release(&a);
    irt_release(&b);
    matrix_release(&m);
}

/* Observed information: what the gradient loses from one side to the other. */
static void errors_are_those_of_the_curvature(void **state)
{
    struct irt_item item[PLANTED];
    struct irt_options o = {.model = IRT_GPCM, .points = 21, .threads = 1};
    struct irt_fit fit;
    struct responses r;
    struct parameters p;
    struct err e = {0};
    double *gradient[2], *information, h = 1e-4, log_weight[24];
    (void)state;
    plant(item, IRT_GPCM);
    struct score_matrix m = matrix_drawn(item, PLANTED, 600, 9);
    m.score[5] = SCORE_MISSING;
    m.has_missing = true;
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), 0);
    assert_int_equal(responses_of(&r, fit.item, &m, &e), 0);
    parameters_number(&p, fit.item, fit.k);
    information = calloc(p.n * p.n, sizeof *information);
    for (size_t q = 0; q < fit.points; q++)
        log_weight[q] = fit.weight[q] > 0 ? num_log(fit.weight[q]) : -1e6;
    for (int side = 0; side < 2; side++) {
        struct curves c;
        struct expectation x;
        gradient[side] = calloc(p.n, sizeof **gradient);
        fit.item[2].a += side ? 2 * h : -h;
        curves_take(&c, &fit, &r, log_weight);
        assert_int_equal(expectation_take(&x, &c, &r, 1, &e), 0);
        fit_gradient(&fit, &r, &p, &x, gradient[side]);
        curves_release(&c);
        expectation_release(&x);
    }
    fit.item[2].a -= h;
    struct curves c;
    struct expectation x;
    curves_take(&c, &fit, &r, log_weight);
    assert_int_equal(expectation_take(&x, &c, &r, 1, &e), 0);
    assert_int_equal(fit_information(information, &fit, &r, &p, &x, &c, 1, &e), 0);
    size_t at = (size_t)p.number[2 * IRT_MAX_PARAMETERS];
    for (size_t u = 0; u < p.n; u++)
        assert_near((gradient[0][u] - gradient[1][u]) / (2 * h), information[at * p.n + u], 0.02);
    for (int side = 0; side < 2; side++)
        free(gradient[side]);
    free(information);
    free(p.number);
    curves_release(&c);
    expectation_release(&x);
    responses_release(&r);
    irt_release(&fit);
    matrix_release(&m);
}

/* Exact for polynomials up to degree 2n - 1: the moments 1, 0, 1, 0, 3, 0, 15 of N(0,1). */
static void quadrature_has_the_moments_of_the_normal_distribution(void **state)
{
    static const double moment[] = {1, 0, 1, 0, 3, 0, 15};
    static const size_t sizes[] = {5, 21, 61, 199};
    double theta[IRT_MAX_POINTS], weight[IRT_MAX_POINTS];
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        quadrature_normal(sizes[i], theta, weight);
        for (size_t power = 0; power < 7; power++) {
            double sum = 0;
            for (size_t q = 0; q < sizes[i]; q++)
                sum += weight[q] * num_power(theta[q], power);
            assert_near(sum, moment[power], 1e-11);
        }
        for (size_t q = 1; q < sizes[i]; q++)
            assert_true(theta[q] > theta[q - 1]);
    }
}

static void exponentials_are_those_of_the_plain_function(void **state)
{
    double x[400];
    (void)state;
    for (size_t i = 0; i < 400; i++)
        x[i] = ((double)i - 395) * 1.77;
    exp_each(x, 400);
    for (size_t i = 0; i < 400; i++) {
        double v = ((double)i - 395) * 1.77, plain = v < -700 ? 0 : num_exp(v);
        assert_near(x[i], plain, 4e-16 * plain * (1 + fabs(v)));
    }
}

static void items_that_tell_nothing_are_left_out_and_named(void **state)
{
    struct irt_options o = {.model = IRT_2PL, .points = 21};
    struct irt_fit fit;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B,C,D\n1,1,0,\n0,1,1,\n1,1,1,\n0,1,0,\n1,1,0,\n0,1,0,\n");
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), 0);
    assert_string_equal(fit.item[1].why, "all have the same score");
    assert_string_equal(fit.item[3].why, "nobody has a score");
    assert_null(fit.item[0].why);
    irt_release(&fit);
    matrix_release(&m);
    m = matrix_of("A,B\n1,1\n0,1\n");
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), -ERR_DATA);
    matrix_release(&m);
    m = matrix_of("A,B\n1,1\n0,2\n1,0\n");
    assert_int_equal(irt_calibrate(&fit, &m, &o, &e), -ERR_DATA);
    assert_string_equal(e.where, "B");
    matrix_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_parameters_come_back),
        cmocka_unit_test(curves_of_guessing_come_back),
        cmocka_unit_test(threads_change_no_figure),
        cmocka_unit_test(errors_are_those_of_the_curvature),
        cmocka_unit_test(quadrature_has_the_moments_of_the_normal_distribution),
        cmocka_unit_test(exponentials_are_those_of_the_plain_function),
        cmocka_unit_test(items_that_tell_nothing_are_left_out_and_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/statistics/matrix-of.h"

#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "statistics/quality/numbers.h"
#include "tests/check.h"

void assert_near(double a, double b, double apart)
{
    if (!(fabs(a - b) <= apart))
        fail_msg("%.12g is not %.12g", a, b);
}

struct score_matrix matrix_of(const char *text)
{
    const struct matrix_reading how = {.name = "scores.csv"};
    struct score_matrix m = {0};
    struct err e = {0};
    if (matrix_read(&m, &how, span_str(text), &e) < 0)
        fail_msg("%s: %s", e.where, e.what);
    return m;
}

/* Twelve uniform numbers less 6: normal enough, and without a logarithm. */
static double normal(struct rng *r)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += rng_unit(r);
    return sum;
}

struct score_matrix matrix_drawn(const struct irt_item *item, size_t k, size_t n, uint64_t seed)
{
    struct score_matrix m;
    struct rng rng;
    rng_seed(&rng, seed);
    matrix_new(&m, n, k);
    for (size_t j = 0; j < k; j++)
        m.item[j] = mem_printf("I%zu", j + 1);
    for (size_t i = 0; i < n; i++) {
        double theta = normal(&rng), log_p[IRT_MAX_CATEGORIES];
        for (size_t j = 0; j < k; j++) {
            double u = rng_unit(&rng);
            size_t c = 0;
            irt_curve(&item[j], theta, log_p);
            while (c + 1 < item[j].categories && u >= num_exp(log_p[c]))
                u -= num_exp(log_p[c++]);
            m.score[j * n + i] = (int32_t)c * SCORE_UNIT;
        }
    }
    return m;
}

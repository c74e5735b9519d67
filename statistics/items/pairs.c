/* SPDX-License-Identifier: Apache-2.0 */
/* What needs the correlation of every pair of items. */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/items/items-internal.h"

enum { ROWS = 1024, SMALL = 1024 }; /* ROWS * SMALL^2 fits into 31 bits */

/* Σ x_i x_j of a block of persons, of small scores; rows that are not there are 0. */
static void small_block(const int16_t *block, size_t k, int64_t *ret)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = i; j < k; j++) {
            const int16_t *x = block + i * ROWS, *y = block + j * ROWS;
            int32_t sum = 0;
            for (size_t r = 0; r < ROWS; r++)
                sum += x[r] * y[r];
            ret[i * k + j] += sum;
        }
}

static bool is_small(const struct score_sums *s)
{
    for (size_t j = 0; j < s->m->k; j++)
        if (s->highest[j] > SMALL || s->lowest[j] < -SMALL)
            return false;
    return true;
}

static void small_pairs(const struct score_sums *s, int64_t *ret)
{
    size_t k = s->m->k, n = s->m->n;
    double reciprocal = 1.0 / (double)s->step;
    int16_t *block = mem_alloc((k + 1) * ROWS * sizeof *block);
    for (size_t from = 0; from < n; from += ROWS) {
        size_t rows = n - from < ROWS ? n - from : ROWS;
        for (size_t j = 0; j < k; j++)
            for (size_t r = 0; r < ROWS; r++)
                block[j * ROWS + r] =
                    r < rows ? (int16_t)sums_steps(matrix_item(s->m, j)[from + r], reciprocal) : 0;
        small_block(block, k, ret);
    }
    free(block);
}

static void large_pairs(const struct score_sums *s, double *ret)
{
    for (size_t i = 0; i < s->m->k; i++)
        for (size_t j = i; j < s->m->k; j++) {
            const int32_t *x = matrix_item(s->m, i), *y = matrix_item(s->m, j);
            wide sum = 0;
            for (size_t r = 0; r < s->m->n; r++)
                sum += (int64_t)x[r] * y[r];
            sum /= (wide)s->step * s->step;
            ret[i * s->m->k + j] = (double)((wide)s->m->n * sum - s->sum[i] * s->sum[j]);
        }
}

/* n times the sums of crossed deviations, upper triangle. */
static double *cross_spreads(const struct score_sums *s)
{
    size_t k = s->m->k;
    double *ret = mem_alloc((k * k + 1) * sizeof *ret);
    if (!is_small(s)) {
        large_pairs(s, ret);
        return ret;
    }
    int64_t *pair = mem_alloc((k * k + 1) * sizeof *pair);
    small_pairs(s, pair);
    for (size_t i = 0; i < k; i++)
        for (size_t j = i; j < k; j++)
            ret[i * k + j] = (double)((wide)s->m->n * pair[i * k + j] - s->sum[i] * s->sum[j]);
    free(pair);
    return ret;
}

/* Lower triangular factor in place; false where the matrix is singular. */
static bool factorise(double *a, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        double d = a[j * k + j];
        for (size_t c = 0; c < j; c++)
            d -= a[j * k + c] * a[j * k + c];
        if (d < 1e-10)
            return false;
        a[j * k + j] = sqrt(d);
        for (size_t i = j + 1; i < k; i++) {
            double v = a[i * k + j];
            for (size_t c = 0; c < j; c++)
                v -= a[i * k + c] * a[j * k + c];
            a[i * k + j] = v / a[j * k + j];
        }
    }
    return true;
}

/* Diagonal of the inverse of L L'. */
static void inverse_diagonal(const double *l, size_t k, double *ret)
{
    double *column = mem_alloc((k + 1) * sizeof *column);
    for (size_t j = 0; j < k; j++) { /* column j of the inverse of L */
        ret[j] = 0;
        for (size_t i = j; i < k; i++) {
            double v = i == j;
            for (size_t c = j; c < i; c++)
                v -= l[i * k + c] * column[c];
            column[i] = v / l[i * k + i];
            ret[j] += column[i] * column[i];
        }
    }
    free(column);
}

/* r: correlations, filled on and below the diagonal; sum: of all of them. 1 - Σ (1 - smc) / sum. */
static struct figure lambda6(double *r, double sum, size_t k)
{
    double *inverse = mem_alloc((k + 1) * sizeof *inverse), unexplained = 0;
    bool regular = factorise(r, k);
    if (regular) {
        inverse_diagonal(r, k, inverse);
        for (size_t j = 0; j < k; j++)
            unexplained += 1 / inverse[j];
    }
    free(inverse);
    return regular ? figure_of(1 - unexplained / sum)
                   : figure_undefined(N_("an item follows from the others, or there are too few persons"));
}

static bool has_constant(const struct score_sums *s)
{
    for (size_t j = 0; j < s->m->k; j++)
        if (s->lowest[j] == s->highest[j])
            return true;
    return false;
}

void classical_pairs(struct test_analysis *t, const struct score_sums *s)
{
    size_t k = s->m->k;
    const char *why = k < 2                 ? N_("there is a single item")
                      : k > CLASSICAL_PAIRS ? N_("there are more than 400 items")
                      : has_constant(s)     ? N_("all have the same score in an item")
                                            : NULL;
    if (why) {
        t->alpha_standard = t->lambda6 = figure_undefined(why);
        return;
    }
    double *cross = cross_spreads(s), *r = mem_alloc((k * k + 1) * sizeof *r),
           *var = mem_alloc((k + 1) * sizeof *var);
    double sum = 0;
    for (size_t j = 0; j < k; j++)
        var[j] = cross[j * k + j];
    for (size_t i = 0; i < k; i++)
        for (size_t j = i; j < k; j++) {
            r[j * k + i] = cross[i * k + j] / sqrt(var[i] * var[j]);
            sum += i == j ? 0 : r[j * k + i];
        }
    double mean = sum / ((double)k * (double)(k - 1) / 2);
    t->alpha_standard = figure_of((double)k * mean / (1 + (double)(k - 1) * mean));
    t->lambda6 = lambda6(r, (double)k + 2 * sum, k);
    free(cross);
    free(r);
    free(var);
}

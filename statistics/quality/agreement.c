/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/agreement.h"

#include <stdlib.h>

#include "base/mem.h"

static struct coefficient share_left(double observed, double expected)
{
    if (!(expected > 0))
        return (struct coefficient){false, 0};
    return (struct coefficient){true, 1 - observed / expected};
}

struct coefficient kappa_table(const double *table, const double *weight, size_t k)
{
    double whole = 0, observed = 0, expected = 0;
    double *row = mem_alloc((k + 1) * sizeof *row), *column = mem_alloc((k + 1) * sizeof *column);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            row[i] += table[i * k + j];
            column[j] += table[i * k + j];
            observed += weight[i * k + j] * table[i * k + j];
            whole += table[i * k + j];
        }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            expected += weight[i * k + j] * row[i] * column[j];
    free(row);
    free(column);
    return whole > 0 ? share_left(observed, expected / whole) : (struct coefficient){false, 0};
}

static double mean_of(const double *x, size_t n, size_t stride)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i * stride];
    return sum / (double)n;
}

static struct coefficient ratio(double num, double den)
{
    return den > 0 ? (struct coefficient){true, num / den} : (struct coefficient){false, 0};
}

struct icc icc_compute(const double *mark, size_t n, size_t k)
{
    struct icc r = {0};
    if (n < 2 || k < 2)
        return r;
    double grand = mean_of(mark, n * k, 1), total = 0, rows = 0, columns = 0, dn = (double)n, dk = (double)k;
    for (size_t i = 0; i < n * k; i++)
        total += (mark[i] - grand) * (mark[i] - grand);
    for (size_t i = 0; i < n; i++) {
        double d = mean_of(&mark[i * k], k, 1) - grand;
        rows += dk * d * d;
    }
    for (size_t j = 0; j < k; j++) {
        double d = mean_of(&mark[j], n, k) - grand;
        columns += dn * d * d;
    }
    double between = rows / (dn - 1), raters = columns / (dk - 1);
    double within = (total - rows) / (dn * (dk - 1)),
           error = (total - rows - columns) / ((dn - 1) * (dk - 1));
    error = error > 0 ? error : 0;
    r.df = dn - 1;
    r.df1 = dn * (dk - 1);
    r.df3 = (dn - 1) * (dk - 1);
    r.f1 = within > 0 ? between / within : 0;
    r.f3 = error > 0 ? between / error : 0;
    r.icc1 = ratio(between - within, between + (dk - 1) * within);
    r.icc2 = ratio(between - error, between + (dk - 1) * error + dk * (raters - error) / dn);
    r.icc3 = ratio(between - error, between + (dk - 1) * error);
    return r;
}

static int by_milli(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t category(const int64_t *value, size_t n, int64_t milli)
{
    const int64_t *at = bsearch(&milli, value, n, sizeof *value, by_milli);
    return (size_t)(at - value);
}

/* The totals that occur, each once. */
static size_t categories(int64_t *ret, const int64_t *first, const int64_t *second, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        ret[2 * i] = first[i];
        ret[2 * i + 1] = second[i];
    }
    qsort(ret, 2 * n, sizeof *ret, by_milli);
    for (size_t i = 0; i < 2 * n; i++)
        if (i == 0 || ret[i] != ret[k - 1])
            ret[k++] = ret[i];
    return k;
}

static void kappas(struct agreement *r, const int64_t *first, const int64_t *second, size_t n)
{
    int64_t *value = mem_grow(NULL, 2 * n, sizeof *value);
    size_t k = categories(value, first, second, n);
    double *table = mem_alloc(k * k * sizeof *table), *plain = mem_alloc(k * k * sizeof *plain);
    double *linear = mem_alloc(k * k * sizeof *linear), *square = mem_alloc(k * k * sizeof *square);
    for (size_t i = 0; i < n; i++)
        table[category(value, k, first[i]) * k + category(value, k, second[i])] += 1;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double apart = (double)(value[i] > value[j] ? value[i] - value[j] : value[j] - value[i]) / 1000;
            plain[i * k + j] = i != j;
            linear[i * k + j] = apart;
            square[i * k + j] = apart * apart;
        }
    r->kappa = kappa_table(table, plain, k);
    r->linear = kappa_table(table, linear, k);
    r->quadratic = kappa_table(table, square, k);
    free(value);
    free(table);
    free(plain);
    free(linear);
    free(square);
}

void agreement_compute(struct agreement *ret, const int64_t *first_milli, const int64_t *second_milli,
                       size_t n, int64_t tolerance_milli)
{
    *ret = (struct agreement){.n = n};
    if (n == 0)
        return;
    double *mark = mem_grow(NULL, 2 * n, sizeof *mark);
    for (size_t i = 0; i < n; i++) {
        int64_t d = first_milli[i] - second_milli[i], apart = d < 0 ? -d : d;
        ret->same += d == 0;
        ret->within += apart <= tolerance_milli;
        ret->sum_milli += d;
        ret->sum_apart_milli += apart;
        ret->most_milli = apart > ret->most_milli ? apart : ret->most_milli;
        mark[2 * i] = (double)first_milli[i] / 1000;
        mark[2 * i + 1] = (double)second_milli[i] / 1000;
    }
    kappas(ret, first_milli, second_milli, n);
    ret->icc = icc_compute(mark, n, 2);
    free(mark);
}

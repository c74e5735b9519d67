/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/numbers.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/points.h"

static const double ln2 = 0x1.62e42fefa39efp-1;
static const double half_ln_2pi = 0x1.d67f1c864beb5p-1;

/* frexp, ldexp, floor, fabs and sqrt are exact or correctly rounded everywhere. */
double num_log(double x)
{
    int exponent;
    double m = frexp(x, &exponent);
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2;
        exponent--;
    }
    double t = (m - 1) / (m + 1), square = t * t, power = t, sum = 0;
    for (int k = 1; k < 40; k += 2) {
        sum += power / k;
        power *= square;
    }
    return 2 * sum + exponent * ln2;
}

double num_exp(double x)
{
    if (x < -745)
        return 0;
    if (x > 709)
        return HUGE_VAL;
    double k = floor(x / ln2 + 0.5), r = x - k * ln2, term = 1, sum = 1;
    for (int i = 1; i < 24; i++) {
        term = term * r / i;
        sum += term;
    }
    return ldexp(sum, (int)k);
}

double num_log_gamma(double x)
{
    static const double c[] = {0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
                               771.32342877765313,   -176.61502916214059,   12.507343278686905,
                               -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
    if (x < 0.5)
        return num_log_gamma(x + 1) - num_log(x);
    double z = x - 1, sum = c[0], t = z + 7.5;
    for (int i = 1; i < 9; i++)
        sum += c[i] / (z + i);
    return half_ln_2pi + (z + 0.5) * num_log(t) - t + num_log(sum);
}

static double away_from_zero(double x)
{
    return fabs(x) < 1e-300 ? 1e-300 : x;
}

static double fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), f = d;
    for (int m = 1; m < 20000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        f *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        f *= d * c;
        if (fabs(d * c - 1) < 1e-15)
            break;
    }
    return f;
}

double num_beta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x >= 1;
    double front = num_exp(num_log_gamma(a + b) - num_log_gamma(a) - num_log_gamma(b) + a * num_log(x) +
                           b * num_log(1 - x));
    if (x < (a + 1) / (a + b + 2))
        return front * fraction(a, b, x) / a;
    return 1 - front * fraction(b, a, 1 - x) / b;
}

double num_t_tails(double t, double df)
{
    return df > 0 ? num_beta(df / 2, 0.5, df / (df + t * t)) : 1;
}

double num_f_tail(double f, double df1, double df2)
{
    if (!(df1 > 0) || !(df2 > 0) || !(f > 0))
        return 1;
    return num_beta(df2 / 2, df1 / 2, df2 / (df2 + df1 * f));
}

double num_power(double x, size_t n)
{
    double result = 1;
    for (; n; n >>= 1) {
        if (n & 1)
            result *= x;
        x *= x;
    }
    return result;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void num_discoveries(const double *p, size_t n, double q, bool *ret)
{
    double *sorted = mem_grow(NULL, n + 1, sizeof *sorted), limit = -1;
    for (size_t i = 0; i < n; i++)
        sorted[i] = p[i];
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 0; i < n; i++)
        if (sorted[i] <= q * (double)(i + 1) / (double)n)
            limit = sorted[i];
    for (size_t i = 0; i < n; i++)
        ret[i] = p[i] <= limit;
    free(sorted);
}

const char *num_text(double x, int decimals, char *buf, size_t size)
{
    static const int64_t scale[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    if (!(fabs(x) < 1e12)) {
        buf[0] = '\0';
        return buf;
    }
    double scaled = floor(fabs(x) * (double)scale[decimals] + 0.5);
    return ratio_text(x < 0 ? -(int64_t)scaled : (int64_t)scaled, scale[decimals], decimals, buf, size);
}

double num_median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_value);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

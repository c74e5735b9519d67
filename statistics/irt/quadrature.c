/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/irt/quadrature.h"

#include <math.h>

#include "statistics/irt/irt.h"
#include "statistics/quality/numbers.h"

/* The orthonormal polynomials of N(0,1): h_0 = 1, sqrt(j+1) h_{j+1} = x h_j - sqrt(j) h_{j-1}; they stay
 * small where Hermite's own grow beyond doubles. Returns h_n, and h_{n-1} in *before. */
static double hermite(size_t n, double x, double *before)
{
    double p = 1, q = 0;
    for (size_t j = 0; j < n; j++) {
        double next = (x * p - sqrt((double)j) * q) / sqrt((double)j + 1);
        q = p;
        p = next;
    }
    *before = q;
    return p;
}

/* h_n has one sign at each end: halving, then Newton with h_n' = sqrt(n) h_{n-1}. */
static double zero_between(size_t n, double lo, double hi)
{
    double before, x;
    bool rising = hermite(n, hi, &before) > 0;
    for (int i = 0; i < 30; i++) {
        x = lo + (hi - lo) / 2;
        if ((hermite(n, x, &before) > 0) == rising)
            hi = x;
        else
            lo = x;
    }
    x = lo + (hi - lo) / 2;
    for (int i = 0; i < 4; i++) {
        double value = hermite(n, x, &before);
        x -= value / (sqrt((double)n) * before);
    }
    return x;
}

void quadrature_normal(size_t n, double *point, double *weight)
{
    double zero[IRT_MAX_POINTS + 2], sum = 0, before;
    zero[1] = 0;
    for (size_t m = 2; m <= n; m++) { /* zeros of m lie between those of m - 1, and beyond them */
        double edge = 2 * sqrt((double)m) + 1, next[IRT_MAX_POINTS + 2];
        for (size_t i = 1; i <= m; i++)
            next[i] = zero_between(m, i == 1 ? -edge : zero[i - 1], i == m ? edge : zero[i]);
        for (size_t i = 1; i <= m; i++)
            zero[i] = (next[i] - next[m + 1 - i]) / 2; /* they mirror each other */
    }
    for (size_t i = 0; i < n; i++) {
        point[i] = zero[i + 1];
        hermite(n, point[i], &before);
        weight[i] = 1 / ((double)n * before * before);
        sum += weight[i];
    }
    for (size_t i = 0; i < n; i++)
        weight[i] /= sum;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Symmetric positive definite systems by Cholesky, in a fixed order. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "statistics/irt/irt-internal.h"

static bool factorise(double *a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double least = 1e-12 * a[j * n + j], d = a[j * n + j];
        for (size_t c = 0; c < j; c++)
            d -= a[j * n + c] * a[j * n + c];
        if (!(d > least) || !(d > 0))
            return false;
        a[j * n + j] = sqrt(d);
        for (size_t i = j + 1; i < n; i++) {
            double v = a[i * n + j];
            for (size_t c = 0; c < j; c++)
                v -= a[i * n + c] * a[j * n + c];
            a[i * n + j] = v / a[j * n + j];
        }
    }
    return true;
}

static void substitute(const double *l, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < i; c++)
            x[i] -= l[i * n + c] * x[c];
        x[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t c = i + 1; c < n; c++)
            x[i] -= l[c * n + i] * x[c];
        x[i] /= l[i * n + i];
    }
}

bool solve_positive(double *matrix, double *vector, size_t n)
{
    if (!factorise(matrix, n))
        return false;
    substitute(matrix, vector, n);
    return true;
}

bool invert_positive(double *matrix, size_t n)
{
    if (!factorise(matrix, n))
        return false;
    double *inverse = mem_alloc((n * n + 1) * sizeof *inverse);
    for (size_t i = 0; i < n; i++) {
        inverse[i * n + i] = 1;
        substitute(matrix, inverse + i * n, n);
    }
    for (size_t c = 0; c < n * n; c++)
        matrix[c] = inverse[c];
    free(inverse);
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "engine/search/dense-internal.h"

enum { MOST_PIVOTS = 400 };

void dense_column(struct dense *d, int var)
{
    size_t m = d->m, n = d->n;
    if ((size_t)var >= n) {
        for (size_t k = 0; k < m; k++)
            d->entering[k] = -d->inverse[k * m + (size_t)var - n];
        return;
    }
    for (size_t k = 0; k < m; k++) {
        const double *line = &d->inverse[k * m];
        double sum = 0;
        for (int i = d->start[var]; i < d->start[var + 1]; i++)
            sum += line[d->row[i]] * d->value[i];
        d->entering[k] = fabs(sum) < 1e-14 ? 0 : sum;
    }
}

static void take_from(double *line, const double *pivot, double times, const int *some, size_t n)
{
    for (size_t i = 0; i < n; i++)
        line[some[i]] -= times * pivot[some[i]];
}

static double norm_of(const double *line, size_t m)
{
    double a = 0, b = 0;
    size_t i = 0;
    for (; i + 1 < m; i += 2) {
        a += line[i] * line[i];
        b += line[i + 1] * line[i + 1];
    }
    return a + b + (i < m ? line[i] * line[i] : 0);
}

void dense_pivot(struct dense *d, size_t r, int var)
{
    size_t m = d->m, n = 0;
    double *pivot = &d->inverse[r * m], by = 1 / d->entering[r];
    for (size_t i = 0; i < m; i++) {
        pivot[i] = fabs(pivot[i]) < 1e-14 ? 0 : pivot[i] * by;
        if (pivot[i] != 0)
            d->some[n++] = (int)i;
    }
    d->norm[r] = norm_of(pivot, m);
    for (size_t k = 0; k < m; k++)
        if (k != r && d->entering[k] != 0) {
            take_from(&d->inverse[k * m], pivot, d->entering[k], d->some, n);
            d->norm[k] = norm_of(&d->inverse[k * m], m);
        }
    d->at[d->head[r]] = -1;
    d->head[r] = var;
    d->at[var] = (int)r;
    d->n_pivots++;
}

static void forget(struct dense *d)
{
    memset(d->inverse, 0, d->m * d->m * sizeof *d->inverse);
    for (size_t v = 0; v < d->all; v++)
        d->at[v] = -1;
    for (size_t k = 0; k < d->m; k++) {
        d->inverse[k * d->m + k] = -1;
        d->norm[k] = 1;
        d->head[k] = (int)(d->n + k);
        d->at[d->n + k] = (int)k;
    }
    d->n_pivots = 0;
}

static bool bring_in(struct dense *d, const unsigned char *basis, int var)
{
    size_t best = d->m;
    double most = DENSE_SMALL;
    dense_column(d, var);
    for (size_t k = 0; k < d->m; k++)
        if (basis[d->head[k]] != DENSE_BASIC && fabs(d->entering[k]) > most) {
            most = fabs(d->entering[k]);
            best = k;
        }
    if (best < d->m)
        dense_pivot(d, best, var);
    return best < d->m;
}

static bool bring_all_in(struct dense *d, const unsigned char *basis)
{
    for (size_t v = 0; v < d->all; v++)
        if (basis[v] == DENSE_BASIC && d->at[v] < 0 && !bring_in(d, basis, (int)v))
            return false;
    return true;
}

bool dense_take_basis(struct dense *d, const unsigned char *basis, bool anew)
{
    size_t n = 0;
    for (size_t v = 0; v < d->all; v++)
        n += basis[v] == DENSE_BASIC;
    if (n != d->m)
        return false;
    anew = anew || d->n_pivots > MOST_PIVOTS;
    if (!anew && bring_all_in(d, basis))
        return true;
    forget(d);
    return bring_all_in(d, basis);
}

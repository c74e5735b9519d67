/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "engine/search/dense-internal.h"

enum { MOST_PIVOTS = 400 };

#define LEAST_NORM 1e-4 /* sums of differences drift; what it decides is only an order */

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

/* line -= times * pivot; by how much its squared norm grows. */
static double take_from(double *line, const double *pivot, double times, const int *some, size_t n)
{
    double grows = 0;
    for (size_t i = 0; i < n; i++) {
        double was = line[some[i]], by = times * pivot[some[i]];
        line[some[i]] = was - by;
        grows += by * (by - 2 * was);
    }
    return grows;
}

void dense_pivot(struct dense *d, size_t r, int var)
{
    size_t m = d->m, n = 0;
    double *pivot = &d->inverse[r * m], by = 1 / d->entering[r], norm = 0;
    for (size_t i = 0; i < m; i++) {
        pivot[i] = fabs(pivot[i]) < 1e-14 ? 0 : pivot[i] * by;
        norm += pivot[i] * pivot[i];
        if (pivot[i] != 0)
            d->some[n++] = (int)i;
    }
    d->norm[r] = norm;
    for (size_t k = 0; k < m; k++)
        if (k != r && d->entering[k] != 0) {
            d->norm[k] += take_from(&d->inverse[k * m], pivot, d->entering[k], d->some, n);
            d->norm[k] = d->norm[k] > LEAST_NORM ? d->norm[k] : LEAST_NORM;
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

static bool bring_in(struct dense *d, const unsigned char *basis, int var, double least)
{
    size_t best = d->m;
    double most = least;
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

/* Large pivots first. */
static bool bring_all_in(struct dense *d, const unsigned char *basis)
{
    static const double least[] = {0.1, 0.01, 1e-3, 1e-5};
    bool all = false;
    for (size_t i = 0; !all && i < sizeof least / sizeof *least; i++) {
        all = true;
        for (size_t v = 0; v < d->all; v++)
            if (basis[v] == DENSE_BASIC && d->at[v] < 0)
                all = bring_in(d, basis, (int)v, least[i]) && all;
    }
    return all;
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

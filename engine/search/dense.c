/* SPDX-License-Identifier: Apache-2.0 */
/* The dual simplex with long steps: steepest edge (the inverse is whole, so its rows' norms are known), a
 * ratio test that passes over variables that may go to their other end, and tolerances after Harris. */
#include "engine/search/dense-internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FEW = 64 };

#define OPEN 1e30
#define TOLERANCE 1e-9
#define DOUBTFUL 1e-7 /* what a solution may miss its rows by */

/* ---- the matrix ---- */

static void take_columns(struct dense *d, const struct dense_matrix *m)
{
    int n = 0;
    for (size_t c = 0; c < m->columns; c++)
        n += m->length[c];
    d->start = mem_alloc((m->columns + 1) * sizeof *d->start);
    d->row = mem_alloc((size_t)(n + 1) * sizeof *d->row);
    d->value = mem_alloc((size_t)(n + 1) * sizeof *d->value);
    n = 0;
    for (size_t c = 0; c < m->columns; c++) {
        for (int i = m->start[c]; i < m->start[c] + m->length[c]; i++) {
            d->row[n] = m->row[i];
            d->value[n++] = m->value[i];
        }
        d->start[c + 1] = n;
    }
}

static void turn_to_rows(struct dense *d)
{
    int n = d->start[d->n], *next = mem_alloc((d->m + 1) * sizeof *next);
    d->line = mem_alloc((d->m + 1) * sizeof *d->line);
    d->column = mem_alloc((size_t)(n + 1) * sizeof *d->column);
    d->cell = mem_alloc((size_t)(n + 1) * sizeof *d->cell);
    for (int i = 0; i < n; i++)
        d->line[d->row[i] + 1]++;
    for (size_t k = 0; k < d->m; k++)
        next[k + 1] = d->line[k + 1] += d->line[k];
    for (size_t c = 0; c < d->n; c++)
        for (int i = d->start[c]; i < d->start[c + 1]; i++) {
            int at = next[d->row[i]]++;
            d->column[at] = (int)c;
            d->cell[at] = d->value[i];
        }
    free(next);
}

struct dense *dense_new(const struct dense_matrix *m)
{
    struct dense *d = mem_alloc(sizeof *d);
    d->m = m->rows;
    d->n = m->columns;
    d->all = d->m + d->n;
    take_columns(d, m);
    turn_to_rows(d);
    d->inverse = mem_alloc((d->m * d->m + 1) * sizeof *d->inverse);
    double **each_row[] = {&d->norm, &d->entering, &d->moved, &d->ray};
    for (size_t i = 0; i < sizeof each_row / sizeof *each_row; i++)
        *each_row[i] = mem_alloc((d->m + 1) * sizeof **each_row[i]);
    double **each[] = {&d->cost, &d->lower, &d->upper, &d->x, &d->d, &d->alpha};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        *each[i] = mem_alloc((d->all + 1) * sizeof **each[i]);
    d->head = mem_alloc((d->m + 1) * sizeof *d->head);
    d->some = mem_alloc((d->m + 1) * sizeof *d->some);
    d->at = mem_alloc((d->all + 1) * sizeof *d->at);
    d->high = mem_alloc((d->all + 1) * sizeof *d->high);
    d->candidate = mem_alloc((d->all + 1) * sizeof *d->candidate);
    d->n_pivots = SIZE_MAX;
    return d;
}

void dense_free(struct dense *d)
{
    if (!d)
        return;
    void *each[] = {d->start, d->row,   d->value, d->line, d->column,    d->cell,    d->inverse, d->norm,
                    d->head,  d->at,    d->high,  d->cost, d->lower,     d->upper,   d->x,       d->d,
                    d->alpha, d->moved, d->ray,   d->some, d->candidate, d->entering};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        free(each[i]);
    free(d);
}

/* ---- where a solve begins ---- */

static void take_bounds(struct dense *d, const struct dense_bounds *b, const unsigned char *basis)
{
    memcpy(d->cost, b->cost, d->n * sizeof *d->cost);
    memcpy(d->lower, b->lower, d->n * sizeof *d->lower);
    memcpy(d->upper, b->upper, d->n * sizeof *d->upper);
    memcpy(d->lower + d->n, b->lo, d->m * sizeof *d->lower);
    memcpy(d->upper + d->n, b->hi, d->m * sizeof *d->upper);
    for (size_t v = 0; v < d->all; v++)
        d->high[v] = basis[v] == DENSE_HIGH;
}

static void price(struct dense *d)
{
    double *y = d->d + d->n;
    memset(d->d, 0, d->all * sizeof *d->d);
    for (size_t k = 0; k < d->m; k++) {
        double cost = d->cost[d->head[k]];
        for (size_t i = 0; cost != 0 && i < d->m; i++)
            y[i] += cost * d->inverse[k * d->m + i];
    }
    for (size_t c = 0; c < d->n; c++) {
        double sum = d->cost[c];
        for (int i = d->start[c]; i < d->start[c + 1]; i++)
            sum -= y[d->row[i]] * d->value[i];
        d->d[c] = d->at[c] < 0 ? sum : 0;
    }
    for (size_t k = 0; k < d->m; k++)
        if (d->at[d->n + k] >= 0)
            y[k] = 0;
}

/* Each variable outside the basis at the end that its price wants; false: that end is open. */
static bool take_ends(struct dense *d)
{
    for (size_t v = 0; v < d->all; v++) {
        bool low = d->lower[v] > -OPEN, high = d->upper[v] < OPEN;
        if (d->at[v] >= 0)
            continue;
        if (d->d[v] < -TOLERANCE)
            d->high[v] = true;
        else if (d->d[v] > TOLERANCE)
            d->high[v] = false;
        else if (!(d->high[v] ? high : low))
            d->high[v] = !d->high[v];
        if (!(d->high[v] ? high : low))
            return false;
        d->x[v] = d->high[v] ? d->upper[v] : d->lower[v];
    }
    return true;
}

/* moved += what one variable's column comes to, `by` of it. */
static void move(struct dense *d, size_t var, double by)
{
    if (var >= d->n)
        d->moved[var - d->n] -= by;
    else
        for (int i = d->start[var]; i < d->start[var + 1]; i++)
            d->moved[d->row[i]] += by * d->value[i];
}

/* The basis makes up for what has moved. */
static void settle(struct dense *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->m; i++)
        if (d->moved[i] != 0)
            d->some[n++] = (int)i;
    for (size_t k = 0; k < d->m; k++) {
        const double *line = &d->inverse[k * d->m];
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += line[d->some[i]] * d->moved[d->some[i]];
        d->x[d->head[k]] -= sum;
    }
}

static void place(struct dense *d)
{
    memset(d->moved, 0, d->m * sizeof *d->moved);
    for (size_t v = 0; v < d->all; v++)
        if (d->at[v] >= 0)
            d->x[v] = 0;
        else if (d->x[v] != 0)
            move(d, v, d->x[v]);
    settle(d);
}

static bool begin(struct dense *d, const struct dense_bounds *b, const unsigned char *basis, bool anew)
{
    if (!dense_take_basis(d, basis, anew))
        return false;
    take_bounds(d, b, basis);
    price(d);
    if (!take_ends(d))
        return false;
    place(d);
    return true;
}

/* ---- a pivot ---- */

/* By how much a variable is above its upper end, or, negative, below its lower one. */
static double excess(const struct dense *d, int v)
{
    double x = d->x[v], lower = d->lower[v], upper = d->upper[v];
    if (x > upper + TOLERANCE * (1 + fabs(upper)))
        return x - upper;
    return x < lower - TOLERANCE * (1 + fabs(lower)) ? x - lower : 0;
}

static size_t leaving(const struct dense *d)
{
    size_t best = d->m;
    double most = 0;
    for (size_t k = 0; k < d->m; k++) {
        double by = excess(d, d->head[k]);
        if (by * by > most * d->norm[k]) {
            most = by * by / d->norm[k];
            best = k;
        }
    }
    return best;
}

static void tableau_row(struct dense *d, size_t r)
{
    const double *line = &d->inverse[r * d->m];
    memset(d->alpha, 0, d->n * sizeof *d->alpha);
    for (size_t i = 0; i < d->m; i++) {
        double y = line[i];
        d->alpha[d->n + i] = -y;
        for (int k = d->line[i]; y != 0 && k < d->line[i + 1]; k++)
            d->alpha[d->column[k]] += y * d->cell[k];
    }
}

static size_t list_candidates(struct dense *d, double sign)
{
    size_t n = 0;
    for (size_t v = 0; v < d->all; v++) {
        double a = sign * d->alpha[v], size = d->high[v] ? -a : a;
        if (d->at[v] >= 0 || d->lower[v] == d->upper[v] || size < TOLERANCE)
            continue;
        double ratio = d->d[v] / a;
        d->candidate[n++] =
            (struct dense_candidate){.ratio = ratio > 0 ? ratio : 0, .size = size, .var = (int)v};
    }
    return n;
}

/* Those of the first n that come up first go behind the others: how many stay before them. *ret_span is how
 * far they can go, *ret the largest of them. */
static size_t next_group(const struct dense *d, struct dense_candidate *c, size_t n, double *ret_span,
                         struct dense_candidate *ret)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, c[i].ratio + TOLERANCE / c[i].size);
    *ret_span = 0;
    *ret = (struct dense_candidate){.var = -1};
    for (size_t i = 0; i < n;) {
        struct dense_candidate now = c[i];
        if (now.ratio > least) {
            i++;
            continue;
        }
        *ret_span += now.size * (d->upper[now.var] - d->lower[now.var]);
        if (now.size > ret->size)
            *ret = now;
        c[i] = c[--n];
        c[n] = now;
    }
    return n;
}

/* Those of from .. n whose ratio is at most `at` go behind the others; where they begin. */
static size_t split(const struct dense *d, size_t from, size_t n, double at, double *ret_span)
{
    struct dense_candidate *c = d->candidate;
    *ret_span = 0;
    for (size_t i = from; i < n;) {
        struct dense_candidate now = c[i];
        if (now.ratio > at) {
            i++;
            continue;
        }
        *ret_span += now.size * (d->upper[now.var] - d->lower[now.var]);
        c[i] = c[--n];
        c[n] = now;
    }
    return n;
}

/* Of many candidates those that decide: the last of the first n, from the place returned on; those that are
 * passed over for certain go behind them. */
static size_t narrow_down(struct dense *d, size_t *n, double *slope)
{
    size_t from = 0;
    while (*n - from > FEW) {
        double least = INFINITY, most = 0, span;
        for (size_t i = from; i < *n; i++) {
            least = d->candidate[i].ratio < least ? d->candidate[i].ratio : least;
            most = d->candidate[i].ratio > most ? d->candidate[i].ratio : most;
        }
        double middle = least + (most - least) / 2;
        size_t at = split(d, from, *n, middle, &span);
        if (at == from)
            break;
        if (*slope - span < 10 * TOLERANCE) {
            from = at;
            continue;
        }
        *slope -= span;
        *n = at;
    }
    return from;
}

/* Which variable enters (-1: none can, there is no solution); those from *ret_passed on of the n candidates
 * go to their other end. */
static int entering(struct dense *d, size_t n, double slope, size_t *ret_passed, double *ret_ratio)
{
    struct dense_candidate best;
    double span;
    *ret_passed = n;
    while (n > 0) {
        size_t from = n > FEW ? narrow_down(d, &n, &slope) : 0;
        *ret_passed = n;
        if (n == from)
            continue;
        n = from + next_group(d, d->candidate + from, n - from, &span, &best);
        if (slope - span < 10 * TOLERANCE) { /* to the end and no further is a solution too */
            *ret_ratio = best.ratio;
            return best.var;
        }
        slope -= span;
        *ret_passed = n;
    }
    return -1;
}

static void pass_over(struct dense *d, size_t from, size_t to)
{
    if (from == to)
        return;
    memset(d->moved, 0, d->m * sizeof *d->moved);
    for (size_t i = from; i < to; i++) {
        size_t v = (size_t)d->candidate[i].var;
        double was = d->x[v];
        d->high[v] = !d->high[v];
        d->x[v] = d->high[v] ? d->upper[v] : d->lower[v];
        move(d, v, d->x[v] - was);
    }
    settle(d);
}

/* The variable of row r goes to its end, q takes its place. */
static void exchange(struct dense *d, size_t r, int q, bool to_high, double theta)
{
    int p = d->head[r];
    double end = to_high ? d->upper[p] : d->lower[p], by = (d->x[p] - end) / d->entering[r];
    for (size_t k = 0; k < d->m; k++)
        d->x[d->head[k]] -= by * d->entering[k];
    d->x[q] += by;
    d->x[p] = end;
    d->high[p] = to_high;
    for (size_t v = 0; v < d->all; v++)
        if (d->at[v] < 0)
            d->d[v] -= theta * d->alpha[v];
    d->d[q] = 0;
    d->d[p] = -theta;
    dense_pivot(d, r, q);
}

enum step { STEP_ON, STEP_DONE, STEP_INFEASIBLE, STEP_TROUBLE };

static enum step step(struct dense *d)
{
    size_t r = leaving(d), passed, n;
    if (r == d->m)
        return STEP_DONE;
    double by = excess(d, d->head[r]), sign = by > 0 ? 1 : -1, ratio = 0;
    tableau_row(d, r);
    n = list_candidates(d, sign);
    int q = entering(d, n, fabs(by), &passed, &ratio);
    if (q < 0) {
        memcpy(d->ray, &d->inverse[r * d->m], d->m * sizeof *d->ray);
        return fabs(by) > DOUBTFUL ? STEP_INFEASIBLE : STEP_TROUBLE;
    }
    dense_column(d, q);
    if (fabs(d->entering[r]) < DENSE_SMALL ||
        fabs(d->entering[r] - d->alpha[q]) > DOUBTFUL * (1 + fabs(d->alpha[q])))
        return STEP_TROUBLE;
    pass_over(d, passed, n);
    exchange(d, r, q, by > 0, sign * ratio);
    return STEP_ON;
}

/* ---- solving ---- */

static bool trusted(struct dense *d)
{
    for (size_t k = 0; k < d->m; k++) {
        double sum = -d->x[d->n + k];
        for (int i = d->line[k]; i < d->line[k + 1]; i++)
            sum += d->cell[i] * d->x[d->column[i]];
        if (!(fabs(sum) <= DOUBTFUL * (1 + fabs(d->x[d->n + k]))))
            return false;
    }
    return true;
}

static enum dense_status run(struct dense *d, int most, double enough, int *ret_pivots)
{
    int far = 200 + 2 * (int)d->all;
    for (int i = 0; i < far; i++) {
        if (i >= most)
            return DENSE_LIMIT;
        if (enough < OPEN && dense_value(d) > enough)
            return DENSE_ENOUGH;
        enum step s = step(d);
        *ret_pivots += s == STEP_ON;
        if (s != STEP_ON)
            return s == STEP_TROUBLE || !trusted(d) ? DENSE_TROUBLE
                   : s == STEP_DONE                 ? DENSE_OPTIMAL
                                                    : DENSE_INFEASIBLE;
    }
    return DENSE_TROUBLE;
}

enum dense_status dense_solve(struct dense *d, const struct dense_bounds *b, unsigned char *basis, int most,
                              int *ret_pivots)
{
    enum dense_status s = DENSE_TROUBLE;
    *ret_pivots = 0;
    for (int i = 0; i < 2 && s == DENSE_TROUBLE; i++)
        s = begin(d, b, basis, i > 0) ? run(d, most, b->enough, ret_pivots) : DENSE_TROUBLE;
    for (size_t v = 0; s != DENSE_TROUBLE && v < d->all; v++)
        basis[v] = d->at[v] >= 0 ? DENSE_BASIC : d->high[v] ? DENSE_HIGH : DENSE_LOW;
    return s;
}

double dense_value(const struct dense *d)
{
    double sum = 0;
    for (size_t c = 0; c < d->n; c++)
        sum += d->cost[c] * d->x[c];
    return sum;
}

const double *dense_values(const struct dense *d)
{
    return d->x;
}

const double *dense_reduced(const struct dense *d)
{
    return d->d;
}

const double *dense_ray(const struct dense *d)
{
    return d->ray;
}

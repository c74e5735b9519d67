/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/equating/equating.h"
#include "statistics/irt/irt-internal.h"
#include "statistics/quality/numbers.h"

void distribution_release(struct distribution *d)
{
    free(d->count);
    *d = (struct distribution){0};
}

static double score_at(const struct distribution *d, size_t i)
{
    return (double)d->low + (double)i;
}

struct moments distribution_moments(const struct distribution *d)
{
    struct moments m = {.lowest = d->low, .highest = d->low};
    double m2 = 0, m3 = 0, m4 = 0;
    bool any = false;
    for (size_t i = 0; i < d->n; i++)
        m.mean += d->count[i] * score_at(d, i) / d->persons;
    for (size_t i = 0; i < d->n; i++) {
        double off = score_at(d, i) - m.mean, square = off * off;
        m2 += d->count[i] * square / d->persons;
        m3 += d->count[i] * square * off / d->persons;
        m4 += d->count[i] * square * square / d->persons;
        if (d->count[i] > 0) {
            m.lowest = any ? m.lowest : d->low + (long)i;
            m.highest = d->low + (long)i;
            any = true;
        }
    }
    const char *why = m2 > 0 ? NULL : N_("all have the same score");
    m.sd = d->persons > 1 ? figure_of(sqrt(m2 * d->persons / (d->persons - 1))) : figure_undefined(N_("there is a single person"));
    double variance = m2 * d->persons / (d->persons - 1);
    m.skewness = why || m.sd.why ? figure_undefined(why ? why : m.sd.why) : figure_of(m3 / (variance * sqrt(variance)));
    m.kurtosis = why || m.sd.why ? figure_undefined(why ? why : m.sd.why) : figure_of(m4 / (variance * variance));
    return m;
}

/* Powers of the score, made orthonormal over the scores so that the normal equations keep their digits. */
static double *polynomials(size_t n, size_t degree)
{
    double *p = mem_alloc(((degree + 1) * n + 1) * sizeof *p);
    for (size_t k = 0; k <= degree; k++) {
        double *own = p + k * n, norm = 0;
        for (size_t i = 0; i < n; i++)
            own[i] = k ? p[(k - 1) * n + i] * ((double)i - (double)(n - 1) / 2) : 1;
        for (int twice = 0; twice < 2; twice++)
            for (size_t l = 0; l < k; l++) {
                double dot = 0;
                for (size_t i = 0; i < n; i++)
                    dot += own[i] * p[l * n + i];
                for (size_t i = 0; i < n; i++)
                    own[i] -= dot * p[l * n + i];
            }
        for (size_t i = 0; i < n; i++)
            norm += own[i] * own[i];
        for (size_t i = 0; i < n; i++)
            own[i] /= sqrt(norm);
    }
    return p;
}

/* One step of Newton's method for Poisson counts; returns the largest change of a logarithm. */
static double newton(const struct distribution *d, const double *p, size_t terms, double *log_mean)
{
    double matrix[11 * 11], right[11], most = 0;
    for (size_t u = 0; u < terms; u++) {
        right[u] = 0;
        for (size_t i = 0; i < d->n; i++)
            right[u] += p[u * d->n + i] * (d->count[i] - num_exp(log_mean[i]));
        for (size_t v = 0; v < terms; v++) {
            matrix[u * terms + v] = 0;
            for (size_t i = 0; i < d->n; i++)
                matrix[u * terms + v] += p[u * d->n + i] * p[v * d->n + i] * num_exp(log_mean[i]);
        }
    }
    if (!solve_positive(matrix, right, terms))
        return -1;
    for (size_t i = 0; i < d->n; i++) {
        double change = 0;
        for (size_t u = 0; u < terms; u++)
            change += right[u] * p[u * d->n + i];
        change = change > 3 ? 3 : change < -3 ? -3 : change;
        log_mean[i] += change;
        most = fabs(change) > most ? fabs(change) : most;
    }
    return most;
}

/* The polynomial nearest to the logarithms of the counts and a half, as a start. */
static void first_guess(const struct distribution *d, const double *p, size_t terms, double *log_mean)
{
    for (size_t u = 0; u < terms; u++) {
        double dot = 0;
        for (size_t i = 0; i < d->n; i++)
            dot += p[u * d->n + i] * num_log(d->count[i] + 0.5);
        for (size_t i = 0; i < d->n; i++)
            log_mean[i] += dot * p[u * d->n + i];
    }
}

int distribution_smooth(struct distribution *ret, const struct distribution *d, size_t degree, struct err *e)
{
    if (degree < 1 || degree > 10 || degree >= d->n)
        return err_set(e, ERR_USAGE, NULL, _("the degree of smoothing is 1 to 10, and below the number of scores"));
    double *p = polynomials(d->n, degree), *log_mean = mem_alloc((d->n + 1) * sizeof *log_mean), change = 1;
    first_guess(d, p, degree + 1, log_mean);
    for (int i = 0; i < 200 && change > 1e-13; i++)
        change = newton(d, p, degree + 1, log_mean);
    *ret = (struct distribution){.low = d->low, .n = d->n, .count = mem_alloc((d->n + 1) * sizeof *ret->count)};
    for (size_t i = 0; i < d->n; i++)
        ret->persons += ret->count[i] = num_exp(log_mean[i]);
    free(p);
    free(log_mean);
    if (change >= 0 && change < 1e-6)
        return 0;
    distribution_release(ret);
    return err_set(e, ERR_DATA, NULL, _("the distribution cannot be smoothed: too few different scores"));
}

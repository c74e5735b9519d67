/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/i18n.h"
#include "statistics/equating/equating.h"

static struct equating_line line_of(double mean_x, double mean_y, struct figure slope)
{
    return (struct equating_line){.slope = slope,
                                  .intercept = slope.why ? slope : figure_of(mean_y - slope.value * mean_x)};
}

struct equating_line equate_mean(const struct distribution *x, const struct distribution *y)
{
    return line_of(distribution_moments(x).mean, distribution_moments(y).mean, figure_of(1));
}

struct equating_line equate_linear(const struct distribution *x, const struct distribution *y)
{
    struct moments a = distribution_moments(x), b = distribution_moments(y);
    struct figure slope = a.sd.why                ? a.sd
                          : b.sd.why              ? b.sd
                          : a.sd.value > 0        ? figure_of(b.sd.value / a.sd.value)
                                                  : figure_undefined(N_("all have the same score"));
    return line_of(a.mean, b.mean, slope);
}

struct figure equate_linear_error(const struct distribution *x, const struct distribution *y, double score)
{
    struct moments a = distribution_moments(x), b = distribution_moments(y);
    const char *why = a.sd.why ? a.sd.why : a.skewness.why ? a.skewness.why : b.skewness.why;
    if (why)
        return figure_undefined(why);
    double z = (score - a.mean) / a.sd.value, nx = x->persons, ny = y->persons;
    double variance = 1 / nx + 1 / ny + (a.skewness.value / nx + b.skewness.value / ny) * z +
                      ((a.kurtosis.value - 1) / (4 * nx) + (b.kurtosis.value - 1) / (4 * ny)) * z * z;
    return variance >= 0 ? figure_of(b.sd.value * sqrt(variance)) : figure_undefined(N_("the data tell too little"));
}

struct anchored anchored_of(const double *total, const double *anchor, size_t n)
{
    struct anchored a = {.n = (double)n};
    for (size_t i = 0; i < n; i++) {
        a.mean += total[i] / a.n;
        a.anchor_mean += anchor[i] / a.n;
    }
    for (size_t i = 0; i < n; i++) {
        double t = total[i] - a.mean, v = anchor[i] - a.anchor_mean;
        a.variance += t * t / a.n;
        a.anchor_variance += v * v / a.n;
        a.covariance += t * v / a.n;
    }
    return a;
}

/* The slope of the total on the anchor (Tucker), or of true scores (Levine). */
static struct figure gamma_of(const struct anchored *g, enum anchor_method method, bool internal)
{
    double top = method == ANCHOR_TUCKER ? g->covariance : internal ? g->variance : g->variance + g->covariance;
    double bottom = method == ANCHOR_TUCKER ? g->anchor_variance
                    : internal              ? g->covariance
                                            : g->anchor_variance + g->covariance;
    return bottom > 0 ? figure_of(top / bottom) : figure_undefined(N_("the anchor tells nothing of the total"));
}

struct equating_line equate_anchored(const struct anchored *x, const struct anchored *y, enum anchor_method method, bool internal)
{
    struct figure g1 = gamma_of(x, method, internal), g2 = gamma_of(y, method, internal);
    double w1 = x->n / (x->n + y->n), w2 = 1 - w1;
    double apart = x->anchor_mean - y->anchor_mean, spread = x->anchor_variance - y->anchor_variance;
    if (g1.why || g2.why)
        return (struct equating_line){.slope = g1.why ? g1 : g2, .intercept = g1.why ? g1 : g2};
    double mean_x = x->mean - w2 * g1.value * apart, mean_y = y->mean + w1 * g2.value * apart;
    double var_x = x->variance - w2 * g1.value * g1.value * spread + w1 * w2 * g1.value * g1.value * apart * apart;
    double var_y = y->variance + w1 * g2.value * g2.value * spread + w1 * w2 * g2.value * g2.value * apart * apart;
    return line_of(mean_x, mean_y, var_x > 0 && var_y > 0 ? figure_of(sqrt(var_y / var_x))
                                                          : figure_undefined(N_("all have the same score")));
}

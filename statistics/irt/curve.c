/* SPDX-License-Identifier: Apache-2.0 */
/* The curves of each model, with first and second derivatives of log P by the parameters. */
#include <math.h>
#include <string.h>

#include "statistics/irt/irt-internal.h"
#include "statistics/quality/numbers.h"

static double logistic(double z)
{
    return z >= 0 ? 1 / (1 + num_exp(-z)) : num_exp(z) / (1 + num_exp(z));
}

/* log(1 + exp(z)) */
static double soft_plus(double z)
{
    return z > 0 ? z + num_log(1 + num_exp(-z)) : num_log(1 + num_exp(z));
}

/* z = a theta + d: parameters a, d. */
static void two_categories(const struct irt_item *item, double theta, struct curve_point *ret)
{
    double z = item->a * theta + item->d[0], p = logistic(z), by[2] = {theta, 1};
    ret->log_p[0] = -soft_plus(z);
    ret->log_p[1] = -soft_plus(-z);
    for (size_t u = 0; u < 2; u++) {
        ret->gradient[0][u] = -p * by[u];
        ret->gradient[1][u] = (1 - p) * by[u];
        for (size_t v = 0; v < 2; v++)
            ret->hessian[0][u][v] = ret->hessian[1][u][v] = -p * (1 - p) * by[u] * by[v];
    }
}

/* From P with its derivatives to log P with its own. */
static void take_logarithm(struct curve_point *ret, size_t category, double p, const double *g,
                           const double h[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS], size_t n)
{
    p = p < 1e-300 ? 1e-300 : p;
    ret->log_p[category] = num_log(p);
    for (size_t u = 0; u < n; u++) {
        ret->gradient[category][u] = g[u] / p;
        for (size_t v = 0; v < n; v++)
            ret->hessian[category][u][v] = h[u][v] / p - g[u] / p * (g[v] / p);
    }
}

/* P = c + (1 - c) L. */
static void guessing(const struct irt_item *item, double theta, struct curve_point *ret)
{
    double l = logistic(item->a * theta + item->d[0]), c = logistic(item->g), by[2] = {theta, 1};
    double h[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}}, g[3];
    double slope = l * (1 - l), bend = slope * (1 - 2 * l), lift = c * (1 - c);
    for (size_t u = 0; u < 2; u++) {
        g[u] = (1 - c) * slope * by[u];
        h[u][2] = h[2][u] = -lift * slope * by[u];
        for (size_t v = 0; v < 2; v++)
            h[u][v] = (1 - c) * bend * by[u] * by[v];
    }
    g[2] = lift * (1 - l);
    h[2][2] = lift * (1 - 2 * c) * (1 - l);
    take_logarithm(ret, 1, c + (1 - c) * l, g, h, 3);
    for (size_t u = 0; u < 3; u++) {
        g[u] = -g[u];
        for (size_t v = 0; v < 3; v++)
            h[u][v] = -h[u][v];
    }
    take_logarithm(ret, 0, (1 - c) * (1 - l), g, h, 3);
}

/* Adds sign * F_v, F_v = P(>= v) with parameters a and d_v, to P and its derivatives. */
static void add_boundary(const struct irt_item *item, double theta, size_t v, double sign, double *p,
                         double *g, double h[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS])
{
    double f = logistic(item->a * theta + item->d[v - 1]), slope = sign * f * (1 - f),
           bend = slope * (1 - 2 * f);
    *p += sign * f;
    g[0] += slope * theta;
    g[v] += slope;
    h[0][0] += bend * theta * theta;
    h[0][v] += bend * theta;
    h[v][0] += bend * theta;
    h[v][v] += bend;
}

static void graded(const struct irt_item *item, double theta, struct curve_point *ret)
{
    size_t n = item->categories;
    for (size_t c = 0; c < n; c++) {
        double p = c == 0, g[IRT_MAX_PARAMETERS] = {0}, h[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
        if (c > 0)
            add_boundary(item, theta, c, 1, &p, g, h);
        if (c + 1 < n)
            add_boundary(item, theta, c + 1, -1, &p, g, h);
        take_logarithm(ret, c, p, g, h, n);
    }
}

/* log P(v) = s_v - log sum exp(s), s_v = v a theta + d_1 + … + d_v: linear in the parameters. */
static void partial_credit(const struct irt_item *item, double theta, struct curve_point *ret)
{
    size_t n = item->categories;
    double s[IRT_MAX_CATEGORIES] = {0}, p[IRT_MAX_CATEGORIES], most = 0, sum = 0,
           mean[IRT_MAX_PARAMETERS] = {0};
    double by[IRT_MAX_CATEGORIES][IRT_MAX_PARAMETERS] = {{0}},
           cov[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
    for (size_t v = 1; v < n; v++) {
        s[v] = s[v - 1] + item->a * theta + item->d[v - 1];
        most = s[v] > most ? s[v] : most;
        memcpy(by[v], by[v - 1], sizeof by[v]);
        by[v][0] += theta;
        by[v][v] = 1;
    }
    for (size_t v = 0; v < n; v++)
        sum += p[v] = num_exp(s[v] - most);
    for (size_t v = 0; v < n; v++) {
        ret->log_p[v] = s[v] - most - num_log(sum);
        for (size_t u = 0; u < n; u++)
            mean[u] += p[v] / sum * by[v][u];
    }
    for (size_t v = 0; v < n; v++)
        for (size_t u = 0; u < n; u++)
            for (size_t w = 0; w < n; w++)
                cov[u][w] += p[v] / sum * (by[v][u] - mean[u]) * (by[v][w] - mean[w]);
    for (size_t v = 0; v < n; v++)
        for (size_t u = 0; u < n; u++) {
            ret->gradient[v][u] = by[v][u] - mean[u];
            for (size_t w = 0; w < n; w++)
                ret->hessian[v][u][w] = -cov[u][w];
        }
}

void curve_point(const struct irt_item *item, double theta, struct curve_point *ret)
{
    switch (item->model) {
    case IRT_RASCH:
    case IRT_1PL:
    case IRT_2PL:
        two_categories(item, theta, ret);
        break;
    case IRT_3PL:
        guessing(item, theta, ret);
        break;
    case IRT_GRM:
        graded(item, theta, ret);
        break;
    case IRT_PCM:
    case IRT_GPCM:
        partial_credit(item, theta, ret);
        break;
    }
}

void irt_curve(const struct irt_item *item, double theta, double *log_p)
{
    struct curve_point point;
    curve_point(item, theta, &point);
    memcpy(log_p, point.log_p, item->categories * sizeof *log_p);
}

/* Σ P'(v)^2 / P(v), P' by theta; P'(v) / P(v) = a * ∂log P / ∂z with all z together: the sum of the gradients
 * by d. */
double irt_information(const struct irt_item *item, double theta)
{
    struct curve_point point;
    double sum = 0;
    curve_point(item, theta, &point);
    for (size_t c = 0; c < item->categories; c++) {
        double slope = 0;
        for (size_t v = 1; v < item->categories; v++)
            slope += point.gradient[c][v];
        sum += num_exp(point.log_p[c]) * slope * slope;
    }
    return sum * item->a * item->a;
}

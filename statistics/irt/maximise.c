/* SPDX-License-Identifier: Apache-2.0 */
/* The M-step: each item's parameters by Newton's method on the expected responses; a common a with all of
 * them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/irt/maximise.h"
#include "statistics/quality/numbers.h"

enum { NEWTON_STEPS = 3 };

/* Beta(5, 17) of c as in BILOG, and a log-normal a; value, first and second derivatives are added. */
void prior_add(const struct irt_item *item, double *gradient, double (*hessian)[IRT_MAX_PARAMETERS])
{
    const double alpha = 5, beta = 17, spread = 0.25; /* variance of log a */
    if (item->model != IRT_3PL)
        return;
    double c = 1 / (1 + num_exp(-item->g)), a = item->a, l = num_log(a);
    gradient[0] += -1 / a - l / (spread * a);
    hessian[0][0] += 1 / (a * a) - (1 - l) / (spread * a * a);
    gradient[2] += (alpha - 1) - (alpha + beta - 2) * c;
    hessian[2][2] -= (alpha + beta - 2) * c * (1 - c);
}

double prior_value(const struct irt_item *item)
{
    const double alpha = 5, beta = 17, spread = 0.25;
    if (item->model != IRT_3PL)
        return 0;
    double c = 1 / (1 + num_exp(-item->g)), l = num_log(item->a);
    return -l - l * l / (2 * spread) + (alpha - 1) * num_log(c) + (beta - 1) * num_log(1 - c);
}

/* Derivatives of an item's expected log-likelihood. */
static void item_derivatives(const struct irt_fit *fit, const struct responses *r,
                             const struct expectation *x, size_t j, double *gradient,
                             double (*hessian)[IRT_MAX_PARAMETERS])
{
    const struct irt_item *item = &fit->item[j];
    size_t n_locals = item_parameters(item);
    struct curve_point at;
    for (size_t q = 0; q < fit->points; q++) {
        if (x->persons[j * x->points + q] <= 0)
            continue;
        curve_point(item, fit->theta[q], &at);
        for (size_t c = 0; c < item->categories; c++) {
            double n = expected_responses(x, r, j, c, q);
            for (size_t u = 0; u < n_locals; u++) {
                gradient[u] += n * at.gradient[c][u];
                for (size_t v = 0; v < n_locals; v++)
                    hessian[u][v] += n * at.hessian[c][u][v];
            }
        }
    }
    prior_add(item, gradient, hessian);
}

/* Within what a step may do: a stays above 0, GRM's thresholds stay in order. */
static bool is_sound(const struct irt_item *item)
{
    if (item->a < 0.01 || item->a > 50)
        return false;
    for (size_t v = 0; v + 1 < item->categories; v++)
        if (fabs(item->d[v]) > 200 || (v && item->model == IRT_GRM && item->d[v] >= item->d[v - 1]))
            return false;
    return item->model != IRT_3PL || fabs(item->g) < 30;
}

static void item_step(struct irt_item *item, const int *number, const double *step, double length)
{
    for (size_t l = 0; l < item_parameters(item); l++)
        if (number[l] != NOT_FREE)
            *item_parameter(item, l) += length * step[number[l]];
}

bool items_step(struct irt_fit *fit, const struct parameters *p, const double *step, double length)
{
    bool sound = true;
    for (size_t j = 0; j < fit->k; j++)
        if (!fit->item[j].why) {
            item_step(&fit->item[j], p->number + j * IRT_MAX_PARAMETERS, step, length);
            sound = sound && is_sound(&fit->item[j]);
        }
    return sound;
}

/* What cannot be solved as it is gets a heavier diagonal: a shorter step uphill. */
static bool solve_damped(const double *matrix, const double *gradient, double *step, size_t n)
{
    double *copy = mem_alloc((n * n + 1) * sizeof *copy), damp = 0;
    bool solved = false;
    for (int i = 0; !solved && i<12; i++, damp = damp> 0 ? damp * 10 : 1e-4) {
        memcpy(copy, matrix, n * n * sizeof *copy);
        for (size_t u = 0; u < n; u++)
            copy[u * n + u] += damp * (1 + fabs(matrix[u * n + u]));
        memcpy(step, gradient, n * sizeof *step);
        solved = solve_positive(copy, step, n);
    }
    free(copy);
    return solved;
}

static void limit(double *step, size_t n)
{
    double most = 0;
    for (size_t u = 0; u < n; u++)
        most = fabs(step[u]) > most ? fabs(step[u]) : most;
    for (size_t u = 0; most > 1 && u < n; u++)
        step[u] /= most;
}

/* One Newton step of the item alone; the numbers of its free parameters begin at `first`. */
static bool improve_item(struct irt_fit *fit, const struct responses *r, const struct parameters *p,
                         const struct expectation *x, size_t j)
{
    struct irt_item *item = &fit->item[j], old = *item;
    double gradient[IRT_MAX_PARAMETERS] = {0}, hessian[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
    double matrix[IRT_MAX_PARAMETERS * IRT_MAX_PARAMETERS], right[IRT_MAX_PARAMETERS],
        step[IRT_MAX_PARAMETERS];
    size_t local[IRT_MAX_PARAMETERS], n = 0;
    for (size_t l = 0; l < item_parameters(item); l++)
        if (p->number[j * IRT_MAX_PARAMETERS + l] != NOT_FREE)
            local[n++] = l;
    item_derivatives(fit, r, x, j, gradient, hessian);
    for (size_t u = 0; u < n; u++) {
        right[u] = gradient[local[u]];
        for (size_t v = 0; v < n; v++)
            matrix[u * n + v] = -hessian[local[u]][local[v]];
    }
    if (!solve_damped(matrix, right, step, n))
        return false;
    limit(step, n);
    for (double length = 1; length > 1e-3; length /= 2, *item = old) {
        for (size_t u = 0; u < n; u++)
            *item_parameter(item, local[u]) += length * step[u];
        if (is_sound(item))
            return true;
    }
    return false;
}

/* With an a that all share: one system for all. */
static bool improve_all(struct irt_fit *fit, const struct responses *r, const struct parameters *p,
                        const struct expectation *x)
{
    double *matrix = mem_alloc((p->n * p->n + 1) * sizeof *matrix),
           *right = mem_alloc((p->n + 1) * sizeof *right);
    double *step = mem_alloc((p->n + 1) * sizeof *step);
    for (size_t j = 0; j < fit->k; j++) {
        double gradient[IRT_MAX_PARAMETERS] = {0}, hessian[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
        const int *number = p->number + j * IRT_MAX_PARAMETERS;
        if (fit->item[j].why)
            continue;
        item_derivatives(fit, r, x, j, gradient, hessian);
        for (size_t u = 0; u < item_parameters(&fit->item[j]); u++) {
            right[number[u]] += gradient[u];
            for (size_t v = 0; v < item_parameters(&fit->item[j]); v++)
                matrix[(size_t)number[u] * p->n + (size_t)number[v]] -= hessian[u][v];
        }
    }
    bool sound = solve_damped(matrix, right, step, p->n);
    limit(step, p->n);
    for (double length = 1; sound && length > 1e-3 && !items_step(fit, p, step, length); length /= 2)
        items_step(fit, p, step, -length);
    free(matrix);
    free(right);
    free(step);
    return sound;
}

void maximise(struct irt_fit *fit, const struct responses *r, const struct parameters *p,
              const struct expectation *x)
{
    bool common = fit->model == IRT_1PL || fit->model == IRT_PCM;
    for (int i = 0; i < NEWTON_STEPS; i++) {
        if (common && !improve_all(fit, r, p, x))
            return;
        for (size_t j = 0; !common && j < fit->k; j++)
            if (!fit->item[j].why)
                (void)improve_item(fit, r, p, x, j);
    }
}

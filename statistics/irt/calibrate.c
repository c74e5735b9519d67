/* SPDX-License-Identifier: Apache-2.0 */
/* From a score matrix to parameters: EM while it is quick, then Newton's method with the observed
 * information, which ends where the gradient vanishes and gives the standard errors. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/irt/irt-internal.h"
#include "statistics/irt/maximise.h"
#include "statistics/irt/quadrature.h"
#include "statistics/quality/numbers.h"

enum { MOST_EM = 400, MOST_NEWTON = 12 };

struct calibration {
    struct irt_fit *fit;
    struct responses r;
    struct parameters p;
    double *log_weight;
    struct expectation x; /* at the present parameters */
    double *gradient, *information;
    double value; /* log-likelihood with priors */
    unsigned threads;
};

static const char *const names[] = {"rasch", "1pl", "2pl", "3pl", "grm", "pcm", "gpcm"};

const char *irt_model_name(enum irt_model model)
{
    return names[model];
}

bool irt_model_named(const char *name, enum irt_model *ret)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *ret = (enum irt_model)i;
            return true;
        }
    return false;
}

static bool is_dichotomous(enum irt_model model)
{
    return model <= IRT_3PL;
}

static void set_quadrature(struct irt_fit *fit, size_t points)
{
    fit->points = (points + 3) / 4 * 4; /* those added have weight 0 */
    fit->theta = mem_alloc(fit->points * sizeof *fit->theta);
    fit->weight = mem_alloc(fit->points * sizeof *fit->weight);
    quadrature_normal(points, fit->theta, fit->weight);
}

/* From the shares of the categories. */
static void start(struct irt_fit *fit, const struct responses *r)
{
    for (size_t j = 0; j < fit->k; j++) {
        struct irt_item *item = &fit->item[j];
        double count[IRT_MAX_CATEGORIES] = {0}, above = 0;
        item->model = fit->model;
        item->a = 1;
        item->g = -1.5;
        for (size_t i = 0; !item->why && i < r->n; i++)
            if (r->category[i * r->k + j] != NO_RESPONSE)
                count[r->category[i * r->k + j]]++;
        for (size_t v = item->categories; !item->why && v-- > 1;) {
            above += count[v];
            item->d[v - 1] = fit->model == IRT_PCM || fit->model == IRT_GPCM
                                 ? num_log((count[v] + 0.5) / (count[v - 1] + 0.5))
                                 : 1.2 * num_log((above + 0.5) / ((double)item->n - above + 0.5));
        }
    }
}

/* The E-step and what follows from it. */
static int look(struct calibration *c, struct curves *keep, struct err *e)
{
    struct curves curves;
    expectation_release(&c->x);
    curves_take(&curves, c->fit, &c->r, c->log_weight);
    int r = expectation_take(&c->x, &curves, &c->r, c->threads, e);
    c->fit->iterations++;
    c->value = c->x.log_likelihood;
    fit_gradient(c->fit, &c->r, &c->p, &c->x, c->gradient);
    for (size_t j = 0; j < c->fit->k; j++) {
        double prior[IRT_MAX_PARAMETERS] = {0}, bend[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
        if (c->fit->item[j].why)
            continue;
        c->value += prior_value(&c->fit->item[j]);
        prior_add(&c->fit->item[j], prior, bend);
        for (size_t l = 0; l < item_parameters(&c->fit->item[j]); l++)
            if (c->p.number[j * IRT_MAX_PARAMETERS + l] != NOT_FREE)
                c->gradient[c->p.number[j * IRT_MAX_PARAMETERS + l]] += prior[l];
    }
    if (keep)
        *keep = curves;
    else
        curves_release(&curves);
    return r;
}

static double steepest(const struct calibration *c)
{
    double most = 0;
    for (size_t u = 0; u < c->p.n; u++)
        most = fabs(c->gradient[u]) > most ? fabs(c->gradient[u]) : most;
    return most / (double)c->r.n;
}

static int take_information(struct calibration *c, const struct curves *curves, struct err *e)
{
    size_t n = c->p.n;
    int r = fit_information(c->information, c->fit, &c->r, &c->p, &c->x, curves, c->threads, e);
    for (size_t j = 0; r == 0 && j < c->fit->k; j++) {
        double prior[IRT_MAX_PARAMETERS] = {0}, bend[IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS] = {{0}};
        const int *number = c->p.number + j * IRT_MAX_PARAMETERS;
        if (!c->fit->item[j].why)
            prior_add(&c->fit->item[j], prior, bend);
        for (size_t l = 0; l < IRT_MAX_PARAMETERS; l++)
            if (number[l] != NOT_FREE)
                c->information[(size_t)number[l] * (n + 1)] -= bend[l][l];
    }
    return r;
}

/* With the information. */
static int look_closely(struct calibration *c, struct err *e)
{
    struct curves curves = {0};
    int r = look(c, &curves, e);
    if (r == 0)
        r = take_information(c, &curves, e);
    curves_release(&curves);
    return r;
}

/* EM until the likelihood hardly moves: near the top, where Newton's method takes over. */
static int climb(struct calibration *c, double tolerance, bool newton, struct err *e)
{
    double before = 0;
    int r = look(c, NULL, e);
    for (int i = 0; r == 0 && i < MOST_EM && steepest(c) > tolerance; i++) {
        if (newton && i > 4 && c->value - before < 1e-5 * (double)c->r.n)
            break;
        before = c->value;
        maximise(c->fit, &c->r, &c->p, &c->x);
        r = look(c, NULL, e);
    }
    return r;
}

/* One step; *better: whether it went uphill. Where it did not, the parameters are as before. */
static int newton_step(struct calibration *c, const double *step, bool *better, struct err *e)
{
    double before = c->value;
    int r = 0;
    *better = false;
    for (double length = 1; r == 0 && !*better && length > 0.05; length /= 2) {
        bool sound = items_step(c->fit, &c->p, step, length);
        if (sound)
            r = look(c, NULL, e);
        *better = sound && c->value >= before - 1e-9 * fabs(before);
        if (!*better)
            items_step(c->fit, &c->p, step, -length);
    }
    if (r == 0 && !*better)
        r = look(c, NULL, e);
    return r;
}

/* The information changes little near the top: it is taken anew only where steps with the old one gain too
 * little. */
static int finish(struct calibration *c, double tolerance, struct err *e)
{
    size_t n = c->p.n;
    double *matrix = mem_alloc((n * n + 1) * sizeof *matrix), *step = mem_alloc((n + 1) * sizeof *step);
    bool better = true, stale = true;
    int r = 0;
    for (int i = 0; r == 0 && better && i < MOST_NEWTON && steepest(c) > tolerance; i++) {
        double before = steepest(c);
        if (stale)
            r = look_closely(c, e);
        memcpy(matrix, c->information, n * n * sizeof *matrix);
        memcpy(step, c->gradient, n * sizeof *step);
        better = r == 0 && solve_positive(matrix, step, n);
        if (better)
            r = newton_step(c, step, &better, e);
        stale = steepest(c) > before / 10;
    }
    free(matrix);
    free(step);
    return r;
}

static int take_covariance(struct calibration *c, struct err *e)
{
    int r = look_closely(c, e);
    if (r == 0 && invert_positive(c->information, c->p.n)) {
        c->fit->covariance = c->information;
        c->information = NULL;
    }
    return r;
}

static double covariance(const struct calibration *c, size_t item, size_t u, size_t v)
{
    int a = c->p.number[item * IRT_MAX_PARAMETERS + u], b = c->p.number[item * IRT_MAX_PARAMETERS + v];
    return a == NOT_FREE || b == NOT_FREE ? 0 : c->fit->covariance[(size_t)a * c->p.n + (size_t)b];
}

static struct figure root(double variance)
{
    return variance >= 0 ? figure_of(sqrt(variance)) : figure_undefined(N_("the data tell too little"));
}

static void describe(const struct calibration *c, size_t j)
{
    struct irt_item *item = &c->fit->item[j];
    const char *why = item->why ? item->why : c->fit->covariance ? NULL : N_("the data tell too little");
    double share = 1 / (1 + num_exp(-item->g)), lift = share * (1 - share);
    item->c = item->model == IRT_3PL ? figure_of(share) : figure_undefined(N_("the model has none"));
    item->se_c = item->c.why ? item->c
                 : why       ? figure_undefined(why)
                             : root(lift * lift * covariance(c, j, 2, 2));
    item->se_a = why ? figure_undefined(why) : root(covariance(c, j, 0, 0));
    for (size_t v = 0; v + 1 < item->categories; v++) {
        double b = -item->d[v] / item->a;
        item->b[v] = item->why ? figure_undefined(item->why) : figure_of(b);
        item->se_d[v] = why ? figure_undefined(why) : root(covariance(c, j, v + 1, v + 1));
        item->se_b[v] = why ? figure_undefined(why)
                            : root((covariance(c, j, v + 1, v + 1) + b * b * covariance(c, j, 0, 0) +
                                    2 * b * covariance(c, j, 0, v + 1)) /
                                   (item->a * item->a));
    }
}

static int calibrate(struct calibration *c, const struct irt_options *o, struct err *e)
{
    double tolerance = o->tolerance > 0 ? o->tolerance : 1e-10;
    bool newton = c->p.n <= 600 || !o->no_errors;
    int r = climb(c, newton ? tolerance : 1e-7, newton, e);
    if (r == 0 && newton)
        r = finish(c, tolerance, e);
    if (r == 0 && !o->no_errors)
        r = take_covariance(c, e);
    if (r < 0)
        return r;
    c->fit->converged = steepest(c) <= 1e4 * tolerance;
    c->fit->log_likelihood = c->x.log_likelihood;
    c->fit->free_parameters = c->p.n;
    c->fit->aic = figure_of(-2 * c->x.log_likelihood + 2 * (double)c->p.n);
    c->fit->bic = figure_of(-2 * c->x.log_likelihood + (double)c->p.n * num_log((double)c->r.n));
    for (size_t j = 0; j < c->fit->k; j++)
        describe(c, j);
    return 0;
}

static int begin(struct calibration *c, const struct irt_options *o, struct err *e)
{
    size_t usable = 0;
    for (size_t j = 0; j < c->fit->k; j++)
        usable += !c->fit->item[j].why;
    if (usable < 2)
        return err_set(e, ERR_DATA, NULL, _("there are fewer than two items in which the scores differ"));
    set_quadrature(c->fit, o->points ? o->points : 61);
    start(c->fit, &c->r);
    parameters_number(&c->p, c->fit->item, c->fit->k);
    if (c->p.n > IRT_MAX_FREE)
        return err_set(e, ERR_DATA, NULL, _("%zu parameters are more than can be calibrated at once"),
                       c->p.n);
    c->threads = o->threads;
    c->gradient = mem_alloc((c->p.n + 1) * sizeof *c->gradient);
    c->information = mem_alloc((c->p.n * c->p.n + 1) * sizeof *c->information);
    c->log_weight = mem_alloc(c->fit->points * sizeof *c->log_weight);
    for (size_t q = 0; q < c->fit->points; q++)
        c->log_weight[q] = c->fit->weight[q] > 0 ? num_log(c->fit->weight[q]) : -1e6;
    return 0;
}

static void end(struct calibration *c)
{
    responses_release(&c->r);
    expectation_release(&c->x);
    free(c->p.number);
    free(c->log_weight);
    free(c->gradient);
    free(c->information);
}

int irt_calibrate(struct irt_fit *ret, const struct score_matrix *m, const struct irt_options *o,
                  struct err *e)
{
    struct irt_fit fit = {
        .model = o->model, .n = m->n, .k = m->k, .item = mem_alloc((m->k + 1) * sizeof *fit.item)};
    struct calibration c = {.fit = &fit};
    int r = responses_take(&c.r, fit.item, m, is_dichotomous(o->model), e);
    if (r == 0)
        r = begin(&c, o, e);
    if (r == 0)
        r = calibrate(&c, o, e);
    end(&c);
    if (r < 0)
        irt_release(&fit);
    else
        *ret = fit;
    return r;
}

void irt_release(struct irt_fit *f)
{
    for (size_t j = 0; f->item && j < f->k; j++)
        free(f->item[j].category);
    free(f->item);
    free(f->theta);
    free(f->weight);
    free(f->covariance);
    *f = (struct irt_fit){0};
}

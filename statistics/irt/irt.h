/* SPDX-License-Identifier: Apache-2.0 */
/* Item response theory by marginal maximum likelihood (Bock & Aitkin 1981) over N(0,1) or N(0, sigma^2) of
 * ability.
 *
 * theta is ability. An item with parameters a, d_1 … d_m has, for score categories 0 … m, z_v = a theta +
 * d_v: RASCH, 1PL, 2PL   P(1) = 1 / (1 + exp(-z_1)); a = 1, the same for all items, its own; b = -d / a 3PL
 * P(1) = c + (1 - c) / (1 + exp(-z_1)), c = 1 / (1 + exp(-g)) (Birnbaum 1968) GRM               P(>= v) = 1 /
 * (1 + exp(-z_v)), d_1 > d_2 > … (Samejima 1969) PCM, GPCM         P(v) ~ exp(z_1 + … + z_v); a common or its
 * own (Masters 1982, Muraki 1992) All arithmetic is + - * / and square root of doubles in a fixed order, also
 * with threads: every machine gets the same. */
#ifndef KAOCHANG_STATISTICS_IRT_H
#define KAOCHANG_STATISTICS_IRT_H

#include "base/err.h"
#include "statistics/scores/figure.h"
#include "statistics/scores/matrix.h"

enum irt_model { IRT_RASCH, IRT_1PL, IRT_2PL, IRT_3PL, IRT_GRM, IRT_PCM, IRT_GPCM };

enum { IRT_MAX_CATEGORIES = 16, IRT_MAX_PARAMETERS = 17, IRT_MAX_POINTS = 201, IRT_MAX_FREE = 2000 };

struct irt_options {
    enum irt_model model;
    size_t points;    /* of Gauss-Hermite quadrature; 0: 61 */
    unsigned threads; /* 0: one for each processor */
    double tolerance; /* of the gradient, per person; 0: 1e-10 */
    bool no_errors;   /* leave the standard errors out */
};

struct irt_item {
    enum irt_model model;
    size_t categories; /* m + 1 */
    int32_t *category; /* their scores in thousandths, ascending */
    const char *why;   /* N_(): why it could not be calibrated (constant, nobody has it); NULL where it is */
    size_t n;          /* persons with a score */
    double a, d[IRT_MAX_CATEGORIES], g;  /* g: of 3PL, the logit of c */
    struct figure b[IRT_MAX_CATEGORIES]; /* -d / a of each step */
    struct figure c;
    struct figure se_a, se_c, se_d[IRT_MAX_CATEGORIES], se_b[IRT_MAX_CATEGORIES];
};

struct irt_person {
    struct figure eap, psd; /* mean and standard deviation of the posterior: expected a posteriori */
};

struct irt_fit {
    enum irt_model model;
    size_t n, k, points;
    double *theta, *weight; /* of the quadrature; weights add up to 1 */
    struct irt_item *item;  /* k */
    double log_likelihood;
    size_t free_parameters;
    struct figure aic, bic;
    size_t iterations; /* E-steps */
    bool converged;
    double *covariance; /* of the free parameters, item by item (a, d …, g); free x free; NULL with no_errors,
                           or where the information is singular */
};

/* ERR_DATA: fewer than two items that vary, scores between 0 and the full marks under a model of two
 * categories, more than IRT_MAX_CATEGORIES scores of an item, more than IRT_MAX_FREE parameters. Not
 * converged is no error: `converged` says it. */
MUST_CHECK int irt_calibrate(struct irt_fit *ret, const struct score_matrix *m, const struct irt_options *o,
                             struct err *e);
/* The posterior of every person of a matrix with the items of the fit, n of them. */
MUST_CHECK int irt_score(struct irt_person *ret, const struct irt_fit *fit, const struct score_matrix *m,
                         struct err *e);
void irt_release(struct irt_fit *f);

/* "rasch", "1pl", … */
const char *irt_model_name(enum irt_model model);
bool irt_model_named(const char *name, enum irt_model *ret);

/* log P of every category at theta. */
void irt_curve(const struct irt_item *item, double theta, double *log_p);
/* Fisher information of an item at theta. */
double irt_information(const struct irt_item *item, double theta);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a calibration hand to each other. */
#ifndef KAOCHANG_STATISTICS_IRT_INTERNAL_H
#define KAOCHANG_STATISTICS_IRT_INTERNAL_H

#include <stdint.h>

#include "statistics/irt/irt.h"

enum { NO_RESPONSE = 255 };

/* Responses as categories, person by person. Of each item the commonest category is its base: the others are
 * numbered as indicators, so that the most persons need no work. */
struct responses {
    size_t n, k, indicators;
    uint8_t *category; /* category[person * k + item], or NO_RESPONSE */
    uint8_t *base;     /* k */
    size_t *first;     /* k + 1: an item's first indicator */
    bool any_missing;
};

static inline bool is_calibrated(const struct responses *r, size_t item)
{
    return r->first[item] < r->first[item + 1];
}

/* Of a category that is not the base. */
static inline size_t indicator_of(const struct responses *r, size_t item, size_t category)
{
    return r->first[item] + category - (category > r->base[item]);
}

/* Fills the items' categories (or why there are none) and the responses to them. */
MUST_CHECK int responses_take(struct responses *ret, struct irt_item *item, const struct score_matrix *m,
                              bool dichotomous, struct err *e);
/* The responses of other persons to items that have their categories. */
MUST_CHECK int responses_of(struct responses *ret, const struct irt_item *item, const struct score_matrix *m,
                            struct err *e);
void responses_release(struct responses *r);

/* Which free parameter each of an item's own is: local order a, d_1 … d_m, g; NOT_FREE where it is fixed. */
enum { NOT_FREE = -1 };
struct parameters {
    size_t n;    /* free ones */
    int *number; /* number[item * IRT_MAX_PARAMETERS + local] */
};
size_t item_parameters(const struct irt_item *item); /* local ones */
void parameters_number(struct parameters *ret, const struct irt_item *item, size_t k);
double *item_parameter(struct irt_item *item, size_t local);

/* An item at one ability: log P of each category with its derivatives by the local parameters. */
struct curve_point {
    double log_p[IRT_MAX_CATEGORIES];
    double gradient[IRT_MAX_CATEGORIES][IRT_MAX_PARAMETERS];
    double hessian[IRT_MAX_CATEGORIES][IRT_MAX_PARAMETERS][IRT_MAX_PARAMETERS];
};
void curve_point(const struct irt_item *item, double theta, struct curve_point *ret);

/* Expected responses at each quadrature point given the present parameters. */
struct expectation {
    size_t points, indicators, k;
    double log_likelihood;
    double *persons;   /* persons[item * points + q]: expected number with a response to the item */
    double *responses; /* responses[indicator * points + q] */
};
/* Expected number with category c of an item at point q. */
double expected_responses(const struct expectation *x, const struct responses *r, size_t item, size_t c,
                          size_t q);
void expectation_new(struct expectation *ret, size_t k, size_t indicators, size_t points);
void expectation_release(struct expectation *x);
/* The curves of all items on the quadrature, as logarithms: all base categories together, and what another
 * category adds to that. */
struct curves {
    size_t points;
    double *all_base; /* points */
    double *base;     /* base[item * points + q] */
    double *other;    /* other[indicator * points + q] */
    const double *log_weight;
};
void curves_take(struct curves *ret, const struct irt_fit *fit, const struct responses *r,
                 const double *log_weight);
void curves_release(struct curves *c);
/* Posterior weights of a person on the points; returns the log-likelihood. */
double posterior(const struct curves *c, const struct responses *r, size_t person, double *weight);
MUST_CHECK int expectation_take(struct expectation *ret, const struct curves *c, const struct responses *r,
                                unsigned threads, struct err *e);

/* Gradient of the log-likelihood by the free parameters (Fisher's identity), and the observed information
 * (Louis 1982). */
void fit_gradient(const struct irt_fit *fit, const struct responses *r, const struct parameters *p,
                  const struct expectation *x, double *gradient);
MUST_CHECK int fit_information(double *ret, const struct irt_fit *fit, const struct responses *r,
                               const struct parameters *p, const struct expectation *x,
                               const struct curves *c, unsigned threads, struct err *e);
/* Solves for the step; false where the matrix (n x n, symmetric, spoiled) is not positive definite. */
bool solve_positive(double *matrix, double *vector, size_t n);
bool invert_positive(double *matrix, size_t n);

/* exp of n numbers at once, n a multiple of 4; each within 2 units of the last place; below -708: 0. */
void exp_each(double *x, size_t n);

#endif

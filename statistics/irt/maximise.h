/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_STATISTICS_IRT_MAXIMISE_H
#define KAOCHANG_STATISTICS_IRT_MAXIMISE_H

#include "statistics/irt/irt-internal.h"

/* The M-step: moves the items' parameters uphill on the expected responses. */
void maximise(struct irt_fit *fit, const struct responses *r, const struct parameters *p,
              const struct expectation *x);
/* Moves all free parameters by length * step; false where that leaves what parameters may be (nothing is
 * undone). */
bool items_step(struct irt_fit *fit, const struct parameters *p, const double *step, double length);
/* Logarithm of the prior density of an item's parameters (3PL only), and its derivatives. */
double prior_value(const struct irt_item *item);
void prior_add(const struct irt_item *item, double *gradient, double (*hessian)[IRT_MAX_PARAMETERS]);

#endif

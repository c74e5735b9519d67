/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_STATISTICS_IRT_QUADRATURE_H
#define KAOCHANG_STATISTICS_IRT_QUADRATURE_H

#include <stddef.h>

/* n points and weights (they add up to 1) of Gauss-Hermite quadrature over N(0,1), ascending; n up to
 * IRT_MAX_POINTS. Zeros of Hermite functions by Newton's method from the points of the next lower rule (they
 * interlace). */
void quadrature_normal(size_t n, double *point, double *weight);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Score matrices for tests. */
#ifndef KAOCHANG_TESTS_STATISTICS_MATRIX_OF_H
#define KAOCHANG_TESTS_STATISTICS_MATRIX_OF_H

#include "statistics/irt/irt.h"
#include "statistics/scores/matrix.h"

/* Read from CSV text; fails the test where that is refused. */
struct score_matrix matrix_of(const char *text);
/* n answers drawn from a model: items with their parameters, abilities N(0,1) by the seed; items I1, I2 … */
struct score_matrix matrix_drawn(const struct irt_item *item, size_t k, size_t n, uint64_t seed);
void assert_near(double a, double b, double apart);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of the variables that are still open; shared by proof/ only. */
#ifndef KAOCHANG_ENGINE_MATRIX_H
#define KAOCHANG_ENGINE_MATRIX_H

#include "engine/proof/rows.h"

struct matrix {
    struct matrix *parent;
    size_t mark; /* for the walk */
    size_t n;
    uint32_t *var;
    size_t *start; /* n + 1 */
    uint32_t *row; /* with ROW_PAIRS */
    int64_t *coef;
};

struct matrix *matrix_of_rows(const struct rows *r);
/* Those columns of m for whose variables lo < hi. m is its parent. */
struct matrix *matrix_of_open(struct matrix *m, const int32_t *lo, const int32_t *hi);
void matrix_free(struct matrix *m); /* not its parents; NULL is fine */

#endif

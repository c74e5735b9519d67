/* SPDX-License-Identifier: Apache-2.0 */
/* Variables are columns, then rows: a row's variable is what its cells come to, so A x - r = 0, and its
 * column of the whole matrix is -1 in its row. */
#ifndef KAOCHANG_ENGINE_DENSE_INTERNAL_H
#define KAOCHANG_ENGINE_DENSE_INTERNAL_H

#include <stdbool.h>

#include "engine/search/dense.h"

#define DENSE_SMALL 1e-7 /* of a pivot */

struct dense_candidate {
    double ratio, size;
    int var;
};

struct dense {
    size_t m, n, all;
    int *start, *row, *line, *column; /* the matrix by columns, and by rows */
    double *value, *cell;
    double *inverse; /* m x m, by rows */
    double *norm;    /* squared, of its rows */
    int *head, *at;  /* the variable of each row of the inverse; of each variable its row, or -1 */
    bool *high;      /* not in the basis, at its upper end */
    double *cost, *lower, *upper, *x, *d;
    double *alpha, *entering, *moved, *ray;
    int *some;
    struct dense_candidate *candidate;
    size_t n_pivots; /* since the inverse was made */
};

/* ---- dense-basis.c ---- */
/* The inverse of the basis that is asked for; false: it has none, or hardly. */
bool dense_take_basis(struct dense *d, const unsigned char *basis, bool anew);
/* d->entering: the variable's column in terms of the basis. */
void dense_column(struct dense *d, int var);
/* The variable of d->entering takes the place of row r. */
void dense_pivot(struct dense *d, size_t r, int var);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A dual simplex for small programs that are solved very often from nearby bases: the inverse of the basis is
 * kept whole, a pivot costs microseconds, and a solve begins without any set-up. Where numbers get doubtful
 * it gives up rather than be wrong by much; what it says is to be confirmed by its caller. */
#ifndef KAOCHANG_ENGINE_DENSE_H
#define KAOCHANG_ENGINE_DENSE_H

#include <stddef.h>

struct dense;

/* By columns; cells of column c: start[c] .. start[c] + length[c]. */
struct dense_matrix {
    size_t rows, columns;
    const int *start, *length, *row;
    const double *value;
};

/* As of struct lp; open: beyond 1e30. */
struct dense_bounds {
    const double *cost, *lower, *upper; /* of columns */
    const double *lo, *hi;              /* of rows */
    double enough;                      /* a value above which it need not go on: DENSE_ENOUGH */
};

enum dense_basis { DENSE_BASIC = 1, DENSE_HIGH = 2, DENSE_LOW = 3 }; /* anything else: DENSE_LOW */
enum dense_status { DENSE_OPTIMAL, DENSE_INFEASIBLE, DENSE_LIMIT, DENSE_ENOUGH, DENSE_TROUBLE };

struct dense *dense_new(const struct dense_matrix *m);
void dense_free(struct dense *d); /* NULL is fine */
/* From `basis` (columns, then rows), which becomes the last one unless there was trouble; at most `most`
 * pivots. *ret_pivots may be more than 0 whatever comes of it. */
enum dense_status dense_solve(struct dense *d, const struct dense_bounds *b, unsigned char *basis, int most,
                              int *ret_pivots);

/* Of the last solve without trouble. */
double dense_value(const struct dense *d);
const double *dense_values(const struct dense *d);  /* of columns, then what rows come to */
const double *dense_reduced(const struct dense *d); /* of columns, then the duals of rows */
const double *dense_ray(const struct dense *d);     /* DENSE_INFEASIBLE: of rows, of unknown sign */

#endif

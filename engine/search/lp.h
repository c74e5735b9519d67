/* SPDX-License-Identifier: Apache-2.0 */
/* One linear program, always minimised: lower <= x <= upper, lo <= A x <= hi, solved by COIN-OR Clp and
 * solved again from where it stands after a change. The only file that knows Clp, whose library is loaded
 * with the first program. Open bounds are -LP_OPEN and LP_OPEN.
 *
 * Duals y and reduced costs d = c - y A of the last solve: sum over rows of (y > 0 ? y lo : y hi) plus sum
 * over columns of (d > 0 ? d lower : d upper) is the optimum, and for any y a bound from below. */
#ifndef KAOCHANG_ENGINE_LP_H
#define KAOCHANG_ENGINE_LP_H

#include <float.h>
#include <stddef.h>

#include "base/err.h"
#include "engine/search/work.h"

#define LP_OPEN DBL_MAX

struct lp;

enum lp_status { LP_OPTIMAL, LP_INFEASIBLE, LP_UNBOUNDED, LP_LIMIT, LP_ENOUGH };
enum lp_method { LP_DUAL, LP_PRIMAL };

/* ERR_ENV when the library is not there. */
MUST_CHECK int lp_new(struct lp **ret, struct err *e);
void lp_free(struct lp *lp); /* NULL is fine */

/* n empty rows (start NULL), or rows whose cells are start[i] .. start[i + 1] of column and value. */
void lp_add_rows(struct lp *lp, size_t n, const double *lo, const double *hi, const int *start,
                 const int *column, const double *value);
/* Columns with their cells in rows that exist; start has n + 1. */
void lp_add_columns(struct lp *lp, size_t n, const double *cost, const double *lower, const double *upper,
                    const int *start, const int *row, const double *value);
/* The rows from `first` on, the columns from `first` on, are taken away again. */
void lp_drop_rows(struct lp *lp, size_t first);
void lp_drop_columns(struct lp *lp, size_t first);
size_t lp_n_rows(const struct lp *lp);
size_t lp_n_columns(const struct lp *lp);

void lp_set_bounds(struct lp *lp, size_t column, double lower, double upper);
void lp_set_row(struct lp *lp, size_t row, double lo, double hi);
void lp_set_cost(struct lp *lp, size_t column, double cost);

/* It will be solved many times after small changes of bounds: then the small dual simplex of dense.h does it
 * from the basis there is, and Clp where that gives up. */
void lp_set_often(struct lp *lp, bool often);
/* From then on such a program is left with LP_ENOUGH and its duals when its optimum is seen to lie above this
 * value (LP_OPEN: no matter where). */
void lp_set_enough(struct lp *lp, double value);

/* At most `iterations` (0: no limit), and what w has left; pivots are spent from w (NULL: none). */
enum lp_status lp_solve(struct lp *lp, enum lp_method method, int iterations, struct work *w);

double lp_value(const struct lp *lp);
const double *lp_columns(const struct lp *lp); /* of the last solve, as the others */
const double *lp_reduced(const struct lp *lp);
const double *lp_duals(const struct lp *lp);
const double *lp_activity(const struct lp *lp); /* of rows */
const double *lp_lower(const struct lp *lp);    /* bounds of columns */
const double *lp_upper(const struct lp *lp);
/* After LP_INFEASIBLE: y of the rows whose bound as above, with c = 0, is above zero (Farkas); free it. NULL
 * if there is none that shows it in doubles. */
double *lp_ray(struct lp *lp);

/* The basis, to come back to it: lp_basis_size bytes. */
size_t lp_basis_size(const struct lp *lp);
void lp_save_basis(const struct lp *lp, unsigned char *ret);
void lp_load_basis(struct lp *lp, const unsigned char *basis);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A problem as a mixed-integer program: columns with bounds, rows lo <= a·x <= hi, minimised. Plain data;
 * knows no solver. The only doubles of the engine live here and in the solver. */
#ifndef KAOCHANG_ENGINE_MODEL_H
#define KAOCHANG_ENGINE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/problem/problem.h"

struct model {
    size_t n_cols, n_rows, n_cells;
    double *lower, *upper, *cost; /* of columns */
    char *integer;
    double *lo, *hi; /* of rows; -DBL_MAX and DBL_MAX when open */
    size_t *start;   /* of each row in index and value; n_rows + 1 of them */
    int *index;
    double *value;
    int *x; /* column of item i in form f at i * n_forms + f, or -1: excluded */
    int y;  /* column of the objective's level, or -1 */
    size_t n_x, n_forms;
    double floor;         /* no solution costs less: the objective's step, in the model's costs */
    double scale;         /* what 1 of the cost stands for, in the objective's integers */
    bool sure_infeasible; /* seen while building: a requirement without any item */
    size_t room_cols, room_rows, room_cells;
};

struct model_options {
    uint64_t seed;    /* order of the columns, and the costs of ties */
    const bool *keep; /* as in solve_options */
    const bool *out;  /* restriction: these items are not used, one flag per item; NULL: none */
    bool disjoint;    /* restriction: no two forms share an item, but for those included in every form */
    bool any;         /* no objective */
    bool ties;        /* minimise random costs; the objective is held at this level or better */
    double level;     /* in the objective's integers */
};

void model_build(struct model *m, const struct problem *p, const struct model_options *o);
void model_release(struct model *m);
/* True if item i stands in form f in the solution of the columns. */
bool model_chosen(const struct model *m, const double *solution, size_t item, size_t form);

#endif

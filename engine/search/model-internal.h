/* SPDX-License-Identifier: Apache-2.0 */
/* How a model is built, shared by model*.c only: a file for each sort of requirement. */
#ifndef KAOCHANG_ENGINE_MODEL_INTERNAL_H
#define KAOCHANG_ENGINE_MODEL_INTERNAL_H

#include "engine/search/model.h"

/* A sum of integers as so many steps of their divisor: with more, one step is too little for the solver's
 * tolerance. */
enum { MODEL_MAX_STEPS = 1000000 };

struct builder {
    struct model *m;
    const struct problem *p;
    const struct model_options *o;
    int *z; /* column of stimulus s in form f at s * n_forms + f; NULL: no requirement needs them */
};

/* ---- model-rows.c ---- */
/* Returns the new column. */
int model_column(struct model *m, double lower, double upper, bool integer);
/* Cells are added to the row that is open; model_row closes it. A row without cells is dropped: it always
 * holds, or makes the model infeasible. */
void model_cell(struct model *m, int col, double value);
void model_row(struct model *m, double lo, double hi);
/* The column of an item in a form; -1: excluded. */
int model_x(const struct model *m, uint32_t item, size_t form);
/* Adds value * x; an excluded item adds nothing. */
void model_x_cell(struct model *m, uint32_t item, size_t form, double value);
/* A bound of the problem in units; open ones become -DBL_MAX, DBL_MAX. */
double model_low(int64_t v, int64_t unit);
double model_high(int64_t v, int64_t unit);
int64_t model_divisor(int64_t a, int64_t b); /* the greatest common one; never below zero */

/* ---- model-form.c: in form f ---- */
/* In steps of the common divisor, so that a sum that is one step off is far off for the solver's tolerance;
 * data with too many digits for that keep their unit. */
void model_linear(const struct builder *b, const struct requirement *r, size_t f);
void model_set(const struct builder *b, const struct requirement *r, size_t f, double lo, double hi);
void model_all_or_none(const struct builder *b, const struct requirement *r, size_t f);
void model_include(const struct builder *b, const struct requirement *r, size_t f);
void model_cover(const struct builder *b, const struct requirement *r, size_t f);

/* ---- model-stimuli.c ---- */
/* z(s,f) is 1 exactly if form f has an item of stimulus s: x <= z <= sum of x. Columns only where a
 * requirement needs them. */
void model_stimulus_columns(struct builder *b);
void model_stimuli(const struct builder *b, const struct requirement *r, size_t f);
void model_per_stimulus(const struct builder *b, const struct requirement *r, size_t f);
void model_stimulus_use(const struct builder *b, const struct requirement *r);

/* ---- model-use.c ---- */
void model_total(const struct builder *b, const struct requirement *r);
void model_use(const struct builder *b, const struct requirement *r, double lo, double hi);
void model_overlap(const struct builder *b, const struct requirement *r);
/* No two forms share an item, but for those included in every form. */
void model_disjoint(const struct builder *b, const struct requirement *r);

/* ---- model-objective.c ---- */
void model_objective(const struct builder *b);

#endif

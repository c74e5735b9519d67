/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of formula/: one formula being computed, and what functions are written with. A value that cannot be
 * told sets ev->failed; everything then unwinds. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_COMPUTE_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_COMPUTE_H

#include "scoring/practical/formula/evaluate.h"

enum {
    COMPUTE_MAX_ITEMS = 300000, /* of an array */
    COMPUTE_MAX_TEXT = 32767,   /* characters in a cell */
    COMPUTE_MAX_NAMES = 16,     /* defined names in one another */
};

typedef struct formula_value value;

/* A formula in its cell. */
struct run {
    struct evaluator *ev;
    const struct evaluator_book *book;
    struct arena *a; /* of this computation */
    const struct formula_node *root;
    int32_t sheet, row, column;
    bool array; /* operators go over all items */
    unsigned names;
};

/* ---- evaluate.c ---- */
bool run_failed(const struct run *r);
/* Sets the reason, once; gives a value to return. */
value formula_run_fail(struct run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* One unit of work; false: the limit is reached (and failed is set). */
bool run_step(struct run *r, size_t n);
value run_cell(struct run *r, int32_t sheet, int32_t row, int32_t column); /* never AREA or ARRAY */
/* Does the cell hold a formula that calls this? */
bool run_cell_calls(struct run *r, int32_t sheet, int32_t row, int32_t column, const char *function);
value run_name(struct run *r, const char *name);

/* ---- compute.c ---- */
value compute(struct run *r, const struct formula_node *n);
value compute_array(struct run *r, const struct formula_node *n); /* operators inside go over all items */
/* AREA to what it stands for in this place: one value, or (array) all of them. */
value settle(struct run *r, value v);
value settle_one(struct run *r, value v); /* never AREA or ARRAY */
/* AREA to ARRAY, clipped to what is used. */
value whole(struct run *r, value v);
/* Item of an ARRAY, with one row or column repeated; #N/A outside. A single value is everywhere. */
value item_at(const value *v, int32_t row, int32_t column);
value *new_array(struct run *r, int32_t rows, int32_t columns, value *ret);
/* Calls fn for each combination of items of those arguments that are arrays; others are passed as they are.
 * `one`: which arguments are taken apart (bit per argument, the last stands for all beyond). */
typedef value compute_fn(struct run *r, value *arg, uint32_t n);
value lift(struct run *r, compute_fn *fn, value *arg, uint32_t n, uint32_t one);

/* ---- coerce.c ---- */
/* False: *ret_error says what comes out instead. The value is a single one. */
bool to_number(struct run *r, const value *v, double *ret, value *ret_error);
bool to_whole(struct run *r, const value *v, int32_t *ret, value *ret_error); /* towards zero, clamped */
bool to_bool(struct run *r, const value *v, bool *ret, value *ret_error);
bool to_text(struct run *r, const value *v, const char **ret, value *ret_error);
enum reads_as { READS_NO, READS_NUMBER, READS_UNSURE /* a date without its year */ };
enum reads_as text_number(const char *s, bool date1904, double *ret);
/* -1, 0, 1: numbers, then texts, then bools; a blank is what stands against it. */
int value_order(struct run *r, const value *x, const value *y);
bool formula_value_equal(struct run *r, const value *x, const value *y);
value checked(double x); /* #NUM! for what is no number */
/* * ? ~ against the whole text, without case. */
bool wildcard_match(struct run *r, const char *pattern, const char *text);
bool has_wildcard(const char *s);

/* ---- visit.c ---- */
/* Every value of the arguments in order; direct: written as an argument itself, not in a range or an array.
 * Cells beyond the used ones are not visited. False from fn ends it. */
typedef bool visit_fn(struct run *r, void *context, const value *v, bool direct);
void visit(struct run *r, const value *arg, uint32_t n, visit_fn *fn, void *context);
/* The numbers of the arguments as SUM sees them; false: *ret_error. */
bool gather(struct run *r, const value *arg, uint32_t n, double **ret, size_t *ret_n, value *ret_error);
/* Rows and columns of an AREA, ARRAY or single value. */
void extent_of(const value *v, int32_t *rows, int32_t *columns);
/* The same, of an area only as far as cells are used. */
void used_extent_of(struct run *r, const value *v, int32_t *rows, int32_t *columns);
value at(struct run *r, const value *v, int32_t row, int32_t column); /* from 0; reads cells */

/* ---- functions*.c ---- */
struct function {
    const char *name;
    uint8_t least, most; /* arguments; 255: any number */
    /* Per argument, the last for all beyond: v one value, r a range as it is, a array computed over all
     * items, x as v, where errors are passed on to the function. */
    const char *takes;
    compute_fn *fn;
    value (*lazy)(struct run *r, const struct formula_node *call); /* computes its arguments itself */
};
const struct function *function_find(const char *name);
extern const struct function logic_functions[], math_functions[], statistic_functions[],
    condition_functions[], lookup_functions[], text_functions[], conversion_functions[], date_functions[];

#endif

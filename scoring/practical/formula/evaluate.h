/* SPDX-License-Identifier: Apache-2.0 */
/* Computes formulas as Excel does, bounded in work, depth and memory. What cannot be computed for certain (a
 * function that is not known, a circle, another file's cell) is told, never guessed. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_EVALUATE_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_EVALUATE_H

#include "scoring/practical/formula/formula.h"
#include "scoring/practical/formula/value.h"

/* What stands in a cell. Texts are borrowed until the next call of evaluator_…. */
struct evaluator_cell {
    struct formula_value value; /* of the file: a constant, or the cached result; BLANK where there is none */
    const char *formula;        /* NULL: none */
    bool cached;                /* there is a formula, and `value` is its result */
    /* An array formula covers cells from an anchor: give the anchor's formula for each of them. */
    bool array;
    int32_t anchor_row, anchor_column;
};

/* A workbook as the evaluator sees it: callbacks. Sheets are told by their index from 0. */
struct evaluator_book {
    void *context;
    enum formula_dialect dialect;
    bool date1904;
    bool recalculate; /* cached results are not used */
    double now;       /* serial of today with the time, for TODAY and NOW; 0: not given, they are unknown */
    int32_t (*sheet)(void *context, const char *name); /* -1: there is none */
    void (*cell)(void *context, int32_t sheet, int32_t row, int32_t column, struct evaluator_cell *ret);
    /* The last row and column that hold anything: A:A is read to there. */
    void (*extent)(void *context, int32_t sheet, int32_t *ret_row, int32_t *ret_column);
    /* The formula behind a defined name or Table[Column] in the book's dialect, seen from that cell; NULL:
     * not known. May be NULL. */
    const char *(*name)(void *context, const char *name, int32_t sheet, int32_t row, int32_t column);
    /* For SUBTOTAL: a row that is not shown; *ret_filtered: by a filter, not by hand. May be NULL. */
    bool (*row_hidden)(void *context, int32_t sheet, int32_t row, bool *ret_filtered);
};

enum {
    EVALUATOR_MAX_STEPS = 3000000,      /* nodes and cells looked at for one formula */
    EVALUATOR_MAX_ALL_STEPS = 60000000, /* by one evaluator */
    EVALUATOR_MAX_MEMORY = 12 << 20,
};

struct evaluator; /* remembers what it has computed */
struct evaluator *formula_evaluator_new(const struct evaluator_book *book); /* the book is borrowed */
void formula_evaluator_free(struct evaluator *ev);                          /* NULL is fine */

size_t evaluator_steps(const struct evaluator *ev);                         /* done until now */

/* Value of a cell: computed where it holds a formula (and has no cached value, or `recalculate`). 0, or
 * -ERR_NO with the reason in e->what where it cannot be told: "the function WEBSERVICE is not known",
 * "circular reference at Sheet 1, B3". Its text is in the arena. */
MUST_CHECK int evaluator_cell(struct evaluator *ev, int32_t sheet, int32_t row, int32_t column,
                              struct arena *a, struct formula_value *ret, struct err *e);
/* A formula as if it stood in that cell, computed once; `array`: entered as an array formula. An array is
 * reduced to its first item. ERR_DATA: it is no formula. */
MUST_CHECK int evaluator_formula(struct evaluator *ev, const char *formula, bool array, int32_t sheet,
                                 int32_t row, int32_t column, struct arena *a, struct formula_value *ret,
                                 struct err *e);
/* Is it one of the functions that are computed? Any case. */
bool evaluator_knows(const char *function);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Values of cells and formulas, and how Excel turns one kind into another. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_VALUE_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum formula_error {
    ERROR_NULL = 1, /* #NULL! */
    ERROR_DIV0,
    ERROR_VALUE,
    ERROR_REF,
    ERROR_NAME,
    ERROR_NUM,
    ERROR_NA,
    ERROR_GETTING_DATA,
    ERROR_SPILL,
    ERROR_CALC,
};
const char *formula_error_text(enum formula_error error); /* "#DIV/0!" */
enum formula_error formula_error_of(const char *text);    /* any case; 0: it is none */

enum value_kind {
    VALUE_BLANK,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_BOOL,
    VALUE_ERROR,
    VALUE_ARRAY,   /* only inside an evaluation: item[rows * columns] */
    VALUE_AREA,    /* only inside an evaluation: cells that are not read yet */
    VALUE_MISSING, /* only inside an evaluation: an argument left out */
};

/* Cells of this book. */
struct value_area {
    int32_t sheet;                      /* index */
    int32_t row, column, rows, columns; /* from 1 */
    const struct value_area *next;      /* of a union */
};

struct formula_value {
    enum value_kind kind;
    enum formula_error error;
    int32_t rows, columns; /* ARRAY */
    union {
        bool truth;
        double number;
        const char *text;                 /* UTF-8 */
        const struct formula_value *item; /* ARRAY, row by row */
        const struct value_area *area;    /* AREA */
    };
};

static inline struct formula_value value_number(double x)
{
    return (struct formula_value){.kind = VALUE_NUMBER, .number = x};
}
static inline struct formula_value value_text(const char *text)
{
    return (struct formula_value){.kind = VALUE_TEXT, .text = text};
}
static inline struct formula_value value_bool(bool truth)
{
    return (struct formula_value){.kind = VALUE_BOOL, .truth = truth};
}
static inline struct formula_value value_error(enum formula_error error)
{
    return (struct formula_value){.kind = VALUE_ERROR, .error = error};
}

/* As & writes it: numbers with up to 15 digits ("0.333333333333333", "1E+21"), TRUE, "", #N/A. In the arena.
 */
const char *formula_value_text(const struct formula_value *v, struct arena *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Formulas of spreadsheets: their text as a tree, and what is asked of it. Pure: no cell is looked at.
 * Two dialects: of xlsx (ECMA-376 part 1, 18.17) and of ODF (OpenFormula 1.3, part 4; with the prefixes of:,
 * oooc: and msoxl:). Both give the same tree with Excel's names, so `SUM(C3:D3)` and `of:=SUM([.C3:.D3])` are
 * equal. Messages are English: they become evidence. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_FORMULA_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
    FORMULA_MAX_TEXT = 32 << 10, /* bytes; Excel allows 8,192 characters */
    FORMULA_MAX_DEPTH = 128,     /* parentheses and calls in one another; Excel allows 64 calls */
    FORMULA_MAX_ROWS = 1048576,
    FORMULA_MAX_COLUMNS = 16384,
};

enum formula_dialect { FORMULA_EXCEL, FORMULA_ODF };

/* One corner; rows and columns count from 1. */
struct formula_corner {
    int32_t row, column;
    bool row_fixed, column_fixed; /* with $ */
};

/* A1, $A$1:B2, A:C, 3:5, Sheet!A1, First:Last!A1. Whole columns have rows 1 to FORMULA_MAX_ROWS. */
struct formula_reference {
    const char *book;             /* "[1]", "file:///a.ods": another file's; NULL: this one's */
    const char *sheet, *sheet_to; /* as named, without quotes; NULL: the sheet it stands on */
    struct formula_corner from, to;
    bool range;                     /* written with ":"; else from = to */
    bool whole_columns, whole_rows; /* A:C; 3:5 */
    bool lost;                      /* #REF! in place of the cells */
};

enum formula_node_kind {
    NODE_NUMBER,
    NODE_TEXT,
    NODE_BOOL,    /* number 0 or 1 */
    NODE_ERROR,   /* an error written out: text "#N/A" */
    NODE_MISSING, /* an argument left out: IF(A1,,2) */
    NODE_CELLS,   /* a reference */
    NODE_NAME,    /* a defined name, Table[Column]; as written */
    NODE_CALL,    /* text: the function, upper case, without _xlfn. and the like */
    NODE_PREFIX,  /* op + - @ */
    NODE_POSTFIX, /* op % # */
    NODE_BINARY,
    NODE_GROUP, /* parentheses */
    NODE_ARRAY, /* {1,2;3,4}: `columns` to a row */
};

/* Operators of two operands besides the characters + - * / ^ & = < > : */
enum {
    FORMULA_OP_UNEQUAL = 'u',
    FORMULA_OP_AT_MOST = 'l',
    FORMULA_OP_AT_LEAST = 'g',
    FORMULA_OP_UNION = ',',
    FORMULA_OP_INTERSECTION = ' ',
};

struct formula_node {
    enum formula_node_kind kind;
    char op;
    uint32_t at, length; /* bytes of the source: of CELLS */
    uint32_t n, columns; /* children; of an ARRAY: to a row */
    const char *text;    /* TEXT, FAULT, NAME, CALL */
    double number;
    const struct formula_reference *reference;
    struct formula_node *first, *next; /* children in order */
    struct formula_node *also;         /* the node before it in the whole formula: a list of all */
};

struct formula {
    const char *source; /* without prefix and "=" */
    enum formula_dialect dialect;
    const struct formula_node *root, *last; /* last: the head of the list of all nodes */
    size_t n_nodes;
};

/* Parses; a leading "=" (or of:= …) may stand there or not. All in the arena. ERR_DATA: no formula;
 * e->code FAULT_LIMIT when it is larger or deeper than allowed. */
MUST_CHECK int formula_parse(const struct formula **ret, struct arena *a, const char *text,
                             enum formula_dialect dialect, struct err *e);

/* ---- text ---- */

struct formula_form {
    bool drop_dollars; /* A1 for $A$1 */
    bool plain_groups; /* only the parentheses that are needed: (A1)+((B1)) is A1+B1 */
    const char *home;  /* this sheet's name is left out before a reference; NULL: none is */
    /* Relative references become R[-1]C, seen from this cell; 0: A1 notation. "Filled down" is equality of
     * these texts. */
    int32_t r1c1_row, r1c1_column;
};
/* Normalised: Excel's dialect, no spaces, functions and column letters in upper case, names and sheets as
 * written, numbers in their shortest form. form NULL: all zero. In the arena. */
char *formula_text(const struct formula *f, const struct formula_form *form, struct arena *a);

/* The source with its relative references moved: what a cell `rows` below and `columns` to the right of the
 * master of a shared formula holds; spaces and case stay. A reference that leaves the sheet is #REF!. A
 * formula of ODF is normalised besides. In the arena. */
char *formula_moved(const struct formula *f, int32_t rows, int32_t columns, struct arena *a);

/* ---- what it uses ---- */

/* Names of functions, each once, in the order of the text; never what stands inside a text. */
size_t formula_functions(const struct formula *f, struct arena *a, const char *const **ret);
bool formula_calls(const struct formula *f, const char *function); /* any case */

enum formula_fixed { FORMULA_RELATIVE, FORMULA_ABSOLUTE, FORMULA_MIXED };
/* ABSOLUTE: every row and column has its $; RELATIVE: none; whole columns have only columns. */
enum formula_fixed formula_fixed(const struct formula_reference *r);
const char *formula_fixed_name(enum formula_fixed fixed); /* "relative", "absolute", "mixed" */
/* In the order of the text, repeated ones too. */
size_t formula_references(const struct formula *f, struct arena *a,
                          const struct formula_reference *const **ret);

/* ---- references alone ---- */

/* "A1", "$A$1:B2", "A:A", "'Sheet 1'!A1"; in ODF ".A1:.B2" or "Sheet1.A1:Sheet1.B2", brackets or not.
 * False: it is none. */
bool formula_reference_read(struct formula_reference *ret, struct arena *a, const char *text,
                            enum formula_dialect dialect);
/* As formula_text writes it. */
char *formula_reference_text(const struct formula_reference *r, const struct formula_form *form,
                             struct arena *a);
/* 'It''s' where the name needs quotes, else as it is. */
char *formula_quote_sheet(struct arena *a, const char *name);
/* "AB" for 28; buf holds 4. */
char *formula_column_name(char buf[4], int32_t column);

#endif

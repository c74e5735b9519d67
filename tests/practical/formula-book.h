/* SPDX-License-Identifier: Apache-2.0 */
/* A small workbook for tests of the evaluator, written as lines: "A1 = 60", "B1 = text", "C1 == SUM(A1:B1)",
 * "[Sheet 2]" begins another sheet, "hidden 3" and "filtered 4" name rows, "name total = SUM(A:A)" a name,
 * "array D1:D3 == A1:A3*2". */
#ifndef KAOCHANG_TESTS_PRACTICAL_FORMULA_BOOK_H
#define KAOCHANG_TESTS_PRACTICAL_FORMULA_BOOK_H

#include "scoring/practical/formula/evaluate.h"

enum { BOOK_MAX = 20000 };

struct test_cell {
    int32_t sheet, row, column;
    struct evaluator_cell cell;
};

struct test_book {
    struct arena *arena;
    const char *sheet[8];
    int32_t n_sheets;
    struct test_cell *cell;
    size_t n;
    const char *name[16], *refers[16];
    size_t n_names;
    int32_t hidden[16], filtered[16];
    size_t n_hidden, n_filtered;
    struct evaluator_book book;
};

void test_book_open(struct test_book *b);
void test_book_line(struct test_book *b, const char *line);
void test_book_close(struct test_book *b);
/* "number 5", "text", errors and booleans as they stand: 60 is a number, TRUE a bool, #N/A an error, 'x or
 * anything else a text. */
struct formula_value test_value(struct arena *a, const char *text);
/* The value of a formula in a cell: "12", "\"text\"", "TRUE", "#N/A", "! reason". */
const char *test_result(struct test_book *b, const char *formula, const char *at);

#endif

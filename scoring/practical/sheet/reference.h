/* SPDX-License-Identifier: Apache-2.0 */
/* Cells and ranges in A1 form: "B3", "$B$3", "A1:D51", "A:C", "1:2", "'Sheet 1'!$A$1:$B$2". Rows and columns
 * count from 1, to the sheet's end (1,048,576 and 16,384). */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_REFERENCE_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { SHEET_ROWS = 1048576, SHEET_COLUMNS = 16384 };

struct sheet_range {
    uint32_t row, column, last_row, last_column; /* row 0: no range */
};

/* "B3" with or without $; false for anything else, a place outside the sheet included. */
bool sheet_reference_cell(const char *text, uint32_t *ret_row, uint32_t *ret_column);
/* A cell or a range, without a sheet's name. Corners in any order; whole columns and rows too. */
bool reference_range(const char *text, struct sheet_range *ret);
/* One of several ranges with blanks or commas between ("C3:D6 F1"): reads at *p and moves on; false at the
 * end. What is no range is passed over. */
bool reference_next(const char **p, struct sheet_range *ret);
/* With or without a sheet's name, which is then unquoted in the arena, else NULL. */
bool reference_full(const char *text, struct arena *a, const char **ret_sheet, struct sheet_range *ret);
/* "C" to 3; 0 for no column. */
uint32_t reference_column(const char *letters);

char *reference_column_name(struct arena *a, uint32_t column);             /* "C" */
char *reference_cell_name(struct arena *a, uint32_t row, uint32_t column); /* "C3" */
/* "A1:D51"; "A1" for one cell; "A:C" and "1:2" for whole columns and rows. */
char *reference_range_name(struct arena *a, const struct sheet_range *r);
/* A reference in a formula or a chart without $ and without quotes that need not be: "'Sheet1'!$A$1:$B$2" to
 * "Sheet1!A1:B2"; what is no reference comes back as it is. */
char *reference_plain(struct arena *a, const char *text);

bool range_holds(const struct sheet_range *r, uint32_t row, uint32_t column);
bool range_equal(const struct sheet_range *a, const struct sheet_range *b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets that an office typed into a spreadsheet: a row a sheet, a column a step (docs/lab.md, "Paper sheets").
 */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_CSV_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_CSV_H

#include "office/sheets/sheet.h"

enum { SHEET_CSV_MAX_BYTES = 64 << 20, SHEET_CSV_MAX_ROWS = 200001 };

typedef void sheet_complain_fn(void *context, unsigned line, const char *message);

/* Every bad row is told, with its line. Any of them makes it ERR_DATA and gives nothing. The sheets are in the
 * arena. */
MUST_CHECK int sheet_csv_read(struct sheet **ret, size_t *ret_n, struct arena *a, const struct sheet_list *l,
                              const char *name, struct span data, sheet_complain_fn *complain, void *context,
                              struct err *e);
/* The head line for a spreadsheet, with as many steps as the longest rubric has. */
void sheet_csv_head(const struct sheet_list *l, struct bytes *out);

#endif

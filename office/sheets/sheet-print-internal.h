/* SPDX-License-Identifier: Apache-2.0 */
/* The words on a sheet, which the page and the PDF share; nobody else includes this. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_PRINT_INTERNAL_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_PRINT_INTERNAL_H

#include "office/sheets/sheet-print.h"

enum { SHEET_FACTS = 8, SHEET_SIGNERS = 3, SHEET_LIST_COLUMNS = 8 };

/* Pairs of label and value. */
void sheet_facts(const struct sheet_place *p, struct arena *a, const char *ret[SHEET_FACTS][2]);
/* A box and its words for each slip, then one for a step that was not done at all. */
const char *sheet_step_boxes(const struct rubric_step *step, struct arena *a);
const char *sheet_step_words(const struct rubric_step *step, struct arena *a);
const char *sheet_fatal_boxes(const struct rubric *r, struct arena *a);
const char *sheet_status_boxes(const struct lab_plan *plan, struct arena *a);
const char *sheet_sum_line(const struct rubric *r, struct arena *a);
const char *sheet_how_to(void);
const char *sheet_signer(size_t i);
const char *sheet_bag_title(const struct sheet_bag *b, struct arena *a);
const char *sheet_list_title(size_t column);
/* The cells of the cover list's row i. */
void sheet_list_row(const struct sheet_bag *b, size_t i, struct arena *a, const char *ret[SHEET_LIST_COLUMNS]);

#endif

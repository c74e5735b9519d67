/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of questions of a table; shared by from-csv-*.c only. Each adds its parts to the draft, or a
 * fault with the heading of the column. */
#ifndef KAOCHANG_PAPERBANK_BANK_FROM_CSV_QUESTION_H
#define KAOCHANG_PAPERBANK_BANK_FROM_CSV_QUESTION_H

#include "paperbank/bank/from-csv.h"
#include "paperbank/bank/markup.h"

const char *table_xhtml(struct draft *d, enum markup_place place, const char *text);

/* ---- from-csv-choices.c ---- */
void table_choice(struct draft *d, const struct table_row *row, bool multiple);
void table_true_false(struct draft *d, const struct table_row *row);
void table_order(struct draft *d, const struct table_row *row);
void table_match(struct draft *d, const struct table_row *row);

/* ---- from-csv-gaps.c ---- */
/* Gaps are underlines in the stem; without one the answer stands below it. */
void table_fill(struct draft *d, const struct table_row *row);
/* Gaps are [[…]] in the stem: options with a star at the right one, or accepted texts. */
void table_cloze(struct draft *d, const struct table_row *row);
void table_numeric(struct draft *d, const struct table_row *row);

#endif

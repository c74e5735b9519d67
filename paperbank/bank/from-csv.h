/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the reader of tables: a row and the draft that it becomes. */
#ifndef KAOCHANG_PAPERBANK_BANK_FROM_CSV_H
#define KAOCHANG_PAPERBANK_BANK_FROM_CSV_H

#include "paperbank/bank/draft.h"
#include "paperbank/bank/table-columns.h"

struct table_row {
    const char *cell[COLUMNS]; /* trimmed; "" where there is none */
    const char *folder;        /* of the table, for pictures */
};

/* The sign between the fields of a row of headings: a comma, a semicolon or a tab, whichever stands there
 * most often outside quotes; a comma where none does. */
char table_separator(const char *headings);
/* True if the row holds the headings without which there is no table: those of the type and the stem. */
bool table_is_heading(const char *row);

/* The question itself: body, parts, explanation. */
void table_question(struct draft *d, const struct table_row *row);
/* Metadata without the knowledge point's titles. */
void table_metadata(struct draft *d, const struct table_row *row);
/* A fault with the heading of its column. */
bool table_fault(struct draft *d, enum table_column c, const char *what);

/* One of the formats, as foreign_read hands it on. */
MUST_CHECK int from_csv(const char *path, struct text_file *text, const struct foreign_sink *sink,
                        struct err *e);
MUST_CHECK int from_gift(const char *path, struct text_file *text, const struct foreign_sink *sink,
                         struct err *e);
MUST_CHECK int from_moodle(const char *path, enum encoding encoding, const struct foreign_sink *sink,
                           enum encoding *ret_encoding, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* CSV (RFC 4180) in UTF-8, with or without a byte order mark, LF or CRLF. */
#ifndef KAOCHANG_BASE_CSV_H
#define KAOCHANG_BASE_CSV_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct csv_row {
    unsigned line; /* where the row begins */
    size_t n;
    char **field; /* n texts */
};

struct csv {
    struct csv_row *row; /* the first is the header line */
    size_t n;
};

/* Parses the whole text into the arena. Refuses: invalid UTF-8, zero bytes, an open quote, text after a
 * closing quote, more than max_rows, a row whose number of fields differs from the header's. `name` stands in
 * messages. */
MUST_CHECK int csv_parse(struct csv *ret, struct arena *a, const char *name, struct span text,
                         size_t max_rows, struct err *e);
/* As csv_parse, but a row may have any number of fields: for readers that report every bad row instead of the
 * first. */
MUST_CHECK int csv_parse_uneven(struct csv *ret, struct arena *a, const char *name, struct span text,
                                size_t max_rows, struct err *e);
/* As csv_parse_uneven, with another separator between fields: ';' or a tab, as spreadsheets write them. */
MUST_CHECK int csv_parse_separated(struct csv *ret, struct arena *a, const char *name, struct span text,
                                   char separator, size_t max_rows, struct err *e);
/* Column of a header name, or -1. */
int csv_column(const struct csv *c, const char *name);

/* Appends one field, quoted when needed, with a comma before it unless it is the first of its row. A text
 * that a spreadsheet would take for a formula (= + - @ at the start, not a number) gets an apostrophe before
 * it. */
void csv_add(struct bytes *out, const char *field, int first);
void csv_end(struct bytes *out); /* CRLF as RFC 4180 has it */

#endif

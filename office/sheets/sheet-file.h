/* SPDX-License-Identifier: Apache-2.0 */
/* What one person typed from the sheets, or one who looked a third time: a text file that only grows, a line
 * a sheet, each with a check that covers all before it. A sheet that is typed again is a further line; its
 * last one counts. docs/lab.md, "Paper sheets", has the format. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_FILE_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_FILE_H

#include "office/sheets/sheet.h"

enum { SHEET_FILE_MAX_BYTES = 256 << 20, SHEET_FILE_MAX_LINE = 2 * RATING_MAX_BYTES, SHEET_MAX_CLERK = 100 };

enum sheet_file_kind {
    SHEET_FILE_TYPED,
    SHEET_FILE_THIRD, /* a third look at sheets that two people typed differently */
};

struct sheet_file {
    struct arena *arena; /* owns the texts */
    enum sheet_file_kind kind;
    const char *session, *clerk;
    struct sheet *sheet; /* every line, in order */
    size_t n;
    size_t torn;       /* bytes of a last line that was being written when the power went */
    uint8_t head[32];  /* what the next line's check covers */
};

/* ERR_DATA names the line that is not as it was written. A torn last line is left out. */
MUST_CHECK int sheet_file_read(struct sheet_file **ret, const char *name, struct span data, struct err *e);
MUST_CHECK int sheet_file_load(struct sheet_file **ret, const char *path, struct err *e);
void sheet_file_free(struct sheet_file *f); /* NULL is fine */
/* The last line of a sheet; NULL: it was not typed. */
const struct sheet *sheet_file_find(const struct sheet_file *f, const char *id);

/* The lines themselves, for who writes a file; `head` goes on. The clerk is a name without control characters. */
MUST_CHECK int sheet_file_begin(const struct sheet_file *f, uint8_t head[32], struct bytes *out, struct err *e);
MUST_CHECK int sheet_file_line(const struct sheet *s, size_t number, uint8_t head[32], struct bytes *out,
                               struct err *e);

/* ---- a file that grows ---- */

struct sheet_log;
/* A new file, or one that goes on: of the same session, clerk and kind. ERR_NO while another program writes
 * to it. */
MUST_CHECK int sheet_log_open(struct sheet_log **ret, const char *path, enum sheet_file_kind kind,
                              const char *session, const char *clerk, struct err *e);
void sheet_log_close(struct sheet_log *l); /* NULL is fine */
/* What is in it; grows with sheet_log_add. */
const struct sheet_file *sheet_log_file(const struct sheet_log *l);
/* When it returns 0 the sheet is on the disk. Texts are copied. */
MUST_CHECK int sheet_log_add(struct sheet_log *l, const struct sheet *s, struct err *e);

#endif

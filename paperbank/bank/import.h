/* SPDX-License-Identifier: Apache-2.0 */
/* Import into the bank: item files, content packages and what converters make of other systems' files. A bad
 * item is reported and never stops the others; each file is one transaction, so that a full disk leaves the
 * bank as it was before that file. Memory does not grow with the number of items. */
#ifndef KAOCHANG_PAPERBANK_BANK_IMPORT_H
#define KAOCHANG_PAPERBANK_BANK_IMPORT_H

#include "base/err.h"
#include "paperbank/bank/bank.h"

enum import_outcome {
    IMPORT_NEW,       /* the bank did not have this item */
    IMPORT_VERSION,   /* other content: a new version */
    IMPORT_UPDATED,   /* the same content, other metadata */
    IMPORT_UNCHANGED,
    IMPORT_REFUSED,
    IMPORT_OUTCOMES,
};

struct import_line {
    const char *file;
    unsigned line;       /* 0: the file as a whole */
    const char *element; /* the one at fault, or "" */
    const char *item;    /* "" where it could not be read */
    int64_t version;     /* 0 when refused */
    enum import_outcome outcome;
    const char *reason;  /* why it was refused; else "" */
};

struct import_options {
    const char *who;    /* the author of new versions; NULL: not said */
    const char *format; /* "moodle", "gift", "csv"; NULL: by content */
    const char *encoding; /* "gbk", "utf-8", "utf-16", …; NULL: by the bytes */
    /* Something that a person should know about a file and that refuses nothing; NULL: nobody asks. */
    void (*note)(void *context, const char *file, const char *text);
};

/* Called for each item as it is decided; texts are valid during the call only. */
typedef void import_report_fn(void *context, const struct import_line *line);

/* Imports one file, or a folder's imsmanifest.xml; adds to totals, one count per outcome. A file that cannot
 * be read at all is one refused line. `at_ms` is the time that the history keeps, `who` the author of new
 * versions (NULL: not said). Negative only where the bank itself fails; then nothing of this file is in it.
 */
MUST_CHECK int bank_import(struct bank *b, const char *path, const char *who, int64_t at_ms,
                           import_report_fn *report, void *context, int64_t totals[IMPORT_OUTCOMES],
                           struct err *e);
/* The same with all options; the format and the encoding are known names, or ERR_USAGE. */
MUST_CHECK int bank_import_as(struct bank *b, const char *path, const struct import_options *options,
                              int64_t at_ms, import_report_fn *report, void *context,
                              int64_t totals[IMPORT_OUTCOMES], struct err *e);
const char *
import_outcome_name(enum import_outcome o); /* "imported", "new version", … in English, for JSON */

#endif

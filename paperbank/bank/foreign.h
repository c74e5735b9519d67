/* SPDX-License-Identifier: Apache-2.0 */
/* Question formats of other programs, turned into QTI 2.2 items one after another: Moodle XML
 * (from-moodle.c), GIFT (from-gift.c) and tables (from-csv.c). What each of them understands, and how, is
 * told in docs/import.md. Memory is that of one question, and 16 bytes for each that came before. */
#ifndef KAOCHANG_PAPERBANK_BANK_FOREIGN_H
#define KAOCHANG_PAPERBANK_BANK_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/package-source.h"
#include "paperbank/bank/manifest.h"

/* One question of a file: an item, or why there is none. Everything is valid during the call only. */
struct foreign_item {
    unsigned line;
    const char *name;     /* the item's identifier; of a refused question what it calls itself */
    const char *refusal;  /* NULL: it is an item */
    const char *note;     /* what of it is not as it was, or NULL */
    struct span qti;      /* QTI 2.2 */
    struct span original; /* the question in the file's own format, in UTF-8 */
    bool has_metadata; /* the file says what it can about the item: points, and a knowledge point where it has
                          one */
    struct item_metadata metadata;
    const struct package_file *picture; /* by the names that its img elements have in src */
    size_t n_pictures;
};

/* Who takes them. A negative return ends the reading and is returned. */
struct foreign_sink {
    int (*item)(void *context, const struct foreign_item *item, struct err *e);
    /* A knowledge point that items to come name: to be added where the bank does not have the code; parents
     * come first. */
    int (*point)(void *context, const char *code, const char *title, struct err *e);
    void *context;
};

enum foreign_format { FOREIGN_NONE, FOREIGN_MOODLE, FOREIGN_GIFT, FOREIGN_CSV };

/* Bytes of a file, looked at before it is read: texts, and Moodle's XML with the pictures in it. */
#define FOREIGN_MAX_TEXT (UINT64_C(64) << 20)
#define FOREIGN_MAX_MOODLE (UINT64_C(1) << 30)

/* By content; a text that is neither XML nor anything else known by its name (".csv", ".tsv", ".gift"), a
 * ".txt" by the headings of a table in its first line. NONE: something else. */
enum foreign_format foreign_format_of(const char *path);
enum foreign_format foreign_format_named(const char *name); /* "moodle", "gift", "csv" */

/* Reads a whole file. `encoding` UNKNOWN: found by its bytes; *ret_encoding is what it was. ERR_DATA where
 * the file cannot be read on, with the line; what came before was given to the sink. */
MUST_CHECK int foreign_read(enum foreign_format format, const char *path, enum encoding encoding,
                            const struct foreign_sink *sink, enum encoding *ret_encoding, struct err *e);

/* An empty table with its headings in Chinese and one line of each kind of question, in UTF-8 with byte order
 * mark. */
void foreign_csv_template(struct bytes *out);

#endif

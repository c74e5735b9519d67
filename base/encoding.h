/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of others: which encoding they are in, and the way to UTF-8. Independent of any locale. */
#ifndef KAOCHANG_BASE_ENCODING_H
#define KAOCHANG_BASE_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

enum encoding {
    ENCODING_UNKNOWN,
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_GB18030,
    ENCODING_CP437
};

/* Of a name as people write it ("utf-8", "GBK", "gb2312", "GB18030", "utf-16"); UNKNOWN for others. */
enum encoding encoding_named(const char *name);
const char *encoding_name(enum encoding c); /* "UTF-8", "GB18030", … */

/* By byte order mark, else UTF-8 if all of it is, else GB18030 if all of it is, else UNKNOWN. */
enum encoding encoding_of(struct span text);

/* Appends the text as UTF-8, without byte order mark. ERR_DATA with the place of the first wrong byte
 * (name:line). */
MUST_CHECK int encoding_convert(struct bytes *out, enum encoding from, const char *name, struct span text,
                                struct err *e);

/* A file read piece by piece as UTF-8, LF at the ends of lines. `wanted` UNKNOWN: by encoding_of, for which
 * the whole file is looked at first. ERR_DATA for a file larger than `max`, before it is read, and for one in
 * no encoding that we know. */
struct text_file;
MUST_CHECK int text_file_open(struct text_file **ret, const char *path, enum encoding wanted, uint64_t max,
                              struct err *e);
void text_file_close(struct text_file *t); /* NULL is fine */
enum encoding text_file_encoding(const struct text_file *t);
/* The next line without its end, borrowed until the next call; NULL at the end of the file. *ret_line its
 * number from 1. ERR_DATA for bytes that are no text: wrong ones, and zero bytes; for a line longer than 2
 * MiB. */
MUST_CHECK int text_file_line(struct text_file *t, const char **ret, unsigned *ret_line, struct err *e);

#endif

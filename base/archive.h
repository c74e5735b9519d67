/* SPDX-License-Identifier: Apache-2.0 */
/* ZIP archives of others (PKWARE APPNOTE 6.3.4, ZIP64 included), read without trust: nothing is written to
 * disk, and an archive that could mislead a reader is refused when it is opened.
 *
 * Refused with the entry's name (ERR_DATA): names that are absolute, leave the archive ("..") or hold a
 * backslash, a drive, a zero byte or a control character; symbolic links and devices; encrypted entries;
 * names that repeat or differ only by case; entries that overlap each other or the directory; archives in
 * several parts. Read are stored and deflated entries. Not related to exam-packages/zip.h, which is the one
 * form of our own containers. */
#ifndef KAOCHANG_BASE_ARCHIVE_H
#define KAOCHANG_BASE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/err.h"

struct archive;

struct archive_limits {
    size_t entries;
    uint64_t total; /* bytes of all entries together, as declared and as really inflated */
    unsigned ratio; /* inflated to packed, asked once an entry has grown past 1 MiB */
};

extern const struct archive_limits archive_default_limits; /* 200,000 entries, 4 GiB, 200 */

/* True if the bytes begin as a ZIP does; 4 are enough. */
bool archive_looks_like(struct span head);

/* Opens a regular file, which must stay as it is while open; limits NULL: the default. */
MUST_CHECK int archive_open(struct archive **ret, const char *path, const struct archive_limits *limits,
                            struct err *e);
void archive_close(struct archive *a); /* NULL is fine */

/* Files, folders left out, in the order of the archive's directory. Names are UTF-8: as marked in the
 * archive, else UTF-8 if it is, else GB18030 if it is (Windows in Chinese), else code page 437. Valid until
 * archive_close. */
size_t archive_count(const struct archive *a);
const char *archive_name(const struct archive *a, size_t i);
uint64_t archive_size(const struct archive *a, size_t i); /* as declared */
/* Index by exact name, or -1. */
ssize_t archive_find(const struct archive *a, const char *name);
/* Inflates one entry into *ret (to be released). ERR_DATA where it is larger than `max` or than declared,
 * shorter than declared, its checksum is wrong, its two headers differ, or it is packed in another way. */
MUST_CHECK int archive_read(struct archive *a, size_t i, size_t max, struct bytes *ret, struct err *e);

/* An archive of ours: stored entries with UTF-8 names in the order they are added, all of one moment, so that
 * the same entries give the same bytes; whole at `path` or not there. More than 65,535 entries make it ZIP64.
 * Below 4 GiB. */
struct archive_writer;
MUST_CHECK int archive_create(struct archive_writer **ret, const char *path, struct err *e);
MUST_CHECK int archive_add(struct archive_writer *w, const char *name, struct span data, struct err *e);
MUST_CHECK int archive_commit(struct archive_writer *w,
                              struct err *e); /* frees w whether it succeeds or not */
void archive_cancel(struct archive_writer *w);                          /* NULL is fine */

#endif

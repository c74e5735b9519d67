/* SPDX-License-Identifier: Apache-2.0 */
/* A folder on the disk as a candidate left it, read without trust: nothing outside of it is looked at, no
 * link is followed, nothing but regular files is opened, and everything has a bound. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FILES_COLLECT_H
#define KAOCHANG_SCORING_PRACTICAL_FILES_COLLECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "scoring/practical/fact.h"

struct collect_limits {
    size_t entries;       /* files and folders in all */
    size_t looked_at;     /* names read from the disk in all, also of folders that are then left out */
    unsigned depth;       /* of folders in folders */
    size_t path;          /* bytes of a folder's path */
    uint64_t file, total; /* bytes of one file, and of all whose content is taken */
};
extern const struct collect_limits collect_default_limits; /* 10,000; 200,000; 32; 1,000; 64 MiB; 512 MiB */

struct collected;
/* Reads the folder. What is there but not taken is listed with `skipped` set: links, devices, pipes, sockets,
 * other file systems, what may not be read, folders nested too deep, a folder with more entries than are left
 * (none of them is listed then), files past a limit of bytes. Which ones depends on names alone: folders are
 * read in bytewise order.
 * Contents are mapped, not copied: they cost no memory of the process until looked at; what another program
 * cuts off before collect_free reads as zeros. Names: bytes that are no UTF-8, and control characters,
 * stand as U+FFFD.
 * ERR_ENV where the folder itself cannot be read; ERR_DATA where it has more entries than the limit.
 * limits NULL: the default. */
MUST_CHECK int collect_folder(struct collected **ret, const char *dir, const struct collect_limits *limits,
                              struct err *e);
const struct practical_folder *collect_files(const struct collected *c);
/* Gives back the memory that looking at contents took; they may be looked at again. */
void collect_rest(const struct collected *c);
void collect_free(struct collected *c); /* NULL is fine */

/* For whoever fills a practical_file from elsewhere: sets `hidden` and `temporary` from the path, and `size`
 * and `hash` from its bytes. */
void collect_describe(struct practical_file *f);
/* The name with what cannot be shown as U+FFFD, in the arena. */
char *collect_mend_name(struct arena *a, const char *name);

#endif

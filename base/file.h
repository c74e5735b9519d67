/* SPDX-License-Identifier: Apache-2.0 */
/* Files: bounded reading, and writing that is whole or not there. */
#ifndef KAOCHANG_BASE_FILE_H
#define KAOCHANG_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/err.h"

/* Reads the whole regular file; ERR_DATA when larger than `max` bytes, ERR_ENV when it cannot be read. */
MUST_CHECK int file_read(const char *path, size_t max, struct bytes *ret, struct err *e);

/* The first bytes of a regular file; 0 when it is none, or cannot be read. */
size_t file_head(const char *path, void *ret, size_t max);

/* An atomic write: begin, write, then commit (fsync, rename, fsync of the folder) or cancel. The target
 * is either as before or complete, whatever is killed or full in between. A device or a pipe (/dev/stdout,
 * /dev/full) is written as it stands and never replaced by a file. */
struct file_writer;
MUST_CHECK int file_begin(struct file_writer **ret, const char *path, mode_t mode, struct err *e);
MUST_CHECK int file_write(struct file_writer *w, const void *p, size_t n, struct err *e);
/* Commit frees w whether it succeeds or not. */
MUST_CHECK int file_commit(struct file_writer *w, struct err *e);
void file_cancel(struct file_writer *w); /* NULL is fine */
/* The temporary's stream, for libraries that write to a FILE; borrowed until commit or cancel. */
FILE *file_stream(struct file_writer *w);

/* begin + write + commit. */
MUST_CHECK int file_put(const char *path, mode_t mode, struct span data, struct err *e);
/* A new file that is on the disk only after file_sync_all: for many files, the one that names them put last. An existing one
 * is refused. */
MUST_CHECK int file_put_soon(const char *path, mode_t mode, struct span data, struct err *e);
/* Everything written below the file system of `dir` is on the disk. */
MUST_CHECK int file_sync_all(const char *dir, struct err *e);
/* As file_put, but an existing path is refused (ERR_ENV with EEXIST in code): for keys. */
MUST_CHECK int file_put_new(const char *path, mode_t mode, struct span data, struct err *e);

/* Creates the folder and its parents (0755; 0700 with `secret`) and makes the new entries durable. */
MUST_CHECK int file_mkdirs(const char *path, bool secret, struct err *e);
MUST_CHECK int file_sync_dir(const char *path, struct err *e);
/* Copies bytes of a regular file atomically. ERR_DATA when it is none. */
MUST_CHECK int file_copy(const char *from, const char *to, mode_t mode, struct err *e);

bool file_exists(const char *path);
/* "a/b" joined, malloc'ed. An absolute b is returned as it is. */
char *path_join(const char *a, const char *b);
/* Last component, borrowed from path. */
const char *path_base(const char *path);
/* True if `name` is one plain component of [A-Za-z0-9._-], not starting with a dot or hyphen, <= 100. Names
 * from outside become paths only through this. */
bool path_is_plain_name(const char *name);
/* True for a relative path of UTF-8 that stays below where it begins: at most `max` bytes, components of 1 to
 * 255 bytes that are not . or .., no backslash, no control character. */
bool path_is_safe(const char *path, size_t max);

/* Sorted (bytewise) names in a folder without . and .. ; free with file_names_free. */
struct file_names {
    char **name;
    size_t n;
};
MUST_CHECK int file_list(const char *dir, struct file_names *ret, struct err *e);
void file_names_free(struct file_names *names);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a folder, for an interaction that asks for one. */
#ifndef KAOCHANG_CLIENT_SCREENS_FOLDER_H
#define KAOCHANG_CLIENT_SCREENS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { FOLDER_MOST = 200 };

struct folder_file {
    char *name;
    int64_t size; /* bytes */
};

struct folder_list {
    char *path;
    struct folder_file *file; /* regular files that are not hidden, by name */
    size_t n;
    bool more; /* only the first FOLDER_MOST that were found are listed */
};

/* ERR_ENV where the folder cannot be read. */
MUST_CHECK int folder_read(struct folder_list *ret, const char *path, struct err *e);
void folder_release(struct folder_list *f);
bool folder_equal(const struct folder_list *a, const struct folder_list *b);
/* "NAME", or "PATH/NAME" where the path is not the current folder; the caller frees it. */
char *folder_file_path(const struct folder_list *f, size_t i);

#endif

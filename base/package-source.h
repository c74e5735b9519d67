/* SPDX-License-Identifier: Apache-2.0 */
/* Where a content package lies: a folder, or a ZIP archive. Import and practice read both the same way. Names
 * are relative paths with "/" inside the folder that holds imsmanifest.xml: the root, or the one folder at
 * the top of an archive. */
#ifndef KAOCHANG_BASE_PACKAGE_SOURCE_H
#define KAOCHANG_BASE_PACKAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct package_source;

/* Opens a folder or a ZIP file; ERR_DATA for anything else and for what base/archive.h refuses. */
MUST_CHECK int package_source_open(struct package_source **ret, const char *path, struct err *e);
/* Files in memory, which must outlive the source; `path` stands in messages. */
struct package_file {
    const char *name;
    struct span bytes;
};
struct package_source *package_source_memory(const char *path, const struct package_file *file, size_t n);
void package_source_close(struct package_source *s); /* NULL is fine */
/* True if the file begins as a ZIP does. False for what cannot be read. */
bool package_source_is_zip(const char *path);

bool package_source_is_folder(const struct package_source *s);
/* True if there is an imsmanifest.xml at the top. */
bool package_source_has_manifest(const struct package_source *s);
/* All files, sorted bytewise by name; without what systems leave behind (__MACOSX/, names that begin with a
 * dot). Of a folder at most 200,000, links left out; read when first asked for. Borrowed until closed. */
MUST_CHECK int package_source_list(struct package_source *s, const char *const **ret, size_t *ret_n,
                                   struct err *e);
/* One file's bytes (to be released). ERR_DATA when it is not there, is larger than `max`, or lies outside the
 * package by a link. e->where and package_source_place name it as "package.zip/items/a.xml". */
MUST_CHECK int package_source_read(struct package_source *s, const char *name, size_t max, struct bytes *ret,
                                   struct err *e);
/* malloc'ed. */
char *package_source_place(const struct package_source *s, const char *name);

/* The path inside the package that an href of the document at `path` means, into the arena; NULL where it
 * leads out of it, is absolute, or names another place than files. Percent signs are decoded (RFC 3986). */
const char *package_source_resolve(const char *path, const char *href, struct arena *a);
bool package_source_has_scheme(const char *href); /* "https:…", "data:…" */

#endif

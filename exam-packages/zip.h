/* SPDX-License-Identifier: Apache-2.0 */
/* The container of packages and bundles, and of their inner parts: a ZIP (PKWARE APPNOTE 6.3.4) with stored
 * entries only, so that no compressor's version ever reaches the bytes.
 *
 * The writer is deterministic: entries in the order added, timestamp 1980-01-01 00:00:00, no extra fields,
 * comments or data descriptors. The reader takes only that shape: entries contiguous from the first byte in
 * the order of the directory, local and central headers equal, nothing hidden before, between or after, CRCs
 * right, no name twice and none that is also another's folder. At most 2 GiB and 65,534 entries. A name is
 * one or two plain components (path_is_plain_name): "paper.xml", "items/k001.xml". */
#ifndef KAOCHANG_EXAM_PACKAGES_ZIP_H
#define KAOCHANG_EXAM_PACKAGES_ZIP_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/err.h"

#define ZIP_SIZE_MAX 2147483648u
enum { ZIP_ENTRIES_MAX = 65534 };

/* True for a name that may stand in a container. */
bool zip_name_is_plain(struct span name);

/* Writing: begin, add, finish or cancel. */
struct zip_writer;
/* Appends to `out`, which must be empty and outlive the writer. */
struct zip_writer *zip_writer_new(struct bytes *out);
/* To a file, atomically: there only after zip_finish. */
MUST_CHECK int zip_writer_file(struct zip_writer **ret, const char *path, mode_t mode, struct err *e);
MUST_CHECK int zip_add(struct zip_writer *w, const char *name, struct span data, struct err *e);
/* Copies a regular file in constant memory. */
MUST_CHECK int zip_add_file(struct zip_writer *w, const char *name, const char *path, struct err *e);
/* Writes the directory; frees w whether it succeeds or not. */
MUST_CHECK int zip_finish(struct zip_writer *w, struct err *e);
void zip_cancel(struct zip_writer *w); /* NULL is fine */

/* Reading: everything is checked when opening; ERR_DATA with what is wrong and, where there is one, the
 * entry's name. */
struct zip;
/* The data must outlive the zip. */
MUST_CHECK int zip_open_span(struct zip **ret, struct span data, struct err *e);
/* Maps the file. It must not be cut while open: copy what lies on a removable disk first. */
MUST_CHECK int zip_open_file(struct zip **ret, const char *path, struct err *e);
/* As zip_open_file, but the checksums of parts above 4 MiB, which no document is, are left to zip_hash: for
 * who hashes those parts anyway. */
MUST_CHECK int zip_open_file_later(struct zip **ret, const char *path, struct err *e);
void zip_close(struct zip *z); /* NULL is fine */
size_t zip_count(const struct zip *z);
/* i-th in file order. Names and parts are valid until zip_close. */
const char *zip_name(const struct zip *z, size_t i);
struct span zip_part(const struct zip *z, size_t i);
/* What was read of a mapped file leaves memory until it is looked at again. */
void zip_forget(const struct zip *z);
/* BLAKE2b-512 of the i-th part, large ones in constant memory; ERR_DATA when a checksum that was left does
 * not fit. */
MUST_CHECK int zip_hash(const struct zip *z, size_t i, uint8_t ret_blake2b_512[64], struct err *e);
/* Index by name, or -1. */
ssize_t zip_find(const struct zip *z, const char *name);
/* Content by name; p NULL when there is none (an empty part has p not NULL). */
struct span zip_get(const struct zip *z, const char *name);

#endif

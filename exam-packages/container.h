/* SPDX-License-Identifier: Apache-2.0 */
/* The shape that exam packages and result bundles share: `mimetype`, one signed document, its signatures in
 * the order of their key ids, then exactly the parts that the document lists, in its order. */
#ifndef KAOCHANG_EXAM_PACKAGES_CONTAINER_H
#define KAOCHANG_EXAM_PACKAGES_CONTAINER_H

#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/parts.h"
#include "exam-packages/signatures.h"
#include "exam-packages/zip.h"

struct container_kind {
    const char *mimetype; /* content of the first entry */
    const char *document; /* name of the second: "manifest.xml" */
};

struct container {
    struct zip *zip;
    struct span document;
    struct signatures signatures;
    size_t first_part; /* index of the first entry that must be listed */
};

/* Whether the file begins as a container of that kind: to choose by, verified is nothing. */
bool container_is(const char *path, const char *mimetype);
/* ERR_DATA where the file is not of that shape. Nothing is verified yet. Spans live until container_close. */
MUST_CHECK int container_open(struct container *ret, const char *path, const struct container_kind *kind,
                              struct err *e);
void container_close(struct container *c); /* an empty one is fine */
/* ERR_NO unless the entries after the signatures are these parts, in order, with their sizes and hashes. */
MUST_CHECK int container_check_parts(const struct container *c, const struct container_parts *parts,
                                     struct err *e);

/* Writes the file atomically; data[i] is the content of the i-th part. */
MUST_CHECK int container_write(const char *path, mode_t mode, const struct container_kind *kind,
                               struct span document, const struct signatures *s,
                               const struct container_parts *parts, const struct span *data, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the canonical XML documents of this folder have in common: bounded reading, texts kept in the reader's
 * arena, and the rule that bytes which do not re-serialise to themselves are refused (docs/exam-packages.md,
 * "Canonical bytes"). */
#ifndef KAOCHANG_EXAM_PACKAGES_DOCUMENT_H
#define KAOCHANG_EXAM_PACKAGES_DOCUMENT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"

enum {
    DOCUMENT_MAX_BYTES = 4 << 20, /* of every document but the roster */
    DOCUMENT_MAX_ELEMENTS = 200000,
    DOCUMENT_MAX_TEXT = 1000, /* of one attribute */
};

/* Parses and checks the root element's name and namespace. `limits` NULL: the bounds above. */
MUST_CHECK int document_parse(struct xml_doc **ret, const char *name, struct span data, const char *root,
                              const char *ns, const struct xml_limits *limits, struct err *e);
/* ERR_DATA unless `again` holds exactly the bytes that were read. */
MUST_CHECK int document_is_canonical(const char *name, const struct bytes *again, struct span data,
                                     struct err *e);

/* Child elements of that name. */
size_t document_count(const struct xml_node *parent, const char *name);

/* Required attributes, copied into the arena: any text; a plain name; a time such as
 * 2026-11-22T09:00:00+08:00 (ret_ms may be NULL). */
MUST_CHECK int document_text(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                             struct arena *a, const char **ret, struct err *e);
MUST_CHECK int document_name(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                             struct arena *a, const char **ret, struct err *e);
MUST_CHECK int document_time(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                             struct arena *a, const char **ret, int64_t *ret_ms, struct err *e);
/* A time in the one form that documents hold: seconds and a numeric offset. */
MUST_CHECK int document_check_time(const char *text, int64_t *ret_ms, struct err *e);

#endif

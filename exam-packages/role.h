/* SPDX-License-Identifier: Apache-2.0 */
/* A role: which keys may sign a kind of document, and how many of them must. Roles stand in the root and
 * targets documents as <role name threshold><key name id public/></role>. Format: docs/exam-packages.md,
 * "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_ROLE_H
#define KAOCHANG_EXAM_PACKAGES_ROLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"
#include "exam-packages/minisign.h"
#include "exam-packages/signatures.h"

enum { ROLE_MAX_KEYS = 32 };

struct role_key {
    const char *name; /* for people: "officer-li" */
    struct minisign_public key;
};

struct role {
    const char *name;  /* plain name */
    int64_t threshold; /* 1..n */
    struct role_key *key;
    size_t n;
};

/* No key twice, threshold within 1..n. */
MUST_CHECK int role_check(const struct role *r, struct err *e);
void role_write(struct xml_out *o, const struct role *r);
MUST_CHECK int role_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct role *ret,
                         struct err *e);
const struct role *role_find(const struct role *list, size_t n, const char *name);

/* ERR_NO unless at least `threshold` different keys of the role signed exactly these bytes with that trusted
 * comment, and no signature that claims to be of one of its keys is false. `name` stands in messages. */
MUST_CHECK int role_verify(const struct role *r, const char *name, struct span document, const char *comment,
                           const struct signatures *s, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* root.xml: the keys of the office and who must sign what. The first 128 bits of its BLAKE2b-256 are the
 * fingerprint that is typed at enrolment. Format: docs/exam-packages.md, "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_ROOT_H
#define KAOCHANG_EXAM_PACKAGES_ROOT_H

#include "exam-packages/role.h"

#define ROOT_NS "urn:kaochang:root:1"
enum { ROOT_FINGERPRINT_BYTES = 16, ROOT_FINGERPRINT_TEXT = 40 };

/* Roles in this order: root, targets, snapshot, timestamp. */
enum root_role { ROOT_ROLE_ROOT, ROOT_ROLE_TARGETS, ROOT_ROLE_SNAPSHOT, ROOT_ROLE_TIMESTAMP, ROOT_ROLES };

struct root {
    struct arena *arena;
    int64_t version;
    const char *expiry;
    int64_t expiry_ms;
    struct role role[ROOT_ROLES];
};

struct root *root_new(void);
void root_free(struct root *r); /* NULL is fine */
MUST_CHECK int root_write(struct root *r, struct bytes *out, struct err *e);
MUST_CHECK int root_read(struct root **ret, const char *name, struct span data, struct err *e);

/* "xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx": what `b2sum -l 256` prints, its first 32 digits in groups.
 * Returns buf. */
const char *root_fingerprint(struct span document, char buf[ROOT_FINGERPRINT_TEXT]);
/* ERR_NO unless `typed` (either case; spaces and hyphens ignored; 32 digits, or all 64) is the fingerprint of
 * the document. */
MUST_CHECK int root_is(struct span document, const char *typed, struct err *e);

#endif

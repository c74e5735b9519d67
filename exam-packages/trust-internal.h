/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by exam-packages/trust*.c only. */
#ifndef KAOCHANG_EXAM_PACKAGES_TRUST_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_TRUST_INTERNAL_H

#include "exam-packages/trust.h"

struct trust {
    struct arena *arena; /* documents and signatures */
    char *folder;        /* HOME/trust */
    struct trust_seen seen;
    struct root *root;
    struct span root_document;
    struct signatures root_signatures;
    struct targets *targets;
};

/* seen.xml in the folder HOME/trust. Reading is ERR_ENV with a hint when there is none; writing is atomic. */
MUST_CHECK int trust_seen_read(const char *folder, struct trust_seen *ret, struct err *e);
MUST_CHECK int trust_seen_write(const char *folder, const struct trust_seen *seen, struct err *e);

/* The root's own role; `name` stands in messages. */
MUST_CHECK int trust_verify_root(const struct role *by, const char *name, int64_t version,
                                 struct span document, const struct signatures *s, struct err *e);
/* As trust_check_targets under another root. */
MUST_CHECK int trust_verify_targets(const struct root *root, struct span document, const struct signatures *s,
                                    struct targets **ret, struct err *e);
/* VERSION.root.xml of the home, signed by its own role. */
MUST_CHECK int trust_load_root_at(const struct trust *t, int64_t version, struct arena *a, struct root **ret,
                                  struct span *ret_document, struct err *e);
/* In `folder`: the targets in use under an older root. */
#define TRUST_KEPT_TARGETS "kept.targets.xml"
/* A package or supplement that the present officers alone do not vouch for: true when it is listed in the targets
 * and signed by enough of them and of those who have left, or when an earlier index of this home lists it and
 * it is signed as that one said: what was accepted is never refused. */
struct accepted_package {
    const char *name;
    struct span manifest;
    const char *session;
    int64_t version;     /* of a supplement: its number */
    const char *comment; /* that its signatures must have */
    const uint8_t *file; /* of a supplement: PART_HASH_BYTES of its file, by which it is listed; else NULL */
};
bool trust_accepted(const struct trust *t, const struct accepted_package *p, const struct signatures *s);

/* trust_pin, and with targets (p not NULL) their first version in the same step. */
MUST_CHECK int trust_begin(const char *home, struct span document, const struct signatures *s,
                           const char *typed, struct span targets, const struct signatures *by_targets,
                           struct err *e);

#endif

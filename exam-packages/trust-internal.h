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

/* trust_pin, and with targets (p not NULL) their first version in the same step. */
MUST_CHECK int trust_begin(const char *home, struct span document, const struct signatures *s,
                           const char *typed, struct span targets, const struct signatures *by_targets,
                           struct err *e);

#endif

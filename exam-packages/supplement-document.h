/* SPDX-License-Identifier: Apache-2.0 */
/* manifest.xml of a supplement: what is supplied for which package. Format: docs/exam-packages.md,
 * "Supplements". */
#ifndef KAOCHANG_EXAM_PACKAGES_SUPPLEMENT_DOCUMENT_H
#define KAOCHANG_EXAM_PACKAGES_SUPPLEMENT_DOCUMENT_H

#include "exam-packages/targets.h"

enum { SUPPLEMENT_MAX_REASON = 1000 };

struct supplement_document {
    struct arena *arena; /* owns what follows */
    enum supplement_kind kind;
    const char *session;
    int64_t number;            /* in its session, from 1 */
    uint8_t package[32];       /* package hash of the version that it is for */
    const char *date, *expiry; /* made; as the package's expiry */
    int64_t date_ms, expiry_ms;
    const char *reason; /* at most SUPPLEMENT_MAX_REASON bytes; of a withdrawal never empty */
    struct container_parts parts; /* roster/SITE.age in order of site; of a withdrawal none */
};

struct supplement_document *supplement_document_new(void);
void supplement_document_free(struct supplement_document *d); /* NULL is fine */
/* Fills the ..._ms and checks what is said above. */
MUST_CHECK int supplement_document_write(struct supplement_document *d, struct bytes *out, struct err *e);
/* Refuses what is not in canonical form, and with ERR_USAGE the manifest of a package. */
MUST_CHECK int supplement_document_read(struct supplement_document **ret, const char *name, struct span data,
                                        struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A decision on what stands in quarantine because of a room's closing, or of a revoked key: officers say that
 * it counts as it came. It names each side that they saw; what comes later is quarantined again. Signed apart
 * by the targets' role "package". Format: docs/exam-packages.md, "Admission". */
#ifndef KAOCHANG_EXAM_PACKAGES_ADMISSION_H
#define KAOCHANG_EXAM_PACKAGES_ADMISSION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define ADMISSION_NS "urn:kaochang:admission:1"
enum { ADMISSION_MAX_SIDES = 100000, ADMISSION_MAX_REASON = 4000 };

struct admission_side {
    const char *reason; /* why it stands in quarantine: "close-missing", "close-other", "close-unnamed",
                         * "close-announced", "revoked-key" */
    const char *ticket; /* plain name; "" of a bundle */
    uint8_t hash[32];   /* head of a journal, hash of a CLOSE record, hash of a bundle */
};

struct admission {
    struct arena *arena; /* owns what was read; NULL when the caller's own */
    const char *session; /* plain name */
    const char *date;    /* 2026-11-22T12:00:00+08:00 */
    const char *why;
    struct admission_side *side;
    size_t n;
};

/* True for the reasons that such a decision can be about. */
bool admission_is_for(const char *reason);

/* Puts the sides into the order of ticket, reason and hash, then checks and writes. */
MUST_CHECK int admission_write(struct admission *x, struct bytes *out, struct err *e);
MUST_CHECK int admission_read(struct admission *ret, const char *name, struct span data, struct err *e);
void admission_free(struct admission *x);

/* The trusted comment of its signatures; into buf, returns buf. */
const char *admission_comment(const char *session, char *buf, size_t size);

#endif

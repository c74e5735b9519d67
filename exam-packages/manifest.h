/* SPDX-License-Identifier: Apache-2.0 */
/* manifest.xml of an exam package: what there is, for which session, to whom it is sealed. Its BLAKE2b-256 is
 * the package hash. Format: docs/exam-packages.md, "Package". */
#ifndef KAOCHANG_EXAM_PACKAGES_MANIFEST_H
#define KAOCHANG_EXAM_PACKAGES_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/age.h"
#include "exam-packages/parts.h"
#include "exam-packages/proctors.h"

#define MANIFEST_NS "urn:kaochang:manifest:1"
enum { MANIFEST_MAX_FORMS = 100 };

/* Session identity, close identity, the office's recovery and results identities. */
enum manifest_recipient { MANIFEST_U, MANIFEST_C, MANIFEST_R, MANIFEST_O, MANIFEST_RECIPIENTS };

struct manifest {
    struct arena *arena; /* owns what follows */
    bool practice;       /* mode "practice": the keys lie in the clear in open.txt */
    const char *session; /* plain name */
    const char *title;
    int64_t version;                  /* of this session's package, from 1 */
    const char *start, *end, *expiry; /* "2026-11-22T09:00:00+08:00"; expiry is checked at pull only */
    int64_t start_ms, end_ms, expiry_ms;
    const char *ruleset;
    const char *spare_for; /* the session that this one is a spare for, or NULL */
    const char **form; /* plain names, in bytewise order */
    size_t n_forms;
    struct proctors proctors; /* of whom `needed` open the session; nobody: a code does */
    struct age_recipient recipient[MANIFEST_RECIPIENTS];
    struct container_parts parts;
};

struct manifest *exam_manifest_new(void);
void exam_manifest_free(struct manifest *m); /* NULL is fine */

/* Fills the ..._ms from the texts and checks everything: start < end < expiry, forms in order, part names of
 * the format's table in its order and complete for the mode: a sealed package has a part for each group of
 * proctors that opens it, unlock.age, or both. */
MUST_CHECK int exam_manifest_check(struct manifest *m, struct err *e);
MUST_CHECK int exam_manifest_write(struct manifest *m, struct bytes *out, struct err *e);
/* Refuses what is not in canonical form; the kinds `roster` and `withdrawal` (supplement.h) as what
 * they are. */
MUST_CHECK int exam_manifest_read(struct manifest **ret, const char *name, struct span data, struct err *e);

#endif

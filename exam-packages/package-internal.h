/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by exam-packages/package*.c only. */
#ifndef KAOCHANG_EXAM_PACKAGES_PACKAGE_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_PACKAGE_INTERNAL_H

#include "exam-packages/container.h"
#include "exam-packages/package.h"

extern const struct container_kind package_kind;

struct package {
    struct container container;
    struct manifest *manifest;
    uint8_t hash[PACKAGE_HASH_BYTES];
};

/* Opens a sealed identity with the data characters of a code; checks that it belongs to `wanted`. */
MUST_CHECK int package_identity_by_code(struct span sealed, const char *data,
                                        const struct age_recipient *wanted, const char *part,
                                        struct age_identity *ret, struct err *e);

/* U as it lies in a part, an identity in one line, must be the one that the manifest names. */
MUST_CHECK int package_take_identity(struct span text, const struct age_recipient *wanted, const char *part,
                                     struct age_identity *ret, struct err *e);
/* Seals `text` so that it takes every proctor of the subset to open it: to the first of them outermost. */
MUST_CHECK int package_seal_to_proctors(struct span text, const struct proctors *p,
                                        const struct proctors_subset *s, struct bytes *ret, struct err *e);

#endif

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

#endif

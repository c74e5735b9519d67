/* SPDX-License-Identifier: Apache-2.0 */
/* scrypt (RFC 7914) in a child process, so that its memory is given back and wiped by the kernel, and so that
 * a machine short of memory loses the child and not the exam. Inner header of exam-packages. */
#ifndef KAOCHANG_EXAM_PACKAGES_KDF_H
#define KAOCHANG_EXAM_PACKAGES_KDF_H

#include <stdint.h>

#include "exam-packages/secret.h"

struct kdf_cost {
    uint64_t n; /* CPU and memory: a power of two; memory is 128 * r * n bytes */
    uint32_t r, p;
};

/* Fills ret, whose length says how many bytes are wanted. ERR_ENV when the child could not do it. */
MUST_CHECK int kdf_scrypt(struct secret *ret, struct span password, struct span salt, struct kdf_cost cost,
                          struct err *e);

#endif

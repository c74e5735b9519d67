/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets live here: guarded pages that are locked, left out of core dumps, and wiped when freed. */
#ifndef KAOCHANG_EXAM_PACKAGES_SECRET_H
#define KAOCHANG_EXAM_PACKAGES_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

struct secret {
    uint8_t *p;
    size_t n;
};

/* n zero bytes. ERR_ENV when there is no memory for it. Free with secret_free. */
MUST_CHECK int secret_new(struct secret *ret, size_t n, struct err *e);
MUST_CHECK int secret_copy(struct secret *ret, struct span from, struct err *e);
/* Fills with bytes of the kernel's random generator. */
void secret_random(struct secret *s);
struct span secret_span(const struct secret *s);
/* Constant time in the content. */
bool secret_equal(const struct secret *a, const struct secret *b);
/* The same of texts: tokens, codes. */
bool secret_text_equal(const char *a, const char *b);
/* Wipes and frees; *s is empty afterwards. An empty one is fine. */
void secret_free(struct secret *s);
/* Overwrites plain memory that held a secret. */
void secret_wipe(void *p, size_t n);

#endif

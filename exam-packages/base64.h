/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical base64 (RFC 4648, section 4) as age (without padding) and minisign (with) write it. Inner header
 * of exam-packages. */
#ifndef KAOCHANG_EXAM_PACKAGES_BASE64_H
#define KAOCHANG_EXAM_PACKAGES_BASE64_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { BASE64_RAW_MAX = 190 }; /* bytes that base64_add takes */

void base64_add(struct bytes *ret, struct span raw, bool padded);
/* Reads exactly n bytes; false for anything that base64_add would not have written. */
bool base64_read(struct span text, bool padded, uint8_t *out, size_t n);

#endif

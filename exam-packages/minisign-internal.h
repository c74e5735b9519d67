/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of minisign's files. Inner header of exam-packages/minisign*.c. */
#ifndef KAOCHANG_EXAM_PACKAGES_MINISIGN_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_MINISIGN_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

#define MINISIGN_UNTRUSTED "untrusted comment: "
#define MINISIGN_TRUSTED "trusted comment: "

/* Padded base64 and a line feed; at most 158 bytes. */
void minisign_add_base64(struct bytes *ret, struct span raw);
/* Take a line off the text; its line feed is required. The comment holds no control characters. */
bool minisign_take_comment(struct span *text, const char *prefix, size_t max, struct span *ret);
bool minisign_take_base64(struct span *text, uint8_t *out, size_t n);

#endif

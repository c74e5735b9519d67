/* SPDX-License-Identifier: Apache-2.0 */
/* A root document as people compare it: on the screens of those who sign, and on paper. */
#ifndef KAOCHANG_CLI_KEYS_ROOT_SHOW_H
#define KAOCHANG_CLI_KEYS_ROOT_SHOW_H

#include "base/bytes.h"
#include "exam-packages/root.h"

/* Version, end, who signs what with which key, whose signatures lie beside it, and its fingerprint, on
 * standard output. `s` NULL: without signatures. */
void root_show(const struct root *r, struct span document, const struct signatures *s);

#endif

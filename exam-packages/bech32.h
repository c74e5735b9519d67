/* SPDX-License-Identifier: Apache-2.0 */
/* Bech32 as age uses it: BIP 173 without its length limit, over whole bytes. Inner header of
 * exam-packages. */
#ifndef KAOCHANG_EXAM_PACKAGES_BECH32_H
#define KAOCHANG_EXAM_PACKAGES_BECH32_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/* Adds "hrp1data" in lower case. */
void bech32_encode(const char *hrp, struct span data, struct bytes *ret);
/* Reads exactly n bytes under the lower-case `hrp`; the text may be all lower or all upper case. */
bool bech32_decode(struct span text, const char *hrp, uint8_t *out, size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/base64.h"

#include <sodium.h>
#include <string.h>

static int variant(bool padded)
{
    return padded ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
}

void base64_add(struct bytes *ret, struct span raw, bool padded)
{
    char text[256];
    sodium_bin2base64(text, sizeof text, raw.p, raw.n, variant(padded));
    bytes_str(ret, text);
    sodium_memzero(text, sizeof text);
}

/* libsodium 1.0.18 reads some bytes above 0x7f as if they were letters. */
static bool is_ascii(struct span text)
{
    uint8_t all = 0;
    for (size_t i = 0; i < text.n; i++)
        all |= text.p[i];
    return all < 0x80;
}

bool base64_read(struct span text, bool padded, uint8_t *out, size_t n)
{
    size_t got = 0;
    return text.n == sodium_base64_encoded_len(n, variant(padded)) - 1 && is_ascii(text) &&
           sodium_base642bin(out, n, (const char *)text.p, text.n, NULL, &got, NULL, variant(padded)) == 0 &&
           got == n;
}

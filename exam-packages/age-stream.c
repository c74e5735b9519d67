/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age-internal.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/derive.h"

/* 11 bytes of big-endian counter, 1 that marks the last chunk. */
enum { NONCE = 12, COUNTER_END = 11 };

int age_stream_start(struct age_stream *s, const struct secret *file_key, const uint8_t nonce[AGE_NONCE],
                     struct err *e)
{
    *s = (struct age_stream){0};
    int r = secret_new(&s->key, 32, e);
    if (r == 0)
        hkdf_sha256(s->key.p, s->key.n, secret_span(file_key), span_of(nonce, AGE_NONCE),
                    span_str("payload"));
    return r;
}

static void chunk_nonce(uint8_t out[NONCE], uint64_t chunk, bool last)
{
    memset(out, 0, NONCE);
    for (int i = 0; i < 8; i++)
        out[COUNTER_END - 1 - i] = (uint8_t)(chunk >> 8 * i);
    out[COUNTER_END] = last;
}

void age_stream_seal(const struct age_stream *s, uint64_t chunk, struct span plain, bool last, uint8_t *out)
{
    uint8_t nonce[NONCE];
    chunk_nonce(nonce, chunk, last);
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, plain.p, plain.n, NULL, 0, NULL, nonce, s->key.p);
}

int age_stream_open(const struct age_stream *s, uint64_t chunk, struct span sealed, bool last, uint8_t *out,
                    struct err *e)
{
    uint8_t nonce[NONCE];
    chunk_nonce(nonce, chunk, last);
    if (sealed.n < AGE_TAG || (sealed.n == AGE_TAG && chunk > 0) ||
        crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.p, sealed.n, NULL, 0, nonce,
                                                  s->key.p) != 0)
        return age_broken(e, AGE_PAYLOAD, _("the age file's content was changed or cut"));
    return 0;
}

void age_stream_free(struct age_stream *s)
{
    secret_free(&s->key);
}

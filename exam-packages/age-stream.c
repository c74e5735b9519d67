/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age-internal.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/derive.h"

enum { COUNTER = 11 };

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

static void count_up(struct age_stream *s)
{
    for (int i = COUNTER - 1; i >= 0 && ++s->nonce[i] == 0; i--)
        ;
}

void age_stream_seal(struct age_stream *s, struct span plain, bool last, uint8_t *out)
{
    s->nonce[COUNTER] = last;
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, plain.p, plain.n, NULL, 0, NULL, s->nonce, s->key.p);
    count_up(s);
}

static bool is_first(const struct age_stream *s)
{
    static const uint8_t zeros[COUNTER];
    return memcmp(s->nonce, zeros, COUNTER) == 0;
}

int age_stream_open(struct age_stream *s, struct span sealed, bool last, uint8_t *out, struct err *e)
{
    s->nonce[COUNTER] = last;
    if (sealed.n < AGE_TAG || (sealed.n == AGE_TAG && !is_first(s)) ||
        crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.p, sealed.n, NULL, 0, s->nonce,
                                                  s->key.p) != 0)
        return age_broken(e, AGE_PAYLOAD, _("the age file's content was changed or cut"));
    count_up(s);
    return 0;
}

void age_stream_free(struct age_stream *s)
{
    secret_free(&s->key);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age-internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/base64.h"
#include "exam-packages/derive.h"
#include "exam-packages/kdf.h"

enum { SALT = 16, WRAPPED = AGE_FILE_KEY + AGE_TAG };

static const char x25519_label[] = "age-encryption.org/v1/X25519";
static const char scrypt_label[] = "age-encryption.org/v1/scrypt";

static int bad_stanza(struct err *e)
{
    return age_broken(e, AGE_HEADER, _("the age file's header holds a damaged recipient"));
}

static void wrap(uint8_t out[WRAPPED], const struct secret *key, const struct secret *file_key)
{
    static const uint8_t zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, file_key->p, file_key->n, NULL, 0, NULL, zero_nonce,
                                              key->p);
}

static bool unwrap(struct secret *file_key, const struct secret *key, const uint8_t body[WRAPPED])
{
    static const uint8_t zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];
    return crypto_aead_chacha20poly1305_ietf_decrypt(file_key->p, NULL, NULL, body, WRAPPED, NULL, 0,
                                                     zero_nonce, key->p) == 0;
}

/* HKDF over the shared secret with both public keys as the salt. */
static void x25519_wrap_key(struct secret *ret, const struct secret *shared, const uint8_t share[32],
                            const uint8_t recipient[32])
{
    uint8_t salt[64];
    memcpy(salt, share, 32);
    memcpy(salt + 32, recipient, 32);
    hkdf_sha256(ret->p, ret->n, secret_span(shared), span_of(salt, sizeof salt), span_str(x25519_label));
}

/* Multiplies and derives; refuses the all-zero result that a point of low order gives. */
static int x25519_agree(struct secret *ret, const struct secret *scalar, const uint8_t point[32],
                        const uint8_t share[32], const uint8_t recipient[32], struct err *e)
{
    struct secret shared = {0};
    int r = secret_new(&shared, 32, e);
    if (r < 0)
        return r;
    if (crypto_scalarmult(shared.p, scalar->p, point) != 0)
        r = bad_stanza(e);
    else
        x25519_wrap_key(ret, &shared, share, recipient);
    secret_free(&shared);
    return r;
}

static void add_stanza(struct bytes *out, const char *type, struct span arg, const char *arg2,
                       const uint8_t body[WRAPPED])
{
    bytes_printf(out, "-> %s ", type);
    base64_add(out, arg, false);
    bytes_str(out, arg2);
    bytes_str(out, "\n");
    base64_add(out, span_of(body, WRAPPED), false);
    bytes_str(out, "\n");
}

static int add_x25519(struct bytes *out, const struct age_recipient *to, const struct secret *file_key,
                      struct err *e)
{
    struct secret ephemeral = {0}, key = {0};
    uint8_t share[32], body[WRAPPED];
    int r = secret_new(&ephemeral, 32, e);
    if (r == 0)
        r = secret_new(&key, 32, e);
    if (r < 0)
        goto done;
    secret_random(&ephemeral);
    crypto_scalarmult_base(share, ephemeral.p);
    r = x25519_agree(&key, &ephemeral, to->pk, share, to->pk, e);
    if (r < 0)
        goto done;
    wrap(body, &key, file_key);
    add_stanza(out, "X25519", span_of(share, sizeof share), "", body);
done:
    secret_free(&ephemeral);
    secret_free(&key);
    return r;
}

static int scrypt_wrap_key(struct secret *ret, struct span passphrase, const uint8_t salt[SALT], int log2n,
                           struct err *e)
{
    uint8_t labelled[sizeof scrypt_label - 1 + SALT];
    memcpy(labelled, scrypt_label, sizeof scrypt_label - 1);
    memcpy(labelled + sizeof scrypt_label - 1, salt, SALT);
    return kdf_scrypt(ret, passphrase, span_of(labelled, sizeof labelled),
                      (struct kdf_cost){.n = 1ull << log2n, .r = 8, .p = 1}, e);
}

static int add_scrypt(struct bytes *out, struct span passphrase, int log2n, const struct secret *file_key,
                      struct err *e)
{
    if (log2n < 1 || log2n > AGE_CODE_LOG2N_MAX)
        return err_set(e, ERR_BUG, NULL, _("scrypt work factor %d"), log2n);
    struct secret key = {0};
    uint8_t salt[SALT], body[WRAPPED];
    char work[16];
    int r = secret_new(&key, 32, e);
    if (r < 0)
        return r;
    randombytes_buf(salt, sizeof salt);
    r = scrypt_wrap_key(&key, passphrase, salt, log2n, e);
    if (r < 0)
        goto done;
    wrap(body, &key, file_key);
    snprintf(work, sizeof work, " %d", log2n);
    add_stanza(out, "scrypt", span_of(salt, sizeof salt), work, body);
done:
    secret_free(&key);
    return r;
}

static int header_mac(uint8_t out[32], const struct secret *file_key, struct span authenticated,
                      struct err *e)
{
    struct secret key = {0};
    int r = secret_new(&key, 32, e);
    if (r < 0)
        return r;
    hkdf_sha256(key.p, key.n, secret_span(file_key), span_of(NULL, 0), span_str("header"));
    hmac_sha256(out, secret_span(&key), authenticated);
    secret_free(&key);
    return 0;
}

int age_header_make(const struct age_key *key, const struct secret *file_key, struct bytes *ret,
                    struct err *e)
{
    if (key->n > AGE_RECIPIENTS_MAX)
        return err_set(e, ERR_DATA, NULL, _("more than %d recipients"), AGE_RECIPIENTS_MAX);
    struct bytes header = {0};
    uint8_t mac[32];
    int r = 0;
    bytes_str(&header, AGE_VERSION_LINE);
    if (key->n == 0)
        r = add_scrypt(&header, key->passphrase, key->log2n, file_key, e);
    for (size_t i = 0; r == 0 && i < key->n; i++)
        r = add_x25519(&header, &key->to[i], file_key, e);
    if (r < 0)
        goto done;
    bytes_str(&header, "---");
    r = header_mac(mac, file_key, bytes_span(&header), e);
    if (r < 0)
        goto done;
    bytes_str(&header, " ");
    base64_add(&header, span_of(mac, sizeof mac), false);
    bytes_str(&header, "\n");
    bytes_add(ret, header.p, header.n);
done:
    bytes_release(&header);
    return r;
}

static bool is_type(const struct age_stanza *st, const char *type)
{
    return span_equal(st->arg[0], span_str(type));
}

/* 1: the file key is found; 0: not for these. */
static int try_x25519(const struct age_stanza *st, const struct age_key *key, struct secret *file_key,
                      struct err *e)
{
    uint8_t share[32];
    if (st->n_args != 2 || st->n_body != WRAPPED || !base64_read(st->arg[1], false, share, sizeof share))
        return bad_stanza(e);
    struct secret wrap_key = {0};
    int r = secret_new(&wrap_key, 32, e);
    for (size_t i = 0; r == 0 && i < key->n; i++) {
        struct age_recipient own;
        age_identity_recipient(&key->id[i], &own);
        r = x25519_agree(&wrap_key, &key->id[i].sk, share, share, own.pk, e);
        if (r == 0 && unwrap(file_key, &wrap_key, st->body))
            r = 1;
    }
    secret_free(&wrap_key);
    return r;
}

/* Decimal without sign or leading zero, 1..64; 0 when it is not so. */
static int work_factor(struct span text)
{
    int v = 0;
    if (text.n < 1 || text.n > 2 || text.p[0] == '0')
        return 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return 0;
        v = v * 10 + text.p[i] - '0';
    }
    return v;
}

static int try_scrypt(const struct age_stanza *st, const struct age_key *key, struct secret *file_key,
                      struct err *e)
{
    uint8_t salt[SALT];
    if (st->n_args != 3 || st->n_body != WRAPPED || !base64_read(st->arg[1], false, salt, sizeof salt))
        return bad_stanza(e);
    int log2n = work_factor(st->arg[2]);
    if (log2n == 0)
        return bad_stanza(e);
    if (log2n > AGE_CODE_LOG2N_MAX) {
        age_broken(e, AGE_HEADER, _("the age file asks for too much work to try a passphrase"));
        return err_hint(e, _("work factors up to 2^%d are accepted"), AGE_CODE_LOG2N_MAX);
    }
    if (key->n > 0)
        return 0;
    struct secret wrap_key = {0};
    int r = secret_new(&wrap_key, 32, e);
    if (r == 0)
        r = scrypt_wrap_key(&wrap_key, key->passphrase, salt, log2n, e);
    if (r == 0 && unwrap(file_key, &wrap_key, st->body))
        r = 1;
    secret_free(&wrap_key);
    return r;
}

static int find_file_key(const struct age_header *h, const struct age_key *key, struct secret *file_key,
                         struct err *e)
{
    for (size_t i = 0; i < h->n; i++)
        if (is_type(&h->stanza[i], "scrypt") && h->n > 1)
            return age_broken(e, AGE_HEADER, _("a passphrase recipient must stand alone in an age file"));
    int r = 0;
    for (size_t i = 0; r == 0 && i < h->n; i++) {
        if (is_type(&h->stanza[i], "scrypt"))
            r = try_scrypt(&h->stanza[i], key, file_key, e);
        else if (is_type(&h->stanza[i], "X25519"))
            r = try_x25519(&h->stanza[i], key, file_key, e);
    }
    return r;
}

int age_header_unwrap(const struct age_header *h, const struct age_key *key, struct secret *ret_file_key,
                      struct err *e)
{
    struct secret file_key = {0};
    uint8_t mac[32];
    int r = secret_new(&file_key, AGE_FILE_KEY, e);
    if (r < 0)
        return r;
    r = find_file_key(h, key, &file_key, e);
    if (r == 0)
        r = age_broken(e, AGE_NO_MATCH, key->n ? _("none of the identities opens this age file")
                                               : _("the code or passphrase does not open this age file"));
    if (r < 0)
        goto done;
    r = header_mac(mac, &file_key, h->authenticated, e);
    if (r == 0 && sodium_memcmp(mac, h->mac, sizeof mac) != 0)
        r = age_broken(e, AGE_MAC, _("the age file's header was changed"));
    if (r < 0)
        goto done;
    *ret_file_key = file_key;
    file_key = (struct secret){0};
done:
    secret_free(&file_key);
    return r;
}

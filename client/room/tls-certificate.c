/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/tls-certificate.h"

#include <sodium.h>
#include <string.h>

#include "exam-packages/derive.h"

enum {
    SEQUENCE = 0x30,
    SET = 0x31,
    INTEGER = 2,
    BIT_STRING = 3,
    UTF8 = 12,
    UTC_TIME = 23,
    TIME = 24,
    VERSION = 0xA0
};

static const uint8_t ed25519[] = {0x30, 5, 6, 3, 0x2B, 0x65, 0x70}, /* 1.3.101.112 */
    common_name[] = {6, 3, 0x55, 4, 3},                             /* 2.5.4.3 */
    version_3[] = {VERSION, 3, INTEGER, 1, 2},
                     spki_head[] = {0x30, 42, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, BIT_STRING, 33, 0},
                     pkcs8_head[] = {0x30, 46, INTEGER, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 34, 4, 32};
enum { TLS_SPKI = sizeof spki_head + TLS_PUBLIC_KEY };

static size_t der_open(struct bytes *b, uint8_t tag)
{
    bytes_u8(b, tag);
    return b->n;
}

/* Puts the length before what was added since. */
static void der_close(struct bytes *b, size_t at)
{
    size_t n = b->n - at, h = n < 128 ? 1 : n < 256 ? 2 : 3;
    const uint8_t head[3][3] = {{(uint8_t)n}, {0x81, (uint8_t)n}, {0x82, (uint8_t)(n >> 8), (uint8_t)n}};
    bytes_add(b, head[h - 1], h);
    memmove(b->p + at + h, b->p + at, n);
    memcpy(b->p + at, head[h - 1], h);
}

static void der_put(struct bytes *b, uint8_t tag, const void *p, size_t n)
{
    size_t at = der_open(b, tag);
    bytes_add(b, p, n);
    der_close(b, at);
}

static void put_name(struct bytes *b, const char *name)
{
    size_t n = strlen(name), names = der_open(b, SEQUENCE), set = der_open(b, SET),
           one = der_open(b, SEQUENCE);
    bytes_add(b, common_name, sizeof common_name);
    der_put(b, UTF8, name, n > 64 ? 64 : n);
    der_close(b, one);
    der_close(b, set);
    der_close(b, names);
}

static void put_validity(struct bytes *b)
{
    size_t at = der_open(b, SEQUENCE);
    der_put(b, UTC_TIME, "700101000000Z", 13);
    der_put(b, TIME, "99991231235959Z", 15);
    der_close(b, at);
}

/* Sixteen bytes of the key's hash, positive and without a leading zero byte. */
static void put_serial(struct bytes *b, const uint8_t key[TLS_PUBLIC_KEY])
{
    uint8_t serial[32];
    blake2b_256(serial, span_of(key, TLS_PUBLIC_KEY));
    serial[0] = (serial[0] & 0x3F) | 0x40;
    der_put(b, INTEGER, serial, 16);
}

/* SubjectPublicKeyInfo of an Ed25519 key, DER. */
static void spki_of(const uint8_t key[TLS_PUBLIC_KEY], uint8_t out[TLS_SPKI])
{
    memcpy(out, spki_head, sizeof spki_head);
    memcpy(out + sizeof spki_head, key, TLS_PUBLIC_KEY);
}

static void put_body(struct bytes *b, const char *name, const uint8_t key[TLS_PUBLIC_KEY])
{
    uint8_t spki[TLS_SPKI];
    size_t at = der_open(b, SEQUENCE);
    spki_of(key, spki);
    bytes_add(b, version_3, sizeof version_3);
    put_serial(b, key);
    bytes_add(b, ed25519, sizeof ed25519);
    put_name(b, name);
    put_validity(b);
    put_name(b, name);
    bytes_add(b, spki, sizeof spki);
    der_close(b, at);
}

static void put_signed(struct bytes *b, const uint8_t signature[crypto_sign_BYTES])
{
    bytes_add(b, ed25519, sizeof ed25519);
    size_t at = der_open(b, BIT_STRING);
    bytes_u8(b, 0);
    bytes_add(b, signature, crypto_sign_BYTES);
    der_close(b, at);
}

static void put_pem(struct bytes *out, const char *label, struct span der)
{
    char line[80];
    bytes_printf(out, "-----BEGIN %s-----\n", label);
    for (size_t i = 0; i < der.n; i += 48) {
        size_t n = der.n - i < 48 ? der.n - i : 48;
        sodium_bin2base64(line, sizeof line, der.p + i, n, sodium_base64_VARIANT_ORIGINAL);
        bytes_printf(out, "%s\n", line);
    }
    bytes_printf(out, "-----END %s-----\n", label);
    secret_wipe(line, sizeof line);
}

static void put_certificate(const char *name, const uint8_t key[TLS_PUBLIC_KEY], const struct secret *pair,
                            struct bytes *ret)
{
    struct bytes der = {0};
    uint8_t signature[crypto_sign_BYTES];
    size_t at = der_open(&der, SEQUENCE);
    put_body(&der, name, key);
    crypto_sign_detached(signature, NULL, der.p + at, der.n - at, pair->p);
    put_signed(&der, signature);
    der_close(&der, at);
    put_pem(ret, "CERTIFICATE", bytes_span(&der));
    bytes_release(&der);
}

static void put_key(const struct secret *seed, struct bytes *ret)
{
    uint8_t der[sizeof pkcs8_head + crypto_sign_SEEDBYTES];
    memcpy(der, pkcs8_head, sizeof pkcs8_head);
    memcpy(der + sizeof pkcs8_head, seed->p, crypto_sign_SEEDBYTES);
    put_pem(ret, "PRIVATE KEY", span_of(der, sizeof der));
    secret_wipe(der, sizeof der);
}

int tls_certificate_make(const char *name, const struct secret *seed, struct bytes *ret_certificate,
                         struct bytes *ret_key, struct err *e)
{
    struct secret pair = {0};
    uint8_t key[TLS_PUBLIC_KEY];
    int r = secret_new(&pair, crypto_sign_SECRETKEYBYTES, e);
    if (r < 0)
        return r;
    crypto_sign_seed_keypair(key, pair.p, seed->p);
    put_certificate(name, key, &pair, ret_certificate);
    put_key(seed, ret_key);
    secret_free(&pair);
    return 0;
}

char *tls_pin(const uint8_t key[TLS_PUBLIC_KEY], char out[TLS_PIN])
{
    static const char head[] = "sha256//";
    uint8_t spki[TLS_SPKI], hash[crypto_hash_sha256_BYTES];
    spki_of(key, spki);
    crypto_hash_sha256(hash, spki, sizeof spki);
    memcpy(out, head, sizeof head);
    sodium_bin2base64(out + sizeof head - 1, TLS_PIN - sizeof head + 1, hash, sizeof hash,
                      sodium_base64_VARIANT_ORIGINAL);
    return out;
}

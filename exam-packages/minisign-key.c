/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/minisign.h"

#include <sodium.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/base64.h"
#include "exam-packages/kdf.h"
#include "exam-packages/minisign-internal.h"

/* Bytes under the base64 line of a public key: "Ed", id, key. */
enum { PUB_ID = 2, PUB_KEY = 10, PUB_SIZE = 42 };

/* And of a secret key: "Ed", KDF ("Sc", or zeros for none), "B2", salt, work, memory, then the part that the
 * password covers: id, key, BLAKE2b-256 over "Ed", id, key. */
enum {
    SEC_KDF = 2,
    SEC_CHECK_KIND = 4,
    SEC_SALT = 6,
    SEC_OPERATIONS = 38,
    SEC_MEMORY = 46,
    SEC_COVERED = 54,
    SEC_SIZE = 158,
    COVERED_KEY = 8,
    COVERED_CHECK = 72,
    COVERED_SIZE = 104,
    SALT_SIZE = 32,
};

static const uint64_t operations_max = crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE;
static const uint64_t memory_max = crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE;

void minisign_add_base64(struct bytes *ret, struct span raw)
{
    base64_add(ret, raw, true);
    bytes_str(ret, "\n");
}

static bool take_line(struct span *text, struct span *ret)
{
    const uint8_t *end = text->n ? memchr(text->p, '\n', text->n) : NULL;
    if (!end)
        return false;
    *ret = span_of(text->p, (size_t)(end - text->p));
    *text = span_of(end + 1, text->n - ret->n - 1);
    return true;
}

bool minisign_take_comment(struct span *text, const char *prefix, size_t max, struct span *ret)
{
    struct span line;
    size_t n = strlen(prefix);
    if (!take_line(text, &line) || line.n < n || line.n - n > max || memcmp(line.p, prefix, n) != 0)
        return false;
    for (size_t i = n; i < line.n; i++)
        if (line.p[i] < 0x20 || line.p[i] == 0x7f)
            return false;
    *ret = span_of(line.p + n, line.n - n);
    return true;
}

bool minisign_take_base64(struct span *text, uint8_t *out, size_t n)
{
    struct span line;
    return take_line(text, &line) && base64_read(line, true, out, n);
}

int minisign_new(struct minisign_secret *ret, struct err *e)
{
    struct minisign_secret s = {0};
    uint8_t pk[32];
    int r = secret_new(&s.sk, 64, e);
    if (r < 0)
        return r;
    crypto_sign_keypair(pk, s.sk.p);
    randombytes_buf(s.id, sizeof s.id);
    *ret = s;
    return 0;
}

void minisign_secret_free(struct minisign_secret *s)
{
    secret_free(&s->sk);
}

void minisign_secret_public(const struct minisign_secret *s, struct minisign_public *ret)
{
    memcpy(ret->id, s->id, sizeof ret->id);
    memcpy(ret->pk, s->sk.p + 32, sizeof ret->pk);
}

bool minisign_public_equal(const struct minisign_public *a, const struct minisign_public *b)
{
    return memcmp(a->id, b->id, sizeof a->id) == 0 && memcmp(a->pk, b->pk, sizeof a->pk) == 0;
}

void minisign_public_write(const struct minisign_public *p, struct bytes *ret)
{
    uint8_t raw[PUB_SIZE] = "Ed";
    char id[MINISIGN_ID_TEXT];
    memcpy(raw + PUB_ID, p->id, sizeof p->id);
    memcpy(raw + PUB_KEY, p->pk, sizeof p->pk);
    bytes_printf(ret, "%sminisign public key %s\n", MINISIGN_UNTRUSTED, minisign_id_text(p->id, id));
    minisign_add_base64(ret, span_of(raw, sizeof raw));
}

int minisign_public_parse(struct span text, struct minisign_public *ret, struct err *e)
{
    struct span comment;
    uint8_t raw[PUB_SIZE];
    struct bytes line = {0};
    if (text.n > MINISIGN_FILE_MAX)
        return err_set(e, ERR_DATA, NULL, _("not a minisign public key"));
    minisign_take_comment(&text, MINISIGN_UNTRUSTED, MINISIGN_COMMENT_MAX, &comment);
    bytes_add(&line, text.p, text.n);
    if (line.n && line.p[line.n - 1] != '\n')
        bytes_str(&line, "\n");
    struct span rest = bytes_span(&line);
    bool good = minisign_take_base64(&rest, raw, sizeof raw) && rest.n == 0 && memcmp(raw, "Ed", 2) == 0;
    bytes_release(&line);
    if (!good)
        return err_set(e, ERR_DATA, NULL, _("not a minisign public key"));
    memcpy(ret->id, raw + PUB_ID, sizeof ret->id);
    memcpy(ret->pk, raw + PUB_KEY, sizeof ret->pk);
    return 0;
}

int minisign_public_load(const char *path, struct minisign_public *ret, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, MINISIGN_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = minisign_public_parse(bytes_span(&text), ret, e);
    bytes_release(&text);
    return r < 0 ? err_within(e, path) : 0;
}

/* libsodium's choice of scrypt parameters for its two limits (its documentation of the scrypt password hash):
 * r is 8, half the memory limit may be used for N, p takes what work remains. */
static int cost_of(uint64_t operations, uint64_t memory, struct kdf_cost *ret, struct err *e)
{
    struct kdf_cost c = {.n = 2, .r = 8, .p = 1};
    if (operations > operations_max || memory > memory_max)
        return err_set(e, ERR_DATA, NULL,
                       _("the secret key file asks for more memory or work than minisign does"));
    if (operations < 32768)
        operations = 32768;
    bool work_bound = operations < memory / 32;
    uint64_t most = work_bound ? operations / (c.r * 4) : memory / (c.r * 128);
    while (c.n <= most / 2)
        c.n *= 2;
    if (!work_bound) {
        uint64_t rounds = operations / 4 / c.n;
        c.p = (uint32_t)(rounds > 0x3fffffff ? 0x3fffffff : rounds) / c.r;
    }
    if (c.p == 0)
        c.p = 1;
    *ret = c;
    return 0;
}

/* Puts the password's stream over the covered part, or takes it off. */
static int cover(uint8_t raw[SEC_SIZE], const struct secret *password, struct err *e)
{
    struct secret stream = {0};
    struct kdf_cost cost = {0};
    int r = cost_of(le64(raw + SEC_OPERATIONS), le64(raw + SEC_MEMORY), &cost, e);
    if (r == 0)
        r = secret_new(&stream, COVERED_SIZE, e);
    if (r == 0)
        r = kdf_scrypt(&stream, secret_span(password), span_of(raw + SEC_SALT, SALT_SIZE), cost, e);
    for (int i = 0; r == 0 && i < COVERED_SIZE; i++)
        raw[SEC_COVERED + i] ^= stream.p[i];
    secret_free(&stream);
    return r;
}

static void key_check(uint8_t out[32], const uint8_t raw[SEC_SIZE])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, raw, 2);
    crypto_generichash_update(&state, raw + SEC_COVERED, COVERED_CHECK);
    crypto_generichash_final(&state, out, 32);
    secret_wipe(&state, sizeof state);
}

int minisign_secret_write(const struct minisign_secret *s, const struct secret *password, struct bytes *ret,
                          struct err *e)
{
    struct secret raw = {0};
    int r = secret_new(&raw, SEC_SIZE, e);
    if (r < 0)
        return r;
    bool locked = password && password->n;
    memcpy(raw.p, "Ed", 2);
    memcpy(raw.p + SEC_CHECK_KIND, "B2", 2);
    memcpy(raw.p + SEC_COVERED, s->id, sizeof s->id);
    memcpy(raw.p + SEC_COVERED + COVERED_KEY, s->sk.p, s->sk.n);
    key_check(raw.p + SEC_COVERED + COVERED_CHECK, raw.p);
    if (locked) {
        memcpy(raw.p + SEC_KDF, "Sc", 2);
        randombytes_buf(raw.p + SEC_SALT, SALT_SIZE);
        put_le64(raw.p + SEC_OPERATIONS, operations_max);
        put_le64(raw.p + SEC_MEMORY, memory_max);
        r = cover(raw.p, password, e);
    }
    if (r == 0) {
        bytes_printf(ret, "%sminisign %ssecret key\n", MINISIGN_UNTRUSTED, locked ? "encrypted " : "");
        minisign_add_base64(ret, secret_span(&raw));
    }
    secret_free(&raw);
    return r;
}

static int parse_secret(struct span text, struct secret *raw, struct err *e)
{
    struct span comment;
    int r = secret_new(raw, SEC_SIZE, e);
    if (r < 0)
        return r;
    static const uint8_t no_kdf[2];
    if (text.n > MINISIGN_FILE_MAX ||
        !minisign_take_comment(&text, MINISIGN_UNTRUSTED, MINISIGN_COMMENT_MAX, &comment) ||
        !minisign_take_base64(&text, raw->p, raw->n) || text.n != 0 || memcmp(raw->p, "Ed", 2) != 0 ||
        memcmp(raw->p + SEC_CHECK_KIND, "B2", 2) != 0 ||
        (memcmp(raw->p + SEC_KDF, "Sc", 2) != 0 && memcmp(raw->p + SEC_KDF, no_kdf, 2) != 0))
        return err_set(e, ERR_DATA, NULL, _("not a minisign secret key"));
    return 0;
}

int minisign_secret_locked(struct span text, bool *ret, struct err *e)
{
    struct secret raw = {0};
    int r = parse_secret(text, &raw, e);
    if (r == 0)
        *ret = raw.p[SEC_KDF] != 0;
    secret_free(&raw);
    return r;
}

/* minisign writes zeros in place of the check where there is no password; the key's own halves still must
 * fit. */
static bool is_whole(const uint8_t raw[SEC_SIZE], bool locked)
{
    uint8_t check[32], pk[32], sk[64];
    const uint8_t *stored = raw + SEC_COVERED + COVERED_CHECK, *key = raw + SEC_COVERED + COVERED_KEY;
    key_check(check, raw);
    if (sodium_memcmp(check, stored, sizeof check) != 0 && (locked || !sodium_is_zero(stored, sizeof check)))
        return false;
    crypto_sign_seed_keypair(pk, sk, key);
    bool fits = sodium_memcmp(sk, key, sizeof sk) == 0;
    secret_wipe(sk, sizeof sk);
    return fits;
}

static int take_key(const uint8_t raw[SEC_SIZE], bool locked, struct minisign_secret *ret, struct err *e)
{
    if (!is_whole(raw, locked))
        return locked ? err_set(e, ERR_NO, NULL, _("wrong password for this secret key"))
                      : err_set(e, ERR_DATA, NULL, _("the secret key file is damaged"));
    int r = secret_copy(&ret->sk, span_of(raw + SEC_COVERED + COVERED_KEY, 64), e);
    if (r == 0)
        memcpy(ret->id, raw + SEC_COVERED, sizeof ret->id);
    return r;
}

int minisign_secret_parse(struct span text, const struct secret *password, struct minisign_secret *ret,
                          struct err *e)
{
    struct secret raw = {0};
    int r = parse_secret(text, &raw, e);
    bool locked = r == 0 && raw.p[SEC_KDF] != 0;
    if (locked && !(password && password->n))
        r = err_set(e, ERR_USAGE, NULL, _("this secret key needs its password"));
    else if (locked)
        r = cover(raw.p, password, e);
    if (r == 0)
        r = take_key(raw.p, locked, ret, e);
    secret_free(&raw);
    return r;
}

int minisign_secret_load(const char *path, const struct secret *password, struct minisign_secret *ret,
                         struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, MINISIGN_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = minisign_secret_parse(bytes_span(&text), password, ret, e);
    bytes_release(&text);
    return r < 0 ? err_within(e, path) : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/derive.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "exam-packages/pipeline.h"

enum { BATCH = 512 * 1024 };

void derive_key(uint8_t out[32], const struct secret *s, const char *label)
{
    static const char domain[] = "kaochang/1 ";
    crypto_generichash_state state;
    crypto_generichash_init(&state, s->p, s->n, 32);
    crypto_generichash_update(&state, (const uint8_t *)domain, sizeof domain - 1);
    crypto_generichash_update(&state, (const uint8_t *)label, strlen(label));
    crypto_generichash_final(&state, out, 32);
    secret_wipe(&state, sizeof state);
}

int derive_secret(struct secret *ret, const struct secret *s, const char *label, struct err *e)
{
    struct secret key = {0};
    int r = secret_new(&key, 32, e);
    if (r < 0)
        return r;
    derive_key(key.p, s, label);
    *ret = key;
    return 0;
}

void blake2b_256(uint8_t out[32], struct span data)
{
    crypto_generichash(out, 32, data.p, data.n, NULL, 0);
}

void blake2b_512(uint8_t out[64], struct span data)
{
    crypto_generichash(out, 64, data.p, data.n, NULL, 0);
}

void blake2b_256_keyed(uint8_t out[32], const uint8_t key[32], struct span data)
{
    crypto_generichash(out, 32, data.p, data.n, key, 32);
}

struct hashing {
    crypto_generichash_state state;
    int fd;
    uint64_t size, max;
};

static void read_file(void *context, struct batch *b)
{
    struct hashing *h = context;
    while (b->n_in < BATCH && !b->last) {
        ssize_t n = read(h->fd, b->in + b->n_in, BATCH - b->n_in);
        if (n < 0 && errno != EINTR) {
            b->r = err_sys(&b->e, NULL, _("cannot read"));
            return;
        }
        b->last = n == 0;
        b->n_in += n > 0 ? (size_t)n : 0;
    }
    h->size += b->n_in;
    if (h->size > h->max)
        b->r = err_set(&b->e, ERR_DATA, NULL, _("larger than the limit of %llu bytes"),
                       (unsigned long long)h->max);
}

static void hash_batch(void *context, struct batch *b)
{
    struct hashing *h = context;
    crypto_generichash_update(&h->state, b->in, b->n_in);
}

int blake2b_512_file(uint8_t out[64], const char *path, uint64_t max, struct err *e)
{
    struct hashing h = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), .max = max};
    if (h.fd < 0)
        return err_sys(e, path, _("cannot open"));
    struct stat st;
    int r = fstat(h.fd, &st) < 0 || !S_ISREG(st.st_mode)
                ? err_set(e, ERR_DATA, path, _("not a regular file"))
                : 0;
    crypto_generichash_init(&h.state, NULL, 0, 64);
    if (r == 0 &&
        (r = pipeline_run(
             &(struct pipeline){.context = &h, .in = BATCH, .read = read_file, .write = hash_batch}, e)) < 0)
        err_within(e, path);
    crypto_generichash_final(&h.state, out, 64);
    close(h.fd);
    return r;
}

void hmac_sha256(uint8_t out[32], struct span key, struct span data)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.p, key.n);
    crypto_auth_hmacsha256_update(&state, data.p, data.n);
    crypto_auth_hmacsha256_final(&state, out);
    secret_wipe(&state, sizeof state);
}

void hkdf_sha256(uint8_t *out, size_t n, struct span ikm, struct span salt, struct span info)
{
    static const uint8_t zeros[32];
    uint8_t prk[32], block[32];
    hmac_sha256(prk, salt.n ? salt : span_of(zeros, sizeof zeros), ikm);
    size_t previous = 0;
    for (uint8_t counter = 1; n > 0; counter++) {
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, prk, sizeof prk);
        crypto_auth_hmacsha256_update(&state, block, previous);
        crypto_auth_hmacsha256_update(&state, info.p, info.n);
        crypto_auth_hmacsha256_update(&state, &counter, 1);
        crypto_auth_hmacsha256_final(&state, block);
        secret_wipe(&state, sizeof state);
        previous = sizeof block;
        size_t take = n < sizeof block ? n : sizeof block;
        memcpy(out, block, take);
        out += take;
        n -= take;
    }
    secret_wipe(prk, sizeof prk);
    secret_wipe(block, sizeof block);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/secret.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"

/* Before that libsodium has only its slow code for any processor, for hashes too. Where it does not start no
 * secret is made. */
__attribute__((constructor)) static void start(void)
{
    int started = sodium_init();
    (void)started;
}

int secret_new(struct secret *ret, size_t n, struct err *e)
{
    if (sodium_init() < 0)
        return err_set(e, ERR_ENV, NULL, _("the cryptographic library does not start"));
    uint8_t *p = sodium_malloc(n ? n : 1);
    if (!p)
        return err_set(e, ERR_ENV, NULL, _("no guarded memory for a secret of %zu bytes"), n);
    memset(p, 0, n ? n : 1);
    *ret = (struct secret){.p = p, .n = n};
    return 0;
}

int secret_copy(struct secret *ret, struct span from, struct err *e)
{
    struct secret s = {0};
    int r = secret_new(&s, from.n, e);
    if (r < 0)
        return r;
    if (from.n)
        memcpy(s.p, from.p, from.n);
    *ret = s;
    return 0;
}

void secret_random(struct secret *s)
{
    randombytes_buf(s->p, s->n);
}

struct span secret_span(const struct secret *s)
{
    return span_of(s->p, s->n);
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
    return a->n == b->n && (a->n == 0 || sodium_memcmp(a->p, b->p, a->n) == 0);
}

bool secret_text_equal(const char *a, const char *b)
{
    size_t n = strlen(a);
    return n == strlen(b) && (n == 0 || sodium_memcmp(a, b, n) == 0);
}

void secret_free(struct secret *s)
{
    sodium_free(s->p);
    *s = (struct secret){0};
}

void secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

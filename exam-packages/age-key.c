/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/bech32.h"

enum { KEY_FILE_MAX = 1024 * 1024, KEYS_MAX = 1000 };

static const char identity_hrp[] = "age-secret-key-", recipient_hrp[] = "age";

int age_identity_new(struct age_identity *ret, struct err *e)
{
    struct age_identity id = {0};
    int r = secret_new(&id.sk, 32, e);
    if (r < 0)
        return r;
    secret_random(&id.sk);
    *ret = id;
    return 0;
}

void age_identity_free(struct age_identity *id)
{
    secret_free(&id->sk);
}

void age_identities_free(struct age_identity *ids, size_t n)
{
    for (size_t i = 0; i < n; i++)
        age_identity_free(&ids[i]);
    free(ids);
}

/* Next line that is neither empty nor a comment, without its end; the count goes on. */
static bool next_line(struct span *text, struct span *ret, int *line)
{
    while (text->n) {
        const uint8_t *end = memchr(text->p, '\n', text->n);
        struct span s = span_of(text->p, end ? (size_t)(end - text->p) : text->n);
        size_t used = s.n + (end ? 1 : 0);
        *text = span_of(text->p + used, text->n - used);
        ++*line;
        if (s.n && s.p[s.n - 1] == '\r')
            s.n--;
        if (s.n == 0 || s.p[0] == '#')
            continue;
        *ret = s;
        return true;
    }
    return false;
}

static int read_identity(struct span text, int line, struct age_identity *ret, struct err *e)
{
    int r = secret_new(&ret->sk, 32, e);
    if (r < 0)
        return r;
    if (text.p[0] == 'A' && bech32_decode(text, identity_hrp, ret->sk.p, ret->sk.n))
        return 0;
    age_identity_free(ret);
    return err_set(e, ERR_DATA, NULL, _("line %d is not an age identity (AGE-SECRET-KEY-1…)"), line);
}

int age_identities_parse(struct span text, struct age_identity **ret, size_t *ret_n, struct err *e)
{
    struct age_identity *ids = NULL;
    size_t n = 0;
    int r = 0, line = 0;
    for (struct span s; r == 0 && next_line(&text, &s, &line);) {
        if (n == KEYS_MAX) {
            r = err_set(e, ERR_DATA, NULL, _("more than %d identities"), KEYS_MAX);
            break;
        }
        ids = mem_grow(ids, n + 1, sizeof *ids);
        ids[n] = (struct age_identity){0};
        r = read_identity(s, line, &ids[n], e);
        n += r == 0;
    }
    if (r == 0 && n == 0)
        r = err_set(e, ERR_DATA, NULL, _("no age identity (AGE-SECRET-KEY-1…) here"));
    if (r < 0) {
        age_identities_free(ids, n);
        return r;
    }
    *ret = ids;
    *ret_n = n;
    return 0;
}

int age_identity_parse(struct span text, struct age_identity *ret, struct err *e)
{
    struct age_identity *ids = NULL;
    size_t n = 0;
    int r = age_identities_parse(text, &ids, &n, e);
    if (r < 0)
        return r;
    if (n != 1) {
        age_identities_free(ids, n);
        return err_set(e, ERR_DATA, NULL, _("more than one age identity where one is wanted"));
    }
    *ret = ids[0];
    free(ids);
    return 0;
}

int age_identity_load(const char *path, struct age_identity *ret, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, KEY_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = age_identity_parse(bytes_span(&text), ret, e);
    bytes_release(&text);
    return r < 0 ? err_within(e, path) : 0;
}

void age_identity_text(const struct age_identity *id, struct bytes *ret)
{
    size_t start = ret->n;
    bech32_encode(identity_hrp, secret_span(&id->sk), ret);
    for (size_t i = start; i < ret->n; i++)
        if (ret->p[i] >= 'a' && ret->p[i] <= 'z')
            ret->p[i] = (uint8_t)(ret->p[i] - 32);
}

void age_identity_recipient(const struct age_identity *id, struct age_recipient *ret)
{
    crypto_scalarmult_base(ret->pk, id->sk.p);
}

int age_recipient_parse(struct span text, struct age_recipient *ret, struct err *e)
{
    struct age_recipient found = {0};
    struct span s;
    int n = 0;
    for (int line = 0; next_line(&text, &s, &line); n++)
        if (n > 0 || s.p[0] != 'a' || !bech32_decode(s, recipient_hrp, found.pk, sizeof found.pk))
            return err_set(e, ERR_DATA, NULL, _("line %d is not an age recipient (age1…)"), line);
    if (n == 0)
        return err_set(e, ERR_DATA, NULL, _("no age recipient (age1…) here"));
    *ret = found;
    return 0;
}

int age_recipient_load(const char *path, struct age_recipient *ret, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, KEY_FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = age_recipient_parse(bytes_span(&text), ret, e);
    bytes_release(&text);
    return r < 0 ? err_within(e, path) : 0;
}

char *age_recipient_text(const struct age_recipient *r, char out[AGE_RECIPIENT_TEXT])
{
    struct bytes text = {0};
    bech32_encode(recipient_hrp, span_of(r->pk, sizeof r->pk), &text);
    memcpy(out, text.p, AGE_RECIPIENT_TEXT);
    bytes_release(&text);
    return out;
}

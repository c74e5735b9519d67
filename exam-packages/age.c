/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age-internal.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* A new file key, the header and the payload's nonce: what stands before the chunks. */
static int begin_sealing(const struct age_key *key, struct bytes *head, struct age_stream *s, struct err *e)
{
    struct secret file_key = {0};
    uint8_t nonce[AGE_NONCE];
    int r = secret_new(&file_key, AGE_FILE_KEY, e);
    if (r < 0)
        return r;
    secret_random(&file_key);
    randombytes_buf(nonce, sizeof nonce);
    r = age_header_make(key, &file_key, head, e);
    if (r == 0) {
        bytes_add(head, nonce, sizeof nonce);
        r = age_stream_start(s, &file_key, nonce, e);
    }
    secret_free(&file_key);
    return r;
}

static int seal(struct span plain, const struct age_key *key, struct bytes *ret, struct err *e)
{
    struct bytes out = {0};
    struct age_stream s = {0};
    int r = begin_sealing(key, &out, &s, e);
    if (r < 0)
        goto done;
    uint8_t *sealed = mem_alloc(AGE_SEALED_CHUNK);
    for (bool last = false; !last;) {
        size_t n = plain.n < AGE_CHUNK ? plain.n : AGE_CHUNK;
        last = n == plain.n;
        age_stream_seal(&s, span_of(plain.p, n), last, sealed);
        bytes_add(&out, sealed, n + AGE_TAG);
        plain = span_of(plain.p + n, plain.n - n);
    }
    free(sealed);
    bytes_add(ret, out.p, out.n);
done:
    age_stream_free(&s);
    bytes_release(&out);
    return r;
}

int age_seal(struct span plain, const struct age_recipient *to, size_t n, struct bytes *ret, struct err *e)
{
    if (n == 0)
        return err_set(e, ERR_BUG, NULL, _("nobody to seal to"));
    return seal(plain, &(struct age_key){.to = to, .n = n}, ret, e);
}

int age_seal_code(struct span plain, struct span passphrase, int log2n, struct bytes *ret, struct err *e)
{
    return seal(plain, &(struct age_key){.passphrase = passphrase, .log2n = log2n}, ret, e);
}

/* Header, file key, nonce: *ret_used says where the chunks begin. */
static int begin_opening(struct span sealed, const struct age_key *key, struct age_stream *s,
                         size_t *ret_used, struct err *e)
{
    struct age_header h = {0};
    struct secret file_key = {0};
    int r = age_header_parse(sealed, &h, e);
    if (r < 0)
        return r;
    r = age_header_unwrap(&h, key, &file_key, e);
    if (r < 0)
        goto done;
    if (sealed.n - h.length < AGE_NONCE) {
        r = age_broken(e, AGE_HEADER, _("the age file ends after its header"));
        goto done;
    }
    r = age_stream_start(s, &file_key, sealed.p + h.length, e);
    *ret_used = h.length + AGE_NONCE;
done:
    secret_free(&file_key);
    age_header_free(&h);
    return r;
}

static int open_memory(struct span sealed, const struct age_key *key, struct bytes *ret, struct err *e)
{
    struct bytes out = {0};
    struct age_stream s = {0};
    size_t used = 0;
    int r = begin_opening(sealed, key, &s, &used, e);
    if (r < 0)
        goto done;
    sealed = span_of(sealed.p + used, sealed.n - used);
    uint8_t *plain = mem_alloc(AGE_CHUNK);
    bytes_add(&out, "", 0);
    for (bool last = false; r == 0 && !last;) {
        size_t n = sealed.n < AGE_SEALED_CHUNK ? sealed.n : AGE_SEALED_CHUNK;
        last = n == sealed.n;
        r = age_stream_open(&s, span_of(sealed.p, n), last, plain, e);
        if (r == 0)
            bytes_add(&out, plain, n - AGE_TAG);
        sealed = span_of(sealed.p + n, sealed.n - n);
    }
    secret_wipe(plain, AGE_CHUNK);
    free(plain);
    if (r < 0)
        goto done;
    *ret = out;
    out = (struct bytes){0};
done:
    age_stream_free(&s);
    bytes_release(&out);
    return r;
}

int age_open(struct span sealed, const struct age_identity *id, size_t n, struct bytes *ret, struct err *e)
{
    if (n == 0)
        return err_set(e, ERR_BUG, NULL, _("no identity to open with"));
    return open_memory(sealed, &(struct age_key){.id = id, .n = n}, ret, e);
}

int age_open_code(struct span sealed, struct span passphrase, struct bytes *ret, struct err *e)
{
    return open_memory(sealed, &(struct age_key){.passphrase = passphrase}, ret, e);
}

static int put(FILE *out, const void *p, size_t n, struct err *e)
{
    return n && fwrite(p, 1, n, out) != n ? err_sys(e, NULL, _("cannot write")) : 0;
}

/* Reads until n bytes or the end; says whether the end follows. */
static int get(FILE *in, uint8_t *p, size_t n, size_t *ret_n, bool *ret_end, struct err *e)
{
    *ret_n = fread(p, 1, n, in);
    int c = *ret_n == n ? getc(in) : EOF;
    if (ferror(in))
        return err_sys(e, NULL, _("cannot read"));
    *ret_end = c == EOF;
    if (c != EOF && ungetc(c, in) == EOF)
        return err_set(e, ERR_BUG, NULL, _("cannot read"));
    return 0;
}

int age_seal_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e)
{
    struct bytes head = {0};
    struct age_stream s = {0};
    uint8_t *plain = mem_alloc(AGE_CHUNK), *sealed = mem_alloc(AGE_SEALED_CHUNK);
    int r = begin_sealing(key, &head, &s, e);
    if (r == 0)
        r = put(out, head.p, head.n, e);
    for (bool last = false; r == 0 && !last;) {
        size_t n = 0;
        r = get(in, plain, AGE_CHUNK, &n, &last, e);
        if (r < 0)
            break;
        age_stream_seal(&s, span_of(plain, n), last, sealed);
        r = put(out, sealed, n + AGE_TAG, e);
    }
    secret_wipe(plain, AGE_CHUNK);
    free(plain);
    free(sealed);
    age_stream_free(&s);
    bytes_release(&head);
    return r;
}

/* The header's lines up to "---", and the nonce after them. */
static int read_head(FILE *in, struct bytes *head, struct err *e)
{
    size_t line = 0;
    for (int c; head->n < AGE_HEADER_MAX && (c = getc(in)) != EOF;) {
        bytes_u8(head, (uint8_t)c);
        if (c != '\n')
            continue;
        if (head->n - line >= 3 && memcmp(head->p + line, "---", 3) == 0)
            break;
        line = head->n;
    }
    uint8_t nonce[AGE_NONCE];
    size_t n = fread(nonce, 1, sizeof nonce, in);
    if (ferror(in))
        return err_sys(e, NULL, _("cannot read"));
    bytes_add(head, nonce, n);
    return 0;
}

/* A whole chunk that is genuine but wrongly stands, or does not stand, at the end is still part of the
 * beginning that was sealed: it is released, and the failure reported. */
static int open_chunk(struct age_stream *s, struct span sealed, bool last, uint8_t *plain, FILE *out,
                      struct err *e)
{
    int r = age_stream_open(s, sealed, last, plain, e);
    if (r < 0 && (sealed.n < AGE_SEALED_CHUNK || age_stream_open(s, sealed, !last, plain, NULL) < 0))
        return r;
    int written = put(out, plain, sealed.n - AGE_TAG, r < 0 ? NULL : e);
    return r < 0 ? r : written;
}

int age_open_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e)
{
    struct bytes head = {0};
    struct age_stream s = {0};
    size_t used = 0;
    uint8_t *plain = mem_alloc(AGE_CHUNK), *sealed = mem_alloc(AGE_SEALED_CHUNK);
    int r = read_head(in, &head, e);
    if (r == 0)
        r = begin_opening(bytes_span(&head), key, &s, &used, e);
    for (bool last = false; r == 0 && !last;) {
        size_t n = 0;
        r = get(in, sealed, AGE_SEALED_CHUNK, &n, &last, e);
        if (r == 0)
            r = open_chunk(&s, span_of(sealed, n), last, plain, out, e);
    }
    secret_wipe(plain, AGE_CHUNK);
    free(plain);
    free(sealed);
    age_stream_free(&s);
    bytes_release(&head);
    return r;
}

static int through_file(const char *from, const char *to, mode_t mode, const struct age_key *key,
                        int (*stream)(FILE *, FILE *, const struct age_key *, struct err *), struct err *e)
{
    FILE *in = fopen(from, "rbe");
    if (!in)
        return err_sys(e, from, _("cannot open"));
    struct file_writer *w = NULL;
    int r = file_begin(&w, to, mode, e);
    if (r == 0) {
        r = stream(in, file_stream(w), key, e);
        if (r < 0)
            err_within(e, ferror(file_stream(w)) ? to : from);
    }
    fclose(in);
    if (r == 0)
        return file_commit(w, e);
    file_cancel(w);
    return r;
}

int age_seal_file(const char *from, const char *to, mode_t mode, const struct age_key *key, struct err *e)
{
    return through_file(from, to, mode, key, age_seal_stream, e);
}

int age_open_file(const char *from, const char *to, mode_t mode, const struct age_key *key, struct err *e)
{
    return through_file(from, to, mode, key, age_open_stream, e);
}

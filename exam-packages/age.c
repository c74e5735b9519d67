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

/* Of n bytes, the empty one being a chunk too. */
static size_t chunks_of(size_t n)
{
    return n ? (n - 1) / AGE_CHUNK + 1 : 1;
}

static int seal(struct span plain, const struct age_key *key, struct bytes *ret, struct err *e)
{
    struct bytes out = {0};
    struct age_stream s = {0};
    size_t chunks = chunks_of(plain.n);
    int r = begin_sealing(key, &out, &s, e);
    if (r == 0)
        bytes_add(ret, out.p, out.n);
    uint8_t *to = r == 0 ? bytes_more(ret, plain.n + chunks * AGE_TAG) : NULL;
    for (size_t i = 0; r == 0 && i < chunks; i++) {
        size_t n = plain.n < AGE_CHUNK ? plain.n : AGE_CHUNK;
        age_stream_seal(&s, i, span_of(plain.p, n), i + 1 == chunks, to);
        plain = span_of(plain.p + n, plain.n - n);
        to += n + AGE_TAG;
    }
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
    size_t chunks = sealed.n ? (sealed.n - 1) / AGE_SEALED_CHUNK + 1 : 1;
    size_t in_last = sealed.n - (chunks - 1) * AGE_SEALED_CHUNK;
    uint8_t *to = bytes_more(&out, (chunks - 1) * AGE_CHUNK + (in_last > AGE_TAG ? in_last - AGE_TAG : 0));
    for (size_t i = 0; r == 0 && i < chunks; i++) {
        size_t n = sealed.n < AGE_SEALED_CHUNK ? sealed.n : AGE_SEALED_CHUNK;
        r = age_stream_open(&s, i, span_of(sealed.p, n), i + 1 == chunks, to, e);
        sealed = span_of(sealed.p + n, sealed.n - n);
        to += AGE_CHUNK;
    }
    if (r == 0) {
        *ret = out;
        out = (struct bytes){0};
    }
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

int age_seal_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e)
{
    struct bytes head = {0};
    struct age_stream s = {0};
    struct age_input input = {.from = in};
    int r = begin_sealing(key, &head, &s, e);
    if (r == 0 && fwrite(head.p, 1, head.n, out) != head.n)
        r = err_sys(e, NULL, _("cannot write"));
    if (r == 0)
        r = age_seal_chunks(&s, &input, out, e);
    age_stream_free(&s);
    bytes_release(&head);
    return r;
}

/* The header's lines up to "---", and the nonce after them. */
static int read_head(struct age_input *in, struct bytes *head, struct err *e)
{
    size_t line = 0, n = 1;
    uint8_t byte, nonce[AGE_NONCE];
    bool end = false;
    int r = 0;
    while (r == 0 && !end && head->n < AGE_HEADER_MAX) {
        r = age_input_read(in, &byte, 1, &n, &end, e);
        bytes_add(head, &byte, r == 0 ? n : 0);
        if (n == 0 || byte != '\n')
            continue;
        if (head->n - line >= 3 && memcmp(head->p + line, "---", 3) == 0)
            break;
        line = head->n;
    }
    if (r == 0 && !end)
        r = age_input_read(in, nonce, sizeof nonce, &n, &end, e);
    else
        n = 0;
    bytes_add(head, nonce, r == 0 ? n : 0);
    return r;
}

int age_open_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e)
{
    struct bytes head = {0};
    struct age_stream s = {0};
    struct age_input input;
    size_t used = 0;
    int r = age_input_begin(&input, in, e);
    if (r == 0)
        r = read_head(&input, &head, e);
    if (r == 0)
        r = begin_opening(bytes_span(&head), key, &s, &used, e);
    if (r == 0)
        r = age_open_chunks(&s, &input, out, e);
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
        setvbuf(file_stream(w), NULL, _IONBF, 0); /* no plaintext is left in its buffer */
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

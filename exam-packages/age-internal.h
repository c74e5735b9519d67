/* SPDX-License-Identifier: Apache-2.0 */
/* The two halves of an age file. Inner header of exam-packages/age*.c. */
#ifndef KAOCHANG_EXAM_PACKAGES_AGE_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_AGE_INTERNAL_H

#include <stdbool.h>

#include "exam-packages/age.h"

enum {
    AGE_FILE_KEY = 16,
    AGE_NONCE = 16,
    AGE_TAG = 16,
    AGE_CHUNK = 64 * 1024,
    AGE_SEALED_CHUNK = AGE_CHUNK + AGE_TAG,
    AGE_ARGS_MAX = 8, /* arguments kept of a stanza; more are counted only */
};

#define AGE_VERSION_LINE "age-encryption.org/v1\n"

int age_broken(struct err *e, enum age_code code, const char *what);

/* Header (age.md, "The header"): spans are borrowed from the data. */
struct age_stanza {
    struct span arg[AGE_ARGS_MAX];
    size_t n_args;
    uint8_t body[64]; /* first bytes; no body that we understand is longer */
    size_t n_body;    /* full length */
};

struct age_header {
    struct age_stanza *stanza;
    size_t n, cap;
    struct span authenticated; /* from the beginning up to and with "---" */
    uint8_t mac[32];
    size_t length; /* of the whole header, with its last line feed */
};

MUST_CHECK int age_header_parse(struct span data, struct age_header *ret, struct err *e);
void age_header_free(struct age_header *h);

/* Header of a new file: stanzas for the key, MAC. */
MUST_CHECK int age_header_make(const struct age_key *key, const struct secret *file_key, struct bytes *ret,
                               struct err *e);
/* Finds the file key and checks the MAC. */
MUST_CHECK int age_header_unwrap(const struct age_header *h, const struct age_key *key,
                                 struct secret *ret_file_key, struct err *e);

/* Payload (age.md, "Payload"; STREAM): chunks counted from 0. */
struct age_stream {
    struct secret key; /* 32 bytes */
};
MUST_CHECK int age_stream_start(struct age_stream *s, const struct secret *file_key,
                                const uint8_t nonce[AGE_NONCE], struct err *e);
/* plain.n <= AGE_CHUNK; out takes plain.n + AGE_TAG bytes. */
void age_stream_seal(const struct age_stream *s, uint64_t chunk, struct span plain, bool last, uint8_t *out);
/* Sealed chunk of at most AGE_SEALED_CHUNK bytes; out takes sealed.n - AGE_TAG bytes. */
MUST_CHECK int age_stream_open(const struct age_stream *s, uint64_t chunk, struct span sealed, bool last,
                               uint8_t *out, struct err *e);
void age_stream_free(struct age_stream *s);

/* Where a stream's bytes come from: as they are, or out of the text that `age -a` wraps them in (age.md,
 * "ASCII armor"), one line of it at a time. What does not begin as a binary file is taken for such a text. */
struct age_input {
    FILE *from;
    bool armored, ended; /* ended: the text's last line was read */
    bool short_line;     /* after it only the last line may stand */
    uint8_t raw[48];     /* of a line, as yet unread from `at` to `n` */
    size_t at, n;
};
MUST_CHECK int age_input_begin(struct age_input *in, FILE *from, struct err *e);
/* n bytes, or as many as there are; says whether the end follows. */
MUST_CHECK int age_input_read(struct age_input *in, uint8_t *p, size_t n, size_t *ret_n, bool *ret_end,
                              struct err *e);

/* All chunks of a stream, in their order, as pipeline.h works. Opening writes a chunk once it and all before
 * it have verified. */
MUST_CHECK int age_seal_chunks(const struct age_stream *s, struct age_input *in, FILE *out, struct err *e);
MUST_CHECK int age_open_chunks(const struct age_stream *s, struct age_input *in, FILE *out, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* age-encryption.org/v1 (C2SP age.md), binary: X25519 and scrypt recipients, an scrypt stanza alone,
 * header at most 64 KiB, ChaCha20-Poly1305 in chunks of 64 KiB. Debian's `age` reads what we write and the
 * other way round.
 *
 * Opening fails with ERR_NO when no identity fits or the code is wrong, ERR_DATA when the file is broken;
 * e->code says which, as enum age_code. In memory nothing is released before the last chunk has verified. */
#ifndef KAOCHANG_EXAM_PACKAGES_AGE_H
#define KAOCHANG_EXAM_PACKAGES_AGE_H

#include <stdio.h>
#include <sys/types.h>

#include "exam-packages/secret.h"

enum age_code {
    AGE_HEADER = 1, /* the header is not as the format says, or asks for too much work */
    AGE_NO_MATCH,   /* well formed, but not for these identities or this passphrase */
    AGE_MAC,        /* the header was changed */
    AGE_PAYLOAD,    /* the content was changed or cut */
    AGE_ARMOR,      /* the text that the file is wrapped in is not as the format says */
};

enum {
    AGE_HEADER_MAX = 64 * 1024,
    AGE_RECIPIENTS_MAX = 512,
    AGE_CODE_LOG2N = 16,     /* scrypt work for our codes: 67 MB, about 0.2 s */
    AGE_CODE_LOG2N_MAX = 18, /* more is refused */
};

struct age_recipient {
    uint8_t pk[32];
};

struct age_identity {
    struct secret sk; /* 32 bytes */
};

MUST_CHECK int age_identity_new(struct age_identity *ret, struct err *e);
/* Exactly one identity: "AGE-SECRET-KEY-1…", or an identity file (comments and empty lines around it). */
MUST_CHECK int age_identity_parse(struct span text, struct age_identity *ret, struct err *e);
/* All identities of a file, at least one; malloc'ed, free with age_identities_free. */
MUST_CHECK int age_identities_parse(struct span text, struct age_identity **ret, size_t *ret_n,
                                    struct err *e);
MUST_CHECK int age_identity_load(const char *path, struct age_identity *ret, struct err *e);
/* Adds "AGE-SECRET-KEY-1…" without a line feed; release the bytes soon. */
void age_identity_text(const struct age_identity *id, struct bytes *ret);
void age_identity_recipient(const struct age_identity *id, struct age_recipient *ret);
void age_identity_free(struct age_identity *id); /* an empty one is fine */
void age_identities_free(struct age_identity *ids, size_t n);

/* "age1…", alone or as a file with comments; exactly one. */
MUST_CHECK int age_recipient_parse(struct span text, struct age_recipient *ret, struct err *e);
MUST_CHECK int age_recipient_load(const char *path, struct age_recipient *ret, struct err *e);
enum { AGE_RECIPIENT_TEXT = 63 };
/* "age1…" with a final zero. Returns out. */
char *age_recipient_text(const struct age_recipient *r, char out[AGE_RECIPIENT_TEXT]);

/* In memory. Sealing adds to *ret; opening sets *ret, and only on success. */
MUST_CHECK int age_seal(struct span plain, const struct age_recipient *to, size_t n, struct bytes *ret,
                        struct err *e);
MUST_CHECK int age_seal_code(struct span plain, struct span passphrase, int log2n, struct bytes *ret,
                             struct err *e);
MUST_CHECK int age_open(struct span sealed, const struct age_identity *id, size_t n, struct bytes *ret,
                        struct err *e);
MUST_CHECK int age_open_code(struct span sealed, struct span passphrase, struct bytes *ret, struct err *e);

/* What opens or closes a stream: recipients or identities, or else a passphrase. */
struct age_key {
    const struct age_recipient *to; /* for sealing */
    const struct age_identity *id;  /* for opening */
    size_t n;                       /* how many of them; 0: the passphrase */
    struct span passphrase;
    int log2n; /* scrypt work when sealing to the passphrase */
};

/* Streams of any length in constant memory (about 2 MiB), on two threads where they are long. age_open_stream
 * writes each chunk once it and all before it have verified: on failure `out` holds a true beginning of the
 * plaintext, which the caller throws away. It also takes the text that `age -a` writes; nothing else does. */
MUST_CHECK int age_seal_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e);
MUST_CHECK int age_open_stream(FILE *in, FILE *out, const struct age_key *key, struct err *e);

/* Files, through base/file.h's writer: `to` is complete and verified, or as it was before. */
MUST_CHECK int age_seal_file(const char *from, const char *to, mode_t mode, const struct age_key *key,
                             struct err *e);
MUST_CHECK int age_open_file(const char *from, const char *to, mode_t mode, const struct age_key *key,
                             struct err *e);

#endif

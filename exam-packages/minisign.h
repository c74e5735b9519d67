/* SPDX-License-Identifier: Apache-2.0 */
/* minisign keys and signatures, byte for byte as minisign 0.11 writes and reads them (its README, "Signature
 * format"). Signatures are prehashed ("ED", Ed25519 over BLAKE2b-512) only; the legacy kind ("Ed") is
 * refused. The trusted comment is covered by the global signature, the untrusted one by nothing.
 *
 * Key ids are found by, never trusted: verify against a whole pinned public key. */
#ifndef KAOCHANG_EXAM_PACKAGES_MINISIGN_H
#define KAOCHANG_EXAM_PACKAGES_MINISIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "exam-packages/secret.h"

enum {
    MINISIGN_FILE_MAX = 16 * 1024, /* no key or signature file is larger */
    MINISIGN_COMMENT_MAX = 1024,   /* untrusted comment */
    MINISIGN_TRUSTED_MAX = 8192,   /* trusted comment */
    MINISIGN_ID_TEXT = 17,         /* 16 upper-case hex digits and a zero */
};

struct minisign_public {
    uint8_t id[8], pk[32];
};

struct minisign_secret {
    uint8_t id[8];
    struct secret sk; /* 64 bytes: seed and public key */
};

MUST_CHECK int minisign_new(struct minisign_secret *ret, struct err *e);
void minisign_secret_free(struct minisign_secret *s); /* an empty one is fine */
void minisign_secret_public(const struct minisign_secret *s, struct minisign_public *ret);

/* Little-endian as minisign prints it, zero-padded. Returns out. */
char *minisign_id_text(const uint8_t id[8], char out[MINISIGN_ID_TEXT]);

/* Public key: the file of two lines, or its base64 line alone. */
MUST_CHECK int minisign_public_parse(struct span text, struct minisign_public *ret, struct err *e);
MUST_CHECK int minisign_public_load(const char *path, struct minisign_public *ret, struct err *e);
void minisign_public_write(const struct minisign_public *p, struct bytes *ret);
bool minisign_public_equal(const struct minisign_public *a, const struct minisign_public *b);

/* Secret key file. password NULL or empty: unencrypted, as `minisign -W`; otherwise scrypt over 1 GiB, about
 * 3 s, in a child process. A wrong password is ERR_NO; no password for an encrypted key is ERR_USAGE. */
MUST_CHECK int minisign_secret_write(const struct minisign_secret *s, const struct secret *password,
                                     struct bytes *ret, struct err *e);
MUST_CHECK int minisign_secret_parse(struct span text, const struct secret *password,
                                     struct minisign_secret *ret, struct err *e);
MUST_CHECK int minisign_secret_load(const char *path, const struct secret *password,
                                    struct minisign_secret *ret, struct err *e);
/* Whether a well-formed secret key file wants a password. */
MUST_CHECK int minisign_secret_locked(struct span text, bool *ret, struct err *e);

/* Adds the four lines of a signature file. The trusted comment is one printable line; ERR_DATA otherwise. */
MUST_CHECK int minisign_sign(const struct minisign_secret *s, struct span data, const char *trusted,
                             struct bytes *ret, struct err *e);
MUST_CHECK int minisign_sign_hash(const struct minisign_secret *s, const uint8_t blake2b_512[64],
                                  const char *trusted, struct bytes *ret, struct err *e);

/* 0 when the file is a signature of the data by this key; ERR_NO when not, or when it is another key's;
 * ERR_DATA when it is not a signature file. ret_trusted (may be NULL) gets the trusted comment, malloc'ed. */
MUST_CHECK int minisign_verify(struct span data, struct span signature, const struct minisign_public *by,
                               char **ret_trusted, struct err *e);
MUST_CHECK int minisign_verify_hash(const uint8_t blake2b_512[64], struct span signature,
                                    const struct minisign_public *by, char **ret_trusted, struct err *e);
/* Whose signature it says it is. Proves nothing. */
MUST_CHECK int minisign_signature_id(struct span signature, uint8_t ret_id[8], struct err *e);

#endif

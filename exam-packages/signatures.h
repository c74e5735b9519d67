/* SPDX-License-Identifier: Apache-2.0 */
/* The signatures beside a document: NAME.KEYID.minisig, from a folder or from a container. The key id only
 * finds them. */
#ifndef KAOCHANG_EXAM_PACKAGES_SIGNATURES_H
#define KAOCHANG_EXAM_PACKAGES_SIGNATURES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/minisign.h"

enum { SIGNATURES_MAX = 64, SIGNATURE_MAX_BYTES = 4096, SIGNATURE_KEYID = 17, PUBLIC_KEY_LINE = 57 };

struct signature {
    char keyid[SIGNATURE_KEYID]; /* 16 upper-case hex digits and a zero */
    struct span file;
};

struct signatures {
    struct signature list[SIGNATURES_MAX];
    size_t n;
};

/* If `name` is "DOCUMENT.KEYID.minisig", copies KEYID. */
bool signature_name(const char *name, const char *document, char ret_keyid[SIGNATURE_KEYID]);
/* "DOCUMENT.KEYID.minisig" in the arena. */
const char *signature_name_of(struct arena *a, const char *document, const struct minisign_public *key);

/* ERR_DATA when there are more than SIGNATURES_MAX or one is larger than SIGNATURE_MAX_BYTES. The span is
 * borrowed. */
MUST_CHECK int signatures_add(struct signatures *s, const char *keyid, struct span file, struct err *e);
/* All of `document` in that folder, read into the arena. */
MUST_CHECK int signatures_load(struct signatures *ret, struct arena *a, const char *folder,
                               const char *document, struct err *e);

/* A document of at most `max` bytes with its signatures, all in the arena. */
MUST_CHECK int signatures_load_document(struct span *ret, struct signatures *ret_signatures, struct arena *a,
                                        const char *folder, const char *document, size_t max, struct err *e);
/* Writes the signatures, then the document, each atomically: a document in place always has its signatures.
 */
MUST_CHECK int signatures_save_document(const char *folder, const char *document, struct span data,
                                        const struct signatures *s, struct err *e);
/* Signs with every key; the signature files are in the arena. */
MUST_CHECK int signatures_make(struct signatures *ret, struct arena *a, struct span document,
                               const char *comment, const struct minisign_secret *key, size_t n_keys,
                               struct err *e);

/* The base64 line of a public key file, as documents hold it. Returns out. */
char *public_key_line(const struct minisign_public *key, char out[PUBLIC_KEY_LINE]);

#endif

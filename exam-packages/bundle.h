/* SPDX-License-Identifier: Apache-2.0 */
/* The result bundle FILE.results: what a station hands to the office. Anyone who trusts the office verifies
 * it; only O and R open it. Format: docs/exam-packages.md, "Result bundle". */
#ifndef KAOCHANG_EXAM_PACKAGES_BUNDLE_H
#define KAOCHANG_EXAM_PACKAGES_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exam-packages/age.h"
#include "exam-packages/minisign.h"
#include "exam-packages/parts.h"
#include "exam-packages/trust.h"
#include "exam-packages/zip.h"

#define BUNDLE_NS "urn:kaochang:bundle:1"
enum { BUNDLE_MAX_SITTINGS = 10000, BUNDLE_MAX_EPOCHS = 100, BUNDLE_HASH_BYTES = 32 };

struct bundle_epoch {
    int64_t number; /* from 1, rising */
    int64_t seq;    /* last event's */
    uint8_t head[32];
};

struct bundle_sitting {
    const char *ticket; /* plain name, unique, in bytewise order */
    struct bundle_epoch *epoch;
    size_t n_epochs;
};

/* bundle.xml */
struct bundle_document {
    struct arena *arena;
    const char *session, *station, *site, *room; /* plain names */
    uint8_t package[32];                         /* package hash */
    struct bundle_sitting *sitting;
    size_t n_sittings;
    uint8_t (*predecessor)[BUNDLE_HASH_BYTES]; /* bundles of this station that came before */
    size_t n_predecessors;
    struct container_parts parts;
};

struct bundle_document *bundle_document_new(void);
void bundle_document_free(struct bundle_document *d); /* NULL is fine */
MUST_CHECK int bundle_document_write(const struct bundle_document *d, struct bytes *out, struct err *e);
MUST_CHECK int bundle_document_read(struct bundle_document **ret, const char *name, struct span data,
                                    struct err *e);

/* One file inside results.age: "journals/TICKET.journal", "scores/TICKET.xml", … */
struct bundle_file {
    const char *name;
    struct span data;
};

/* Fills document->parts, seals the files to the recipients (O and R) as one inner container in the order
 * given, signs with the station's key and writes the file atomically. A bundle that was made is kept; a
 * second export copies its bytes. */
MUST_CHECK int bundle_write(struct bundle_document *document, const struct bundle_file *file, size_t n_files,
                            const struct age_recipient *to, size_t n_to,
                            const struct minisign_secret *station, const struct certificate_chain *chain,
                            const char *path, uint8_t ret_hash[BUNDLE_HASH_BYTES], struct err *e);

struct bundle;
/* Verifies everything but opens nothing: container, canonical bundle.xml, part hashes, the station's
 * certificate up to the trust, that it is of the same station, site and room, and the signature by the
 * certified key. */
MUST_CHECK int bundle_open(struct bundle **ret, const char *path, const struct trust *t, struct err *e);
/* As bundle_open without the chain to a trust: for bundles whose key is not known, to be quarantined. The
 * signature is still checked against the certificate that came along. */
MUST_CHECK int bundle_open_untrusted(struct bundle **ret, const char *path, struct err *e);
void bundle_close(struct bundle *b); /* NULL is fine */
const struct bundle_document *bundle_document_of(const struct bundle *b);
const struct certificate *bundle_certificate(const struct bundle *b);
const uint8_t *bundle_hash(const struct bundle *b); /* BLAKE2b-256 of bundle.xml */

/* Decrypts results.age; the inner container and its spans live until bundle_close. ERR_NO when the identity
 * does not fit. */
MUST_CHECK int bundle_unseal(struct bundle *b, const struct age_identity *id, size_t n_ids,
                             const struct zip **ret, struct err *e);

#endif

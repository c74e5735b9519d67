/* SPDX-License-Identifier: Apache-2.0 */
/* Who is at the other end of a TLS connection in the room: a document, signed with the certified key of a
 * station or of the room's machine, that names the TLS key used here. Each side shows its own; after that the
 * TLS key is pinned. A TLS key is a sub-key of the station's, never that key itself: the Ed25519 seed is
 * derive(station key, "tls").
 *
 * XML `introduction` urn:kaochang:introduction:1 (canonical): role (station|room), name, site, room, tls (64
 * hex digits: the raw Ed25519 public key), recipient (an age identity made for this run: what the session's
 * key is sealed to; stations only). Signed with the trusted comment "kaochang/1 role=introduction name=…".
 */
#ifndef KAOCHANG_CLIENT_ROOM_INTRODUCTION_H
#define KAOCHANG_CLIENT_ROOM_INTRODUCTION_H

#include "exam-packages/age.h"
#include "exam-packages/secret.h"
#include "exam-packages/station.h"

enum { INTRODUCTION_TLS_KEY = 32, INTRODUCTION_MAX = 65536 };

struct introduction {
    bool of_room; /* of the room's machine; its certificate is of the kind "room" */
    const char *name, *site, *room;
    uint8_t tls[INTRODUCTION_TLS_KEY];
    bool has_recipient;
    struct age_recipient recipient;
};

/* The TLS seed (32 bytes, guarded) and public key of a station. */
MUST_CHECK int introduction_tls_seed(const struct minisign_secret *station, struct secret *ret_seed,
                                     uint8_t ret_public[INTRODUCTION_TLS_KEY], struct err *e);

/* Writes and signs; the whole travels packed: domain "kaochang/1 introduction", document, signature, and the
 * four documents of the certificate chain as blobs. */
MUST_CHECK int introduction_make(const struct introduction *who, const struct minisign_secret *key,
                                 const struct certificate_chain *chain, struct bytes *out, struct err *e);
/* What somebody says of himself: nothing is verified. Texts go into the arena, spans are borrowed. */
struct introduction_parts {
    struct span document, signature;
    struct certificate_chain chain;
};
MUST_CHECK int introduction_read(struct introduction *ret, struct introduction_parts *ret_parts,
                                 struct arena *a, struct span packed, struct err *e);
/* Reads a packed introduction and verifies all of it: the chain to the trust, the kind of the certificate,
 * name, site and room the same in both, the signature. `site` and `room` are those of the reader. Texts go
 * into the arena; *ret_key (may be NULL) is the certified minisign key. ERR_NO when it is not to be trusted.
 */
MUST_CHECK int introduction_check(struct introduction *ret, struct minisign_public *ret_key, struct arena *a,
                                  struct span packed, const struct trust *t, const char *site,
                                  const char *room, struct err *e);

#endif

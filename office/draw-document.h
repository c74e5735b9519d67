/* SPDX-License-Identifier: Apache-2.0 */
/* What is published of a draw: before it the commitment (hashes of the seed and of the list), after it the draw with
 * its seed. Canonical XML, urn:kaochang:draw:1, signed apart as FILE.KEYID.minisig with the trusted comment of
 * draw_comment. Format: docs/lab.md, "The draw".
 */
#ifndef KAOCHANG_OFFICE_DRAW_DOCUMENT_H
#define KAOCHANG_OFFICE_DRAW_DOCUMENT_H

#include <stdbool.h>

#include "office/draw-list.h"
#include "office/draw-stream.h"

#define DRAW_NS "urn:kaochang:draw:1"
enum { DRAW_MAX_SHARES = 16, DRAW_MAX_NUMBER = 99, DRAW_MAX_REASON = 900 };

struct draw_commitment {
    struct arena *arena;
    int64_t number;      /* of the draw for these sessions, from 1 */
    const char *made;    /* "2026-11-22T08:20:00+08:00": for people */
    uint8_t seed[DRAW_HASH], list[DRAW_HASH]; /* hashes */
    const char *session[DRAW_MAX_SESSIONS]; /* bytewise order */
    size_t n_sessions;
    uint8_t share[DRAW_MAX_SHARES][DRAW_HASH]; /* hashes of what the seed is the XOR of; none: of the seed alone */
    size_t n_shares;
    uint8_t before[DRAW_HASH]; /* number > 1: hash of the draw.xml (or commitment.xml) that this one replaces */
    const char *reason;        /* number > 1: why; else "" */
};

struct draw_record {
    struct arena *arena;
    int64_t number;
    const char *made;
    uint8_t commitment[DRAW_HASH]; /* hash of commitment.xml */
    uint8_t seed[DRAW_SEED];
    uint8_t list[DRAW_HASH], places[DRAW_HASH]; /* hashes of what was drawn from, and of what came out */
    int64_t candidates, groups, neighbours;
    uint8_t share[DRAW_MAX_SHARES][DRAW_SEED];
    size_t n_shares;
    const char *amended; /* why the list is another one than the committed; "" when it is not */
};

struct draw_commitment *draw_commitment_new(void);
void draw_commitment_free(struct draw_commitment *c); /* NULL is fine */
MUST_CHECK int draw_commitment_write(const struct draw_commitment *c, struct bytes *out, struct err *e);
MUST_CHECK int draw_commitment_read(struct draw_commitment **ret, const char *name, struct span data, struct err *e);

struct draw_record *draw_record_new(void);
void draw_record_free(struct draw_record *r); /* NULL is fine */
MUST_CHECK int draw_record_write(const struct draw_record *r, struct bytes *out, struct err *e);
MUST_CHECK int draw_record_read(struct draw_record **ret, const char *name, struct span data, struct err *e);

/* "kaochang/1 commitment session=am1 draw=1" (or "draw" for `what`); into buf, returns buf. */
const char *draw_comment(const char *what, const char *session, int64_t number, char *buf, size_t size);

/* What a verifier has. Spans with p NULL are not there. */
struct draw_evidence {
    struct span draw, list, commitment, places;
};
/* 0 when the list and the seed give what draw.xml says, and the commitment said so before. Else ERR_NO with the first
 * difference; ERR_DATA for what cannot be read. *ret gets the draw's record (caller frees), also when it differs; it may
 * be NULL when there is none. */
MUST_CHECK int draw_verify(struct draw_record **ret, const struct draw_evidence *v, struct err *e);

#endif

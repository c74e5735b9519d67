/* SPDX-License-Identifier: Apache-2.0 */
/* The CLOSE record of a room, close.xml: how many were registered and sat, and with which last event every
 * sitting ended. Signed beside by the station, or by the room's machine, with the trusted comment "kaochang/1
 * role=close session=… room=…". Format: docs/formats.md, "Documents". */
#ifndef KAOCHANG_EXAM_PACKAGES_CLOSE_RECORD_H
#define KAOCHANG_EXAM_PACKAGES_CLOSE_RECORD_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define CLOSE_NS "urn:kaochang:close:1"
enum { CLOSE_MAX_SITTINGS = 10000 };

struct close_sitting {
    const char *ticket; /* plain, unique, in bytewise order */
    int64_t epoch, seq; /* of the last event */
    uint8_t head[32];   /* its hash */
    const char
        *status; /* "handed-in", "forced-end", "damaged"; "answering", "paused": its machine did not answer */
};
struct close_record {
    struct arena *arena;               /* owns what was read; NULL when the caller's own */
    const char *session, *site, *room; /* plain names */
    uint8_t package[32];               /* package hash */
    int64_t registered, count;         /* on the list; sat */
    struct close_sitting *sitting;
    size_t n;
};

MUST_CHECK int close_record_write(const struct close_record *c, struct bytes *out, struct err *e);
/* Refuses what is not canonical, and counts that do not fit the list. close_record_release afterwards. */
MUST_CHECK int close_record_read(struct close_record *ret, const char *name, struct span data, struct err *e);
void close_record_release(struct close_record *c);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What each room had said when the close code of a session was given out, release.xml: the CLOSE record that
 * was here, the closing number that was read, or that nothing was here and why the code was given out all the
 * same. The officers of the targets' role "package" sign it, and what comes later is held against it. Format:
 * docs/exam-packages.md, "Release". */
#ifndef KAOCHANG_EXAM_PACKAGES_RELEASE_RECORD_H
#define KAOCHANG_EXAM_PACKAGES_RELEASE_RECORD_H

#include "exam-packages/close-number.h"

#define RELEASE_NS "urn:kaochang:release:1"
enum { RELEASE_MAX_ROOMS = 100000, RELEASE_MAX_REASON = 4000 };

enum release_how { RELEASE_RECORD, RELEASE_PHONE, RELEASE_OPEN, RELEASE_HOWS };
const char *release_how_name(enum release_how how); /* "record", "phone", "open" */

struct release_room {
    const char *site, *room; /* plain names */
    enum release_how how;
    int64_t sat;                    /* RELEASE_RECORD, RELEASE_PHONE */
    uint8_t hash[32];               /* RELEASE_RECORD: BLAKE2b-256 of close.xml */
    char number[CLOSE_NUMBER_TEXT]; /* RELEASE_PHONE */
    uint8_t key[CLOSE_KEY_BYTES];   /* RELEASE_PHONE: what the number is checked with */
    const char *reason;             /* RELEASE_OPEN */
};

struct release_record {
    struct arena *arena; /* owns what was read; NULL when the caller's own */
    const char *session; /* plain name */
    const char *date;    /* 2026-11-22T12:00:00+08:00 */
    struct release_room *room;
    size_t n;
};

/* Puts the rooms into the order of site, room, how and what was said, then checks and writes. */
MUST_CHECK int release_record_write(struct release_record *r, struct bytes *out, struct err *e);
MUST_CHECK int release_record_read(struct release_record *ret, const char *name, struct span data,
                                   struct err *e);
void release_record_free(struct release_record *r);

/* The trusted comment of its signatures; into buf, returns buf. */
const char *release_comment(const char *session, char *buf, size_t size);

#endif

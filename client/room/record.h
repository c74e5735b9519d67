/* SPDX-License-Identifier: Apache-2.0 */
/* The room record (考场记录): what is printed and signed by hand after a room is closed. It is drawn up from
 * the signed documents of the closing (close.xml, minutes.xml) and the site's roster alone, so that anybody
 * who has them prints the same; the hashes of both documents stand on the paper. */
#ifndef KAOCHANG_CLIENT_ROOM_RECORD_H
#define KAOCHANG_CLIENT_ROOM_RECORD_H

#include "client/agent/minutes.h"
#include "exam-packages/close-number.h"
#include "exam-packages/close-record.h"
#include "exam-packages/package.h"

enum { RECORD_HASH = 32 };

struct record_row { /* a candidate of the room, by seat */
    const char *ticket, *name, *seat;
    const struct close_sitting *sitting; /* NULL: did not sit */
    int64_t begun_ms, ended_ms;          /* wall clock; 0: the minutes do not say */
    int64_t extra_s;                     /* granted on the day */
    size_t interruptions;
    bool absent, late;
    enum control_breach breach;
};

struct record {
    struct arena *arena;
    struct package *package;
    struct roster *roster;
    struct close_record closed;
    struct minutes_document *minutes;
    uint8_t close_hash[RECORD_HASH], minutes_hash[RECORD_HASH]; /* BLAKE2b-256 of the files */
    char number[CLOSE_NUMBER_SHOWN]; /* the closing number as it is shown */
    const char *room_name, *machine;
    int64_t opened_ms, started_ms, closed_ms; /* 0: the minutes do not say */
    bool lab; /* the rows are the raters of a lab exam */
    struct record_row *row;
    size_t n;
    size_t late, violations, cheatings;
};

/* Reads and verifies: the machine's certificate, both signatures, that both are of this room and package.
 * `session` NULL: the only one that has been closed. ERR_ENV with a hint while the room is not closed,
 * ERR_DATA or ERR_NO when something is not what was signed. */
MUST_CHECK int record_load(struct record **ret, const char *home, const char *session, struct err *e);
void record_free(struct record *r); /* NULL is fine */

/* A PDF of A4 pages in the language of the program; times in the zone of the machine. */
MUST_CHECK int record_print(const struct record *r, struct bytes *out, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Journals of the room that are brought in later: from the disk of a machine that was lost, or a copy on a
 * stick. They go to HOME/sessions/SESSION/journals, as the room's copies do; nothing that is there is
 * overwritten (docs/room.md, "A stranded machine"). Nothing is written where they come from.
 */
#ifndef KAOCHANG_CLIENT_ROOM_BROUGHT_H
#define KAOCHANG_CLIENT_ROOM_BROUGHT_H

#include "base/clock.h"
#include "exam-packages/journal.h"

struct bringing;

/* In the session's folder: what the agent of an open room is asked to take. */
#define BROUGHT_FILE "brought.journal"

/* Opens this machine's home: station, trust, package, and the site's list where this machine may read it.
 * `session` NULL: the only one that was opened here, else the only package. `code` is the unlock code, which
 * opens U, or NULL. Takes the lock of the agent; while a room service is open on this machine, its own copies
 * take in what is brought, and the code is needed. ERR_NO while another room is open here. */
MUST_CHECK int bringing_open(struct bringing **ret, const char *home, const char *session, const char *code,
                             const struct clock_reading *now, struct err *e);
void bringing_close(struct bringing *b); /* NULL is fine; wipes */
const char *bringing_session(const struct bringing *b);

/* The journals in `from`: a file itself; of a station's home those of this session; else those of the folder.
 * In bytewise order; paths in the arena. ERR_NO or ERR_ENV when there is none, or the machine at that home is
 * at work. */
MUST_CHECK int bringing_find(const struct bringing *b, const char *from, struct arena *a, const char ***ret,
                             size_t *ret_n, struct err *e);

enum brought_outcome {
    BROUGHT_REFUSED, /* why: in `why` */
    BROUGHT_SAME,    /* already here */
    BROUGHT_LESS,    /* a beginning of what is here: nothing to do */
    /* every event was verified with the key, and it is, or is in, TICKET.journal now */
    BROUGHT_NEW,  /* nothing was here */
    BROUGHT_MORE, /* longer than what was here, or that is damaged; it is kept aside */
    BROUGHT_TAIL, /* both had something: put together; what a later epoch superseded is evidence */
    /* TICKET.other-STATION.journal: it contradicts what is here, or was not verified; the office joins or
       decides */
    BROUGHT_BESIDE,
};
/* "refused", "new" …: stable words. */
const char *brought_outcome_name(enum brought_outcome o);

struct brought {
    enum brought_outcome outcome;
    const char *ticket,
        *station; /* "" while unknown; the station's name, or the first digits of its key's id */
    int64_t epochs, events;
    bool ended;       /* its newest epoch is signed, and the signature was checked */
    bool checked;     /* each event was verified with the session's key */
    bool listed;      /* the ticket was looked up in the list of this room */
    const char *kept; /* name among the journals of this machine; "" */
    struct err why;
};

/* One of these files. A negative result is a trouble of this machine (ERR_ENV); what is wrong with the file
 * is in *ret. Texts are in the arena. What is said to be kept is durable, and noted in the minutes. */
MUST_CHECK int bringing_take(struct bringing *b, const char *path, struct arena *a, struct brought *ret,
                             struct err *e);

#endif

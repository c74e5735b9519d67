/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent holds and does, without its socket: the opened package, the seats of the room, their
 * journals. */
#ifndef KAOCHANG_CLIENT_AGENT_ROOM_H
#define KAOCHANG_CLIENT_AGENT_ROOM_H

#include "client/agent/agent.h"
#include "client/agent/control.h"
#include "client/agent/link.h"
#include "client/store/sitting-store.h"
#include "exam-packages/package.h"
#include "exam-packages/station.h"

struct seat {
    const struct roster_candidate *who;
    char *path;          /* of the journal */
    struct sitting_store *store; /* NULL: no journal yet */
    struct session session;
    bool absent;
    char trouble[400]; /* the journal cannot be read: why; else "" */
    void *line;        /* the connection that has signed in, or NULL; kept by the event loop */
};

struct room {
    enum room_state state;
    char *home, *folder; /* HOME and HOME/sessions/SESSION */
    struct trust *trust;
    struct station *station;
    struct certificate_chain chain;
    struct minisign_secret key;
    struct package *package;
    struct age_identity unlock; /* U */
    struct secret code_hash;    /* of the unlock code, for proctors who come back; empty in practice mode */
    struct roster *roster;
    struct paper *paper;
    int paper_fd; /* sealed memfd */
    struct seat *seat;
    size_t n;
};

/* Verifies and opens everything; the messages of agent_start. */
MUST_CHECK int room_open(struct room **ret, const struct agent_start *s, const struct clock_reading *now,
                         struct err *e);
void room_free(struct room *r); /* NULL is fine; wipes */

/* The proctor's code once more; a wrong one costs the same delay. */
MUST_CHECK int room_check_code(struct room *r, const char *code, const struct clock_reading *now,
                               struct err *e);

/* The seat of a ticket; ERR_NO with ERR_UNKNOWN_TICKET or ERR_OTHER_ROOM. */
MUST_CHECK int room_seat(struct room *r, const char *ticket, struct seat **ret, struct err *e);
/* Reads what was added to the seat's journal, and signs an end that is not signed yet. */
MUST_CHECK int room_refresh(struct room *r, struct seat *seat, struct err *e);
/* Texts are borrowed from the room. */
MUST_CHECK int room_candidate(struct room *r, struct seat *seat, const struct clock_reading *now,
                              struct link_candidate *ret, struct err *e);
/* Makes the journal if there is none. ret->paper_fd is the room's own: do not close it. Wipe the keys. */
MUST_CHECK int room_start(struct room *r, struct seat *seat, const struct clock_reading *now,
                          struct link_terms *ret, struct err *e);
MUST_CHECK int room_seal(struct room *r, struct seat *seat, char ret_receipt[22], struct err *e);
MUST_CHECK int room_status(struct room *r, const struct clock_reading *now, struct arena *a,
                           struct control_room *ret, struct err *e);
MUST_CHECK int room_extra_time(struct room *r, struct seat *seat, int64_t seconds, const char *reason,
                               const struct clock_reading *now, struct err *e);
MUST_CHECK int room_force_end(struct room *r, struct seat *seat, const char *reason,
                              const struct clock_reading *now, struct err *e);
MUST_CHECK int room_absent(struct room *r, struct seat *seat, bool absent, struct err *e);

/* The list of absent candidates (absent.c): kept in HOME/sessions/SESSION/absent.xml. */
MUST_CHECK int room_load_absent(struct room *r, struct err *e);
MUST_CHECK int room_save_absent(const struct room *r, struct err *e);

/* Ends and signs every sitting, writes the CLOSE record (closing.c). */
MUST_CHECK int room_close(struct room *r, const struct clock_reading *now, struct control_closing *ret,
                          struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's side of the line to the agent: who sits how far, extra time, forced end, absence, closing. */
#ifndef KAOCHANG_CLIENT_AGENT_CONTROL_H
#define KAOCHANG_CLIENT_AGENT_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "client/agent/link.h"
#include "client/session/states.h"

struct control;

/* Connects and shows the unlock code: an open room has only one proctor's password. A wrong one is
 * ERR_WRONG_CODE, and the next try has to wait (ERR_WAIT). */
MUST_CHECK int control_open(struct control **ret, const char *home, const char *code, struct err *e);
void control_close(struct control *c); /* NULL is fine; the agent goes on */

#define CONTROL_ALL "*" /* every candidate, or every station */

/* What stands between an answer and its loss. */
enum control_kept {
    CONTROL_NOTHING_YET, /* nothing answered */
    CONTROL_HERE,        /* on the station's disk */
    CONTROL_BOTH,        /* on the station's disk and in the room */
    CONTROL_ROOM_ONLY,   /* the station's disk fails; the room has it */
    CONTROL_AT_RISK,     /* the station's disk fails, and the room has not got it */
};
enum control_presence { CONTROL_PRESENT, CONTROL_ABSENT, CONTROL_LATE };
/* 违纪, 作弊: Ministry of Education order 33, articles 5 and 6. */
enum control_breach { CONTROL_NO_BREACH, CONTROL_VIOLATION, CONTROL_CHEATING };

struct control_candidate {
    const char *ticket, *name, *id_number, *seat, *form;
    enum sitting_state state; /* SITTING_NEW: not begun */
    bool connected;           /* a program is open for it now; answering and not connected is "interrupted" */
    bool absent, late;        /* marked by the proctor */
    enum control_breach breach;
    bool sealed; /* ended and signed */
    int64_t answered, items;
    int64_t used_ms, allowance_ms;
    int64_t interruptions;
    enum control_kept kept;
    bool pending;        /* an act of the proctor is on its way to the station */
    const char *station; /* where it sits or sat last; "" none */
    int64_t silent_ms;   /* since that station was heard of; 0: it is this one, or talks now */
    char receipt[22];
    const char *trouble; /* the journal is damaged, or two machines wrote it: what was found; else "" */
};

enum control_station_state { CONTROL_ASKS, CONTROL_ADMITTED, CONTROL_OPEN, CONTROL_SILENT };
enum control_disk { CONTROL_DISK_FINE, CONTROL_DISK_FULL, CONTROL_DISK_READ_ONLY, CONTROL_DISK_GONE };
/* A machine that the room service knows. */
struct control_station {
    const char *name, *ticket; /* who sits there; "" nobody */
    enum control_station_state state;
    int64_t silent_ms;
    int64_t battery; /* percent; -1: none, or not known */
    bool charging;
    enum control_disk disk;
    int64_t clock_off_ms; /* its wall clock minus the room's */
};

struct control_room {
    const char *session, *title, *site, *room, *room_name;
    int64_t window_start, window_end;
    bool outside_window;
    enum room_state state;               /* locked: a station that waits for its room */
    bool lab;                            /* a lab exam: the candidates of this struct are its raters */
    bool service;                        /* this is a room service; else one station alone, or in a room */
    bool reachable;                      /* of a station in a room: the service answers */
    int64_t running_ms;                  /* since the start of the exam; -1 not started */
    int64_t duration_ms;                 /* of the paper, without extra time; 0 in a lab exam */
    struct control_candidate *candidate; /* by seat as in the roster */
    size_t n;
    struct control_station *station; /* by name; only of a service */
    size_t n_stations;
};
/* Everything into the arena. */
MUST_CHECK int control_status(struct control *c, struct arena *a, struct control_room *ret, struct err *e);

/* Acts of the proctor. At a station alone they are in the candidate's journal, signed, when the call returns
 * 0; at a room service the order is on its disk and on its way (`pending`), and is carried out as soon as the
 * station that has the sitting is there. `ticket` may be CONTROL_ALL where it says so. A reason is needed, 1
 * to 1000 bytes. */
MUST_CHECK int control_start_room(struct control *c, struct err *e);
MUST_CHECK int control_extra_time(struct control *c, const char *ticket /* or all */, int64_t seconds,
                                  const char *reason, struct err *e);
MUST_CHECK int control_pause(struct control *c, const char *ticket /* or all */, bool pause,
                             const char *reason, struct err *e);
MUST_CHECK int control_force_end(struct control *c, const char *ticket, const char *reason, struct err *e);
/* CONTROL_ABSENT is refused for one who has begun; CONTROL_PRESENT takes either mark back. CONTROL_ABSENT for
 * all marks whoever has neither begun nor signed in (SITTING_NEW, not connected); ERR_NO when there is
 * nobody. */
MUST_CHECK int control_presence(struct control *c, const char *ticket, enum control_presence p,
                                struct err *e);
/* With article ("5.3") and note; for one who has begun also an event of the journal. CONTROL_NO_BREACH takes
 * it back (the minutes keep both). */
MUST_CHECK int control_breach(struct control *c, const char *ticket, enum control_breach b,
                              const char *article, const char *note, struct err *e);
MUST_CHECK int control_incident(struct control *c, const char *ticket /* or "" */, const char *text,
                                struct err *e);
MUST_CHECK int control_tell(struct control *c, const char *ticket /* or all */, const char *text,
                            struct err *e);
/* A code with which this candidate, once, goes on after an interruption: "XXXX-XXXX". Into the arena. */
MUST_CHECK int control_resume_code(struct control *c, const char *ticket, const char *reason, struct arena *a,
                                   const char **ret, struct err *e);
/* ---- a room service only; ERR_NO elsewhere ---- */
MUST_CHECK int control_admit(struct control *c, const char *station /* or all */, bool admit, struct err *e);
/* The sitting goes on at another machine, from what the room has; station "": whichever the candidate signs
 * in at. */
MUST_CHECK int control_reseat(struct control *c, const char *ticket, const char *station, const char *reason,
                              struct err *e);
/* Ends a sitting whose machine is lost, from what the room has. */
MUST_CHECK int control_finish(struct control *c, const char *ticket, const char *reason, struct err *e);

/* The journal that lies in the session's folder as BROUGHT_FILE (client/room/brought.h), from that machine,
 * goes into the room's copy. *ret: what became of it, a name of an outcome. */
MUST_CHECK int control_bring(struct control *c, const char *ticket, const char *station, struct arena *a,
                             const char **ret, struct err *e);

/* The collection check: every journal here, verified, signed, and counted against the roster. */
struct control_check_line {
    const char *ticket, *seat, *name;
    bool fine;
    const char *what; /* "42 events, signed by st06" or what is wrong and what to do */
};
struct control_check {
    int64_t registered, sat, absent, complete, missing;
    bool lab; /* of raters */
    struct control_check_line *line;
    size_t n;
};
MUST_CHECK int control_check(struct control *c, struct arena *a, struct control_check *ret, struct err *e);

/* What happened in the room, in its order. Numbers rise from 1 and are never used twice. */
struct control_minute {
    int64_t number, wall_ms;
    const char
        *kind; /* stable word: "opened", "started", "extra-time", "violation", "incident", "reseat", … */
    const char *ticket, *station, *text;
};
MUST_CHECK int control_minutes(struct control *c, int64_t after, struct arena *a, struct control_minute **ret,
                               size_t *ret_n, struct err *e);

/* 清场, the last act before closing, of a room service only: the stations remove the journals of ended
 * sittings whose last event the room has; what it has not got stays there. ERR_NO while the collection check
 * finds an exam that is not complete. A closed room gives its stations no more commands. */
MUST_CHECK int control_clear(struct control *c, struct err *e);

struct control_closing {
    int64_t registered, sat, absent, forced; /* forced: ended by this closing */
    bool lab;                                /* of raters */
    int64_t stranded;                        /* begun, not ended: their machines did not answer */
    char path[512];                          /* of the signed CLOSE record */
    char number[40];                         /* the closing number as it is shown; "" where there is none */
};
/* Ends every open sitting by force, signs all, writes the CLOSE record, drops the session's key; the agent
 * ends. A room service orders the ends first and waits for the stations that answer; what is stranded is
 * listed, and can still be collected later (kaochang-client collect). */
MUST_CHECK int control_close_room(struct control *c, struct control_closing *ret, struct err *e);

#endif

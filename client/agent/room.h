/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent holds and does, without its socket: the package, the seats of the room, their journals, the
 * minutes.
 *
 * A room begins locked (room_new: station, trust and package verified, nothing opened) and is unlocked by the
 * proctor's code or by the session's key from the room service. Every function that is not a reader works
 * with the clock as room_clock was told it last. */
#ifndef KAOCHANG_CLIENT_AGENT_ROOM_H
#define KAOCHANG_CLIENT_AGENT_ROOM_H

#include "client/agent/agent.h"
#include "client/agent/control.h"
#include "client/agent/link.h"
#include "client/agent/minutes.h"
#include "client/store/sitting-store.h"
#include "exam-packages/package.h"
#include "exam-packages/station.h"

struct line;
struct asking;

enum { SEAT_TOKEN = 33 };

struct seat {
    const struct roster_candidate *who;
    char *path;                  /* of the journal */
    struct sitting_store *store; /* NULL: no journal yet */
    struct session session;
    enum control_presence presence;
    enum control_breach breach;
    char trouble[400];        /* the journal cannot be read: why; else "" */
    struct line *line;        /* the connection that has signed in, or NULL; kept by line.h */
    char token[SEAT_TOKEN];   /* who shows it is the program that sat here before, started again; "" none */
    enum sitting_state noted; /* what the minutes say of it */
    int64_t wrong_codes, wrong_mono_ms; /* resume codes */
    bool disk_noted;                    /* the minutes have that its disk fails */
    /* of a room with a service; set by the hooks' owner */
    struct link_kept kept; /* what the room has */
    bool moved;            /* goes on at another machine: room_start refuses (ERR_MOVED) */
    void *attached;        /* the hooks' owner's own */
    /* of a rater; the list in the roster's arena */
    struct paper *sheet; /* sheet-paper.h; else NULL */
    int64_t order;
    struct link_rated *rated;
    size_t n_rated;
    struct link_other *other;
    size_t n_others;
};

/* Asked and told by the room where it is part of a larger one; each may be NULL. */
struct room_hooks {
    void *self;
    /* Before the agent answers any request of a line that is allowed to ask it: 0 answered (into
     * asking->out), negative refused, LINE_PASS the agent's own way, LINE_LATER see line_later. */
    int (*request)(void *self, struct asking *a, struct err *e);
    void (*left)(void *self, struct line *l);      /* the line ends: forget it */
    void (*stored)(void *self, struct seat *seat); /* an event was added to its journal or spill */
    void (*unlocked)(void *self);                  /* by the code, on the spot */
    void (*started)(void *self);                   /* the exam has begun, started here */
    /* In place of an act event in a journal of this machine (room_put_act): the machine that has the sitting
     * is told. */
    int (*act)(void *self, struct seat *seat, enum journal_kind kind, int64_t value, const char *reason,
               struct err *e);
    /* The state the sitting will have when everything ordered has been carried out: what is paused or let go
     * on is judged by it. */
    enum sitting_state (*ordered)(void *self, const struct seat *seat);
    /* The machine that has this sitting, for the minutes; NULL: this one. */
    const char *(*place)(void *self, const struct seat *seat);
    /* What the collection check finds fault with besides, and what to do; NULL nothing. */
    const char *(*fault)(void *self, const struct seat *seat, struct arena *a);
    /* Completes what only the hooks' owner knows: kept, pending, station, silent_ms, stations. */
    void (*status)(void *self, struct arena *a, struct control_room *ret);
};

struct room {
    enum room_role role;
    enum room_state state;
    bool hold, resume_codes;
    struct clock_reading now; /* room_clock */
    struct room_hooks hooks;
    /* this machine */
    char *home;
    struct trust *trust;
    struct station *station;
    struct certificate_chain chain;
    struct minisign_secret key;
    /* the session; NULL while a waiting station has several packages and none was chosen */
    char *folder; /* HOME/sessions/SESSION */
    struct package *package;
    struct minutes *minutes;
    /* unlocked */
    struct age_identity unlock; /* U */
    struct secret code_hash;    /* of the unlock code, for proctors who come back; empty in practice mode, and
                                   while    only the service has opened it */
    struct roster *roster;
    struct paper *paper; /* NULL in a lab exam */
    bool lab;            /* those who sit are the raters */
    const struct roster_candidate *sitter; /* roster_sitters */
    size_t n_sitters;
    int paper_fd; /* sealed memfd */
    struct seat *seat; /* by seat number, then ticket */
    size_t n;
    int64_t started_wall_ms;  /* 0: not started */
    int64_t look_mono_ms;     /* next room_look */
    bool minutes_late;        /* the disk refuses the minutes */
    struct room_notes *notes; /* how much of what repeats itself was noted lately (room-note.c) */
};

/* ---- from the package to the open room (room-new.c, room-open.c) ---- */

/* The session that was asked for, or the only one whose package is here (malloc'ed); NULL where several are
 * and the agent is to wait for its room, which names it. */
MUST_CHECK int room_choose_session(const struct agent_start *s, const struct trust *t, char **ret,
                                   struct err *e);
/* Verifies station, trust and package; the messages of agent_start but for those of the code. */
MUST_CHECK int room_new(struct room **ret, const struct agent_start *s, const struct clock_reading *now,
                        struct err *e);
void room_free(struct room *r); /* NULL is fine; wipes */
/* The clock as it is now; a jump of the wall clock is noted in the minutes. */
void room_clock(struct room *r, const struct clock_reading *now);
/* What is due now and then: minutes that the disk refused, spills. */
void room_look(struct room *r);
/* The session that a room service names, at a locked station: verifies its package. The same again is
 * nothing. */
MUST_CHECK int room_choose(struct room *r, const char *session, struct err *e);
/* Opens a locked room: by the proctor's code, or the keys of proctors (opening.h), with the site's roster; or
 * with U and the room's view of the roster from the service (both taken over, success or not; the roster may
 * lack room secrets). What the minutes say is restored: presence, breaches, whether the exam has begun.
 * Without `hold` it begins now. */
MUST_CHECK int room_unlock_code(struct room *r, const char *code, struct err *e);
MUST_CHECK int room_unlock_key(struct room *r, struct age_identity *unlock, struct roster *roster,
                               struct err *e);
/* Keeps the list that the room service gave, sealed to U, for a later unlocking by the code where this
 * machine holds no site identity. */
void room_keep_roster(const struct room *r, struct span document);
/* The proctor's code, or keys: opens a locked room; else a code is compared, a wrong one costs a delay, and
 * of keys one of any proctor of this session does. */
MUST_CHECK int room_check_code(struct room *r, const char *code, struct err *e);
/* U by the code or keys. A code that was right is remembered for proctors who come back; a wrong one costs a
 * delay.
 */
MUST_CHECK int room_open_with_code(struct room *r, const char *code, struct age_identity *ret, struct err *e);
/* The exam begins: `wall_ms` is when, by the clock of whoever said so. Again is nothing. */
MUST_CHECK int room_start_exam(struct room *r, int64_t wall_ms, struct err *e);

/* ---- seats and their journals (room-seat.c, room-journal.c) ---- */

/* Opens the seats of those who sit in this room: candidates, or raters. */
MUST_CHECK int room_open_seats(struct room *r, struct err *e);
/* Of a lab exam: checks that lab.xml is one, and that there are raters. */
MUST_CHECK int room_open_lab(const struct room *r, struct span lab, struct err *e);
/* The paper of a seat's sitting. */
const struct paper *room_paper(const struct room *r, const struct seat *seat);
bool room_seats_here(const struct room *r, const struct roster_candidate *sitter);
/* The seat of a ticket; ERR_NO with ERR_UNKNOWN_TICKET or ERR_OTHER_ROOM. */
MUST_CHECK int room_seat(struct room *r, const char *ticket, struct seat **ret, struct err *e);
/* Reads what was added to the seat's journal, and signs an end that is not signed yet. */
MUST_CHECK int room_refresh(struct room *r, struct seat *seat, struct err *e);
/* Lets go of the seat's journal: what is there is read anew at the next room_refresh. After rows were taken.
 */
void room_forget(struct room *r, struct seat *seat);
/* How an epoch of this seat begins at this machine, with a fresh J in *ret_age, which the start borrows; the
 * caller releases it. `fork` is NULL for the first epoch, else what it forks from (fork_… are read). */
MUST_CHECK int room_epoch(const struct room *r, const struct seat *seat, const struct journal_epoch *fork,
                          struct journal_epoch *ret, struct bytes *ret_age, struct err *e);
/* Texts are in the arena or borrowed from the room. */
MUST_CHECK int room_candidate(struct room *r, struct seat *seat, struct arena *a, struct link_candidate *ret,
                              struct err *e);
/* Makes the journal if there is none. ret->paper_fd is the room's own: do not close it. Wipe the keys. */
MUST_CHECK int room_start(struct room *r, struct seat *seat, struct link_terms *ret, struct err *e);
/* The newest epoch's station has signed just what the journal holds. As of the last room_refresh. */
bool room_is_signed(const struct seat *seat);
MUST_CHECK int room_seal(struct room *r, struct seat *seat, char ret_receipt[22], struct err *e);

/* ---- going on after an interruption (room-resume.c) ---- */

/* A code for this seat, once; its reason goes into the minutes, the code does not. Into the arena. */
MUST_CHECK int room_resume_code(struct room *r, struct seat *seat, const char *reason, struct arena *a,
                                const char **ret, struct err *e);
/* Uses it up, durably. ERR_NO with ERR_RESUME_CODE; many wrong ones cost a delay. */
MUST_CHECK int room_use_resume_code(struct room *r, struct seat *seat, const char *typed, struct err *e);
/* `shown` is the token of the program that signed in here last: the same program, started again. */
bool room_knows_program(const struct seat *seat, const char *shown);
void room_new_token(struct seat *seat);
/* Another program: needs a code where codes are asked for and the sitting has begun. The seat has been
 * refreshed. */
MUST_CHECK int room_may_go_on(struct room *r, struct seat *seat, const char *code, struct err *e);

/* ---- the whole room (room-status.c, room-check.c, closing.c) ---- */
MUST_CHECK int room_status(struct room *r, struct arena *a, struct control_room *ret, struct err *e);
MUST_CHECK int room_check(struct room *r, struct arena *a, struct control_check *ret, struct err *e);
/* Ends and signs every sitting, writes minutes.xml and the CLOSE record. */
MUST_CHECK int room_close(struct room *r, struct control_closing *ret, struct err *e);

/* ---- acts of the proctor, at the journals of this machine (room-acts.c); each is in the minutes ---- */

/* One act event with its reason, in the journal and signed. The caller has refreshed the seat; whether the
 * act is allowed is not asked, and nothing is noted. The seat's program is told. */
MUST_CHECK int room_put_act(struct room *r, struct seat *seat, enum journal_kind kind, int64_t value,
                            const char *reason, struct err *e);
MUST_CHECK int room_extra_time(struct room *r, struct seat *seat, int64_t seconds, const char *reason,
                               struct err *e);
MUST_CHECK int room_pause(struct room *r, struct seat *seat, bool pause, const char *reason, struct err *e);
MUST_CHECK int room_force_end(struct room *r, struct seat *seat, const char *reason, struct err *e);
MUST_CHECK int room_presence(struct room *r, struct seat *seat, enum control_presence p, struct err *e);
/* Absent is whoever has neither begun nor signed in, as room_status tells it. ERR_NO when there is nobody. */
MUST_CHECK int room_all_absent(struct room *r, struct arena *a, struct err *e);
/* `article` and `note` as control_breach. */
MUST_CHECK int room_breach(struct room *r, struct seat *seat, enum control_breach b, const char *article,
                           const char *note, struct err *e);
MUST_CHECK int room_incident(struct room *r, const struct seat *seat /* or NULL */, const char *text,
                             struct err *e);

MUST_CHECK int room_need_reason(const char *reason, struct err *e); /* 1 to 1000 bytes */
/* An act at every sitting that is going on; what is not allowed at one (ERR_NO) keeps nothing from the
 * others. ERR_NO when it was allowed at none. */
typedef int room_seat_act(void *context, struct room *r, struct seat *seat, struct err *e);
MUST_CHECK int room_each_sitting(struct room *r, room_seat_act *act, void *context, struct err *e);
/* To one, kept until his program is there; seat NULL: to all who are there now. */
MUST_CHECK int room_tell(struct room *r, struct seat *seat, const char *text, struct err *e);
/* What was told while his program was not there. */
void room_tell_again(struct room *r, struct seat *seat);

/* ---- notes in the minutes (room-note.c) ---- */

/* Adds to the minutes; they are never the reason why something else fails. `seat` may be NULL; `text` is
 * printf. What a machine can repeat without end (signing in, for one) is noted up to 30 times in a row for
 * one ticket and station, then once in 20 seconds, and no more once the minutes are half full; what was left
 * out is counted in a note of its own. What people do is always noted. */
void room_note(struct room *r, const char *kind, const struct seat *seat, const char *text, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a figure; returns its number. */
int64_t room_note_value(struct room *r, const char *kind, const struct seat *seat, int64_t value,
                        const char *text);
/* May this kind be noted once more now? For those that add to the minutes themselves. */
bool room_may_note(struct room *r, const char *kind, const char *ticket, const char *station);
/* Notes how much was left out so far. */
void room_note_left_out(struct room *r);
void room_notes_free(struct room_notes *n); /* NULL is fine */
bool room_outside_window(const struct room *r);

#endif

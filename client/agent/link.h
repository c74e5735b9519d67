/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate's side of the line to the agent (docs/client.md, "Agent"): sign in, begin, have the end
 * signed.
 *
 * One connection serves one sitting at a time. A program that was killed connects anew and signs in again:
 * the agent knows how far its sitting went. Every call waits for the answer at most LINK_WAIT_MS.
 */
#ifndef KAOCHANG_CLIENT_AGENT_LINK_H
#define KAOCHANG_CLIENT_AGENT_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "client/session/states.h"
#include "exam-packages/journal.h"

enum { LINK_WAIT_MS = 15000 };

/* Finer than the kind of an error, in err.code. */
enum link_error {
    ERR_NO_AGENT = 6001, /* the session is not unlocked here (no socket, or nobody answers) */
    ERR_UNKNOWN_TICKET,  /* not on this room's list */
    ERR_OTHER_ROOM,      /* of this session, but of another room */
    ERR_MARKED_ABSENT,   /* the proctor has marked the candidate absent */
    ERR_OPEN_ELSEWHERE,  /* this ticket is being used at another place */
    ERR_ALREADY_ENDED,   /* handed in or ended by force; candidate facts and receipt are still given */
    ERR_ROOM_CLOSED,
    ERR_NOT_SIGNED_IN,
    ERR_MESSAGE,     /* the message does not follow the protocol */
    ERR_WRONG_CODE,  /* proctor */
    ERR_WAIT,        /* proctor: too soon after a wrong code */
    ERR_NOT_OPEN,    /* the station waits for its room, or for the proctor's code */
    ERR_RESUME_CODE, /* going on here takes a one-time code from the proctor, or the one given is wrong or
                        used */
    ERR_MOVED,       /* this sitting goes on at another machine */
    ERR_LAB,         /* a lab exam: its raters sign in, with link_sign_in_rater */
    ERR_NOT_LAB,     /* no lab exam: there is nothing to rate */
};

struct link;

/* Connects to HOME/run/agent.sock. */
MUST_CHECK int link_open(struct link **ret, const char *home, struct err *e);
/* Takes over a connected socket, such as fd 3; owns it from then on. */
MUST_CHECK int link_adopt(struct link **ret, int fd, struct err *e);
void link_close(struct link *l); /* NULL is fine */
/* For poll(): readable when link_poll has something to say. */
int link_fd(const struct link *l);

/* Who signs in, to be confirmed on the screen before the start. */
struct link_candidate {
    const char *session, *title; /* of the exam */
    const char *ticket, *name, *id_number, *county, *school, *site, *room, *seat;
    int64_t extra_s;                  /* accommodation */
    int64_t window_start, window_end; /* ms since 1970 */
    bool outside_window;              /* the machine's clock stands outside: say so, go on */
    enum sitting_state state;         /* SITTING_NEW: begins; SITTING_ANSWERING: goes on */
    char receipt[22];                 /* of an ended sitting, else "" */
    bool held;                        /* the proctor has not started the exam yet */
    bool has_room;                    /* answers are copied to a room service */
    bool rater; /* of a lab exam: rates candidates with kaochang-rate, and answers nothing */
    char token[33]; /* shown as resume_code at the next sign-in: the same program, started again */
};
/* Texts go into the arena. ERR_NO with a link_error in e->code when refused; of ERR_ALREADY_ENDED *ret is
 * filled too. */
/* `resume_code` is "", or what the proctor gave after ERR_RESUME_CODE, or the token of an earlier sign-in. */
MUST_CHECK int link_sign_in(struct link *l, const char *ticket, const char *resume_code, struct arena *a,
                            struct link_candidate *ret, struct err *e);
/* The same of a rater of a lab exam, by his number; ERR_NOT_LAB elsewhere, as link_sign_in says ERR_LAB in a
 * lab exam. */
MUST_CHECK int link_sign_in_rater(struct link *l, const char *id, const char *resume_code, struct arena *a,
                                  struct link_candidate *ret, struct err *e);

/* A candidate of a lab exam whom the rater who has signed in rates. */
struct link_rated {
    const char *ticket, *name, *id_number, *county, *school; /* all but ticket and name may be empty */
    const char *form;           /* id of the rubric that was drawn */
    int64_t seat, group, bench; /* roster_bench */
    int64_t extra_s;            /* accommodation */
};

/* A candidate of the room whom another rater rates first. */
struct link_other {
    const char *ticket;
    const char *rater, *rater_name; /* the rater's number; both "" when the list has none */
    int64_t group, bench;
};

/* What a sitting is opened with. */
struct link_terms {
    const char *session, *ticket, *form;
    const char *journal; /* path of the journal file */
    int64_t extra_ms;    /* accommodation */
    struct journal_keys keys; /* of the newest epoch */
    /* of the epochs before it, from 1 on: what was answered at other machines */
    struct journal_keys earlier[JOURNAL_MAX_EPOCHS - 1];
    int64_t n_earlier;
    /* of a rater: whom to rate, by seat; order 1 rates first, 2 besides, 3 where those differ. Else 0, none */
    int64_t order;
    struct link_rated *rated;
    size_t n_rated;
    struct link_other *other; /* the room's other candidates, by ticket */
    size_t n_others;
    int paper_fd; /* sealed memfd: the paper part, a zip; owned by whoever opens the sitting with it */
};
/* After the candidate confirmed: the agent makes the journal (or finds it) and hands over the paper. */
MUST_CHECK int link_start(struct link *l, struct arena *a, struct link_terms *ret, struct err *e);
void link_terms_wipe_keys(struct link_terms *t);
void link_terms_wipe(struct link_terms *t); /* keys, and closes the fd */

/* After the end was written: the agent checks the journal and signs. The receipt reads
 * "XXXX-XXXX-XXXX-XXXX-C". */
MUST_CHECK int link_seal(struct link *l, char ret_receipt[22], struct err *e);

/* Tells the agent that an event was added, so that it is copied to the room. Never waits, never fails. */
void link_stored(struct link *l);

/* Something from the agent without a question; called until it says LINK_NOTHING.
 * LINK_CHANGED: the proctor has written into the journal (extra time, pause, forced end): sitting_catch_up.
 * LINK_STARTED: the exam has begun. LINK_KEPT: see link_kept. LINK_TOLD: see link_told.
 * LINK_MOVED: the sitting goes on at another machine. LINK_GONE: the agent is not there any more; answers are
 * still saved. */
enum link_news { LINK_NOTHING, LINK_CHANGED, LINK_STARTED, LINK_KEPT, LINK_TOLD, LINK_MOVED, LINK_GONE };
enum link_news link_poll(struct link *l);

/* What the room holds of this sitting: every event up to this one. */
struct link_kept {
    int64_t epoch, seq;
    bool reachable; /* the room service answers at present */
};
struct link_kept link_kept(const struct link *l);
/* The proctor's message that came last; borrowed until the next link_poll. */
const char *link_told(const struct link *l);

#endif

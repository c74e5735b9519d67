/* SPDX-License-Identifier: Apache-2.0 */
/* The messages between agent, candidate's program and proctor's program (docs/client.md, "Messages"): u32
 * little-endian length of what follows, u8 type, canonical body. Nothing here touches a socket. */
#ifndef KAOCHANG_CLIENT_AGENT_MESSAGE_H
#define KAOCHANG_CLIENT_AGENT_MESSAGE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "client/agent/control.h"
#include "client/agent/link.h"

enum { MESSAGE_MAX_REQUEST = 8192, MESSAGE_MAX = 4 << 20, MESSAGE_HEAD = 5 };
enum { MESSAGE_RATES = 1 };

enum message_type {
    /* requests: struct request; of the candidate's program */
    MESSAGE_SIGN_IN = 1, /* ticket, text: one-time resume code or "", value: MESSAGE_RATES of a rater, else 0 */
    MESSAGE_START,
    MESSAGE_SEAL,
    MESSAGE_STORED,  /* an event was added to the journal or its spill: copy it to the room; no reply */
    MESSAGE_PROCTOR, /* text: the unlock code; opens a station that waits for its room */
    /* of the proctor */
    MESSAGE_STATUS = 16,
    MESSAGE_START_ROOM,  /* the exam begins: who waits may start */
    MESSAGE_EXTRA_TIME,  /* ticket or CONTROL_ALL, value: seconds, text: reason */
    MESSAGE_PAUSE,       /* ticket or CONTROL_ALL, value: 1 pause, 0 go on, text: reason */
    MESSAGE_FORCE_END,   /* ticket, text: reason */
    MESSAGE_ABSENT,      /* ticket (CONTROL_ALL: who has not come), value: enum control_presence */
    MESSAGE_VIOLATION,   /* ticket, value: enum control_breach, text: article, line feed, note */
    MESSAGE_INCIDENT,    /* ticket or "", text */
    MESSAGE_TELL,        /* ticket or CONTROL_ALL, text: shown to the candidate */
    MESSAGE_RESUME_CODE, /* ticket, text: reason; reply: text */
    MESSAGE_ADMIT,       /* ticket: a station's name or CONTROL_ALL, value: 1 or 0 */
    MESSAGE_RESEAT,      /* ticket, text: station, line feed, reason */
    MESSAGE_FINISH,      /* ticket, text: reason: ends a stranded sitting from the room's copy */
    MESSAGE_CHECK,       /* the collection check; reply: check */
    MESSAGE_MINUTES,     /* value: only those after this number; reply: minutes */
    MESSAGE_CLOSE_ROOM,
    MESSAGE_CLEAR, /* before closing: stations drop their copies of what the room has */
    MESSAGE_BRING, /* ticket, text: station; the journal lies in the session's folder; reply: text */
    /* replies */
    MESSAGE_DONE = 65,
    MESSAGE_REFUSED,   /* struct err */
    MESSAGE_CANDIDATE, /* struct link_candidate */
    MESSAGE_TERMS,     /* struct link_terms; the paper's memfd comes with it */
    MESSAGE_RECEIPT,   /* text */
    MESSAGE_ROOM,      /* struct control_room */
    MESSAGE_CLOSED,    /* struct control_closing */
    MESSAGE_TEXT,      /* text */
    MESSAGE_CHECKED,   /* struct control_check */
    MESSAGE_MINUTE_LIST,
    /* at any time, to the candidate's program */
    MESSAGE_CHANGED = 97, /* the proctor wrote into the journal of the sitting */
    MESSAGE_STARTED,      /* the exam has begun: who waits may start */
    MESSAGE_KEPT,         /* struct link_kept: what the room has */
    MESSAGE_TOLD,         /* text from the proctor */
    MESSAGE_MOVED,        /* this sitting goes on at another machine: stop here */
};

struct request {
    enum message_type type;
    const char *ticket, *text; /* "" where there is none */
    int64_t value;
};

/* Each adds one whole message, head included. */
void message_put_request(const struct request *r, struct bytes *out);
void message_put_plain(enum message_type type, struct bytes *out); /* DONE, CHANGED, STARTED, MOVED */
void message_put_text(enum message_type type, const char *text, struct bytes *out); /* RECEIPT, TEXT, TOLD */
void message_put_refused(const struct err *e, struct bytes *out);
void message_put_candidate(const struct link_candidate *c, struct bytes *out);
void message_put_terms(const struct link_terms *t, struct bytes *out);
void message_put_kept(const struct link_kept *k, struct bytes *out);
void message_put_room(const struct control_room *room, struct bytes *out);
void message_put_closed(const struct control_closing *c, struct bytes *out);
void message_put_check(const struct control_check *c, struct bytes *out);
void message_put_minutes(const struct control_minute *m, size_t n, struct bytes *out);

/* Type and body of the first message in the data: 1 and *ret_size (head included) when it is whole, 0 when
 * more has to come, -ERR_DATA when its length is out of bounds. */
MUST_CHECK int message_next(struct span data, size_t max, enum message_type *ret_type, struct span *ret_body,
                            size_t *ret_size, struct err *e);

/* Read bodies; texts go into the arena. -ERR_DATA with code ERR_MESSAGE for anything else. */
MUST_CHECK int message_get_request(enum message_type type, struct span body, struct arena *a,
                                   struct request *ret, struct err *e);
/* The carried error in *ret. */
MUST_CHECK int message_get_refused(struct span body, struct arena *a, struct err *ret, struct err *e);
MUST_CHECK int message_get_candidate(struct span body, struct arena *a, struct link_candidate *ret,
                                     struct err *e);
MUST_CHECK int message_get_terms(struct span body, struct arena *a, struct link_terms *ret, struct err *e);
MUST_CHECK int message_get_text(struct span body, struct arena *a, const char **ret, struct err *e);
MUST_CHECK int message_get_kept(struct span body, struct link_kept *ret, struct err *e);
MUST_CHECK int message_get_room(struct span body, struct arena *a, struct control_room *ret, struct err *e);
MUST_CHECK int message_get_closed(struct span body, struct arena *a, struct control_closing *ret,
                                  struct err *e);
MUST_CHECK int message_get_check(struct span body, struct arena *a, struct control_check *ret, struct err *e);
MUST_CHECK int message_get_minutes(struct span body, struct arena *a, struct control_minute **ret,
                                   size_t *ret_n, struct err *e);

/* ---- shared by the files of the messages ---- */
struct field;
size_t message_begin(struct bytes *out, enum message_type type);
void message_end(struct bytes *out, size_t at);
void message_put_fields(enum message_type type, const struct field *f, size_t n, const void *from,
                        struct bytes *out);
int message_bad(struct err *e); /* ERR_DATA, ERR_MESSAGE */
MUST_CHECK int message_get_fields(const struct field *f, size_t n, struct span body, struct arena *a,
                                  void *to, struct err *e);

#endif

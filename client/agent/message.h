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

enum message_type {
    /* requests: struct request */
    MESSAGE_SIGN_IN = 1, /* ticket */
    MESSAGE_START,
    MESSAGE_SEAL,
    MESSAGE_PROCTOR, /* text: the unlock code */
    MESSAGE_STATUS,
    MESSAGE_EXTRA_TIME, /* ticket, value: seconds, text: reason */
    MESSAGE_FORCE_END,  /* ticket, text: reason */
    MESSAGE_ABSENT,     /* ticket, value: 1 absent, 0 came after all */
    MESSAGE_CLOSE_ROOM,
    /* replies */
    MESSAGE_DONE = 65,
    MESSAGE_REFUSED,   /* struct err */
    MESSAGE_CANDIDATE, /* struct link_candidate */
    MESSAGE_TERMS,     /* struct link_terms; the paper's memfd comes with it */
    MESSAGE_RECEIPT,   /* text */
    MESSAGE_ROOM,      /* struct control_room */
    MESSAGE_CLOSED,    /* struct control_closing */
    /* at any time */
    MESSAGE_CHANGED = 97, /* the proctor wrote into the journal of the sitting */
};

struct request {
    enum message_type type;
    const char *ticket, *text; /* "" where there is none */
    int64_t value;
};

/* Each adds one whole message, head included. */
void message_put_request(const struct request *r, struct bytes *out);
void message_put_plain(enum message_type type, struct bytes *out); /* DONE, CHANGED */
void message_put_refused(const struct err *e, struct bytes *out);
void message_put_candidate(const struct link_candidate *c, struct bytes *out);
void message_put_terms(const struct link_terms *t, struct bytes *out);
void message_put_receipt(const char *receipt, struct bytes *out);
void message_put_room(const struct control_room *room, struct bytes *out);
void message_put_closed(const struct control_closing *c, struct bytes *out);

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
MUST_CHECK int message_get_receipt(struct span body, struct arena *a, char ret[22], struct err *e);
MUST_CHECK int message_get_room(struct span body, struct arena *a, struct control_room *ret, struct err *e);
MUST_CHECK int message_get_closed(struct span body, struct arena *a, struct control_closing *ret,
                                  struct err *e);

#endif

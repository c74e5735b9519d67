/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to the agent, and what its requests may do. Nothing that arrives on a line can stop the
 * agent. */
#ifndef KAOCHANG_CLIENT_AGENT_LINE_H
#define KAOCHANG_CLIENT_AGENT_LINE_H

#include "client/agent/room.h"
#include "client/agent/wire.h"

struct line {
    struct wire wire;
    struct seat *seat; /* signed in; seat->line is this line */
    bool proctor;      /* has shown the unlock code */
    /* a request that is answered later */
    bool waiting, answered;
    enum message_type waiting_type;
    struct bytes waiting_body;
    int64_t until_mono_ms;
};

/* What a handler works with. */
enum line_again { LINE_FIRST, LINE_ANSWERED, LINE_TIMED_OUT };
struct asking {
    struct room *room;
    struct line *line;
    const struct request *request;
    struct arena *arena;
    struct bytes *out;
    int passed_fd;
    enum line_again again; /* the request was put off (line_later), and is handled once more */
};
enum { LINE_PASS = 1, LINE_LATER = 2 }; /* of room_hooks.request */

/* Handles one request: adds the reply to `out`, or nothing when it comes later; *ret_fd is a descriptor to
 * pass along, or -1 (not to be closed). */
void line_handle(struct room *r, struct line *l, enum message_type type, struct span body, struct bytes *out,
                 int *ret_fd);
/* The line ends: gives the seat back. */
void line_leave(struct room *r, struct line *l);

/* Puts the request off: nothing else is read from this line until line_go_on, or for wait_ms. Then the
 * request is handled once more, with `again` set. Returns LINE_LATER, to be returned by the handler. */
int line_later(struct asking *a, int64_t wait_ms);
/* What was asked elsewhere is known now. */
void line_go_on(struct line *l);
/* A request that was put off is due: line_resume handles it. Time until then; -1: none waits. */
bool line_is_due(const struct line *l, int64_t mono_ms);
int64_t line_wait_ms(const struct line *l, int64_t mono_ms);
void line_resume(struct room *r, struct line *l, struct bytes *out, int *ret_fd);

/* Refuses with a code: returns -ERR_NO. */
int line_refuse(struct err *e, enum link_error code, const char *why);

/* ---- news to the candidate's program; nothing where nobody has signed in ---- */
void line_tell_changed(const struct seat *seat);                /* its journal was written by somebody else */
void line_tell_kept(const struct seat *seat);                   /* seat->kept has changed */
bool line_tell_text(const struct seat *seat, const char *text); /* false: nobody is there */
void line_tell_moved(const struct seat *seat);
void line_tell_started(const struct room *r); /* everybody */

/* ---- requests.c and requests-proctor.c ---- */
typedef int line_handler(struct asking *a, struct err *e);
line_handler *line_proctor_handler(enum message_type type); /* NULL: none */

#endif

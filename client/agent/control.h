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
int control_fd(const struct control *c);

struct control_candidate {
    const char *ticket, *name, *id_number, *seat, *form;
    enum sitting_state state; /* SITTING_NEW: not begun */
    bool connected;           /* a program is open for it now; answering and not connected is "interrupted" */
    bool absent;              /* marked by the proctor */
    bool sealed;              /* ended and signed */
    int64_t answered, items;
    int64_t used_ms, allowance_ms;
    int64_t interruptions;
    char receipt[22];
    const char *trouble; /* the journal is damaged: what was found; else "" */
};
struct control_room {
    const char *session, *title, *site, *room, *room_name;
    int64_t window_start, window_end;
    bool outside_window;
    struct control_candidate *candidate; /* by seat as in the roster */
    size_t n;
};
/* Everything into the arena. */
MUST_CHECK int control_status(struct control *c, struct arena *a, struct control_room *ret, struct err *e);

/* Acts of the proctor. They are in the candidate's journal, signed, when the call returns 0. */
MUST_CHECK int control_extra_time(struct control *c, const char *ticket, int64_t seconds, const char *reason,
                                  struct err *e);
MUST_CHECK int control_force_end(struct control *c, const char *ticket, const char *reason, struct err *e);
/* Marks (or unmarks: the candidate came after all) as absent; refused for one who has begun. */
MUST_CHECK int control_absent(struct control *c, const char *ticket, bool absent, struct err *e);

struct control_closing {
    int64_t registered, sat, absent, forced; /* forced: ended by this closing */
    char path[512];                          /* of the signed CLOSE record */
};
/* Ends every open sitting by force, signs all, writes the CLOSE record, drops the session's key; the agent
 * ends. */
MUST_CHECK int control_close_room(struct control *c, struct control_closing *ret, struct err *e);

#endif

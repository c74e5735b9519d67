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
};

/* Handles one request: adds the reply to `out`; *ret_fd is a descriptor to pass along, or -1 (not to be
 * closed). Reads the clock. */
void line_handle(struct room *r, struct line *l, enum message_type type, struct span body, struct bytes *out,
                 int *ret_fd);
/* Gives the seat back. */
void line_leave(struct line *l);

#endif

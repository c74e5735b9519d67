/* SPDX-License-Identifier: Apache-2.0 */
/* The room service inside an agent: the hall behind HTTPS, in the agent's loop. */
#ifndef KAOCHANG_CLIENT_ROOM_NET_SERVICE_H
#define KAOCHANG_CLIENT_ROOM_NET_SERVICE_H

#include "client/agent/agent.h"

struct service_start {
    const char *home, *session; /* session NULL: the only package that is there */
    const char *code;           /* unlock code as typed */
    const char *address;        /* as https_open */
    bool admit;                 /* stations of this room, without asking the proctor */
    bool foreground;            /* stay in this process until the room is closed, or a signal */
};
/* The messages of agent_start, ERR_NO when this machine is not certified for a room, and ERR_ENV when the
 * address cannot be had. *ret_pid (may be NULL) is not set in the foreground. */
MUST_CHECK int service_start(const struct service_start *s, pid_t *ret_pid, struct err *e);

#endif

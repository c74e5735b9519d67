/* SPDX-License-Identifier: Apache-2.0 */
/* The agent's loop over its socket, its lines, and what else it has to watch. */
#ifndef KAOCHANG_CLIENT_AGENT_SERVE_H
#define KAOCHANG_CLIENT_AGENT_SERVE_H

#include "client/agent/room.h"

/* Something else that the loop serves: the line to a room service, or a room service's stations. */
struct serve_extra {
    void *self;
    int fd;                         /* watched for reading; -1: none; may change in `turn` */
    int64_t (*wait_ms)(void *self); /* or NULL: until `turn` wants to be called; -1: no matter when */
    void (*turn)(void *self, const struct clock_reading *now); /* or NULL: after each wait */
    int lock; /* of HOME/run/agent.lock, or 0: where another agent holds the file that lies there now, this
                 one ends */
};

/* Until the room is closed or a signal asks to end. `extra` may be NULL. */
void serve(struct room *r, int listen_fd, int signal_fd, const struct serve_extra *extra);

#endif

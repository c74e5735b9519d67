/* SPDX-License-Identifier: Apache-2.0 */
/* The agent's event loop: lines of candidates and proctors, one request at a time. */
#ifndef KAOCHANG_CLIENT_AGENT_SERVE_H
#define KAOCHANG_CLIENT_AGENT_SERVE_H

#include "client/agent/room.h"

/* Serves the listening socket until the room is closed, or a signal arrives in `signal_fd`: the journals then
 * stay as they are, and the code opens the room again. */
void serve(struct room *r, int listen_fd, int signal_fd);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The agent: the process that holds a session's secrets while the room is open (docs/client.md, "Agent").
 *
 * It opens the package with the unlock code, makes each sitting's J, hands candidates the paper and their
 * sub-keys, and signs what is finished. Nothing of it reaches a disk in the clear: it cannot be dumped or
 * traced, and ends with the closing of the room.
 */
#ifndef KAOCHANG_CLIENT_AGENT_AGENT_H
#define KAOCHANG_CLIENT_AGENT_AGENT_H

#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "base/err.h"

struct agent_start {
    const char *home;    /* station home */
    const char *session; /* NULL: the only package that is there */
    const char *code;    /* unlock code as typed */
};

/* Starts the agent in the background and returns when it listens on HOME/run/agent.sock; *ret_pid (may be
 * NULL) is its process. Fails with one message: no such package, not enrolled, package broken, code mistyped
 * (check character), wrong code (ERR_NO, ERR_WRONG_CODE), too soon after a wrong code (ERR_NO, ERR_WAIT,
 * "wait 8 seconds"), already running, room already closed. Call it before the terminal is taken over and
 * without other threads. */
MUST_CHECK int agent_start(const struct agent_start *s, pid_t *ret_pid, struct err *e);

/* The agent itself, in the process that calls it: returns when the room is closed. `ready_fd` (or -1) gets
 * one byte 0 when listening, else the error. For agent_start and tests. */
int agent_run(const struct agent_start *s, int ready_fd);

#endif

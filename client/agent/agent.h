/* SPDX-License-Identifier: Apache-2.0 */
/* The agent: the process that holds a session's secrets while the room is open (docs/client.md, "Agent").
 *
 * It opens the package with the unlock code, makes each sitting's J, hands candidates the paper and their
 * sub-keys, and signs what is finished. Nothing of it reaches a disk in the clear: it cannot be dumped or
 * traced, and ends with the closing of the room.
 */
#ifndef KAOCHANG_CLIENT_AGENT_AGENT_H
#define KAOCHANG_CLIENT_AGENT_AGENT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "base/err.h"

struct room;
struct serve_extra;

/* Which kind of machine this is. */
enum room_role {
    ROOM_ALONE,      /* the proctor opens it with the code; roster and acts are its own */
    ROOM_AT_STATION, /* a workstation in a room with a service: gets U and the roster from there */
    ROOM_AT_SERVICE, /* the proctor's machine: holds the room's copies of all journals */
    ROOM_ROLES
};

/* What runs inside the agent besides: the line of a station to its room, or the room's service. */
struct agent_part {
    void *context;
    /* In the agent's process, before it listens. Sets the room's hooks (room.h) and what the loop is to
     * serve. */
    int (*begin)(void *context, struct room *room, struct serve_extra *ret, struct err *e);
    void (*end)(void *context); /* after the loop, the room still being there; also when begin failed */
};

struct agent_start {
    const char *home;    /* station home */
    const char *session; /* NULL: the only package that is there */
    const char *code;    /* unlock code as typed */
    enum room_role role;
    bool waiting;      /* code NULL: starts locked; a proctor's code or the room service opens it */
    bool hold;         /* candidates sign in, and begin when the proctor starts the exam */
    bool resume_codes; /* going on after an interruption takes a one-time code */
    const struct agent_part *part; /* or NULL */
};

/* Starts the agent in the background and returns when it listens on HOME/run/agent.sock; *ret_pid (may be
 * NULL) is its process. Fails with one message: no such package, not enrolled, package broken, code mistyped
 * (check character), wrong code (ERR_NO, ERR_WRONG_CODE), too soon after a wrong code (ERR_NO, ERR_WAIT,
 * "wait 8 seconds"), already running, room already closed. Call it before the terminal is taken over and
 * without other threads. */
MUST_CHECK int agent_start(const struct agent_start *s, pid_t *ret_pid, struct err *e);

/* Whoever works on a home alone holds this: as long as the agent lives, and let go by the kernel however it
 * ends. ERR_NO while another one holds it; one that has just closed its room is waited for, a second at most.
 */
MUST_CHECK int agent_lock(const char *home, int *ret_fd, struct err *e);

/* The agent itself, in the process that calls it: returns when the room is closed. `ready_fd` (or -1) gets
 * one byte 0 when listening, else the error. For agent_start and tests. */
int agent_run(const struct agent_start *s, int ready_fd);
/* The same in the foreground: the error is the caller's to print. */
MUST_CHECK int agent_run_here(const struct agent_start *s, struct err *e);

#endif

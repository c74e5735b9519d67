/* SPDX-License-Identifier: Apache-2.0 */
/* An exam hall for the tests: an office's trust, a published package, and an enrolled station that has pulled
 * it. Session "am", site "S1", room "301" with tickets T001 to T004 (T004 has ten minutes more), room "302"
 * with T009. */
#ifndef KAOCHANG_TESTS_CLIENT_HALL_H
#define KAOCHANG_TESTS_CLIENT_HALL_H

#include "client/agent/agent.h"
#include "client/agent/control.h"
#include "tests/client/exam.h"
#include "exam-packages/station.h"
#include "tests/exam-packages/world.h"

struct hall {
    struct world world;
    const char *home; /* of the station */
    struct package_codes codes;
    char code[CODE_SHOWN]; /* as it is shown to the proctor */
    pid_t agent;           /* 0: none */
};

void hall_open(struct hall *h);
/* The same with a practice package, which opens without a code. */
void hall_open_practice(struct hall *h);
/* The same with a package that these open with their keys; borrowed. */
void hall_open_for(struct hall *h, const struct proctors *proctors);
void hall_close(struct hall *h); /* ends the agent too */
/* As if nobody had sat here yet: ends the agent, removes sessions, brings the package back. */
void hall_reset(struct hall *h);
/* Starts the agent with the right code, fails the test if it does not start. */
void hall_unlock(struct hall *h);
/* Ends the agent at once, as a power cut would. */
void hall_kill_agent(struct hall *h);

#endif

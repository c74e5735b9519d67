/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated candidate, through the very line, rules and journal of a real one. */
#ifndef KAOCHANG_TESTS_TOOLS_RESPONDER_H
#define KAOCHANG_TESTS_TOOLS_RESPONDER_H

#include "tests/tools/keys.h"

struct responder {
    const char *home, *ticket;
    struct keys *keys;
    uint64_t seed;
    bool quits_early; /* leaves half of the items unanswered and hands in as soon as it may */
    bool crashes;     /* its process is killed, with SIGKILL, in the middle; run it again */
    double speed;     /* simulated seconds per second; 0: without waiting */
};

/* Sits to the end and hands in. In simulated time: an hour takes milliseconds. */
MUST_CHECK int responder_sit(const struct responder *r, struct err *e);

#endif

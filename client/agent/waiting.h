/* SPDX-License-Identifier: Apache-2.0 */
/* The agent of a station in a room with a service: it starts without a code and waits for its room, or for
 * the proctor's code on the spot. */
#ifndef KAOCHANG_CLIENT_AGENT_WAITING_H
#define KAOCHANG_CLIENT_AGENT_WAITING_H

#include <stdbool.h>

#include "base/err.h"

/* The home names a room service. */
bool waiting_is_wanted(const char *home);
/* Starts it where one is wanted and none runs; else 0 at once. As agent_start: before the terminal is taken
 * over. */
MUST_CHECK int waiting_start(const char *home, struct err *e);

#endif

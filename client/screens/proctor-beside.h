/* SPDX-License-Identifier: Apache-2.0 */
/* What the proctor's screen has other programs do: kaochang-room (room service, room record) and lp. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_BESIDE_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_BESIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* This machine is certified for a room: its code opens the room service. */
bool beside_serves(const char *home);
/* Starts the room service in the background; it holds the exam until the proctor starts it. The code goes
 * through a pipe. `listen` as kaochang-room serve --listen; NULL: the address in HOME/room.xml where just one
 * stands there, else port 8443 of every address. ERR_ENV with what to do where kaochang-room is missing. */
MUST_CHECK int beside_serve(const char *home, const char *session, const char *code, const char *listen,
                            struct err *e);

/* Draws up the record of the closed session as HOME/sessions/SESSION/record.pdf; its path goes into the
 * arena. */
MUST_CHECK int beside_record(const char *home, const char *session, struct arena *a, const char **ret,
                             struct err *e);
bool beside_can_print(void); /* lp is installed */
MUST_CHECK int beside_print(const char *path, struct err *e);

#endif

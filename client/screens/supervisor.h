/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the seat in a child process and starts it again when it is killed: the candidate goes on where the seat was. */
#ifndef KAOCHANG_CLIENT_SCREENS_SUPERVISOR_H
#define KAOCHANG_CLIENT_SCREENS_SUPERVISOR_H

#include "base/err.h"
#include "client/screens/seat.h"

/* Returns when the child ended by itself, or after SIGHUP or SIGTERM, which are passed on. The child gets its connection to
 * the agent, where there is one, as descriptor 3. `o->fd` and `o->memory` are not used. */
MUST_CHECK int supervise_seat(const struct seat_options *o, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The courier: carries an agent's requests to the room service by HTTPS (libcurl), several at a time. TLS 1.3
 * only, to a pinned key; only /1/introduction may be asked of a stranger. No redirect, proxy, environment or
 * configuration file is followed, no body over API_MAX is taken. */
#ifndef KAOCHANG_CLIENT_ROOM_NET_COURIER_H
#define KAOCHANG_CLIENT_ROOM_NET_COURIER_H

#include "base/err.h"

/* Serves the socket until its other end is closed; owns it. ERR_DATA when the agent breaks the protocol,
 * ERR_ENV when libcurl cannot be used. */
MUST_CHECK int courier_run(int fd, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Where a station finds its room service: HOME/room.xml, written at enrolment, and anew when the address
 * changes. <room xmlns="urn:kaochang:room-service:1"><service
 * address="https://192.168.1.10:8443"></service>…</room> The address is no matter of trust: who answers there
 * has to introduce itself. */
#ifndef KAOCHANG_CLIENT_ROOM_ROOM_FILE_H
#define KAOCHANG_CLIENT_ROOM_ROOM_FILE_H

#include "base/arena.h"
#include "base/err.h"

enum { ROOM_FILE_SERVICES = 8, ROOM_FILE_ADDRESS = 200 };

struct room_file {
    const char *service[ROOM_FILE_SERVICES]; /* without a final "/" */
    size_t n;                                /* 0: the station has no room service */
};

/* "https://ADDRESS:PORT"; a missing port is API_PORT, a missing "https://" is added. Into the arena.
 * ERR_USAGE for anything else. */
MUST_CHECK int room_file_address(const char *typed, struct arena *a, const char **ret, struct err *e);
/* n 0 where there is no file. Texts go into the arena. */
MUST_CHECK int room_file_read(const char *home, struct arena *a, struct room_file *ret, struct err *e);
MUST_CHECK int room_file_write(const char *home, const struct room_file *f, struct err *e);
MUST_CHECK int room_file_remove(const char *home, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of the room's network: one to listen on, and how many connections each other one has. */
#ifndef KAOCHANG_CLIENT_ROOM_NET_ADDRESS_H
#define KAOCHANG_CLIENT_ROOM_NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/err.h"

/* Listens, does not block; "0.0.0.0:8443", "[::]:8443", ":8443" (every address). *ret_port is the one it got.
 */
MUST_CHECK int address_listen(const char *text, int *ret_fd, int *ret_port, struct err *e);
/* Of this machine itself: loopback. */
bool address_is_own(const struct sockaddr *a);

struct address_count {
    uint8_t address[16]; /* IPv4 as ::ffff:a.b.c.d */
    int n;
};
struct addresses {
    struct address_count *list;
    size_t n, room;
};
int addresses_count(const struct addresses *a, const struct sockaddr *of);
void addresses_add(struct addresses *a, const struct sockaddr *of, int by);
void addresses_release(struct addresses *a);

#endif

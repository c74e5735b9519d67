/* SPDX-License-Identifier: Apache-2.0 */
/* HTTPS for the room service, and nothing that a room knows: TLS 1.3 only, certificates of clients asked for
 * and taken as keys. One thread; it lives in the agent's loop through a descriptor and a time.
 *
 * What one client does hurts no other: bodies, headers, connections of one address and idle time are bounded.
 */
#ifndef KAOCHANG_CLIENT_ROOM_NET_HTTPS_H
#define KAOCHANG_CLIENT_ROOM_NET_HTTPS_H

#include "base/clock.h"
#include "client/room/tls-certificate.h"

enum {
    HTTPS_CONNECTIONS = 900,
    HTTPS_OF_ONE_ADDRESS = 24, /* but of this machine: many stations of a trial may run there */
    HTTPS_IDLE_S = 60,         /* of a connection without a byte */
    HTTPS_BODY_MS = 20000,     /* for a whole request to arrive */
};

struct https_request {
    const char *method, *path;
    const uint8_t *key; /* TLS_PUBLIC_KEY bytes that the client holds the secret of; NULL: none shown */
    struct span body;
    bool again; /* it was asked before */
    bool last;  /* it has waited as long as it may: answer now */
};
/* Called in https_turn only. */
struct https_answers {
    void *self;
    /* Adds the body of the answer and returns its status; or 0: nothing to say yet, ask again when `ready`
     * says so, or after *ret_wait_ms with `last`. */
    int (*answer)(void *self, const struct https_request *q, struct bytes *out, int64_t *ret_wait_ms);
    bool (*ready)(void *self, const uint8_t key[TLS_PUBLIC_KEY]);
    /* The most bytes that a request of this key (NULL: none) may bring; more is answered with 413. */
    size_t (*most)(void *self, const uint8_t *key);
};

struct https;

/* Listens on "ADDRESS:PORT" (IPv6 in brackets; port 0: any), with the TLS key of this seed. ERR_USAGE for a
 * bad address, ERR_ENV when it cannot be had. */
MUST_CHECK int https_open(struct https **ret, const char *address, const struct secret *seed,
                          const struct https_answers *answers, struct err *e);
void https_close(struct https *h); /* NULL is fine; cuts all connections */

int https_port(const struct https *h);
int https_fd(const struct https *h); /* readable when https_turn has something to do */
int64_t https_wait_ms(const struct https *h,
                      int64_t mono_ms); /* until https_turn wants to be called anyway; -1: never */
void https_turn(struct https *h, int64_t mono_ms);

#endif

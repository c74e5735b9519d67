/* SPDX-License-Identifier: Apache-2.0 */
/* The station's end of the line to its room service (docs/room.md): introduces itself, hears what there is to
 * do and does it, each thing once; sends every event that was stored; asks before somebody sits down. It
 * plugs into the agent's room (ROOM_AT_STATION) through the hooks; the network is somebody else's (struct
 * uplink_courier).
 *
 * The service may be dead, slow, hostile or garbled: nobody waits for it longer than UPLINK_CLAIM_MS, and
 * only at sign-in; what it sends is bounded and verified; answers are saved and handed in all the same. */
#ifndef KAOCHANG_CLIENT_AGENT_UPLINK_H
#define KAOCHANG_CLIENT_AGENT_UPLINK_H

#include "client/agent/room.h"
#include "client/room/carry.h"

enum {
    UPLINK_CLAIM_MS = 2000,
    UPLINK_FIRST_PAUSE_MS = 200, /* after a failure; then twice as long each time */
    UPLINK_LAST_PAUSE_MS = 10000,
    UPLINK_SERVICES = 8,
};

struct uplink;

/* Who carries. `send` takes a copy; uplink_take is called with the reply, or never. */
struct uplink_courier {
    void *self;
    void (*who)(void *self, const struct carry_who *w);
    void (*send)(void *self, const struct carry_request *r);
    void (*cancel)(void *self, int64_t id);
};

struct uplink_options {
    const char *const *service; /* "https://ADDRESS:PORT", tried in turn */
    size_t n_services;
    const char *power; /* NULL: /sys/class/power_supply */
};

/* Sets the room's hooks; room and options are borrowed. */
MUST_CHECK int uplink_new(struct uplink **ret, struct room *room, const struct uplink_options *o,
                          const struct uplink_courier *courier, struct err *e);
void uplink_free(struct uplink *u); /* NULL is fine */

/* Other addresses from now on. */
void uplink_services(struct uplink *u, const char *const *service, size_t n);
/* A reply has come; its spans live during the call. */
void uplink_take(struct uplink *u, const struct carry_reply *reply);
/* The courier is gone, or the service does not answer as it should: what was under way is given up, and the
 * next address is tried from the beginning, after a pause. */
void uplink_lost(struct uplink *u, const char *why);
/* What is due by the room's clock; time until the next. */
void uplink_turn(struct uplink *u);
int64_t uplink_wait_ms(const struct uplink *u);

#endif

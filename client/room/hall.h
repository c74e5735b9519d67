/* SPDX-License-Identifier: Apache-2.0 */
/* The room service without its network (docs/room.md): which stations there are, who sits where, what each is
 * to do, what the room has of every sitting. Plugs into the agent's room (ROOM_AT_SERVICE): the proctor's
 * requests are answered through its hooks; the clock is the room's (room_clock).
 *
 * What must survive a restart stands in the minutes, before it goes out: orders until their act came back,
 * re-seats, who was admitted. Commands are numbered when they are sent, after the last number that the
 * station has carried out. */
#ifndef KAOCHANG_CLIENT_ROOM_HALL_H
#define KAOCHANG_CLIENT_ROOM_HALL_H

#include "client/agent/room.h"
#include "client/room/api.h"
#include "client/room/introduction.h"

struct hall;
struct hall_station;

struct hall_options {
    bool admit; /* every certified station of this room, as soon as it has introduced itself */
};
/* The room is unlocked. Reads the minutes and all copies, and sets the room's hooks. The room is borrowed. */
MUST_CHECK int hall_begin(struct hall **ret, struct room *room, const struct hall_options *o, struct err *e);
void hall_free(struct hall *h); /* NULL is fine */

/* Secret of its TLS key; borrowed. */
const struct secret *hall_tls_seed(const struct hall *h);

/* ---- the stations ---- */

/* A verified introduction with its station's key. Before all else of a station. */
MUST_CHECK int hall_hello(struct hall *h, const struct introduction *who, const struct minisign_public *key,
                          struct api_hello *ret, struct err *e);
/* The station whose introduction named this TLS key, or NULL. */
struct hall_station *hall_station_of(struct hall *h, const uint8_t tls[INTRODUCTION_TLS_KEY]);

/* How the station is, and what it is to do: into the arena. False when there is nothing to tell it now.
 * `again`: the same call as before, which has waited; its state says nothing new. */
bool hall_news(struct hall *h, struct hall_station *s, const struct api_state *state, bool again,
               struct arena *a, struct api_news *ret);
/* Something to tell has come up since. */
bool hall_has_news(const struct hall *h, const struct hall_station *s);
/* Rows of a station into the copies (ERR_NO: it is not admitted); what of each sitting is durable here, into
 * the arena. ERR_ENV when this machine's disk refuses: nothing is acknowledged then. */
MUST_CHECK int hall_rows(struct hall *h, struct hall_station *s, const struct api_rows *rows, struct arena *a,
                         struct api_kept *ret, struct err *e);
/* May this candidate sit at this station: granted, with what to go on with, or ERR_NO with a sentence that
 * the candidate reads. Into the arena. */
MUST_CHECK int hall_claim(struct hall *h, struct hall_station *s, const struct api_claim *claim,
                          struct arena *a, struct api_claimed *ret, struct err *e);

/* The room is closed, and a station that talks has not been told yet. */
bool hall_is_awaited(const struct hall *h);

/* ---- the same as bytes: what came over the line, and the answer (hall-wire.c) ---- */

struct hall_call {
    const char *method, *path;
    const uint8_t *key; /* of TLS, proved; NULL: none */
    struct span body;
    bool again; /* it has waited for news */
    bool last;  /* … as long as it may: answer now */
};
/* The status of HTTP, with the answer's body; 0: nothing yet, at most *ret_wait_ms. */
int hall_answer(struct hall *h, const struct hall_call *c, struct bytes *out, int64_t *ret_wait_ms);
/* The most bytes that this peer may send in one request. */
size_t hall_most(struct hall *h, const uint8_t *key);
/* A call of this key that waits for news can be answered. */
bool hall_is_ready(struct hall *h, const uint8_t key[INTRODUCTION_TLS_KEY]);

#endif

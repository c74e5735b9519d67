/* SPDX-License-Identifier: Apache-2.0 */
/* A room service without a network, and stations that talk to it in bytes. */
#ifndef KAOCHANG_TESTS_CLIENT_HALL_KIT_H
#define KAOCHANG_TESTS_CLIENT_HALL_KIT_H

#include "client/room/hall.h"
#include "tests/client/room/room-exam.h"

enum { HOUR_MS = 3600000 };

struct service {
    struct room_exam exam;
    struct room *room;
    struct hall *hall;
    struct clock_reading now;
    struct hall_options options;
};
void service_open(struct service *s);
void service_close(struct service *s);
void service_reset(struct service *s, bool admit);
/* As after a kill -9: everything is read anew from the disk. */
void service_again(struct service *s);
void service_pass(struct service *s, int64_t ms);
struct seat *service_seat(struct service *s, const char *ticket);
/* A request of the proctor; the kind of the error, and its text in *e. Fails the test where it is put off. */
int service_ask(struct service *s, enum message_type type, const char *ticket, int64_t value,
                const char *text, struct err *e);
void service_done(struct service *s, enum message_type type, const char *ticket, int64_t value,
                  const char *text);
/* The candidate and the station as the proctor sees them; lives until the next call. */
const struct control_candidate *service_candidate(struct service *s, const char *ticket);
const struct control_station *service_station(struct service *s, const char *name);
/* How often that kind stands in the minutes. */
size_t service_noted(struct service *s, const char *kind);

/* A station: its own key and certificate, one sitting's journal. */
struct peer {
    struct service *service;
    const char *name;
    struct minisign_secret key;
    struct certificate_chain chain;
    struct age_identity recipient;
    struct secret tls_seed;
    uint8_t tls[32];
    struct arena *arena;
    char path[160];
    struct sitting_store *store;
    struct session session;
    int64_t after; /* last command that was carried out */
    enum room_state state;
    bool connected;
    enum control_disk disk;
    int64_t spilled;
    struct journal_stored has; /* without a journal: it says to have all up to this event */
    uint32_t lie; /* not 0: what it sends is changed at random from here on, and answers are not read */
    int status;   /* of such an answer */
    /* of the last answer */
    struct api_news news;
    struct api_claimed claimed;
    struct api_kept_sitting kept;
    struct err refused;
};
void peer_open(struct peer *p, struct service *s, const char *name);
void peer_close(struct peer *p);
void peer_forget(struct peer *p); /* its journal is gone */
/* Each returns the status of HTTP. */
int peer_hello(struct peer *p);
int peer_ask_news(struct peer *p);
int peer_claim(struct peer *p, const char *ticket, const char *code, bool fresh_agent);
/* Sends rows of the newest epoch (epoch 0) or of that one, after `after`; with PEER_START its start alone, as
 * a station does first. */
enum { PEER_START = -1 };
int peer_send(struct peer *p, int64_t epoch, int64_t after);

/* Introduces itself, is opened and started by what the room says. */
void peer_enter(struct peer *p);
/* Begins the sitting in a journal of its own, and answers. */
void peer_begin(struct peer *p, const char *ticket);
void peer_answer(struct peer *p, const char *item, const char *choice);
void peer_end(struct peer *p); /* hands in and signs */
/* Goes on with what API_TAKE brought: epoch n + 1 with its re-seat. */
void peer_take(struct peer *p, const char *ticket);
/* Carries out what is in peer.news: orders at the journal. */
void peer_carry_out(struct peer *p);

#endif

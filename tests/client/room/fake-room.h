/* SPDX-License-Identifier: Apache-2.0 */
/* A station's uplink with a room service that the test plays, answer by answer: no network, no process, no
 * clock. */
#ifndef KAOCHANG_TESTS_CLIENT_ROOM_FAKE_ROOM_H
#define KAOCHANG_TESTS_CLIENT_ROOM_FAKE_ROOM_H

#include "client/agent/line.h"
#include "client/agent/uplink.h"
#include "client/room/api.h"
#include "client/room/introduction.h"
#include "client/sitting.h"
#include "exam-packages/journal-order.h"
#include "tests/client/hall.h"
#include "tests/client/room/room-kit.h"

enum { FAKE_SENT = 400 };

/* A request that the uplink has sent. */
struct fake_sent {
    int64_t id, wait_ms;
    const char *path, *pin;
    bool post, gone; /* answered or cancelled */
    struct span body;
};

struct fake {
    struct hall *hall;
    struct arena *a;
    struct room *room;
    struct uplink *uplink;
    struct clock_reading now;
    struct fake_sent sent[FAKE_SENT];
    size_t n;
    int who; /* times that TLS certificate and key were given */
    /* the room's machine */
    struct minisign_secret key;
    struct certificate_chain chain;
    struct bytes introduction;
    struct introduction station; /* as it introduced itself */
    int64_t number;              /* of the last command */
    const char *begun;           /* a ticket that it says was begun, with all its news; or NULL */
    /* a candidate's program */
    int sit_fd;
    struct line line;
};

/* Of cmocka, for the one that is used: a hall for all tests, and for each a station that has just been
 * switched on. */
void fake_use(struct fake *f);
int fake_setup_all(void **state);
int fake_teardown_all(void **state);
int fake_setup(void **state);
int fake_teardown(void **state);
/* The agent ends, and another one starts; what is on the disk stays. */
void fake_restart(struct fake *f);
/* So much later the loop turns once. */
void fake_pass(struct fake *f, int64_t ms);

/* The newest request of that path that is not answered; fails the test when there is none. */
struct fake_sent *fake_asked(struct fake *f, const char *path);
bool fake_asks(const struct fake *f, const char *path);
void fake_answer(struct fake *f, struct fake_sent *s, int64_t status, struct span body);
void fake_fail(struct fake *f, struct fake_sent *s); /* nobody is there */

/* The station's agent says that it reaches its service. */
bool fake_reaches(const struct fake *f);
/* What it reports of itself, in the question for news that waits; lives with the hall. */
struct api_state fake_told(struct fake *f);

/* The steps of a service that does as it should. */
void fake_introduce(struct fake *f);
void fake_hello(struct fake *f);
/* News of these commands (numbered here), and the turn after it. */
void fake_news(struct fake *f, struct api_command *c, size_t n);
void fake_command(struct fake *f, struct api_command c);
void fake_open(struct fake *f); /* introduction, hello, the key, the start */
/* Takes all rows that are offered, until nothing more comes; how many it were. */
size_t fake_take_rows(struct fake *f);
/* Reads the rows that are offered now, and acknowledges up to `seq` (-1: all). */
struct api_rows fake_rows(struct fake *f, int64_t seq);
/* An order of the room for T001. */
struct span fake_order(struct fake *f, const struct journal_order *o, const struct minisign_secret *key,
                       const struct certificate_chain *chain);

/* The candidate's program asks; true when it is answered, with type and body. */
bool fake_ask(struct fake *f, const struct request *r, enum message_type *ret_type, struct span *ret_body);
/* What a request that was put off gets now; false: it still waits. */
bool fake_late(struct fake *f, enum message_type *ret_type, struct span *ret_body);
/* News of that type came to the candidate's program since the last look. */
bool fake_heard(struct fake *f, enum message_type type, struct span *ret_body);
struct seat *fake_seat(struct fake *f, const char *ticket);
/* T001 sits down and begins. */
struct sitting *fake_sit(struct fake *f);
void fake_write(struct fake *f, struct sitting *s, size_t item, const char *choice); /* and says so */

#endif

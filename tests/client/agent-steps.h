/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the agent do again and again: a hall of one package, candidates and a proctor at its
 * agent. */
#ifndef KAOCHANG_TESTS_CLIENT_AGENT_STEPS_H
#define KAOCHANG_TESTS_CLIENT_AGENT_STEPS_H

#include "tests/check.h"
#include "tests/client/hall.h"

struct fixture {
    struct hall hall;
    struct arena *a;
};

/* Of cmocka. The package is built once, since that takes four times scrypt; sessions are fresh for each test.
 */
int begin_all(void **state);
int end_all(void **state);
int begin(void **state);

int unlock_with(struct fixture *f, const char *code, struct err *e);
/* The agent with the right code and what else `s` asks for. */
void unlocks(struct fixture *f, struct agent_start s);
struct link *connects(struct fixture *f);
int signs_in(struct fixture *f, struct link *l, const char *ticket, struct err *e);
struct sitting *sits(struct fixture *f, struct link *l, const char *ticket);
void answers(struct fixture *f, struct sitting *s, size_t item, const char *choice);
struct control *proctor(struct fixture *f);
struct control_candidate status_of(struct fixture *f, struct control *c, const char *ticket);
struct control_room room_of(struct fixture *f, struct control *c);
/* News of this kind comes within five seconds; others are passed over. */
void hears(struct link *l, enum link_news news);
/* How many of that kind the minutes have about that ticket ("" any); *ret_text (may be NULL): of the last. */
size_t noted(struct fixture *f, struct control *c, const char *kind, const char *ticket,
             const char **ret_text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* One room for all tests of a program, opened once and fresh before each. */
#ifndef KAOCHANG_TESTS_CLIENT_HALL_ROOM_H
#define KAOCHANG_TESTS_CLIENT_HALL_ROOM_H

#include "tests/client/room/hall-kit.h"

extern struct service room;

/* For cmocka. */
int hall_set_up(void **state);
int hall_tear_down(void **state);
int hall_fresh(void **state);

void hall_start(void);
/* A station of that name in the started exam, the ticket's sitting begun there with one answer. */
void hall_sit(struct peer *p, const char *name, const char *ticket);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A room's machine for the tests: home, package of session "am", unlock code, certificate of the kind "room"
 * for room 301 of site S1, in which T001 to T004 sit. */
#ifndef KAOCHANG_TESTS_CLIENT_ROOM_EXAM_H
#define KAOCHANG_TESTS_CLIENT_ROOM_EXAM_H

#include "tests/exam-packages/world.h"

struct room_exam {
    const struct world *world;
    const char *home, *code;
    struct hall *hall; /* of tests/client/hall.h */
};
void room_exam_open(struct room_exam *x);
void room_exam_close(struct room_exam *x);
void room_exam_reset(struct room_exam *x); /* as if nothing had happened */

#endif

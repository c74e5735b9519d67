/* SPDX-License-Identifier: Apache-2.0 */
/* Rooms to look at: of 12 seats alone, of 30 and of 60 with a service. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_PROCTOR_ROOM_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_PROCTOR_ROOM_H

#include "client/screens/proctor.h"

enum { SAMPLE_MAX = 64 };
struct sample_room {
    struct control_room room;
    struct control_candidate candidate[SAMPLE_MAX];
    struct control_station station[SAMPLE_MAX];
    char text[SAMPLE_MAX][4][24];
};

/* Everybody at work, nobody needs a hand; the exam runs for 18 minutes of 60. Stations st01… of which the
 * last two are free, where there is a service. */
void sample_room(struct sample_room *s, size_t seats, bool service);
/* Before the start: the first two thirds have signed in. */
void sample_open(struct sample_room *s);
/* One of each trouble, at seats 2, 5, 6, 9, 11, 14 and the free stations; some done, absent, late. */
void sample_troubles(struct sample_room *s);

#endif

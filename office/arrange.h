/* SPDX-License-Identifier: Apache-2.0 */
/* Rooms, seats and forms by lot: the same seed and the same candidates give the same plan on every machine. */
#ifndef KAOCHANG_OFFICE_ARRANGE_H
#define KAOCHANG_OFFICE_ARRANGE_H

#include "exam-packages/roster.h"

struct arrange_plan {
    uint64_t seed;
    int64_t seats;   /* of every room, 1..ROSTER_MAX_SEATS; the last room of a site may stay partly empty */
    int64_t columns; /* seats beside each other in a row; seat 1 is in front on the left */
    bool snake;      /* every second row is numbered from right to left */
    const char *const *form;
    size_t n_forms; /* >= 1 */
};

/* Gives every candidate a seat and a form, and a room of its site ("01", "02", …) where none is given. Candidates beside,
 * before and behind each other get different forms when there are two or more, diagonal ones too from four on.
 * ERR_USAGE when a seat is taken already (the lot is drawn once) or a given room has more candidates than seats. */
MUST_CHECK int roster_arrange(struct roster *r, const struct arrange_plan *plan, struct err *e);

/* Row and column, from 0, of a seat from 1. */
void arrange_position(const struct arrange_plan *plan, int64_t seat, int64_t *ret_row, int64_t *ret_column);

#endif

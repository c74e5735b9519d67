/* SPDX-License-Identifier: Apache-2.0 */
/* The room's copies of the sittings: HOME/sessions/SESSION/journals/TICKET.journal, journals like the
 * stations' own, filled with the rows that stations send. What is taken is verified, and durable before it is
 * acknowledged.
 *
 * Where two machines wrote one epoch, what came second is kept beside, as TICKET.other-STATION.journal: both
 * are evidence, neither is overwritten, and people decide. */
#ifndef KAOCHANG_CLIENT_ROOM_COPIES_H
#define KAOCHANG_CLIENT_ROOM_COPIES_H

#include "client/agent/room.h"
#include "client/room/api.h"

/* Who sends. */
struct copies_sender {
    const char *name;
    uint8_t key[JOURNAL_STATION_KEY]; /* as journals name it */
};

struct copies_taken {
    int64_t epoch, seq; /* durable up to here */
    bool any;           /* there was something new */
    bool beside;        /* it went beside, since it contradicts what is here */
    char refused[400];  /* why nothing more of it is taken; else "" */
};

/* Takes a part of a seat's journal. The seat's session is folded anew where needed. An error is one of this
 * machine's disk (ERR_ENV): nothing is acknowledged then. */
MUST_CHECK int copies_take(struct room *r, struct seat *seat, const struct api_part *part,
                           const struct copies_sender *from, struct copies_taken *ret, struct err *e);

/* Where the copy ends: epoch (0: there is none), seq, hash and the station that wrote the epoch. */
struct copies_end {
    int64_t epoch, seq;
    uint8_t head[32], station[JOURNAL_STATION_KEY];
    bool sealed;
};
void copies_end(const struct seat *seat, struct copies_end *ret);

/* The copy as parts, into the arena, for the machine that goes on with it: after what it has already (epoch,
 * seq, head; what the copy does not know counts as nothing), as much as one answer holds. */
MUST_CHECK int copies_give(struct room *r, struct seat *seat, const struct copies_end *has, struct arena *a,
                           struct api_rows *ret, struct err *e);
/* The same of any journal. */
MUST_CHECK int copies_give_journal(struct journal *j, const struct copies_end *has, struct arena *a,
                                   struct api_rows *ret, struct err *e);

/* Name of the file beside, of this seat and any station, or NULL; malloc'ed. */
char *copies_beside(const struct room *r, const struct seat *seat);

#endif

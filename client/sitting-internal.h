/* SPDX-License-Identifier: Apache-2.0 */
/* What the sitting's own files share; nobody else includes this. */
#ifndef KAOCHANG_CLIENT_SITTING_INTERNAL_H
#define KAOCHANG_CLIENT_SITTING_INTERNAL_H

#include "base/err.h"
#include "client/sitting.h"
#include "client/store/sitting-store.h"

/* An event that is to be stored: an action of the candidate, until the disk has it. */
struct sitting_wish {
    enum session_event_kind kind;
    size_t item;
    int64_t used_ms; /* when it was made: what is stored late is judged by then */
    struct bytes response;
};

struct sitting {
    void *map; /* the paper part */
    size_t map_size;
    struct zip *zip;
    struct paper *paper;
    struct session session;
    struct sitting_store *store;
    struct clock_reading last; /* look at the clock */
    int64_t ticked_ms;         /* used time that the disk knows */
    struct sitting_wish *wish; /* in their order */
    size_t n_wishes;
    char receipt[22];
    struct err disk;              /* why the disk refused last */
    bool held;                    /* the end waits until the files are collected */
    int64_t *answered;            /* by item: seq of its last answer or snapshot, where the disk refused it */
    int64_t notes_seq;            /* of the notes, where the disk refused them */
    int64_t room_epoch, room_seq; /* what the room has */
};

/* Counts the time since the last look. */
void sitting_pass_time(struct sitting *s, const struct clock_reading *now);
/* Puts a wish at the end; an earlier one that it replaces (the answer to the same item) goes. Takes over the
 * response. */
void sitting_wish(struct sitting *s, enum session_event_kind kind, size_t item, struct bytes *response);
/* Stores one event; 1 when only the spill has it. The session is not moved. */
MUST_CHECK int sitting_put(struct sitting *s, const struct session_event *event,
                           const struct clock_reading *now, struct err *e);
/* Stores the wishes in order until one fails. */
MUST_CHECK int sitting_flush(struct sitting *s, const struct clock_reading *now, struct err *e);

#endif

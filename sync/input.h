/* SPDX-License-Identifier: Apache-2.0 */
/* What one verified and opened bundle says, as plain data: the border between reading bundles and merging them, so that
 * merging is tested without a file or a key. Everything is borrowed by whoever merges. */
#ifndef KAOCHANG_SYNC_INPUT_H
#define KAOCHANG_SYNC_INPUT_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/points.h"

enum { MERGE_HASH = 32 };

struct merge_epoch {
    int64_t epoch;             /* from 1 */
    uint8_t start[MERGE_HASH]; /* hash of the first event, which covers how the epoch began, its J included */
    const uint8_t *chain;      /* hashes of all events in order; the last is the head */
    size_t n_events;
    bool attested; /* the station signed this head, and the signature was verified */
};

/* A sitting as its journal tells it: all its epochs, and the fold up to the last event of the last one. */
struct merge_sitting {
    const char *ticket;
    const struct merge_epoch *epoch; /* ascending */
    size_t n_epochs;
    uint8_t package[MERGE_HASH];
    const char *form;
    const char *status; /* "in-progress", "handed-in", "forced" */
    int64_t used_ms;
    const char *receipt; /* "" while in progress */
    struct span answers, files; /* packed: sync/pack.h */
    /* of a rater: epochs that were superseded, with ratings after the fork; the same of each of them alone */
    const struct merge_sitting *tail;
    size_t n_tails;
};

struct merge_record {
    const char *ticket;
    int64_t epoch, seq; /* the work: last event */
    uint8_t hash[MERGE_HASH];
    const char *ruleset;
    points_t points, maximum;
    const char *status;   /* "auto", "pending" */
    struct span items;    /* packed: sync/pack.h */
    struct span document; /* the canonical score record */
};

/* How a sitting stood when its room was closed. */
struct merge_closed_sitting {
    const char *ticket;
    int64_t epoch, seq;       /* of the last event */
    uint8_t head[MERGE_HASH]; /* its hash */
    const char *status;       /* as in struct close_sitting */
};

/* The CLOSE record of a room. */
struct merge_closing {
    uint8_t hash[MERGE_HASH]; /* BLAKE2b-256 of the document */
    const char *site, *room;
    bool whole; /* of the room's own machine: whom it does not name has not sat; else of one station */
    uint8_t package[MERGE_HASH];
    int64_t registered;
    const struct merge_closed_sitting *sitting;
    size_t n_sittings;
    struct span document;
};

struct merge_input {
    const char *session;
    uint8_t bundle[MERGE_HASH]; /* BLAKE2b-256 of bundle.xml */
    const char *station, *site, *room;
    uint8_t package[MERGE_HASH];
    const struct merge_sitting *sitting;
    size_t n_sittings;
    const struct merge_record *record;
    size_t n_records;
    const struct merge_closing *closing; /* NULL: not closed when the bundle was made */
};

#endif

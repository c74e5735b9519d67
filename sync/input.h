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

struct merge_input {
    const char *session;
    uint8_t bundle[MERGE_HASH]; /* BLAKE2b-256 of bundle.xml */
    const char *station, *site, *room;
    uint8_t package[MERGE_HASH];
    const struct merge_sitting *sitting;
    size_t n_sittings;
    const struct merge_record *record;
    size_t n_records;
};

#endif

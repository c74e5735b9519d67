/* SPDX-License-Identifier: Apache-2.0 */
/* Sittings, records and bundles for tests of merging, made without files and keys: a chain is a text of letters, one
 * for each event, and the hash of an event is that of the chain up to it; so "abc" is a prefix of "abcd" and not of
 * "abx". */
#ifndef KAOCHANG_TESTS_SYNC_SITTINGS_H
#define KAOCHANG_TESTS_SYNC_SITTINGS_H

#include "sync/store.h"

struct made {
    struct arena *arena;
    struct merge_input in;
    struct merge_sitting sitting[8];
    struct merge_record record[8];
    struct merge_closing closing;
    struct merge_closed_sitting closed[8];
};

/* An empty bundle of the session "am1", told from others by its name. */
struct made *made_bundle(const char *name);
void made_free(struct made *m);
/* Adds a sitting with one epoch; `start` tells starts apart. */
struct merge_sitting *made_sitting(struct made *m, const char *ticket, const char *start, const char *chain);
/* Adds a further epoch to the last sitting. */
void made_epoch(struct made *m, const char *start, const char *chain);
/* Adds a record of the last sitting's work; `says` tells documents apart. */
struct merge_record *made_record(struct made *m, int64_t points, const char *says);

/* The bundle holds the room's CLOSE record; `says` tells documents apart; `whole`: of the room's own machine.
 */
void made_closing(struct made *m, const char *says, bool whole);
/* It names this sitting, whose last epoch ended with this chain. */
void made_closed(struct made *m, const char *ticket, int64_t epoch, const char *chain, const char *status);

/* A store in a temporary folder of its own. */
struct store *made_store(char path[64]);
void made_remove(struct store *s, const char *path);
/* Merges, and fails the test where that fails. */
struct merge_counts made_merge(struct store *s, const struct made *m);
/* The digest as hex, in a buffer that lives until the next call but one. */
const char *made_digest(struct store *s);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Real bundles for tests of the intake: journals written event by event, sealed and signed by a station of the small
 * world of tests/exam-packages. */
#ifndef KAOCHANG_TESTS_SYNC_RESULTS_H
#define KAOCHANG_TESTS_SYNC_RESULTS_H

#include "exam-packages/journal.h"
#include "sync/store.h"
#include "tests/exam-packages/world.h"

struct sat { /* a candidate's sitting as its journal will tell it */
    const char *ticket;
    int answers;  /* events between start and hand-in */
    bool unsigned_end;
    bool scored;  /* with a score record in the bundle */
    int64_t points; /* of 100 */
    bool by_spare; /* at a spare station that the site certified */
    bool by_site;  /* signed with the site's own key, which certifies and does not sit */
    /* goes on at the spare station, by an order of the room's machine, by a stranger's, or by nobody's */
    enum { NOT_MOVED, MOVED_BY_ROOM, MOVED_BY_STRANGER, MOVED_BY_NOBODY } moved;
    /* how it is spoilt */
    bool other_session, other_package, other_record, wrong_head, no_journal, unlisted;
};

struct results_room { /* with the key of its machine and the secrets of each ticket's journal */
    struct world world;
    struct minisign_secret machine; /* certified for the room by the office */
    bool by_machine;                /* the bundles are the room's, not a station's */
    const char *closed_for;         /* the room of the CLOSE record in the bundles; NULL: none */
    bool closed_by_stranger;        /* signed with another key than the bundle */
    struct bytes j_age[4];
    struct journal_keys keys[4];
    const char *ticket[4];
    size_t n;
};
void results_open(struct results_room *r);
void results_close(struct results_room *r);
/* Writes FILE (a name in the world's folder; returned as a path, the caller frees), signed by `key`. */
char *results_bundle(struct results_room *r, const char *file, const struct sat *sat, size_t n,
                     const struct minisign_secret *key);

#endif

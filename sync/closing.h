/* SPDX-License-Identifier: Apache-2.0 */
/* What rooms say when they are closed, held against what came (docs/sync.md, "Closing"). */
#ifndef KAOCHANG_SYNC_CLOSING_H
#define KAOCHANG_SYNC_CLOSING_H

#include "exam-packages/admission.h"
#include "exam-packages/release-record.h"
#include "sync/store.h"

/* What rooms had said when the close code was given out. ERR_DATA where the session is another one. */
MUST_CHECK int store_put_release(struct store *s, const struct release_record *r, struct span document,
                                 struct err *e);
/* What officers let out of the quarantine: exactly the sides that they saw. */
MUST_CHECK int store_put_admission(struct store *s, const struct admission *x, struct span document,
                                   struct err *e);
/* True where an admission names this bundle, whose key was revoked. */
MUST_CHECK int store_bundle_admitted(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH],
                                     bool *ret, struct err *e);

struct store_closing {
    const char *site, *room;
    uint8_t hash[MERGE_HASH]; /* BLAKE2b-256 of close.xml */
    bool whole;               /* of the room's own machine */
    int64_t registered, sat;
};
/* The CLOSE records of a session by site, room and hash, in the arena. */
MUST_CHECK int store_closings(struct store *s, const char *session, struct arena *a,
                              struct store_closing **ret, size_t *ret_n, struct err *e);
/* From how many candidates of that room something has come. */
MUST_CHECK int store_came(struct store *s, const char *session, const char *site, const char *room,
                          int64_t *ret, struct err *e);
/* How many sittings closings name of which nothing, or not all, has come. */
MUST_CHECK int store_missing(struct store *s, int64_t *ret, struct err *e);

#endif

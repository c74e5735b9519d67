/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside sync/ only. */
#ifndef KAOCHANG_SYNC_STORE_INTERNAL_H
#define KAOCHANG_SYNC_STORE_INTERNAL_H

#include "sync/store.h"

struct store {
    struct db *db;
};

/* Puts an epoch's journal beside those there: true in *ret_live when it ends with a head that no other one goes beyond. */
MUST_CHECK int chain_put(struct store *s, const char *ticket, const char *session, const struct merge_epoch *in,
                         bool *ret_live, struct err *e);
/* Adds a record; the same bytes again change nothing. */
MUST_CHECK int record_put(struct store *s, const char *session, const struct merge_record *r, struct err *e);
/* Derives the quarantine of one sitting anew. *ret_any tells whether it stands in quarantine; may be NULL. */
MUST_CHECK int quarantine_derive(struct store *s, const char *ticket, const char *session, bool *ret_any,
                                 struct err *e);
/* Keeps a CLOSE record; closing_derive_room afterwards. */
MUST_CHECK int closing_put(struct store *s, const char *session, const struct merge_closing *c,
                           struct err *e);
/* Adds what the closings say against a sitting, without what was admitted; part of quarantine_derive. */
MUST_CHECK int closing_rules(struct store *s, const char *ticket, const char *session, struct err *e);
/* quarantine_derive for everybody whom that room's closings name, or whose work came from there. *ret (may be
 * NULL) counts those who came into quarantine by it. */
MUST_CHECK int closing_derive_room(struct store *s, const char *session, const char *site, const char *room,
                                   size_t *ret_contradictory, struct err *e);
/* Whether it stands in quarantine, and not only because it has not come. */
MUST_CHECK int quarantine_any(struct store *s, const char *ticket, const char *session, bool *ret,
                              struct err *e);
/* Of a ticket of which nothing is known. */
struct store_result store_result_blank(const char *ticket);

#endif

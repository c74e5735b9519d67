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
/* Of a ticket of which nothing is known. */
struct store_result store_result_blank(const char *ticket);

#endif

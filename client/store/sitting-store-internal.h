/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by client/store/sitting*.c only. */
#ifndef KAOCHANG_CLIENT_STORE_SITTING_STORE_INTERNAL_H
#define KAOCHANG_CLIENT_STORE_SITTING_STORE_INTERNAL_H

#include "client/store/sitting-store.h"
#include "exam-packages/journal-files.h"

struct sitting_store {
    struct journal *journal;
    struct journal_files *files;
    bool misfit;
    int64_t saved_wall_ms;
    struct arena *arena;
    const char **serial; /* of the orders that were carried out */
    size_t n_serials;
};

/* An event of the session as an event of the journal. */
struct store_kind {
    enum session_event_kind session;
    enum journal_kind journal;
    bool act; /* written by the agent alone */
};
/* NULL: of no kind that is known here. */
const struct store_kind *store_kind_of(enum journal_kind kind);

/* -ERR_NO with JOURNAL_REPEATED when the order of that serial was carried out before. */
MUST_CHECK int store_repeated(const struct sitting_store *s, const char *serial, struct err *e);
void store_note_serial(struct sitting_store *s, const char *serial);
struct journal_clock store_clock(int64_t used_ms, const struct clock_reading *now);

#endif

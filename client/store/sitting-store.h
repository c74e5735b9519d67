/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sitting is kept: events of the session as events of the journal, and back. */
#ifndef KAOCHANG_CLIENT_STORE_SITTING_STORE_H
#define KAOCHANG_CLIENT_STORE_SITTING_STORE_H

#include <stdbool.h>

#include "base/clock.h"
#include "client/session/session.h"
#include "exam-packages/journal.h"
#include "exam-packages/minisign.h"

struct sitting_store;
struct journal_files;

/* Opens the journal of a sitting and its spill; keys NULL: sitting_store_unseal follows. `vfs` is NULL except
 * in tests. */
MUST_CHECK int sitting_store_open(struct sitting_store **ret, const char *path,
                                  const struct journal_keys *keys, const char *vfs, struct err *e);
MUST_CHECK int sitting_store_unseal(struct sitting_store *s, const struct age_identity *id, struct err *e);
void sitting_store_close(struct sitting_store *s); /* NULL is fine */

/* Applies every stored event that was not read yet, and the tick; *ret_any tells if there was one. */
MUST_CHECK int sitting_store_read(struct sitting_store *s, struct session *session, bool *ret_any,
                                  struct err *e);
/* Adds an event of the candidate durably; 1 and the disk's trouble in *e when only the spill has it
 * (journal-spill.h). -ERR_NO with JOURNAL_MOVED in e->code: another program wrote; sitting_store_read first.
 */
MUST_CHECK int sitting_store_put(struct sitting_store *s, const struct session_event *event,
                                 const struct clock_reading *now, struct err *e);
/* An act of the proctor. */
struct sitting_store_act {
    enum journal_kind kind;
    int64_t value_ms;
    const char *reason;
    struct span
        order; /* packed (journal-order.h); n 0: given here. Kind, value and reason are then the order's */
};
/* As sitting_store_put, signed with the station's key; and applies it to the session. What another program
 * wrote meanwhile is read first; -ERR_NO when the session, as it stands then, does not allow the act. Texts
 * that an order brings end with the call. Of an order: -ERR_NO with JOURNAL_REPEATED when it was carried out
 * before, which is as good as done. That the order's certificate is trusted is for the caller to see. */
MUST_CHECK int sitting_store_put_act(struct sitting_store *s, struct session *session,
                                     const struct sitting_store_act *act,
                                     const struct minisign_secret *station, const struct clock_reading *now,
                                     struct err *e);
/* Begins a further epoch on this machine, in a journal that holds the ones before (journal-rows.h) and was
 * read into `session`: `start` as journal_begin_epoch wants it, `id` opens its key, `order` is the packed
 * re-seat. Afterwards the store is unread: sitting_store_read into a fresh session. ERR_NO when the order is
 * for something else, or the sitting has ended. */
MUST_CHECK int sitting_store_begin_epoch(struct sitting_store *s, const struct session *session,
                                         const struct journal_epoch *start, const struct age_identity *id,
                                         struct span order, const struct minisign_secret *station,
                                         const struct clock_reading *now, struct err *e);
/* Whether the order with that serial stands in the journal, as far as it was read. */
bool sitting_store_has_serial(const struct sitting_store *s, const char *serial);
/* Events that the disk does not have; and tries to move them there: ERR_ENV when it still refuses. Cheap
 * enough for every second. */
int64_t sitting_store_spilled(const struct sitting_store *s);
MUST_CHECK int sitting_store_unspill(struct sitting_store *s, struct err *e);
/* A spill that did not fit the journal was moved aside when it was opened: what was in it is not in this
 * sitting. */
bool sitting_store_misfit(const struct sitting_store *s);
/* The files that were collected, as far as it was read. Borrowed. */
const struct journal_files *sitting_store_files(const struct sitting_store *s);
/* Borrowed: for signing the end. */
struct journal *sitting_store_journal(struct sitting_store *s);
/* Notes the time spent, outside the chain. */
MUST_CHECK int sitting_store_tick(struct sitting_store *s, int64_t used_ms, const struct clock_reading *now,
                                  struct err *e);
/* Wall clock of the last event; 0 if none. */
int64_t sitting_store_saved_wall_ms(const struct sitting_store *s);
/* Receipt of the last event read or written. Returns shown (22 bytes). */
char *sitting_store_receipt(const struct sitting_store *s, char shown[22]);

#endif

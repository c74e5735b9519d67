/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sitting is kept: events of the session as events of the journal, and back. */
#ifndef KAOCHANG_CLIENT_STORE_STORE_H
#define KAOCHANG_CLIENT_STORE_STORE_H

#include <stdbool.h>

#include "base/clock.h"
#include "client/session/session.h"
#include "exam-packages/journal.h"

struct store;

/* Opens the journal of a sitting. `vfs` is NULL except in tests. */
MUST_CHECK int store_open(struct store **ret, const char *path, const struct journal_keys *keys, const char *vfs,
                          struct err *e);
void store_close(struct store *s); /* NULL is fine */

/* Applies every stored event that was not read yet, and the tick; *ret_any tells if there was one. */
MUST_CHECK int store_read(struct store *s, struct session *session, bool *ret_any, struct err *e);
/* Adds the event durably. -ERR_NO with JOURNAL_MOVED in e->code: another program wrote; store_read first. */
MUST_CHECK int store_put(struct store *s, const struct session_event *event, const struct clock_reading *now,
                         struct err *e);
/* Notes the time spent, outside the chain. */
MUST_CHECK int store_tick(struct store *s, int64_t used_ms, const struct clock_reading *now, struct err *e);
/* Wall clock of the last event; 0 if none. */
int64_t store_saved_wall_ms(const struct store *s);
/* Receipt of the last event read or written. Returns shown (22 bytes). */
char *store_receipt(const struct store *s, char shown[22]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The roster of a session at the office: in office.db, and as the canonical document sessions/ID/roster.xml once every
 * candidate has a seat. */
#ifndef KAOCHANG_OFFICE_ROSTER_STORE_H
#define KAOCHANG_OFFICE_ROSTER_STORE_H

#include "exam-packages/roster.h"
#include "office/session.h"

/* Replaces the session's roster, whole or not at all; writes roster.xml when it is arranged and removes it when not.
 * ERR_USAGE when the roster is signed already. */
MUST_CHECK int office_roster_save(struct office *o, struct roster *r, struct err *e);
/* Several at once: all or none, so that who goes from one session to another is never in neither. */
MUST_CHECK int office_rosters_save(struct office *o, struct roster *const *r, size_t n, struct err *e);
/* The candidates and rooms of a signed roster after a supplement, in the database alone: the caller signs the
 * document anew. */
MUST_CHECK int office_roster_amend(struct office *o, const struct roster *r, struct err *e);
/* ERR_USAGE with a hint when the session has no roster yet. */
MUST_CHECK int office_roster_load(struct office *o, const char *session, struct roster **ret, struct err *e);
/* Whether an officer's signature lies beside the document. */
MUST_CHECK int office_roster_is_signed(struct office *o, const char *session, bool *ret, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside sync/ only: how a lab session is put together. */
#ifndef KAOCHANG_SYNC_LAB_INTERNAL_H
#define KAOCHANG_SYNC_LAB_INTERNAL_H

#include "sync/lab.h"

/* The one plan, or NULL where there is none. */
MUST_CHECK int lab_read_plan(struct store *s, const char *session, struct lab_plan **ret, struct err *e);
/* The one roster of the session. ERR_NO when there is none or two. */
MUST_CHECK int lab_read_roster(struct store *s, const char *session, struct roster **ret, struct err *e);
/* Every rating of the session's rater journals, of every epoch: ticket, rater, epoch, head, evidence,
 * attested, document. The caller frees *ret; texts are in the arena. */
MUST_CHECK int lab_read_ratings(struct store *s, const char *session, struct arena *a,
                                struct lab_rating **ret, size_t *ret_n, struct err *e);
/* Every decision of the session, by ticket, date, hash. The caller frees *ret and each one's `decision`, also
 * after an error. */
MUST_CHECK int lab_read_decisions(struct store *s, const char *session, struct lab_decision **ret,
                                  size_t *ret_n, struct err *e);

/* What ratings and decisions of one case come to. */
void lab_decide(const struct lab_session *l, struct lab_case *c);

/* store_results of a lab session: 1; 0 when it is none. */
MUST_CHECK int lab_results(struct store *s, const char *session, struct arena *a, struct store_result **ret,
                           size_t *ret_n, struct err *e);

#endif

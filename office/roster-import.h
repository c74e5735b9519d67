/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates from a table that offices have (CSV), whole or not at all. Columns: docs/office.md. */
#ifndef KAOCHANG_OFFICE_ROSTER_IMPORT_H
#define KAOCHANG_OFFICE_ROSTER_IMPORT_H

#include "exam-packages/roster.h"

/* Told once for each thing that is wrong: faults of single rows by line, then rows that clash. */
typedef void roster_complain_fn(void *context, const char *file, unsigned line, const char *what);

/* Reads the table into a roster for `session`. Room, seat and form may be empty ("" and 0), to be arranged later; a seat
 * needs its room and form. Rooms get as many seats as their highest seat number.
 * Any complaint makes it ERR_DATA and gives no roster. *ret_unused (caller releases) names columns that are not
 * known, separated by spaces; a missing column is ERR_DATA at once. */
MUST_CHECK int roster_import_csv(struct roster **ret, const char *session, const char *file, struct span csv,
                                 roster_complain_fn *complain, void *context, struct bytes *ret_unused,
                                 struct err *e);

/* True when every candidate has a room, a seat and a form. */
bool roster_is_arranged(const struct roster *r);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a list that is signed already: candidates who come late, another form for one, other seats. */
#ifndef KAOCHANG_OFFICE_ROSTER_AMEND_H
#define KAOCHANG_OFFICE_ROSTER_AMEND_H

#include "office/office.h"
#include "office/roster-import.h"

/* A new roster: `base`, a checked one, with the changes of a table whose columns are those of an import. A
 * row with a ticket number that is on the list changes what its cells give and leaves the rest; any other row
 * is a new candidate and gives everything, room, seat and form too. Nobody is taken off a list. Complaints as
 * roster_import_csv: then ERR_DATA. ERR_USAGE when nothing would change. */
MUST_CHECK int roster_amend_csv(struct roster **ret, const struct roster *base, const char *file,
                                struct span csv, roster_complain_fn *complain, void *context, struct err *e);
/* Whether the two lists differ in anybody at this site. */
bool roster_differs_at(const struct roster *a, const struct roster *b, const char *site);

#endif

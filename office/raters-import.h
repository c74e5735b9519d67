/* SPDX-License-Identifier: Apache-2.0 */
/* Raters of a lab exam from a table (CSV): id, name, school, site, room, from, to, order. docs/lab.md. */
#ifndef KAOCHANG_OFFICE_RATERS_IMPORT_H
#define KAOCHANG_OFFICE_RATERS_IMPORT_H

#include "office/roster-import.h"

/* The raters of the table take the place of those in the roster. Rooms without benches get `benches` of them
 * (0: they stay without). A row at which anything is wrong is told with its line and left out, also one whose
 * rater is of the school of a candidate at his benches, or whose bench has a rater of that order; the rest
 * goes in. *ret_left_out counts them. ERR_DATA when the table cannot be read, or no row is good. */
MUST_CHECK int raters_import_csv(struct roster *r, const char *file, struct span csv, int64_t benches,
                                 roster_complain_fn *complain, void *context, size_t *ret_left_out,
                                 struct err *e);

#endif

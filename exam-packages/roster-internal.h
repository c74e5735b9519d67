/* SPDX-License-Identifier: Apache-2.0 */
/* What the roster's own files share; nobody else includes this. */
#ifndef KAOCHANG_EXAM_PACKAGES_ROSTER_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_ROSTER_INTERNAL_H

#include "base/xml.h"
#include "exam-packages/roster.h"

/* Raters and benches of a lab exam (roster-lab.c). */

/* Sorts the raters by id and checks them; rooms and candidates are sorted and checked already. `by_seat` holds
 * the candidates by site, room and seat. */
MUST_CHECK int roster_check_raters(struct roster *r, const struct roster_candidate *const *by_seat,
                                   struct err *e);
void roster_write_rater(struct xml_out *o, const struct roster_rater *rater);
MUST_CHECK int roster_read_rater(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                                 struct roster_rater *ret, struct err *e);
/* Copies into the view of a site. */
void roster_copy_rater(struct roster *to, const struct roster_rater *from);

#endif

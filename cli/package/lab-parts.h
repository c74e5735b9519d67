/* SPDX-License-Identifier: Apache-2.0 */
/* The package of a lab exam: its parts, and its roster against its plan. */
#ifndef KAOCHANG_CLI_PACKAGE_LAB_PARTS_H
#define KAOCHANG_CLI_PACKAGE_LAB_PARTS_H

#include "exam-packages/roster.h"
#include "scoring/lab/plan.h"

/* The two inner containers: lab.xml alone; the key part filled up with zeros to the next multiple of 64 KiB
 * as every key part is. */
MUST_CHECK int lab_parts(struct span lab_xml, struct bytes *ret_paper, struct bytes *ret_key, struct err *e);

/* Told once for each thing that is wrong with a candidate, whom `what` names. */
typedef void lab_complain_fn(void *context, const char *what);
/* Every candidate has a rubric of the plan, in a room with benches, and at his bench a rater of each order
 * that the plan asks for. ERR_DATA with the number of complaints. */
MUST_CHECK int lab_roster_check(const struct lab_plan *plan, const struct roster *r, lab_complain_fn *complain,
                                void *context, struct err *e);

#endif

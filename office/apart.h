/* SPDX-License-Identifier: Apache-2.0 */
/* Whether those who sit beside, before and behind each other have different forms, in a list that changed. */
#ifndef KAOCHANG_OFFICE_APART_H
#define KAOCHANG_OFFICE_APART_H

#include "office/arrange.h"

/* Of the plan count columns, snake and forms. ERR_DATA, with the forms that would do as its hint, when somebody of `after`
 * who did not sit so in `before` has the form of a neighbour. A list that did not keep neighbours apart before (all of one
 * form, rows of another length) is let pass: *ret_known says whether it was looked at. */
MUST_CHECK int roster_apart(const struct roster *before, const struct roster *after,
                            const struct arrange_plan *plan, bool *ret_known, struct err *e);

#endif

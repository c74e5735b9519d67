/* SPDX-License-Identifier: Apache-2.0 */
/* What "session new --spare-for" does. */
#ifndef KAOCHANG_CLI_OFFICE_SESSION_SPARE_H
#define KAOCHANG_CLI_OFFICE_SESSION_SPARE_H

#include "office/spare.h"

/* Adds s with the window, candidates and seats of `main_id`. ERR_USAGE unless both papers have the same
 * points, lines and rule set, the spare one at least as many forms and no more time; and for lab exams. */
MUST_CHECK int session_spare_add(struct office *o, struct office_session *s, const char *main_id,
                                 struct arena *arena, struct err *e);

#endif

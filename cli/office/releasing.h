/* SPDX-License-Identifier: Apache-2.0 */
/* Before the close code is given out: what each room has said, signed by officers, so that what comes later
 * can be held against it. */
#ifndef KAOCHANG_CLI_OFFICE_RELEASING_H
#define KAOCHANG_CLI_OFFICE_RELEASING_H

#include "cli/command.h"
#include "exam-packages/age.h"
#include "office/session.h"

/* ERR_NO naming the rooms that have not closed, unless --anyway gives the reason; ERR_NO for a number that is
 * not its room's. Keeps sessions/ID/release-N.xml with the officers' signatures (--officer), which only a
 * change of what is known makes anew. */
MUST_CHECK int releasing_note(const struct args *a, struct office *o, const struct office_session *s,
                              int64_t now_ms, const struct age_identity *recovery, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The one-time code with which a candidate goes on after an interruption: a MAC under K(room secret,
 * "resume") over the canonical body "kaochang/1 resume": seat, ticket, epoch, counter, reason. Its first 35
 * bits are shown as XXXX-XXXX (exam-packages/code.h, short code). Nothing here remembers which codes were
 * given or used. */
#ifndef KAOCHANG_CLIENT_AGENT_RESUME_CODE_H
#define KAOCHANG_CLIENT_AGENT_RESUME_CODE_H

#include "exam-packages/code.h"
#include "exam-packages/roster.h"

struct resume_code {
    int64_t seat;
    const char *ticket;
    int64_t epoch, counter; /* counter: the n-th code of this ticket, from 1 */
    const char *reason;
};

/* ERR_ENV when the room's secret is not known here, or there is no memory for it. */
MUST_CHECK int resume_code_make(const struct resume_code *c, const struct roster_room *room,
                                char ret_shown[SHORT_CODE_SHOWN], struct err *e);

#endif

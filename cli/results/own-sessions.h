/* SPDX-License-Identifier: Apache-2.0 */
/* What an office knows of its own sessions when their results come: windows, and signed rosters. */
#ifndef KAOCHANG_CLI_RESULTS_OWN_SESSIONS_H
#define KAOCHANG_CLI_RESULTS_OWN_SESSIONS_H

#include "sync/intake.h"

struct own_sessions {
    struct arena *arena;
    struct intake_session *session;
    const char **roster; /* path of each session's signed roster.xml, or NULL */
    const char **plan;   /* of a lab session's signed lab.xml, or NULL */
    size_t n;
    const char **further; /* release-N.xml, admission-N.xml and withdrawals of all of them */
    size_t n_further;
};

MUST_CHECK int own_sessions_read(struct own_sessions *ret, const char *home, struct err *e);
void own_sessions_release(struct own_sessions *s);

#endif

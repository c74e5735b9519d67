/* SPDX-License-Identifier: Apache-2.0 */
/* What "pack --late" and "session withdraw" have in common: a supplement to a session's package. */
#ifndef KAOCHANG_CLI_PACKAGE_SUPPLYING_H
#define KAOCHANG_CLI_PACKAGE_SUPPLYING_H

#include "cli/keys/keyring.h"
#include "exam-packages/supplement.h"
#include "office/session.h"

struct supplying {
    struct arena *arena;
    struct office *office;
    struct office_session session;
    struct trust *trust;
    struct keyring officers;
    struct package *package; /* of --version, else the published one, else the newest built */
    struct supplement_input in;
    char *folder; /* sessions/SESSION */
    char *built;  /* sessions/SESSION/SESSION.NUMBER.KIND.exam */
};

/* Opens office, session, trust and package, and the officers' keys; fills what it can of `in`. Begin with a
 * zeroed *s; release it whether this succeeds or not. Options: officer, version, reason, password-file,
 * no-password. */
MUST_CHECK int supplying_open(struct supplying *s, const struct args *a, const char *session,
                              enum supplement_kind kind, struct err *e);
/* Builds s->built and opens it once as a station would. */
MUST_CHECK int supplying_build(struct supplying *s, struct err *e);
void supplying_release(struct supplying *s);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The key part of a session's package, opened at the office with an identity of the home. */
#ifndef KAOCHANG_CLI_SCORE_PACKAGE_KEY_H
#define KAOCHANG_CLI_SCORE_PACKAGE_KEY_H

#include "cli/command.h"
#include "cli/score/work.h"
#include "exam-packages/package.h"

struct package_key {
    struct trust *trust;
    struct package *package;
    struct key_part part;
};

/* The package, verified with the trust of the home; opened with --identity, or the identities of the home. */
MUST_CHECK int package_key_open(struct package_key *ret, const struct args *a, const char *package,
                                struct err *e);
void package_key_release(struct package_key *k); /* wipes; an empty one is fine */

#endif

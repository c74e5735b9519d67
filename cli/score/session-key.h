/* SPDX-License-Identifier: Apache-2.0 */
/* What a session's codes open: the identities that unseal its journals, and the key part that scores them. */
#ifndef KAOCHANG_CLI_SCORE_SESSION_KEY_H
#define KAOCHANG_CLI_SCORE_SESSION_KEY_H

#include "cli/command.h"
#include "cli/score/work.h"
#include "exam-packages/package.h"

struct session_key {
    struct age_identity id[2]; /* C, U */
    size_t n_ids;
    struct key_part part; /* its `key` is NULL while there is no code */
};

/* By --code, --unlock-code and their files; a practice package needs none. Without a code *ret stays
 * empty and that is no error: such a session leaves unscored. */
MUST_CHECK int session_key_open(struct session_key *ret, const struct args *a, const struct package *p,
                                struct err *e);
void session_key_release(struct session_key *k); /* wipes; an empty one is fine */

#endif

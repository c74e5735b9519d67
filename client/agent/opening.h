/* SPDX-License-Identifier: Apache-2.0 */
/* What proctors open a session with, as one line of text that goes to the agent: the unlock code as typed, or
 * the keys of proctors, "AGE-SECRET-KEY-1…", with blanks between them. */
#ifndef KAOCHANG_CLIENT_AGENT_OPENING_H
#define KAOCHANG_CLIENT_AGENT_OPENING_H

#include "base/arena.h"
#include "exam-packages/proctors.h"

struct package;

bool opening_is_keys(const char *text);
/* Adds one key to such a text. */
void opening_add_key(struct bytes *text, const struct age_identity *key);
/* The keys of a text; malloc'ed, free with age_identities_free. */
MUST_CHECK int opening_keys(const char *text, struct age_identity **ret, size_t *ret_n, struct err *e);
/* U by either; the messages of package_unlock and package_unlock_by_proctors. */
MUST_CHECK int opening_unlock(const struct package *p, const char *text, struct age_identity *ret,
                              struct err *e);
/* ERR_NO unless one of the keys is of a proctor of this session. */
MUST_CHECK int opening_is_proctor(const struct package *p, const char *text, struct err *e);
/* Names of the proctors whose keys these are, with commas between them, into the arena. */
const char *opening_names(const struct package *p, const char *text, struct arena *a);

/* Who opens the session of this home: the one named, or the only one (NULL). Verifies its package. */
struct opening_who {
    struct proctors proctors; /* nobody: the code opens it */
    bool has_code;
};
MUST_CHECK int opening_who(const char *home, const char *session, struct arena *a, struct opening_who *ret,
                           struct err *e);

#endif

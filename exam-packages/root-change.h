/* SPDX-License-Identifier: Apache-2.0 */
/* The next root document as a proposal, to be signed by those who hold root keys. */
#ifndef KAOCHANG_EXAM_PACKAGES_ROOT_CHANGE_H
#define KAOCHANG_EXAM_PACKAGES_ROOT_CHANGE_H

#include "exam-packages/root.h"

/* Whose keys come and go in one role, and how many must sign; all borrowed. */
struct role_change {
    const struct role_key *add;
    size_t n_add;
    const char *const *remove; /* by the names that stand in the role */
    size_t n_remove;
    int64_t threshold; /* 0: as it was; of a first root 1 */
};

struct root_change {
    struct role_change root, officers; /* officers sign targets, snapshot and timestamp */
    const char *expiry;
};

/* Adds the canonical bytes of the root after `old` (NULL: the first one). ERR_USAGE when a name to be removed
 * is in no role, or one to be added is there. */
MUST_CHECK int root_propose(const struct root *old, const struct root_change *change, struct bytes *out,
                            struct err *e);

/* The role's key of that name, or NULL. */
const struct role_key *role_key_named(const struct role *r, const char *name);
/* Whether the role has this key (its 32 bytes, under whatever id). */
bool role_has_key(const struct role *r, const struct minisign_public *key);

#endif

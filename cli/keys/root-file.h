/* SPDX-License-Identifier: Apache-2.0 */
/* A root document on its way between the office and those who sign it: VERSION.root.xml with its
 * VERSION.root.xml.KEYID.minisig beside it, in any folder. Shared by keys root and keys rotate. */
#ifndef KAOCHANG_CLI_KEYS_ROOT_FILE_H
#define KAOCHANG_CLI_KEYS_ROOT_FILE_H

#include "cli/command.h"
#include "exam-packages/root-change.h"

struct root_file {
    struct arena *arena;
    struct root *root;
    struct span document;
    struct signatures signatures;
};

MUST_CHECK int root_file_read(struct root_file *ret, const char *path, struct err *e);
void root_file_release(struct root_file *f); /* an empty one is fine */

/* Writes the proposal where nothing stands yet, and shows it. */
MUST_CHECK int root_file_propose(const char *path, const struct root *old, const struct root_change *change,
                                 struct err *e);

/* Public keys by all values of an option (`fallback` when there is none and it is not NULL), with the names
 * that they get in the document: of a file the name without .pub. Free with public_keys_free. */
struct public_keys {
    struct role_key *key;
    size_t n;
};
MUST_CHECK int public_keys_read(struct public_keys *ret, const struct args *a, const char *option,
                                const char *fallback, struct err *e);
void public_keys_free(struct public_keys *k); /* an empty one is fine */

/* --expiry, or in ten years; checked. Returns into buf of 32. */
MUST_CHECK int root_expiry(const struct args *a, char buf[32], const char **ret, struct err *e);

#endif

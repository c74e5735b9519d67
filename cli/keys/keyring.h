/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of an office by their names: HOME/keys/NAME.key, .pub (minisign) and NAME.identity, .recipient
 * (age). Shared by the commands that sign and seal; they all take --password-file and --no-password. */
#ifndef KAOCHANG_CLI_KEYS_KEYRING_H
#define KAOCHANG_CLI_KEYS_KEYRING_H

#include "cli/command.h"
#include "exam-packages/age.h"
#include "exam-packages/minisign.h"
#include "exam-packages/targets.h"

/* "HOME/keys/NAMESUFFIX", or the path itself when it holds a slash. The caller frees. */
char *keyring_path(const struct args *a, const char *name, const char *suffix);
MUST_CHECK int keyring_public(const struct args *a, const char *name, struct minisign_public *ret,
                              struct err *e);
MUST_CHECK int keyring_recipient(const struct args *a, const char *name, struct age_recipient *ret,
                                 struct err *e);
/* Opens a signing key; asks for its password when it has one. */
MUST_CHECK int keyring_secret(const struct args *a, const char *name, struct minisign_secret *ret,
                              struct err *e);
/* An officer's, or without a name the one called "officer"; where there is none, says who may sign, with
 * which option. */
MUST_CHECK int keyring_officer(const struct args *a, const char *name, const char *option,
                               enum targets_role role, struct minisign_secret *ret, struct err *e);

/* Several signing keys: all values of the option, or `fallback` when it is not given. */
struct keyring {
    const char **name; /* borrowed from the arguments */
    struct minisign_secret *key;
    size_t n;
};
MUST_CHECK int keyring_open(struct keyring *ret, const struct args *a, const char *option,
                            const char *fallback, struct err *e);
void keyring_close(struct keyring *k); /* wipes; an empty one is fine */

#endif

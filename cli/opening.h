/* SPDX-License-Identifier: Apache-2.0 */
/* What a proctor gives to a command without a screen: the unlock code, or the keys of proctors. */
#ifndef KAOCHANG_CLI_OPENING_H
#define KAOCHANG_CLI_OPENING_H

#include "base/bytes.h"
#include "cli/command.h"

#define OPENING_OPTIONS                                                                                      \
    {.name = "key",                                                                                          \
     .arg = "FILE",                                                                                          \
     .help = N_("A proctor's key file, in place of the code; repeatable: opening takes as many as the "      \
                "session wants, anything later one")},                                                       \
    {                                                                                                        \
        .name = "password-file", .arg = "FILE",                                                              \
        .help = N_("The passphrase of a proctor's key is the first line of this file; repeatable, in the "   \
                   "order of the keys that have one")                                                        \
    }

/* --code-file FILE (the first line; "-": of the standard input), or each --key FILE, as
 * client/agent/opening.h wants it. *ret points into `data`; it stays NULL without these options. A passphrase
 * that no --password-file gives is asked for on the terminal. The caller releases the bytes, which wipes
 * them. */
MUST_CHECK int opening_read(const struct args *a, struct bytes *data, const char **ret, struct err *e);

#endif

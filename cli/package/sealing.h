/* SPDX-License-Identifier: Apache-2.0 */
/* What `seal`, `open` and `sign` share: codes, and not writing over what is there. */
#ifndef KAOCHANG_CLI_PACKAGE_SEALING_H
#define KAOCHANG_CLI_PACKAGE_SEALING_H

#include "cli/command.h"
#include "exam-packages/secret.h"

/* --code CODE ("-": asked for), --code-file FILE, --passphrase-file FILE: at most one. Sets *ret to the
 * passphrase's bytes, or leaves it empty when none is given. */
MUST_CHECK int sealing_passphrase(const struct args *a, struct secret *ret, struct err *e);
/* ERR_USAGE when the path exists and --force is not given. */
MUST_CHECK int sealing_may_write(const struct args *a, const char *path, struct err *e);

#endif

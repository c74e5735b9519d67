/* SPDX-License-Identifier: Apache-2.0 */
/* What lost signatures by a revocation: listed packages and supplements that new stations refuse, and the
 * signed rosters of sessions. */
#ifndef KAOCHANG_CLI_KEYS_WEAKENED_H
#define KAOCHANG_CLI_KEYS_WEAKENED_H

#include "cli/command.h"
#include "exam-packages/trust.h"

/* Names each on standard error with what to do; looks into the repository HOME/repo and HOME/sessions. What
 * cannot be read there is passed over. */
void weakened_tell(const struct args *a, const struct trust *t);

#endif

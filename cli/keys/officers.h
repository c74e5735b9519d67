/* SPDX-License-Identifier: Apache-2.0 */
/* Officers sign what the office decides. */
#ifndef KAOCHANG_CLI_KEYS_OFFICERS_H
#define KAOCHANG_CLI_KEYS_OFFICERS_H

#include "cli/command.h"
#include "exam-packages/trust.h"

/* Signs with every --officer (default: officer), checks that this is what the targets' role "package" asks
 * for, and keeps the document with its signatures in that folder. */
MUST_CHECK int officers_sign(const struct args *a, const struct trust *t, const char *folder,
                             const char *name, struct span document, const char *comment, struct err *e);

#endif

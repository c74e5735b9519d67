/* SPDX-License-Identifier: Apache-2.0 */
/* The age identities that a command may open things with. */
#ifndef KAOCHANG_CLI_IDENTITIES_H
#define KAOCHANG_CLI_IDENTITIES_H

#include "cli/command.h"
#include "exam-packages/age.h"

/* Those of every --identity file; without the option, of every keys/NAME.identity in the home (-C). ERR_USAGE
 * with a hint when there is none. Free with age_identities_free. */
MUST_CHECK int identities_read(const struct args *a, struct age_identity **ret, size_t *ret_n, struct err *e);

#endif

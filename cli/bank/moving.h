/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_BANK_MOVING_H
#define KAOCHANG_CLI_BANK_MOVING_H

#include "cli/command.h"

/* Moves the items named, or all that fit the options, to a state; one that cannot go there is told and stops
 * no other. */
MUST_CHECK int move_items(const struct args *a, const char *to, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint from its file, and the bank of the home if there is one. */
#ifndef KAOCHANG_CLI_BLUEPRINT_READING_H
#define KAOCHANG_CLI_BLUEPRINT_READING_H

#include "base/bytes.h"
#include "cli/command.h"
#include "engine/blueprint/blueprint.h"
#include "paperbank/bank/bank.h"

/* Every fault is a line on standard error; then ERR_DATA says how many. *bytes (the caller's) is the file. */
MUST_CHECK int blueprint_from_file(struct blueprint **ret, const char *path, struct bytes *bytes,
                                   struct err *e);
/* *ret is NULL where no -C was given and the current folder has no bank. */
MUST_CHECK int blueprint_bank(struct bank **ret, const struct args *a, struct err *e);

#endif

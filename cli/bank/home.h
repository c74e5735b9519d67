/* SPDX-License-Identifier: Apache-2.0 */
/* The bank of the office home that a command was given, and what its commands share. */
#ifndef KAOCHANG_CLI_BANK_HOME_H
#define KAOCHANG_CLI_BANK_HOME_H

#include "cli/command.h"
#include "paperbank/bank/bank.h"

/* ERR_USAGE where the folder is no office home. */
MUST_CHECK int home_bank(struct bank **ret, const struct args *a, bool create, struct err *e);
/* "0.72" or "" when unknown; buf of 32 is enough. Returns buf. */
const char *thousandths_text(int64_t v, char *buf, size_t size);

#endif

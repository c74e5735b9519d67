/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the screens of the bank: fulfils what they wish, on a terminal or from a script. */
#ifndef KAOCHANG_CLI_BANK_BROWSE_RUN_H
#define KAOCHANG_CLI_BANK_BROWSE_RUN_H

#include "client/screens/app.h"
#include "paperbank/bank/bank.h"

struct browsing;

/* Borrows the bank; `who` may be NULL, and is then asked for before the first change. */
struct browsing *browsing_new(struct bank *bank, const char *who);
void browsing_free(struct browsing *x); /* NULL is fine */
struct app browsing_app(struct browsing *x);

#endif

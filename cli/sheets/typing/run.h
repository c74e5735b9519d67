/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the screen for paper sheets: saves what it wishes, on a terminal or from a script. */
#ifndef KAOCHANG_CLI_SHEETS_TYPING_RUN_H
#define KAOCHANG_CLI_SHEETS_TYPING_RUN_H

#include "cli/sheets/typing/typing.h"
#include "client/screens/app.h"

struct typing_run;

/* Borrows list and log. */
struct typing_run *typing_run_new(const struct sheet_list *list, struct sheet_log *log);
void typing_run_free(struct typing_run *x); /* NULL is fine */
struct typing *typing_run_model(struct typing_run *x);
struct app typing_run_app(struct typing_run *x);

#endif

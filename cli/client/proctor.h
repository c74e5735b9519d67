/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's command without a screen: each option one small act over client/agent/control.h. */
#ifndef KAOCHANG_CLI_CLIENT_PROCTOR_H
#define KAOCHANG_CLI_CLIENT_PROCTOR_H

#include "cli/command.h"
#include "client/agent/control.h"

/* What an option of `proctor` does on the open line; in the order in which it is done when several are given.
 */
struct proctor_act {
    const char *option;
    int (*run)(const struct args *a, struct control *c, struct err *e);
};
extern const struct proctor_act proctor_acts[]; /* ends with a NULL option */

int proctor_show_status(const struct args *a, struct control *c, struct err *e);
int proctor_show_check(const struct args *a, struct control *c,
                       struct err *e); /* ERR_NO: something is missing */
int proctor_show_minutes(const struct args *a, struct control *c, struct err *e);
int proctor_close(const struct args *a, struct control *c, struct err *e);

/* The text, then blanks up to that many columns; at least one. */
void proctor_print_padded(const char *text, int columns);

#endif

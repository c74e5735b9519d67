/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_ADJUDICATE_COMMANDS_H
#define KAOCHANG_CLI_ADJUDICATE_COMMANDS_H

#include "cli/command.h"

extern const struct command *const adjudicate_commands[]; /* NULL-terminated */

extern const struct command cmd_adjudicate_list;
extern const struct command cmd_adjudicate_show;
extern const struct command cmd_adjudicate_decide;
extern const struct command cmd_adjudicate_sign;
extern const struct command cmd_appeal_show;
extern const struct command cmd_appeal_form;
extern const struct command cmd_appeal_decide;

#endif

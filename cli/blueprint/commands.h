/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_BLUEPRINT_COMMANDS_H
#define KAOCHANG_CLI_BLUEPRINT_COMMANDS_H

#include "cli/command.h"

extern const struct command *const blueprint_commands[]; /* NULL-terminated */

extern const struct command cmd_blueprint_check;
extern const struct command cmd_blueprint_table;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_SHEETS_COMMANDS_H
#define KAOCHANG_CLI_SHEETS_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_sheets_print, cmd_sheets_type, cmd_sheets_compare, cmd_sheets_resolve,
    cmd_sheets_finish;
extern const struct command *const sheets_commands[]; /* NULL-terminated */

#endif

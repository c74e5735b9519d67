/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_AUDIT_COMMANDS_H
#define KAOCHANG_CLI_AUDIT_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_audit;
extern const struct command *const audit_commands[]; /* NULL-terminated */

#endif

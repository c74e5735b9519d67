/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_LAB_COMMANDS_H
#define KAOCHANG_CLI_LAB_COMMANDS_H

#include "cli/command.h"

extern const struct command *const lab_commands[]; /* NULL-terminated */

extern const struct command cmd_rubric_check;
extern const struct command cmd_rubric_print;
extern const struct command cmd_rubric_rate;
extern const struct command cmd_lab_new;

#endif

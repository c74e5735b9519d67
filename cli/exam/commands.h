/* SPDX-License-Identifier: Apache-2.0 */
/* The table of this folder's commands. */
#ifndef KAOCHANG_CLI_EXAM_COMMANDS_H
#define KAOCHANG_CLI_EXAM_COMMANDS_H

#include "cli/command.h"

extern const struct command *const exam_commands[];
extern const struct command cmd_exam_print, cmd_exam_report;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_STATS_COMMANDS_H
#define KAOCHANG_CLI_STATS_COMMANDS_H

#include "cli/command.h"

extern const struct command *const stats_commands[]; /* NULL-terminated */

extern const struct command cmd_stats_classical;
extern const struct command cmd_stats_irt;
extern const struct command cmd_stats_equate;
extern const struct command cmd_stats_agree;
extern const struct command cmd_stats_angoff;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_BANK_COMMANDS_H
#define KAOCHANG_CLI_BANK_COMMANDS_H

#include "cli/command.h"

extern const struct command *const bank_commands[]; /* NULL-terminated */

extern const struct command cmd_bank_browse;
extern const struct command cmd_bank_import;
extern const struct command cmd_bank_export;
extern const struct command cmd_bank_list;
extern const struct command cmd_bank_show;
extern const struct command cmd_bank_check;
extern const struct command cmd_bank_tests;
extern const struct command cmd_bank_history;
extern const struct command cmd_bank_review;
extern const struct command cmd_bank_retire;
extern const struct command cmd_bank_calibrate;
extern const struct command cmd_bank_search;
extern const struct command cmd_bank_edit;
extern const struct command cmd_bank_points;
extern const struct command cmd_bank_duplicates;
extern const struct command cmd_bank_enemies;
extern const struct command cmd_bank_use;
extern const struct command cmd_bank_policy;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_RESULTS_COMMANDS_H
#define KAOCHANG_CLI_RESULTS_COMMANDS_H

#include "cli/command.h"

extern const struct command *const results_commands[]; /* NULL-terminated */

extern const struct command cmd_merge;
extern const struct command cmd_digest;
extern const struct command cmd_quarantine;
extern const struct command cmd_quarantine_admit;
extern const struct command cmd_report_rates;
extern const struct command cmd_report_candidates;
extern const struct command cmd_report_items;
extern const struct command cmd_report_bands;
extern const struct command cmd_report_quality;
extern const struct command cmd_report_ratings;

#endif

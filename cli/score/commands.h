/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_SCORE_COMMANDS_H
#define KAOCHANG_CLI_SCORE_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_score_session, cmd_score_store, cmd_score_verify, cmd_score_item,
    cmd_score_cases, cmd_score_facts, cmd_score_checks, cmd_score_propose, cmd_score_rules, cmd_score_traces,
    cmd_score_explain, cmd_score_works;

#endif

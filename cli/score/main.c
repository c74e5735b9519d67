/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "base/i18n.h"
#include "cli/score/commands.h"

static const struct command *const commands[] = {
    &cmd_score_session,
    &cmd_score_store,
    &cmd_score_verify,
    &cmd_score_explain,
    &cmd_score_works,
    &cmd_score_item,
    &cmd_score_cases,
    &cmd_score_facts,
    &cmd_score_checks,
    &cmd_score_propose,
    &cmd_score_rules,
    &cmd_score_traces,
    NULL,
};

static const struct command *const *const groups[] = {commands, NULL};

int main(int argc, char **argv)
{
    i18n_init();
    const struct program program = {
        .name = "kaochang-score", .summary = N_("scoring after the session is closed"), .groups = groups};
    return program_main(&program, argc, argv);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The exam office's program: its table of commands. */
#include <stddef.h>

#include "base/i18n.h"
#include "cli/adjudicate/commands.h"
#include "cli/assemble/commands.h"
#include "cli/audit/commands.h"
#include "cli/bank/commands.h"
#include "cli/blueprint/commands.h"
#include "cli/exam/commands.h"
#include "cli/keys/commands.h"
#include "cli/lab/commands.h"
#include "cli/office/commands.h"
#include "cli/package/commands.h"
#include "cli/results/commands.h"
#include "cli/sheets/commands.h"
#include "cli/stats/commands.h"

static const struct command *const *const groups[] = {
    bank_commands, blueprint_commands, assemble_commands, exam_commands, office_commands,
    lab_commands, keys_commands, package_commands, results_commands, adjudicate_commands,
    sheets_commands, audit_commands, stats_commands, NULL,
};

int main(int argc, char **argv)
{
    i18n_init();
    const struct program program = {
        .name = "kaochang", .summary = N_("the exam office: bank, papers, packages, results"), .groups = groups};
    return program_main(&program, argc, argv);
}

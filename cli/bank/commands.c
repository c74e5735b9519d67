/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/commands.h"

#include <stddef.h>

const struct command *const bank_commands[] = {
    &cmd_bank_import,
    &cmd_bank_export,
    &cmd_bank_list,
    &cmd_bank_search,
    &cmd_bank_browse,
    &cmd_bank_show,
    &cmd_bank_check,
    &cmd_bank_tests,
    &cmd_bank_history,
    &cmd_bank_edit,
    &cmd_bank_points,
    &cmd_bank_review,
    &cmd_bank_retire,
    &cmd_bank_policy,
    &cmd_bank_duplicates,
    &cmd_bank_enemies,
    &cmd_bank_use,
    &cmd_bank_calibrate,
    NULL,
};

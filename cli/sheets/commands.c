/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sheets/commands.h"

#include <stddef.h>

const struct command *const sheets_commands[] = {
    &cmd_sheets_print, &cmd_sheets_type, &cmd_sheets_compare, &cmd_sheets_resolve, &cmd_sheets_finish, NULL,
};

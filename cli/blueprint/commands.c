/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/blueprint/commands.h"

#include <stddef.h>

const struct command *const blueprint_commands[] = {
    &cmd_blueprint_check,
    &cmd_blueprint_table,
    NULL,
};

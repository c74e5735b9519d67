/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/assemble/commands.h"

#include <stddef.h>

const struct command *const assemble_commands[] = {
    &cmd_assemble,
    NULL,
};

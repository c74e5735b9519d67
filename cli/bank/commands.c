/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/commands.h"

#include <stddef.h>

const struct command *const bank_commands[] = {
    NULL,
};

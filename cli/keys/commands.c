/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/commands.h"

#include <stddef.h>

const struct command *const keys_commands[] = {
    NULL,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/commands.h"

#include <stddef.h>

const struct command *const results_commands[] = {
    NULL,
};

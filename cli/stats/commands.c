/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stats/commands.h"

#include <stddef.h>

const struct command *const stats_commands[] = {
    &cmd_stats_classical,
    &cmd_stats_irt,
    &cmd_stats_equate,
    &cmd_stats_agree,
    &cmd_stats_angoff,
    NULL,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/lab/commands.h"

#include <stddef.h>

const struct command *const lab_commands[] = {
    &cmd_rubric_check,
    &cmd_rubric_print,
    &cmd_rubric_rate,
    &cmd_lab_new,
    NULL,
};

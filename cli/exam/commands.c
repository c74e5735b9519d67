/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/exam/commands.h"

#include <stddef.h>

const struct command *const exam_commands[] = {
    &cmd_exam_print,
    &cmd_exam_report,
    NULL,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit/commands.h"

#include <stddef.h>

const struct command *const audit_commands[] = {
    &cmd_audit,
    NULL,
};

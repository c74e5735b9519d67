/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_PACKAGE_COMMANDS_H
#define KAOCHANG_CLI_PACKAGE_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_pack, cmd_session_withdraw, cmd_publish, cmd_mirror, cmd_verify, cmd_open,
    cmd_seal, cmd_sign;
extern const struct command *const package_commands[]; /* NULL-terminated */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_KEYS_COMMANDS_H
#define KAOCHANG_CLI_KEYS_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_keys_new, cmd_keys_list, cmd_keys_root, cmd_keys_certify, cmd_keys_escrow,
    cmd_keys_rotate, cmd_keys_revoke;
extern const struct command *const keys_commands[]; /* NULL-terminated */

#endif

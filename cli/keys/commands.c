/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/commands.h"

#include <stddef.h>

const struct command *const keys_commands[] = {
    &cmd_keys_new,    &cmd_keys_list,   &cmd_keys_root,   &cmd_keys_certify,
    &cmd_keys_escrow, &cmd_keys_rotate, &cmd_keys_revoke, NULL,
};

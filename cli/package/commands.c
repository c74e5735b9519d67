/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/commands.h"

#include <stddef.h>

const struct command *const package_commands[] = {
    &cmd_pack, &cmd_session_withdraw, &cmd_publish, &cmd_mirror, &cmd_verify, &cmd_seal, &cmd_open, &cmd_sign,
    NULL,
};

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_CLIENT_COMMANDS_H
#define KAOCHANG_CLI_CLIENT_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_collect, cmd_enrol, cmd_export, cmd_practice, cmd_proctor, cmd_pull, cmd_room,
    cmd_sit;

#endif

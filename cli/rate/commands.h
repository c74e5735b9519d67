/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_RATE_COMMANDS_H
#define KAOCHANG_CLI_RATE_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_rate;

#endif

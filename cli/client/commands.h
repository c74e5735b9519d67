/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_CLIENT_COMMANDS_H
#define KAOCHANG_CLI_CLIENT_COMMANDS_H

#include "cli/command.h"

/* The first line of --code-file into `data`; *ret stays NULL without that option. The caller releases the
 * bytes. */
struct bytes;
MUST_CHECK int code_file_read(const struct args *a, struct bytes *data, const char **ret, struct err *e);

extern const struct command cmd_collect, cmd_enrol, cmd_export, cmd_practice, cmd_proctor, cmd_pull, cmd_room,
    cmd_sit;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "base/i18n.h"
#include "cli/room/commands.h"

static const struct command *const commands[] = {
    &cmd_carry,
    &cmd_record,
    &cmd_serve,
    NULL,
};

static const struct command *const *const groups[] = {commands, NULL};

int main(int argc, char **argv)
{
    i18n_init();
    const struct program program = {
        .name = "kaochang-room", .summary = N_("the line between a room and its stations"), .groups = groups};
    return program_main(&program, argc, argv);
}

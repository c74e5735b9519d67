/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "base/i18n.h"
#include "cli/client/commands.h"

static const struct command *const commands[] = {
    &cmd_collect, &cmd_enrol, &cmd_export, &cmd_practice, &cmd_proctor, &cmd_pull, &cmd_room, &cmd_sit, NULL,
};

static const struct command *const *const groups[] = {commands, NULL};

int main(int argc, char **argv)
{
    i18n_init();
    const struct program program = {.name = "kaochang-client",
                                    .summary =
                                        N_("the exam room: enrol, pull, proctor, sit, collect, export"),
                                    .groups = groups};
    return program_main(&program, argc, argv);
}

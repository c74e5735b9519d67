/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "base/i18n.h"
#include "cli/rate/commands.h"

int main(int argc, char **argv)
{
    i18n_init();
    const struct program program = {.name = "kaochang-rate", .summary = cmd_rate.summary};
    return program_only(&program, &cmd_rate, argc, argv);
}

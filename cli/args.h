/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of a command as they were parsed; commands see them through cli/command.h only. */
#ifndef KAOCHANG_CLI_ARGS_H
#define KAOCHANG_CLI_ARGS_H

#include "cli/command.h"

enum { ARGS_MAX_VALUES = 256 };

struct args {
    const struct command *command;
    const char *home;
    bool json;
    const char **positional;
    int n;
    struct {
        int option; /* index in command->options */
        const char *value;
    } value[ARGS_MAX_VALUES];
    int n_values;
};

/* Parses argv for `command`. argv[0] is the name in messages. --help, --usage and a wrong use end the
 * process, the last with ERR_USAGE. What is set borrows from argv; args_release frees the rest. */
void args_parse(struct args *ret, const struct command *command, int argc, char **argv);
void args_release(struct args *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* --script and --dump of the programs with a screen. */
#ifndef KAOCHANG_CLI_PLAYING_H
#define KAOCHANG_CLI_PLAYING_H

#include "cli/command.h"
#include "client/screens/app.h"

#define PLAYING_OPTIONS                                                                                      \
    {.name = "script", .arg = "FILE", .help = N_("Take keys from this file instead of a terminal")},         \
    {                                                                                                        \
        .name = "dump", .arg = "FILE", .help = N_("Write the script's screens to this file as text")         \
    }

/* Runs the app on the terminal, or plays --script, dumping to --dump. */
MUST_CHECK int playing_run(const struct args *a, const struct app *app, struct err *e);

#endif

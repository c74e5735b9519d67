/* SPDX-License-Identifier: Apache-2.0 */
/* --script and --dump of the programs with a screen. */
#ifndef KAOCHANG_CLI_PLAYING_H
#define KAOCHANG_CLI_PLAYING_H

#include "cli/command.h"
#include "client/screens/app.h"
#include "client/screens/seat.h"

#define PLAYING_OPTIONS                                                                                      \
    {.name = "script", .arg = "FILE", .help = N_("Take keys from this file instead of a terminal")},         \
    {                                                                                                        \
        .name = "dump", .arg = "FILE", .help = N_("Write the script's screens to this file as text")         \
    }

#define PLAYING_COLOURS                                                                                      \
    {.name = "contrast",                                                                                     \
     .help = N_("Begin in black and white of the strongest contrast (F8 changes it)")},                      \
    {                                                                                                        \
        .name = "no-colour",                                                                                 \
        .help = N_("Begin without colours; so does the environment variable NO_COLOR")                       \
    }
/* What they ask for; NO_COLOR counts too. */
enum colours playing_colours(const struct args *a);

/* An agent may come later; a folder that is no station never has one: ERR_ENV. */
MUST_CHECK int playing_check_station(const char *home, struct err *e);
/* Runs a seat: under its supervisor on the terminal, or by --script. */
MUST_CHECK int playing_seat(const struct args *a, const struct seat_options *o, struct err *e);
/* Runs the app on the terminal, or plays --script, dumping to --dump. */
MUST_CHECK int playing_run(const struct args *a, const struct app *app, struct err *e);

#endif

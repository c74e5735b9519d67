/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/playing.h"
#include "client/agent/waiting.h"

static int run(const struct args *a, struct err *e)
{
    int r = playing_check_station(args_home(a), e);
    if (r < 0)
        return r;
    if (waiting_is_wanted(args_home(a)) && (r = waiting_start(args_home(a), e)) < 0)
        return r;
    const struct seat_options o = {.home = args_home(a),
                                   .fd = -1,
                                   .ticket = args_get(a, "ticket"),
                                   .work = args_get(a, "work"),
                                   .open_with = args_get(a, "open-with"),
                                   .shell = args_get(a, "shell"),
                                   .colours = playing_colours(a)};
    return playing_seat(a, &o, e);
}

const struct command cmd_sit = {
    .name = "sit",
    .args = "",
    .summary = N_("a candidate's screen: sign in, answer, hand in"),
    .example = "kaochang-client sit -C station",
    .options =
        (const struct command_option[]){
            {.name = "ticket",
             .arg = "NUMBER",
             .help =
                 N_("Sign in with this ticket number; name and number are checked on the screen as ever")},
            PLAYING_COLOURS,
            {.name = "work",
             .arg = "FOLDER",
             .help = N_(
                 "Put the files of practical items here, in a folder for each ticket (default: work in the station's folder)")},
            {.name = "open-with",
             .arg = "COMMAND",
             .help = N_(
                 "The program of this machine that opens a file of a practical item: \"libreoffice --norestore\"")},
            {.name = "shell",
             .arg = "COMMAND",
             .help = N_(
                 "Offer a shell in the folder of a practical item, without network (bubblewrap); COMMAND shows a terminal: \"xterm -e\"")},
            PLAYING_OPTIONS,
            {0}},
    .no_json = true,
    .run = run,
};

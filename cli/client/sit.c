/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/playing.h"
#include "client/agent/waiting.h"
#include "client/screens/seat.h"
#include "client/screens/supervisor.h"

static int play(const struct args *a, const struct seat_options *o, struct err *e)
{
    struct seat *seat = seat_new(o);
    struct app app = seat_app(seat);
    int r = playing_run(a, &app, e);
    seat_free(seat);
    return r;
}

/* An agent may come later; a folder that is no station never has one. */
static int check_station(const char *home, struct err *e)
{
    char *path = path_join(home, "station.xml");
    bool there = file_exists(path);
    free(path);
    if (there)
        return 0;
    err_set(e, ERR_ENV, home, _("this folder is no station"));
    return err_hint(e, _("name the station's folder with -C, or make one with kaochang-client enrol"));
}

/* https://no-color.org: set and not empty. */
static enum colours colours(const struct args *a)
{
    const char *none = getenv("NO_COLOR");
    if (args_get(a, "contrast"))
        return COLOURS_CONTRAST;
    return args_get(a, "no-colour") || (none && *none) ? COLOURS_NONE : COLOURS_FULL;
}

static int run(const struct args *a, struct err *e)
{
    int r = check_station(args_home(a), e);
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
                                   .colours = colours(a)};
    return args_get(a, "script") ? play(a, &o, e) : supervise_seat(&o, e);
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
            {.name = "contrast",
             .help = N_("Begin in black and white of the strongest contrast (F8 changes it)")},
            {.name = "no-colour",
             .help = N_("Begin without colours; so does the environment variable NO_COLOR")},
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

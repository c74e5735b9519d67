/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/playing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/screens/loop.h"
#include "client/screens/supervisor.h"

static int play(const struct args *a, const struct app *app, FILE *dump, struct err *e)
{
    struct script script;
    int r = script_read(&script, args_get(a, "script"), e);
    if (r < 0)
        return r;
    r = loop_script(app, &script, dump, e);
    script_release(&script);
    return r;
}

static int play_dumping(const struct args *a, const struct app *app, struct err *e)
{
    const char *path = args_get(a, "dump");
    FILE *dump = path ? fopen(path, "w") : NULL;
    if (path && !dump)
        return err_sys(e, path, _("cannot be written"));
    int r = play(a, app, dump, e);
    if (dump && fclose(dump) != 0 && r == 0)
        r = err_sys(e, path, _("cannot be written"));
    return r;
}

int playing_run(const struct args *a, const struct app *app, struct err *e)
{
    return args_get(a, "script") ? play_dumping(a, app, e) : loop_terminal(app, e);
}

static int play_seat(const struct args *a, const struct seat_options *o, struct err *e)
{
    struct seat *seat = seat_new(o);
    struct app app = seat_app(seat);
    int r = playing_run(a, &app, e);
    seat_free(seat);
    return r;
}

int playing_seat(const struct args *a, const struct seat_options *o, struct err *e)
{
    return args_get(a, "script") ? play_seat(a, o, e) : supervise_seat(o, e);
}

int playing_check_station(const char *home, struct err *e)
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
enum colours playing_colours(const struct args *a)
{
    const char *none = getenv("NO_COLOR");
    if (args_get(a, "contrast"))
        return COLOURS_CONTRAST;
    return args_get(a, "no-colour") || (none && *none) ? COLOURS_NONE : COLOURS_FULL;
}

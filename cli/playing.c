/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/playing.h"

#include <stdio.h>

#include "base/i18n.h"
#include "client/screens/loop.h"

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

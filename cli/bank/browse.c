/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/bank/browse/run.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "cli/playing.h"

static int browse(const struct args *a, struct bank *bank, struct err *e)
{
    struct browsing *x = browsing_new(bank, args_get(a, "by"));
    struct app app = browsing_app(x);
    int r = playing_run(a, &app, e);
    browsing_free(x);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *who = NULL;
    struct bank *bank = NULL;
    int r = args_get(a, "by") ? person_option(a, &who, e) : 0;
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = browse(a, bank, e);
    bank_close(bank);
    return r;
}

static const struct command_option options[] = {
    {.name = "by",
     .arg = "NAME",
     .help = N_("Who changes and reviews; otherwise it is asked before the first change")},
    PLAYING_OPTIONS,
    {0},
};

const struct command cmd_bank_browse = {
    .name = "bank browse",
    .args = "",
    .summary = N_("Look through the bank on a screen: search, preview, edit, review"),
    .example = "kaochang bank browse -C office --by 张三",
    .options = options,
    .no_json = true,
    .run = run,
};

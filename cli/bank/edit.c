/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/edit.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"

enum { MAX_FIELDS = 16 };

static int edit(const struct args *a, struct bank *bank, const char *who, struct err *e)
{
    struct bank_value value[MAX_FIELDS];
    struct clock_reading now;
    size_t n = 0, changed = 0;
    for (size_t i = 0; bank_field(i); i++)
        if (args_get(a, bank_field(i)))
            value[n++] = (struct bank_value){bank_field(i), args_get(a, bank_field(i))};
    if (n == 0)
        return err_set(e, ERR_USAGE, NULL, _("say what to change, for example --facility 0.6"));
    clock_read(&now);
    int r = bank_edit(bank, args_at(a, 0), value, n, who, now.wall_ms, &changed, e);
    if (r == 0 && args_json(a))
        printf("{\"changed\":%zu}\n", changed);
    else if (r == 0)
        printf(_("%zu values changed\n"), changed);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *who = NULL;
    struct bank *bank = NULL;
    int r = person_option(a, &who, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = edit(a, bank, who, e);
    bank_close(bank);
    return r;
}

static const struct command_option options[] = {
    {.name = "knowledge-point",
     .arg = "CODE",
     .help = N_("A code of the bank's tree; an empty text takes a value away")},
    {.name = "level", .arg = "LEVEL", .help = N_("remember, understand, apply, analyse, evaluate or create")},
    {.name = "facility", .arg = "P", .help = N_("The author's estimate, 0 to 1")},
    {.name = "discrimination", .arg = "D", .help = N_("The author's estimate, -1 to 1")},
    {.name = "points", .arg = "N", .help = N_("The usual maximum in a paper")},
    {.name = "expected-time", .arg = "SECONDS", .help = N_("What a candidate is expected to need")},
    {.name = "enemies",
     .arg = "IDS",
     .help = N_("Items that must not stand in one paper with it, with spaces between")},
    {.name = "irt",
     .arg = "A B C SCALE",
     .help = N_("Parameters of item response theory; SCALE is logistic or normal (D = 1.702)")},
    {.name = "attributes", .arg = "NAME=VALUE…", .help = N_("Attributes of your own, all of them")},
    {.name = "by", .arg = "NAME", .help = N_("Who says so")},
    {0},
};

const struct command cmd_bank_edit = {
    .name = "bank edit", .args = "ID", .min_args = 1, .max_args = 1,
    .summary = N_("Change the metadata of an item; what it was before stays in its history"),
    .example = "kaochang bank edit -C office k001 --knowledge-point 1.2 --facility 0.65 --by 张三",
    .options = options,
    .run = run,
};

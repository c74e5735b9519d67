/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "cli/bank/moving.h"
#include "paperbank/bank/review.h"

static int run(const struct args *a, struct err *e)
{
    const char *to = NULL;
    int r = args_need(a, "to", &to, e);
    return r == 0 ? move_items(a, to, e) : r;
}

static const struct command_option options[] = {
    {.name = "to", .arg = "STATE", .help = N_("The new state: draft, reviewed, approved or retired")},
    {.name = "by", .arg = "NAME", .help = N_("Who says so")},
    {.name = "note", .arg = "TEXT", .help = N_("A remark for the history")},
    FILTER_OPTIONS,
    {0},
};

const struct command cmd_bank_review = {
    .name = "bank review", .args = "[ID…]", .max_args = -1,
    .summary = N_("Move items through their review: these, or all that fit the options"),
    .example = "kaochang bank review -C office k001 k002 --to reviewed --by 李四",
    .options = options,
    .run = run,
};

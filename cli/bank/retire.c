/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/moving.h"

static int run(const struct args *a, struct err *e)
{
    return move_items(a, "retired", e);
}

static const struct command_option options[] = {
    {.name = "by", .arg = "NAME", .help = N_("Who says so")},
    {.name = "note", .arg = "TEXT", .help = N_("A remark for the history")},
    FILTER_OPTIONS,
    {0},
};

const struct command cmd_bank_retire = {
    .name = "bank retire", .args = "[ID…]", .max_args = -1,
    .summary = N_("Take items out of use; they stay in the bank with their history"),
    .example = "kaochang bank retire -C office k001 --by 王五 --note 内容过时",
    .options = options,
    .run = run,
};

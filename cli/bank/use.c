/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/use.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"

static int run(const struct args *a, struct err *e)
{
    struct clock_reading now;
    struct bank *bank = NULL;
    int64_t candidates = BANK_UNKNOWN;
    int r = args_get(a, "candidates") ? args_int(a, "candidates", 0, 100000000, 0, &candidates, e) : 0;
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    clock_read(&now);
    if (r == 0)
        r = bank_use_session(bank, args_at(a, 0), args_at(a, 1), candidates, now.wall_ms, e);
    bank_close(bank);
    return r;
}

static const struct command_option options[] = {
    {.name = "candidates", .arg = "N", .help = N_("How many candidates saw the items")},
    {0},
};

const struct command cmd_bank_use = {
    .name = "bank use", .args = "EXAM SESSION", .min_args = 2, .max_args = 2,
    .summary = N_("Write down that a session of an assembled exam was held with its items"),
    .example = "kaochang bank use -C office exam-2026 s1 --candidates 120",
    .options = options,
    .no_json = true,
    .run = run,
};

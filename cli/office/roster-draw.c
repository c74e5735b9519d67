/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/office/commands.h"

static int run(const struct args *a, struct err *e)
{
    (void)a;
    err_set(e, ERR_USAGE, NULL, _("drawing lots for benches and experiments comes with the lab-skills exam"));
    return err_hint(e, _("seats and forms of a computer exam: kaochang roster arrange"));
}

const struct command cmd_roster_draw = {
    .name = "roster draw", .args = "", .max_args = -1,
    .summary = N_("Draw lots for a lab-skills exam (not in this version)"),
    .example = "kaochang roster arrange --session am1 --seed 20261122",
    .run = run,
};

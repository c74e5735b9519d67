/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/results/commands.h"

static int run(const struct args *a, struct err *e)
{
    (void)a;
    err_set(e, ERR_USAGE, NULL, _("this report comes with a later version"));
    return err_hint(e, _("there are now: report rates, report bands, report candidates"));
}

const struct command cmd_report_items = {
    .name = "report items",
    .args = "",
    .max_args = -1,
    .summary = N_("Statistics of the items (not in this version)"),
    .example = "kaochang report rates --session am1",
    .run = run,
};

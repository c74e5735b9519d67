/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/review.h"

static int run(const struct args *a, struct err *e)
{
    const char *wish = args_get(a, "require-approval");
    struct bank *bank = NULL;
    bool on = false;
    if (wish && strcmp(wish, "on") != 0 && strcmp(wish, "off") != 0)
        return err_set(e, ERR_USAGE, NULL, _("--require-approval is on or off"));
    int r = home_bank(&bank, a, false, e);
    if (r == 0 && wish)
        r = bank_require_approval(bank, strcmp(wish, "on") == 0, e);
    if (r == 0)
        r = bank_requires_approval(bank, &on, e);
    bank_close(bank);
    if (r == 0 && args_json(a))
        printf("{\"requireApproval\":%s}\n", on ? "true" : "false");
    else if (r == 0)
        puts(on ? _("the assembly takes approved items only")
                : _("the assembly takes all items that are not retired"));
    return r;
}

static const struct command_option options[] = {
    {.name = "require-approval",
     .arg = "on|off",
     .help = N_("Whether the assembly takes approved items only")},
    {0},
};

const struct command cmd_bank_policy = {
    .name = "bank policy", .args = "",
    .summary = N_("Show or set which items of this bank the assembly may take"),
    .example = "kaochang bank policy -C office --require-approval on",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/bank/check-tasks.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/check.h"

static void on_finding(void *context, const struct bank_finding *f)
{
    const bool *json = context;
    if (!*json) {
        printf("%s%s%s; %s\n", f->item, *f->item ? ": " : "", f->what, f->todo);
        return;
    }
    json_t *o = json_pack("{s:s,s:s,s:s,s:s}", "item", f->item, "finding", f->code, "what", f->what, "todo", f->todo);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static int run(const struct args *a, struct err *e)
{
    bool json = args_json(a);
    struct bank *bank = NULL;
    size_t n = 0;
    int r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = bank_check(bank, on_finding, &json, &n, e);
    if (r == 0)
        r = bank_check_tasks(bank, on_finding, &json, &n, e);
    bank_close(bank);
    if (r < 0)
        return r;
    fprintf(stderr, _("%zu findings\n"), n);
    return n ? err_set(e, ERR_NO, NULL, "%s", "") : 0;
}

const struct command cmd_bank_check = {
    .name = "bank check", .args = "",
    .summary = N_("Look for items that lack something, repeat each other, or give their key away"),
    .example = "kaochang bank check -C office",
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang adjudicate show, kaochang appeal show: one case, step by step. */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/adjudicate/case-text.h"
#include "cli/adjudicate/commands.h"

static int print(const struct docket *d, const struct lab_case *c, bool json, struct err *e)
{
    struct bytes text = {0};
    int r = 0;
    if (json) {
        json_t *o = case_json(d, c);
        json_dumpf(o, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(o);
    } else if ((r = case_text(d, c, &text, e)) == 0)
        fwrite(text.p, 1, text.n, stdout);
    bytes_release(&text);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct docket d = {0};
    const struct lab_case *c;
    int r = docket_open(&d, a, e);
    if (r == 0 && (r = docket_case(&d, args_at(a, 0), &c, e)) == 0)
        r = print(&d, c, args_json(a), e);
    docket_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_adjudicate_show = {
    .name = "adjudicate show",
    .args = "TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_(
        "One candidate's ratings step by step: by whom, when, which slips, what they cost; and what was decided"),
    .example = "kaochang adjudicate show 420101260001 --session lab1",
    .options = options,
    .run = run,
};

const struct command cmd_appeal_show = {
    .name = "appeal show",
    .args = "TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("What an arbitration group needs to see: the same as \"adjudicate show\""),
    .example = "kaochang appeal show 420101260001 --session lab1",
    .options = options,
    .run = run,
};

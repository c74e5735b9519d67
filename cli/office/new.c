/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/office/commands.h"
#include "office/office.h"

static int run(const struct args *a, struct err *e)
{
    const char *dir = args_at(a, 0);
    int r = office_create(dir, args_get(a, "name"), e);
    if (r == 0)
        printf(_("An exam office is ready in %s\n"), dir);
    return r;
}

static const struct command_option options[] = {
    {.name = "name", .arg = "NAME", .help = N_("The office's name, as it stands on reports")},
    {0},
};

const struct command cmd_new = {
    .name = "new", .args = "DIR", .min_args = 1, .max_args = 1,
    .summary = N_("Make the home of an exam office: bank, exams, sessions, keys, results"),
    .example = "kaochang new office --name \"Exam Office of Linhai City\"",
    .options = options,
    .no_json = true,
    .run = run,
};

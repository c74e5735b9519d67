/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/roster-page.h"
#include "office/roster-import.h"
#include "office/tickets.h"

static int make(const struct roster_page *p, struct bytes *ret, struct err *e)
{
    const struct tickets t = {.office = office_name(p->desk->office),
                              .session = &p->desk->session,
                              .roster = p->roster,
                              .group_ms = p->group_ms};
    if (!roster_is_arranged(p->roster)) {
        err_set(e, ERR_USAGE, t.session->id, _("not every candidate has a seat yet"));
        return p->group_ms ? err_hint(e, "kaochang roster draw --session %s", t.session->id)
                           : err_hint(e, _("kaochang roster arrange --session %s --seed N"), t.session->id);
    }
    if (roster_page_ends(p, ".txt"))
        tickets_text(&t, ret);
    else
        tickets_html(&t, ret);
    return 0;
}

static void tell(const struct roster_page *p)
{
    printf(_("%zu admission tickets in %s\n"), p->roster->n_candidates, p->path);
}

static int run(const struct args *a, struct err *e)
{
    return roster_page_print(a, &(struct roster_page_kind){.make = make, .tell = tell}, e);
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("A page to print; plain text when it ends in .txt")},
    {0},
};

const struct command cmd_roster_tickets = {
    .name = "roster tickets",
    .args = "",
    .summary = N_("Admission tickets to print and cut"),
    .example = "kaochang roster tickets --session am1 -o tickets.html",
    .options = options,
    .no_json = true,
    .run = run,
};

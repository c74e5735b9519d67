/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/roster-page.h"
#include "office/door-print.h"
#include "office/roster-import.h"

static int make(const struct roster_page *p, struct bytes *ret, struct err *e)
{
    struct clock_reading now;
    clock_read(&now);
    const struct door_list list = {.office = office_name(p->desk->office),
                                   .session = &p->desk->session,
                                   .roster = p->roster,
                                   .group_ms = p->group_ms,
                                   .made_ms = now.wall_ms};
    if (!roster_is_arranged(p->roster) || p->group_ms == 0) {
        err_set(e, ERR_USAGE, p->desk->session.id, _("nothing is drawn for this session"));
        return err_hint(e, "kaochang roster draw --session %s", p->desk->session.id);
    }
    if (roster_page_ends(p, ".pdf"))
        return door_list_pdf(&list, ret, e);
    door_list_html(&list, ret);
    return 0;
}

static void tell(const struct roster_page *p)
{
    printf(_("Lists for the doors of %zu rooms in %s\n"), p->roster->n_rooms, p->path);
}

static int run(const struct args *a, struct err *e)
{
    return roster_page_print(a, &(struct roster_page_kind){.make = make, .tell = tell}, e);
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "output", .key = 'o', .arg = "FILE", .help = N_("A page to print; PDF when it ends in .pdf")},
    {0},
};

const struct command cmd_roster_doors = {
    .name = "roster doors",
    .args = "",
    .summary = N_("Lists for the doors of a lab-skills exam: who works at which bench, by room and group"),
    .example = "kaochang roster doors --session am1 -o doors.pdf",
    .options = options,
    .no_json = true,
    .run = run,
};

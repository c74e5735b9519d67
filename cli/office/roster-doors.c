/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "office/door-print.h"
#include "office/roster-import.h"
#include "office/roster-store.h"

static int print(struct desk *d, const char *path, struct err *e)
{
    struct roster *roster = NULL;
    struct bytes page = {0};
    struct clock_reading now;
    struct door_list list = {.office = office_name(d->office), .session = &d->session};
    int r = exam_lab_turn(d->office, &d->session, &list.group_ms, e);
    if (r < 0 || (r = office_roster_load(d->office, d->session.id, &roster, e)) < 0)
        return r;
    clock_read(&now);
    list.roster = roster;
    list.made_ms = now.wall_ms;
    size_t n = strlen(path);
    if (!roster_is_arranged(roster) || list.group_ms == 0) {
        err_set(e, ERR_USAGE, d->session.id, _("nothing is drawn for this session"));
        r = err_hint(e, "kaochang roster draw --session %s", d->session.id);
    } else if (n > 4 && strcmp(path + n - 4, ".pdf") == 0) {
        r = door_list_pdf(&list, &page, e);
    } else {
        door_list_html(&list, &page);
    }
    if (r == 0)
        r = file_put(path, 0600, bytes_span(&page), e);
    if (r == 0)
        printf(_("Lists for the doors of %zu rooms in %s\n"), roster->n_rooms, path);
    bytes_release(&page);
    roster_free(roster);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *out;
    struct desk d = {0};
    int r = args_need(a, "output", &out, e);
    if (r == 0 && (r = desk_open(&d, a, e)) == 0)
        r = print(&d, out, e);
    desk_close(&d);
    return r;
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

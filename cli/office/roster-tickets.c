/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "office/roster-import.h"
#include "office/roster-store.h"
#include "office/tickets.h"

static int print(struct desk *d, const char *path, struct err *e)
{
    struct roster *roster = NULL;
    struct bytes page = {0};
    int64_t group_ms;
    int r = exam_lab_turn(d->office, &d->session, &group_ms, e);
    if (r < 0 || (r = office_roster_load(d->office, d->session.id, &roster, e)) < 0)
        return r;
    const struct tickets t = {
        .office = office_name(d->office), .session = &d->session, .roster = roster, .group_ms = group_ms};
    size_t n = strlen(path);
    if (!roster_is_arranged(roster)) {
        err_set(e, ERR_USAGE, d->session.id, _("not every candidate has a seat yet"));
        r = group_ms ? err_hint(e, "kaochang roster draw --session %s", d->session.id)
                     : err_hint(e, _("kaochang roster arrange --session %s --seed N"), d->session.id);
    } else if (n > 4 && strcmp(path + n - 4, ".txt") == 0) {
        tickets_text(&t, &page);
        r = file_put(path, 0600, bytes_span(&page), e);
    } else {
        tickets_html(&t, &page);
        r = file_put(path, 0600, bytes_span(&page), e);
    }
    if (r == 0)
        printf(_("%zu admission tickets in %s\n"), roster->n_candidates, path);
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "office/roster-import.h"

#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "office/roster-store.h"

enum { MAX_TABLE = 128 << 20 };

static void print_complaint(void *context, const char *file, unsigned line, const char *what)
{
    (void)context;
    fprintf(stderr, "%s:%u: %s\n", file, line, what);
}

static void print_next(const struct roster *r, bool lab)
{
    if (lab)
        printf(_("Places and experiments are still to be drawn: kaochang roster draw --commit --session %s "
                 "--rooms ROOMS.csv --raters RATERS.csv\n"),
               r->session);
    else
        printf(_("Seats and forms are still to be arranged: kaochang roster arrange --session %s --seed N\n"),
               r->session);
}

static void print_done(const struct roster *r, const struct bytes *unused, bool lab)
{
    if (unused->n)
        fprintf(stderr, _("Columns that are not used: %s\n"), (const char *)unused->p);
    printf(ngettext("%zu candidate in session %s\n", "%zu candidates in session %s\n", r->n_candidates),
           r->n_candidates, r->session);
    if (!roster_is_arranged(r))
        print_next(r, lab);
}

static int import(struct desk *d, const char *path, struct err *e)
{
    struct bytes text = {0}, unused = {0};
    struct roster *r = NULL;
    int k = file_read(path, MAX_TABLE, &text, e);
    if (k == 0)
        k = roster_import_csv(&r, d->session.id, path, bytes_span(&text), print_complaint, NULL, &unused, e);
    if (k == 0)
        k = office_roster_save(d->office, r, e);
    if (k == 0)
        print_done(r, &unused, exam_is_lab(d->office, &d->session));
    roster_free(r);
    bytes_release(&unused);
    bytes_release(&text);
    return k;
}

static int run(const struct args *a, struct err *e)
{
    struct desk d;
    int r = desk_open(&d, a, e);
    if (r == 0)
        r = import(&d, args_at(a, 0), e);
    desk_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {0},
};

const struct command cmd_roster_import = {
    .name = "roster import",
    .args = "CSV",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Take the candidates of a session from a table; whole, or not at all"),
    .example = "kaochang roster import candidates.csv --session am1",
    .options = options,
    .no_json = true,
    .run = run,
};

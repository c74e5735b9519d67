/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "office/raters-import.h"
#include "office/roster-store.h"

enum { MAX_TABLE = 16 << 20 };

static void print_complaint(void *context, const char *file, unsigned line, const char *what)
{
    (void)context;
    fprintf(stderr, "%s:%u: %s\n", file, line, what);
}

static int left_out_some(size_t left_out, const char *path, struct err *e)
{
    if (left_out == 0)
        return 0;
    err_set(e, ERR_DATA, path, ngettext("%zu row was left out", "%zu rows were left out", left_out),
            left_out);
    return err_hint(e, _("the others are stored; mend the table and give it again, whole"));
}

static int import(struct desk *d, const struct args *a, struct err *e)
{
    struct bytes text = {0};
    struct roster *r = NULL;
    size_t left_out = 0;
    int64_t benches = 0;
    const char *path = args_at(a, 0);
    int k = args_int(a, "benches", 1, ROSTER_MAX_SEATS, 0, &benches, e);
    if (k == 0)
        k = file_read(path, MAX_TABLE, &text, e);
    if (k == 0)
        k = office_roster_load(d->office, d->session.id, &r, e);
    if (k == 0)
        k = raters_import_csv(r, path, bytes_span(&text), benches, print_complaint, NULL, &left_out, e);
    if (k == 0)
        k = office_roster_save(d->office, r, e);
    if (k == 0)
        printf(ngettext("%zu rater in session %s\n", "%zu raters in session %s\n", r->n_raters), r->n_raters,
               r->session);
    roster_free(r);
    bytes_release(&text);
    return k < 0 ? k : left_out_some(left_out, path, e);
}

static void print_rater(const struct roster_rater *x)
{
    printf("%-8s  ", x->id);
    printf(x->from == x->to ? _("site %s, room %s, bench %lld") : _("site %s, room %s, benches %lld to %lld"),
           x->site, x->room, (long long)x->from, (long long)x->to);
    if (x->order > 1)
        printf(", %s", x->order == 2 ? _("rates as the second") : _("rates where the two differ"));
    printf("  %s%s%s\n", x->name, *x->school ? "  " : "", x->school);
}

static int list(const struct desk *d, struct err *e)
{
    struct roster *r = NULL;
    int k = office_roster_load(d->office, d->session.id, &r, e);
    for (size_t i = 0; k == 0 && i < r->n_raters; i++)
        print_rater(&r->rater[i]);
    if (k == 0 && r->n_raters == 0) {
        err_set(e, ERR_NO, d->session.id, _("no rater is on the roster yet"));
        k = err_hint(e, "kaochang roster draw --commit --session %s --rooms ROOMS.csv --raters RATERS.csv",
                     d->session.id);
    }
    roster_free(r);
    return k;
}

static int run(const struct args *a, struct err *e)
{
    struct desk d;
    int r = desk_open(&d, a, e);
    if (r == 0)
        r = args_at(a, 0) ? import(&d, a, e) : list(&d, e);
    desk_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "benches", .arg = "N", .help = N_("Benches of each room that has none by lot")},
    {0},
};

const struct command cmd_roster_raters = {
    .name = "roster raters",
    .args = "[CSV]",
    .min_args = 0,
    .max_args = 1,
    .summary =
        N_("List the raters of a lab-skills exam; or take them from a table, in the place of those before"),
    .example = "kaochang roster raters raters.csv --session lab1",
    .options = options,
    .no_json = true,
    .run = run,
};

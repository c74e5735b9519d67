/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/exam.h"
#include "office/arrange.h"
#include "office/roster-store.h"

static int read_plan(const struct args *a, struct arrange_plan *plan, struct err *e)
{
    const char *seed_text;
    int64_t seed;
    int r;
    if ((r = args_need(a, "seed", &seed_text, e)) < 0 ||
        (r = args_int(a, "seed", 0, INT64_MAX, 0, &seed, e)) < 0 ||
        (r = args_int(a, "seats", 1, ROSTER_MAX_SEATS, 40, &plan->seats, e)) < 0 ||
        (r = args_int(a, "columns", 1, ROSTER_MAX_SEATS, 8, &plan->columns, e)) < 0)
        return r;
    plan->seed = (uint64_t)seed;
    plan->snake = args_get(a, "snake") != NULL;
    return 0;
}

static bool is_kept(const struct args *a, const char *form)
{
    const char *kept;
    for (int i = 0; (kept = args_each(a, "keep-form", i)); i++)
        if (strcmp(kept, form) == 0)
            return true;
    return false;
}

/* The forms that are drawn: all but those that are kept for single candidates. */
static int fill_forms(struct desk *d, const struct args *a, const struct paper *paper,
                      struct arrange_plan *plan, struct err *e)
{
    const char **forms = arena_array(d->arena, paper->n_forms, sizeof *forms), *kept;
    for (int i = 0; (kept = args_each(a, "keep-form", i)); i++)
        if (!paper_form(paper, kept))
            return err_set(e, ERR_USAGE, "--keep-form", _("the paper has no form %s"), kept);
    for (size_t i = 0; i < paper->n_forms; i++)
        if (!is_kept(a, paper->form[i].id))
            forms[plan->n_forms++] = paper->form[i].id;
    plan->form = forms;
    return plan->n_forms ? 0 : err_set(e, ERR_USAGE, "--keep-form", _("no form is left for the candidates"));
}

static int arrange(struct desk *d, const struct args *a, struct arrange_plan *plan, struct err *e)
{
    struct paper *paper = NULL;
    struct roster *roster = NULL;
    int r;
    if ((r = exam_paper(d->office, &d->session, &paper, e)) < 0 ||
        (r = office_roster_load(d->office, d->session.id, &roster, e)) < 0)
        goto done;
    if ((r = fill_forms(d, a, paper, plan, e)) < 0 || (r = roster_arrange(roster, plan, e)) < 0 ||
        (r = office_roster_save(d->office, roster, e)) < 0)
        goto done;
    printf(_("%zu candidates in %zu rooms, %zu forms, seed %llu\n"), roster->n_candidates, roster->n_rooms,
           plan->n_forms, (unsigned long long)plan->seed);
    if (plan->n_forms == 1)
        fputs(_("The exam has one form only: neighbours have the same questions.\n"), stderr);
done:
    roster_free(roster);
    paper_free(paper);
    return r;
}

static int refuse_lab(const struct desk *d, struct err *e)
{
    if (!exam_is_lab(d->office, &d->session))
        return 0;
    err_set(e, ERR_USAGE, d->session.id, _("a lab-skills exam has its places from the draw"));
    return err_hint(e, "kaochang roster draw --commit --session %s --rooms ROOMS.csv --raters RATERS.csv",
                    d->session.id);
}

static int run(const struct args *a, struct err *e)
{
    struct arrange_plan plan = {0};
    struct desk d = {0};
    int r = read_plan(a, &plan, e);
    if (r == 0 && (r = desk_open(&d, a, e)) == 0 && (r = refuse_lab(&d, e)) == 0)
        r = arrange(&d, a, &plan, e);
    desk_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "seed", .arg = "N", .help = N_("Number of the lot: the same number gives the same plan")},
    {.name = "seats", .arg = "N", .help = N_("Seats of a room (default 40)")},
    {.name = "columns", .arg = "N", .help = N_("Seats beside each other in a row (default 8)")},
    {.name = "keep-form",
     .arg = "FORM",
     .help = N_("Nobody gets this form by lot: it is kept for single candidates (pack --late); repeatable")},
    {.name = "snake", .help = N_("Every second row is numbered from right to left")},
    {0},
};

const struct command cmd_roster_arrange = {
    .name = "roster arrange",
    .args = "",
    .summary = N_("Give rooms, seats and forms by lot; neighbours get different forms"),
    .example = "kaochang roster arrange --session am1 --seed 20261122",
    .options = options,
    .no_json = true,
    .run = run,
};

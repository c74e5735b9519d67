/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang adjudicate list: who waits for people. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/adjudicate/case-text.h"
#include "cli/adjudicate/commands.h"

static void print_case(const struct lab_case *c)
{
    char total[32];
    printf("%s  %s  %s", c->ticket, c->candidate ? c->candidate->room : "-", docket_state(c));
    for (size_t i = 0; i < c->n_ratings; i++) {
        const struct combine_rating *x = &c->rating[i].reduced;
        printf("%s%s %s", i ? ", " : "  (", c->rating[i].rater,
               x->status == RATING_RATED ? points_text(x->total, total, sizeof total)
                                         : docket_status(x->status));
    }
    printf("%s\n", c->n_ratings ? ")" : "");
}

/* --state third; one that there is not would find nobody, and look like good news. */
static int check_state(const struct args *a, struct err *e)
{
    const char *state = args_get(a, "state");
    for (int i = COMBINE_WAITS; state && i <= COMBINE_STRANGER; i++)
        if (strcmp(state, combine_state_name((enum combine_state)i)) == 0)
            return 0;
    return state ? err_set(e, ERR_USAGE, state,
                           _("--state is waits, third, chief, recheck, unsigned or stranger"))
                 : 0;
}

static bool is_wanted(const struct args *a, const struct lab_case *c)
{
    const char *state = args_get(a, "state");
    return docket_waits(c) && (!state || strcmp(state, combine_state_name(c->outcome.state)) == 0);
}

static int run(const struct args *a, struct err *e)
{
    struct docket d = {0};
    json_t *all = json_array();
    size_t n = 0;
    int r = check_state(a, e);
    if (r == 0)
        r = docket_open(&d, a, e);
    for (size_t i = 0; r == 0 && i < d.lab->n; i++) {
        if (!is_wanted(a, &d.lab->each[i]))
            continue;
        n++;
        if (args_json(a))
            json_array_append_new(all, case_json(&d, &d.lab->each[i]));
        else
            print_case(&d.lab->each[i]);
    }
    if (r == 0 && args_json(a)) {
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (r == 0)
        printf(_("waiting: %zu\n"), n);
    json_decref(all);
    docket_close(&d);
    return r == 0 && n ? err_set(e, ERR_NO, NULL, "%s", "") : r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "state",
     .arg = "STATE",
     .help = N_("Only those: waits, third, chief, recheck, unsigned or stranger")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_adjudicate_list = {
    .name = "adjudicate list",
    .args = "",
    .summary = N_(
        "Who waits for a third rater, the chief, a re-check or signatures; exit status 1 when anybody does"),
    .example = "kaochang adjudicate list --session lab1",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* "stats angoff": a cut score from what judges expect of a candidate who just passes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/stats/commands.h"
#include "cli/stats/figures.h"
#include "cli/stats/reading.h"

/* Sum of the judge's expectations, exact. */
static double judge_total(const struct score_matrix *m, size_t judge)
{
    int64_t sum = 0;
    for (size_t j = 0; j < m->k; j++)
        sum += matrix_item(m, j)[judge];
    return (double)sum / SCORE_UNIT;
}

static double item_mean(const struct score_matrix *m, size_t item)
{
    int64_t sum = 0;
    for (size_t i = 0; i < m->n; i++)
        sum += matrix_item(m, item)[i];
    return (double)sum / SCORE_UNIT / (double)m->n;
}

static json_t *angoff_json(const struct score_matrix *m)
{
    json_t *o = json_object(), *items = json_array(), *judges = json_array();
    double cut = 0, squares = 0, n = (double)m->n;
    for (size_t j = 0; j < m->k; j++)
        json_array_append_new(items, json_real(item_mean(m, j)));
    for (size_t i = 0; i < m->n; i++) {
        json_array_append_new(judges, json_real(judge_total(m, i)));
        cut += judge_total(m, i) / n;
    }
    for (size_t i = 0; i < m->n; i++)
        squares += (judge_total(m, i) - cut) * (judge_total(m, i) - cut);
    struct figure sd = m->n > 1 ? figure_of(sqrt(squares / (n - 1))) : figure_undefined(N_("there is a single judge"));
    json_object_set_new(o, "judges", json_integer((json_int_t)m->n));
    json_object_set_new(o, "items", json_integer((json_int_t)m->k));
    json_object_set_new(o, "item_mean", items);
    json_object_set_new(o, "judge_totals", judges);
    json_object_set_new(o, "cut", json_real(cut));
    figures_put(o, "sd_judges", sd, 1);
    figures_put(o, "se_cut", sd, 1 / sqrt(n));
    return o;
}

static int run(const struct args *a, struct err *e)
{
    struct score_matrix m = {0};
    int r = stats_read_matrix(&m, a, 0, e);
    if (r == 0 && m.has_missing)
        r = err_set(e, ERR_DATA, args_at(a, 0), _("a judge has not judged every item"));
    if (r == 0) {
        json_t *o = angoff_json(&m);
        double se = json_number_value(json_object_get(o, "se_cut"));
        if (!args_json(a))
            printf(_("cut score %.4f of %zu items, standard error %.4f over %zu judges\n"),
                   json_number_value(json_object_get(o, "cut")), m.k, se, m.n);
        if (args_json(a))
            figures_print(o);
        else
            json_decref(o);
    }
    matrix_release(&m);
    return r;
}

static const struct command_option options[] = {
    {.name = "id", .arg = "COLUMN", .help = N_("The column with the judges' names")},
    {.name = "skip", .arg = "COLUMN", .help = N_("A column that is no item; may be repeated")},
    {0},
};

const struct command cmd_stats_angoff = {
    .name = "stats angoff", .args = "JUDGEMENTS.csv", .min_args = 1, .max_args = 1,
    .summary = N_("Cut score by Angoff's method: a judge in each line, an item in each column"),
    .example = "kaochang stats angoff judgements.csv",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/stats/commands.h"
#include "cli/stats/figures.h"
#include "cli/stats/reading.h"
#include "statistics/irt/irt.h"

/* "coef" as R's ltm prints it: difficulty and discrimination; items of several categories have a row of
 * difficulties. */
static json_t *coef_json(const struct irt_fit *fit)
{
    json_t *rows = json_array();
    for (size_t j = 0; j < fit->k; j++) {
        const struct irt_item *item = &fit->item[j];
        json_t *row = json_array();
        for (size_t v = 0; !item->why && v + 1 < item->categories; v++)
            json_array_append_new(row, json_real(item->b[v].value));
        if (!item->why)
            json_array_append_new(row, json_real(item->a));
        if (!item->why && fit->model == IRT_3PL)
            json_array_append_new(row, json_real(item->c.value));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *item_json(const struct irt_item *item, const char *name)
{
    json_t *o = json_pack("{s:s,s:I}", "item", name, "n", (json_int_t)item->n);
    if (item->why) {
        json_object_set_new(o, "notDefined", json_string(_(item->why)));
        return o;
    }
    json_object_set_new(o, "a", json_real(item->a));
    figures_put(o, "se_a", item->se_a, 1);
    figures_put_each(o, "b", item->b, sizeof *item->b, item->categories - 1, 1);
    figures_put_each(o, "se_b", item->se_b, sizeof *item->se_b, item->categories - 1, 1);
    if (item->model == IRT_3PL) {
        figures_put(o, "c", item->c, 1);
        figures_put(o, "se_c", item->se_c, 1);
    }
    return o;
}

static json_t *persons_json(const struct irt_person *person, const struct score_matrix *m)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < m->n; i++) {
        json_t *o = json_object();
        if (m->person)
            json_object_set_new(o, "person", json_string(m->person[i]));
        figures_put(o, "EAP", person[i].eap, 1);
        figures_put(o, "PSD", person[i].psd, 1);
        json_array_append_new(rows, o);
    }
    return rows;
}

static void print_json(const struct irt_fit *fit, const struct score_matrix *m,
                       const struct irt_person *person)
{
    json_t *o = json_object(), *items = json_array();
    for (size_t j = 0; j < fit->k; j++)
        json_array_append_new(items, item_json(&fit->item[j], m->item[j]));
    json_object_set_new(o, "model", json_string(irt_model_name(fit->model)));
    json_object_set_new(o, "n", json_integer((json_int_t)fit->n));
    json_object_set_new(o, "k", json_integer((json_int_t)fit->k));
    json_object_set_new(o, "coef", coef_json(fit));
    json_object_set_new(o, "logLik", json_real(fit->log_likelihood));
    figures_put(o, "AIC", fit->aic, 1);
    figures_put(o, "BIC", fit->bic, 1);
    json_object_set_new(o, "converged", json_boolean(fit->converged));
    json_object_set_new(o, "iterations", json_integer((json_int_t)fit->iterations));
    json_object_set_new(o, "items", items);
    if (person)
        json_object_set_new(o, "persons", persons_json(person, m));
    figures_print(o);
}

static void print_item(const struct irt_item *item, const char *name)
{
    char a[40], b[40], se_a[40], se_b[40];
    if (item->why) {
        printf("%s\t— (%s)\n", name, _(item->why));
        return;
    }
    for (size_t v = 0; v + 1 < item->categories; v++)
        printf("%s\t%s (%s)\t%s (%s)\n", v ? "" : name,
               v ? "" : figures_text(figure_of(item->a), 4, a, sizeof a),
               v ? "" : figures_text(item->se_a, 4, se_a, sizeof se_a),
               figures_text(item->b[v], 4, b, sizeof b), figures_text(item->se_b[v], 4, se_b, sizeof se_b));
}

static void print_text(const struct irt_fit *fit, const struct score_matrix *m)
{
    printf(_("%zu persons, %zu items, model %s\n"), fit->n, fit->k, irt_model_name(fit->model));
    printf(_("log-likelihood %.6f%s\n"), fit->log_likelihood, fit->converged ? "" : _(" (not converged)"));
    printf(_("item\ta (SE)\tb (SE)\n"));
    for (size_t j = 0; j < fit->k; j++)
        print_item(&fit->item[j], m->item[j]);
}

static int take_options(struct irt_options *o, const struct args *a, struct err *e)
{
    int64_t points = 0, threads = 0;
    const char *model = args_get(a, "model") ? args_get(a, "model") : "2pl";
    int r = args_int(a, "points", 5, 199, 61, &points, e);
    if (r == 0)
        r = args_int(a, "threads", 0, 16, 0, &threads, e);
    if (r < 0)
        return r;
    *o = (struct irt_options){
        .points = (size_t)points, .threads = (unsigned)threads, .no_errors = args_get(a, "no-errors")};
    if (irt_model_named(model, &o->model))
        return 0;
    return err_set(e, ERR_USAGE, "--model", _("there is no model %s: rasch, 1pl, 2pl, 3pl, grm, pcm, gpcm"),
                   model);
}

static int run(const struct args *a, struct err *e)
{
    struct score_matrix m = {0};
    struct irt_fit fit = {0};
    struct irt_options o = {0};
    struct irt_person *person = NULL;
    int r = take_options(&o, a, e);
    if (r == 0)
        r = stats_read_matrix(&m, a, 0, e);
    if (r == 0)
        r = irt_calibrate(&fit, &m, &o, e);
    if (r == 0 && args_get(a, "persons")) {
        person = mem_alloc((m.n + 1) * sizeof *person);
        r = irt_score(person, &fit, &m, e);
    }
    if (r == 0 && args_json(a))
        print_json(&fit, &m, person);
    else if (r == 0)
        print_text(&fit, &m);
    free(person);
    irt_release(&fit);
    matrix_release(&m);
    return r;
}

static const struct command_option options[] = {
    {.name = "model", .arg = "MODEL", .help = N_("rasch, 1pl, 2pl (default), 3pl, grm, pcm or gpcm")},
    {.name = "points", .arg = "N", .help = N_("Points of Gauss-Hermite quadrature, 5 to 199 (default 61)")},
    {.name = "persons", .help = N_("Abilities of the persons too (expected a posteriori)")},
    {.name = "no-errors", .help = N_("Leave the standard errors out")},
    {.name = "threads",
     .arg = "N",
     .help = N_("Threads (default: one for each processor); they change no figure")},
    STATS_MATRIX_OPTIONS,
    {0},
};

const struct command cmd_stats_irt = {
    .name = "stats irt",
    .args = "SCORES.csv",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Calibrate items by item response theory (marginal maximum likelihood)"),
    .example = "kaochang stats irt scores.csv --model 2pl --json",
    .options = options,
    .run = run,
};

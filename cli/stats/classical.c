/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/stats/commands.h"
#include "cli/stats/figures.h"
#include "cli/stats/reading.h"
#include "statistics/items/classical.h"
#include "statistics/table.h"

enum { ITEM, FACILITY, DISCRIMINATION, POINT_BISERIAL, REST, EFFICIENCY, WEIGHT, ALPHA, N_COLUMNS };

static const struct table_column columns[N_COLUMNS] = {
    [ITEM] = {.key = "item", .head = N_("Item")},
    [FACILITY] = {.key = "facility", .head = N_("Facility P"), .kind = TABLE_NUMBER},
    [DISCRIMINATION] = {.key = "discrimination", .head = N_("D (27 %)"), .kind = TABLE_NUMBER},
    [POINT_BISERIAL] = {.key = "pointBiserial", .head = N_("Item–total"), .kind = TABLE_NUMBER},
    [REST] = {.key = "rest", .head = N_("Item–rest"), .kind = TABLE_NUMBER},
    [EFFICIENCY] = {.key = "efficiency", .head = N_("Efficiency"), .kind = TABLE_NUMBER},
    [WEIGHT] = {.key = "weight", .head = N_("Weight %"), .kind = TABLE_NUMBER},
    [ALPHA] = {.key = "alphaWithout", .head = N_("Alpha without"), .kind = TABLE_NUMBER},
};

static void put_items(json_t *o, const char *key, const struct figure *first, size_t k, double times)
{
    figures_put_each(o, key, first, sizeof(struct item_analysis), k, times);
}

static json_t *groups_json(const struct test_analysis *t)
{
    json_t *o = json_pack("{s:I,s:s}", "group_n", (json_int_t)t->group, "method",
                          "ties at the 27% boundary weighted fractionally");
    put_items(o, "PH", &t->item->upper, t->k, 1);
    put_items(o, "PL", &t->item->lower, t->k, 1);
    put_items(o, "D", &t->item->discrimination, t->k, 1);
    return o;
}

/* Moodle's names and scale: docs.moodle.org/dev/Quiz_statistics_calculations. */
static json_t *moodle_json(const struct test_analysis *t)
{
    json_t *slot = json_object(), *quiz = json_object();
    put_items(slot, "facility", &t->item->facility, t->k, 1);
    put_items(slot, "sd", &t->item->sd, t->k, 1);
    put_items(slot, "effectiveweight", &t->item->weight, t->k, 100);
    put_items(slot, "discriminationindex", &t->item->rest_correlation, t->k, 100);
    put_items(slot, "discriminativeefficiency", &t->item->efficiency, t->k, 100);
    figures_put(quiz, "median", t->median, 1);
    figures_put(quiz, "mean", t->mean, 1);
    figures_put(quiz, "standarddeviation", t->sd, 1);
    figures_put(quiz, "skewness", t->skewness, 1);
    figures_put(quiz, "kurtosis", t->kurtosis, 1);
    figures_put(quiz, "cic", t->alpha, 100);
    figures_put(quiz, "errorratio", t->error_ratio, 100);
    figures_put(quiz, "standarderror", t->sem, 1);
    return json_pack("{s:o,s:o}", "per_slot", slot, "quiz_level", quiz);
}

static void print_json(const struct test_analysis *t, const struct score_matrix *m)
{
    json_t *o = json_object(), *names = json_array();
    for (size_t j = 0; j < m->k; j++)
        json_array_append_new(names, json_string(m->item[j]));
    json_object_set_new(o, "n", json_integer((json_int_t)t->n));
    json_object_set_new(o, "k", json_integer((json_int_t)t->k));
    json_object_set_new(o, "items", names);
    put_items(o, "p", &t->item->facility, t->k, 1);
    figures_put(o, "mean", t->mean, 1);
    figures_put(o, "sd", t->sd, 1);
    figures_put(o, "var_n_minus_1", t->variance, 1);
    figures_put(o, "alpha", t->alpha, 1);
    figures_put(o, "alpha_std", t->alpha_standard, 1);
    figures_put(o, "kr20_population_var", t->kr20, 1);
    figures_put(o, "guttman_lambda6", t->lambda6, 1);
    put_items(o, "point_biserial", &t->item->point_biserial, t->k, 1);
    put_items(o, "point_biserial_corrected", &t->item->rest_correlation, t->k, 1);
    put_items(o, "alpha_if_deleted", &t->item->alpha_without, t->k, 1);
    figures_put(o, "sem", t->sem, 1);
    json_object_set_new(o, "upper_lower_27", groups_json(t));
    json_object_set_new(o, "moodle", moodle_json(t));
    figures_print(o);
}

static const char *shown(struct arena *a, struct figure f, double times, int decimals)
{
    char text[40];
    f.value *= times;
    return arena_strdup(a, figures_text(f, decimals, text, sizeof text));
}

static void print_line(const char *name, struct figure f, int decimals)
{
    char text[40];
    printf("%s: %s%s%s%s\n", name, figures_text(f, decimals, text, sizeof text), f.why ? " (" : "",
           f.why ? _(f.why) : "", f.why ? ")" : "");
}

static void print_table(const struct test_analysis *t, const struct score_matrix *m)
{
    struct table *table = table_new(columns, N_COLUMNS, t->k);
    struct bytes out = {0};
    for (size_t j = 0; j < t->k; j++) {
        const struct item_analysis *item = &t->item[j];
        const char **cell = table_add(table, 0)->cell;
        cell[ITEM] = m->item[j];
        cell[FACILITY] = shown(table->arena, item->facility, 1, 3);
        cell[DISCRIMINATION] = shown(table->arena, item->discrimination, 1, 3);
        cell[POINT_BISERIAL] = shown(table->arena, item->point_biserial, 1, 3);
        cell[REST] = shown(table->arena, item->rest_correlation, 1, 3);
        cell[EFFICIENCY] = shown(table->arena, item->efficiency, 1, 3);
        cell[WEIGHT] = shown(table->arena, item->weight, 100, 2);
        cell[ALPHA] = shown(table->arena, item->alpha_without, 1, 3);
    }
    table_text(table, &out);
    fputs((const char *)out.p, stdout);
    bytes_release(&out);
    table_free(table);
}

static void print_text(const struct test_analysis *t, const struct score_matrix *m)
{
    printf(_("%zu persons, %zu items\n"), t->n, t->k);
    print_line(_("mean"), t->mean, 3);
    print_line(_("standard deviation"), t->sd, 3);
    print_line(_("median"), t->median, 3);
    print_line(_("Cronbach's alpha"), t->alpha, 4);
    print_line(_("standard error of measurement"), t->sem, 3);
    putchar('\n');
    print_table(t, m);
}

static int run(const struct args *a, struct err *e)
{
    struct score_matrix m = {0};
    struct test_analysis t = {0};
    int r = stats_read_matrix(&m, a, 0, e);
    if (r == 0)
        r = classical_analyse(&t, &m, e);
    if (r == 0 && args_json(a))
        print_json(&t, &m);
    else if (r == 0)
        print_text(&t, &m);
    classical_release(&t);
    matrix_release(&m);
    return r;
}

static const struct command_option options[] = {STATS_MATRIX_OPTIONS, {0}};

const struct command cmd_stats_classical = {
    .name = "stats classical",
    .args = "SCORES.csv",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Analyse items and test of a score matrix: facility, discrimination, reliability"),
    .example = "kaochang stats classical scores.csv --json",
    .options = options,
    .run = run,
};

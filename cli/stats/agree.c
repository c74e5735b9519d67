/* SPDX-License-Identifier: Apache-2.0 */
/* "stats agree": raters by columns, or a table of how often each pair of categories occurred. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/stats/commands.h"
#include "cli/stats/figures.h"
#include "cli/stats/reading.h"
#include "statistics/quality/agreement.h"

enum { MOST_CATEGORIES = 200 };

static struct figure figure_from(struct coefficient c)
{
    return c.exists ? figure_of(c.value) : figure_undefined(N_("all ratings are the same"));
}

/* The mean of k ratings instead of one: Spearman and Brown. */
static struct figure of_mean(struct figure one, size_t k)
{
    return one.why ? one : figure_of((double)k * one.value / (1 + (double)(k - 1) * one.value));
}

static void add_icc(json_t *rows, const char *type, struct figure icc, double f, double df1, double df2)
{
    json_t *o = json_object();
    json_object_set_new(o, "type", json_string(type));
    figures_put(o, "ICC", icc, 1);
    figures_put(o, "F", figure_of(f), 1);
    json_object_set_new(o, "df1", json_integer((json_int_t)df1));
    json_object_set_new(o, "df2", json_integer((json_int_t)df2));
    json_array_append_new(rows, o);
}

static json_t *icc_json(const struct score_matrix *m)
{
    double *mark = mem_alloc((m->n * m->k + 1) * sizeof *mark);
    json_t *rows = json_array();
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->k; j++)
            mark[i * m->k + j] = (double)matrix_item(m, j)[i] / SCORE_UNIT;
    struct icc r = icc_compute(mark, m->n, m->k);
    struct figure one = figure_from(r.icc1), two = figure_from(r.icc2), three = figure_from(r.icc3);
    add_icc(rows, "ICC1", one, r.f1, r.df, r.df1);
    add_icc(rows, "ICC2", two, r.f3, r.df, r.df3);
    add_icc(rows, "ICC3", three, r.f3, r.df, r.df3);
    add_icc(rows, "ICC1k", of_mean(one, m->k), r.f1, r.df, r.df1);
    add_icc(rows, "ICC2k", of_mean(two, m->k), r.f3, r.df, r.df3);
    add_icc(rows, "ICC3k", of_mean(three, m->k), r.f3, r.df, r.df3);
    free(mark);
    return rows;
}

static void put_kappas(json_t *o, const double *table, const double *own, size_t k)
{
    double *plain = mem_alloc((k * k + 1) * sizeof *plain), *line = mem_alloc((k * k + 1) * sizeof *line);
    double *square = mem_alloc((k * k + 1) * sizeof *square);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double apart = i > j ? (double)(i - j) : (double)(j - i);
            plain[i * k + j] = i != j;
            line[i * k + j] = apart;
            square[i * k + j] = apart * apart;
        }
    figures_put(o, "kappa", figure_from(kappa_table(table, plain, k)), 1);
    figures_put(o, "weighted_kappa", figure_from(kappa_table(table, own ? own : line, k)), 1);
    figures_put(o, "weighted_kappa_quadratic", figure_from(kappa_table(table, square, k)), 1);
    free(plain);
    free(line);
    free(square);
}

static int by_score(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The different scores of two raters, ascending. */
static size_t categories(const int32_t *a, const int32_t *b, size_t n, int32_t *ret)
{
    size_t k = 0;
    int32_t *all = mem_alloc((2 * n + 1) * sizeof *all);
    for (size_t i = 0; i < n; i++) {
        all[2 * i] = a[i];
        all[2 * i + 1] = b[i];
    }
    qsort(all, 2 * n, sizeof *all, by_score);
    for (size_t i = 0; i < 2 * n && k < MOST_CATEGORIES; i++)
        if (i == 0 || all[i] != all[i - 1])
            ret[k++] = all[i];
    free(all);
    return k;
}

static size_t place(const int32_t *category, size_t k, int32_t score)
{
    size_t c = 0;
    while (c + 1 < k && category[c] < score)
        c++;
    return c;
}

static json_t *pair_json(const struct score_matrix *m, size_t i, size_t j)
{
    const int32_t *a = matrix_item(m, i), *b = matrix_item(m, j);
    int32_t category[MOST_CATEGORIES];
    size_t k = categories(a, b, m->n, category), same = 0;
    double *table = mem_alloc((k * k + 1) * sizeof *table);
    for (size_t p = 0; p < m->n; p++) {
        table[place(category, k, a[p]) * k + place(category, k, b[p])]++;
        same += a[p] == b[p];
    }
    json_t *o = json_pack("{s:s,s:s,s:I,s:I}", "first", m->item[i], "second", m->item[j], "n", (json_int_t)m->n, "same",
                          (json_int_t)same);
    put_kappas(o, table, NULL, k);
    free(table);
    return o;
}

static int check_ratings(const struct score_matrix *m, struct err *e)
{
    if (m->has_missing)
        return err_set(e, ERR_DATA, NULL, _("a rating is missing: leave out those whom not all have rated"));
    if (m->k < 2 || m->n < 2)
        return err_set(e, ERR_DATA, NULL, _("agreement needs at least two raters and two persons"));
    return 0;
}

static int from_ratings(json_t *o, const struct score_matrix *m, struct err *e)
{
    json_t *pairs = json_array();
    int r = check_ratings(m, e);
    for (size_t i = 0; r == 0 && i < m->k; i++)
        for (size_t j = i + 1; j < m->k; j++)
            json_array_append_new(pairs, pair_json(m, i, j));
    if (r == 0)
        json_object_set_new(o, "icc", icc_json(m));
    json_object_set_new(o, "pairs", pairs);
    return r;
}

static double *square_of(const struct score_matrix *m, struct err *e)
{
    if (m->n != m->k || m->has_missing) {
        err_set(e, ERR_DATA, NULL, _("a table of agreement has as many lines as columns"));
        return NULL;
    }
    double *ret = mem_alloc((m->n * m->k + 1) * sizeof *ret);
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->k; j++)
            ret[i * m->k + j] = (double)matrix_item(m, j)[i];
    return ret;
}

static int from_table(json_t *o, const struct score_matrix *m, const struct score_matrix *weights, struct err *e)
{
    double *table = square_of(m, e), *own = table && weights->k ? square_of(weights, e) : NULL;
    int r = !table || (weights->k && !own) ? -ERR_DATA : 0;
    if (r == 0 && own && weights->k != m->k)
        r = err_set(e, ERR_DATA, NULL, _("the weights are those of another number of categories"));
    if (r == 0)
        put_kappas(o, table, own, m->k);
    free(table);
    free(own);
    return r;
}

static void print_text(const json_t *o)
{
    size_t i;
    const json_t *row;
    json_array_foreach (json_object_get(o, "icc"), i, row)
        printf("%s\t%.4f\n", json_string_value(json_object_get(row, "type")), json_number_value(json_object_get(row, "ICC")));
    json_array_foreach (json_object_get(o, "pairs"), i, row)
        printf(_("%s, %s: kappa %.4f, linear %.4f, quadratic %.4f\n"), json_string_value(json_object_get(row, "first")),
               json_string_value(json_object_get(row, "second")), json_number_value(json_object_get(row, "kappa")),
               json_number_value(json_object_get(row, "weighted_kappa")),
               json_number_value(json_object_get(row, "weighted_kappa_quadratic")));
    if (json_object_get(o, "kappa"))
        printf(_("kappa %.4f, weighted %.4f, quadratic %.4f\n"), json_number_value(json_object_get(o, "kappa")),
               json_number_value(json_object_get(o, "weighted_kappa")),
               json_number_value(json_object_get(o, "weighted_kappa_quadratic")));
}

static int run(const struct args *a, struct err *e)
{
    struct score_matrix m = {0}, weights = {0};
    json_t *o = json_object();
    bool table = args_get(a, "table");
    int r = stats_read_matrix(&m, a, 0, e);
    if (r == 0 && args_count(a) == 2 && !table)
        r = err_set(e, ERR_USAGE, args_at(a, 1), _("weights belong to --table"));
    if (r == 0 && args_count(a) == 2)
        r = stats_read_matrix(&weights, a, 1, e);
    if (r == 0)
        r = table ? from_table(o, &m, &weights, e) : from_ratings(o, &m, e);
    if (r == 0 && args_json(a))
        figures_print(json_incref(o));
    else if (r == 0)
        print_text(o);
    json_decref(o);
    matrix_release(&m);
    matrix_release(&weights);
    return r;
}

static const struct command_option options[] = {
    {.name = "table", .help = N_("The file counts how often the first rater gave the line's category, the second the column's")},
    {.name = "id", .arg = "COLUMN", .help = N_("The column with the persons' names")},
    {.name = "skip", .arg = "COLUMN", .help = N_("A column that is no rater; may be repeated")},
    {0},
};

const struct command cmd_stats_agree = {
    .name = "stats agree", .args = "RATINGS.csv | --table TABLE.csv [WEIGHTS.csv]", .min_args = 1, .max_args = 2,
    .summary = N_("How far raters agree: kappa and intraclass correlation"),
    .example = "kaochang stats agree ratings.csv --json",
    .options = options,
    .run = run,
};

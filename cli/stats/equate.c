/* SPDX-License-Identifier: Apache-2.0 */
/* "stats equate": two score distributions of random groups, or totals and anchors of two groups. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/stats/commands.h"
#include "cli/stats/figures.h"
#include "cli/stats/reading.h"
#include "statistics/equating/equating.h"

enum { MOST_SCORES = 100001 };

static int whole_score(const struct score_matrix *m, size_t item, size_t person, long *ret, struct err *e)
{
    int32_t v = matrix_item(m, item)[person];
    if (v == SCORE_MISSING || v % SCORE_UNIT)
        return err_set(e, ERR_DATA, m->item[item], _("line %zu: equating needs whole numbers"), person + 2);
    *ret = v / SCORE_UNIT;
    return 0;
}

static int named(const struct score_matrix *m, const char *name, size_t *ret)
{
    for (size_t j = 0; j < m->k; j++)
        if (strcmp(m->item[j], name) == 0) {
            *ret = j;
            return 1;
        }
    return 0;
}

static int range(struct distribution *d, long low, long high, struct err *e)
{
    if (high - low >= MOST_SCORES)
        return err_set(e, ERR_DATA, NULL, _("the scores lie too far apart"));
    *d = (struct distribution){.low = low, .n = (size_t)(high - low) + 1};
    d->count = mem_alloc((d->n + 1) * sizeof *d->count);
    return 0;
}

/* A table of score, persons with X, persons with Y: columns scale, xcount, ycount. */
static int from_table(struct distribution *x, struct distribution *y, const struct score_matrix *m, struct err *e)
{
    size_t scale = 0, column[2] = {0};
    struct distribution *to[2] = {x, y};
    long low = 0, high = 0, s = 0, n = 0;
    if (!named(m, "scale", &scale) || !named(m, "xcount", &column[0]) || !named(m, "ycount", &column[1]))
        return err_set(e, ERR_DATA, NULL, _("a table of frequencies has the columns scale, xcount and ycount"));
    int r = 0;
    for (size_t i = 0; r == 0 && i < m->n; i++) {
        r = whole_score(m, scale, i, &s, e);
        low = i == 0 || s < low ? s : low;
        high = i == 0 || s > high ? s : high;
    }
    for (size_t k = 0; r == 0 && k < 2; k++) {
        r = range(to[k], low, high, e);
        for (size_t i = 0; r == 0 && i < m->n; i++) {
            r = whole_score(m, scale, i, &s, e);
            if (r == 0)
                r = whole_score(m, column[k], i, &n, e);
            if (r == 0 && n < 0)
                r = err_set(e, ERR_DATA, m->item[column[k]], _("line %zu: no number of persons"), i + 2);
            if (r == 0) {
                to[k]->count[s - low] += (double)n;
                to[k]->persons += (double)n;
            }
        }
        if (r == 0 && to[k]->persons == 0)
            r = err_set(e, ERR_DATA, m->item[column[k]], _("nobody has a score"));
    }
    return r;
}

/* The totals of persons: column score. */
static int from_persons(struct distribution *d, const struct score_matrix *m, struct err *e)
{
    size_t score = 0;
    long low = 0, high = 0, s = 0;
    int r = 0;
    if (!named(m, "score", &score))
        return err_set(e, ERR_DATA, NULL, _("the totals stand in a column called score"));
    for (size_t i = 0; r == 0 && i < m->n; i++) {
        r = whole_score(m, score, i, &s, e);
        low = i == 0 || s < low ? s : low;
        high = i == 0 || s > high ? s : high;
    }
    if (r == 0)
        r = range(d, low, high, e);
    for (size_t i = 0; r == 0 && i < m->n; i++) {
        r = whole_score(m, score, i, &s, e);
        d->count[s - low]++;
        d->persons++;
    }
    return r;
}

static json_t *summary_json(const struct distribution *d)
{
    struct moments m = distribution_moments(d);
    json_t *o = json_pack("{s:f,s:I,s:I,s:f}", "mean", m.mean, "min", (json_int_t)m.lowest, "max", (json_int_t)m.highest,
                          "n", d->persons);
    figures_put(o, "sd", m.sd, 1);
    figures_put(o, "skew", m.skewness, 1);
    figures_put(o, "kurt", m.kurtosis, 1);
    json_t *rows = json_array();
    json_array_append_new(rows, o);
    return rows;
}

static json_t *line_json(struct equating_line line)
{
    json_t *o = json_object();
    figures_put(o, "intercept", line.intercept, 1);
    figures_put(o, "slope", line.slope, 1);
    return o;
}

static json_t *row_json(long scale, struct figure yx, struct figure error)
{
    json_t *o = json_object();
    json_object_set_new(o, "scale", json_integer(scale));
    figures_put(o, "yx", yx, 1);
    figures_put(o, "se", error, 1);
    return o;
}

static json_t *linear_json(const struct distribution *x, const struct distribution *y)
{
    struct equating_line line = equate_linear(x, y);
    json_t *rows = json_array();
    for (size_t i = 0; i < x->n; i++) {
        double score = (double)x->low + (double)i;
        struct figure yx = line.slope.why ? line.slope : figure_of(line.intercept.value + line.slope.value * score);
        json_array_append_new(rows, row_json(x->low + (long)i, yx, equate_linear_error(x, y, score)));
    }
    return rows;
}

static json_t *equipercentile_json(const struct distribution *x, const struct distribution *y)
{
    struct figure *yx = mem_alloc((x->n + 1) * sizeof *yx), *error = mem_alloc((x->n + 1) * sizeof *error);
    json_t *rows = json_array();
    equate_equipercentile(x, y, yx, error);
    for (size_t i = 0; i < x->n; i++)
        json_array_append_new(rows, row_json(x->low + (long)i, yx[i], error[i]));
    free(yx);
    free(error);
    return rows;
}

static int put_smoothed(json_t *o, const struct distribution *x, const struct distribution *y, size_t degree, struct err *e)
{
    struct distribution sx = {0}, sy = {0};
    char key[40];
    int r = distribution_smooth(&sx, x, degree, e);
    if (r == 0)
        r = distribution_smooth(&sy, y, degree, e);
    snprintf(key, sizeof key, "equip_loglinear%zu", degree);
    if (r == 0)
        json_object_set_new(o, key, equipercentile_json(&sx, &sy));
    distribution_release(&sx);
    distribution_release(&sy);
    return r;
}

static void put_anchored(json_t *o, const struct anchored *x, const struct anchored *y, bool internal)
{
    json_object_set_new(o, "tucker_coef", line_json(equate_anchored(x, y, ANCHOR_TUCKER, internal)));
    json_object_set_new(o, "levine_coef", line_json(equate_anchored(x, y, ANCHOR_LEVINE, internal)));
}

static bool take_anchored(struct anchored *ret, const struct score_matrix *m)
{
    size_t score = 0, anchor = 0;
    if (!named(m, "score", &score) || !named(m, "anchor", &anchor) || m->has_missing)
        return false;
    double *t = mem_alloc((m->n + 1) * sizeof *t), *v = mem_alloc((m->n + 1) * sizeof *v);
    for (size_t i = 0; i < m->n; i++) {
        t[i] = (double)matrix_item(m, score)[i] / SCORE_UNIT;
        v[i] = (double)matrix_item(m, anchor)[i] / SCORE_UNIT;
    }
    *ret = anchored_of(t, v, m->n);
    free(t);
    free(v);
    return true;
}

/* Columns of a table for people: the score on X, and what it is worth on Y by each method. */
static void print_text(const json_t *o)
{
    static const char *const methods[] = {"mean", "linear", "equipercentile"};
    const json_t *linear = json_object_get(o, "linear"), *equi = json_object_get(o, "equipercentile");
    double mean = json_number_value(json_object_get(json_object_get(o, "mean_coef"), "intercept"));
    printf("X\t%s\t%s\t%s\n", methods[0], methods[1], methods[2]);
    for (size_t i = 0; i < json_array_size(linear); i++) {
        const json_t *a = json_array_get(linear, i), *b = json_array_get(equi, i);
        long x = (long)json_integer_value(json_object_get(a, "scale"));
        printf("%ld\t%.3f\t%.3f\t%.3f\n", x, (double)x + mean, json_number_value(json_object_get(a, "yx")),
               json_number_value(json_object_get(b, "yx")));
    }
}

static int equate(json_t *o, const struct distribution *x, const struct distribution *y, const struct args *a, struct err *e)
{
    int64_t degree = 0;
    int r = args_int(a, "smooth", 1, 10, 0, &degree, e);
    if (r < 0)
        return r;
    json_object_set_new(o, "summary_x", summary_json(x));
    json_object_set_new(o, "summary_y", summary_json(y));
    json_object_set_new(o, "mean_coef", line_json(equate_mean(x, y)));
    json_object_set_new(o, "linear_coef", line_json(equate_linear(x, y)));
    json_object_set_new(o, "linear", linear_json(x, y));
    json_object_set_new(o, "equipercentile", equipercentile_json(x, y));
    return degree ? put_smoothed(o, x, y, (size_t)degree, e) : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct score_matrix first = {0}, second = {0};
    struct distribution x = {0}, y = {0};
    struct anchored ax, ay;
    json_t *o = json_object();
    int r = stats_read_matrix(&first, a, 0, e);
    if (r == 0 && args_count(a) == 2)
        r = stats_read_matrix(&second, a, 1, e);
    if (r == 0 && args_count(a) == 1)
        r = from_table(&x, &y, &first, e);
    if (r == 0 && args_count(a) == 2)
        r = from_persons(&x, &first, e);
    if (r == 0 && args_count(a) == 2)
        r = from_persons(&y, &second, e);
    if (r == 0)
        r = equate(o, &x, &y, a, e);
    if (r == 0 && args_count(a) == 2 && take_anchored(&ax, &first) && take_anchored(&ay, &second))
        put_anchored(o, &ax, &ay, args_get(a, "internal"));
    if (r == 0 && args_json(a))
        figures_print(json_incref(o));
    else if (r == 0)
        print_text(o);
    json_decref(o);
    distribution_release(&x);
    distribution_release(&y);
    matrix_release(&first);
    matrix_release(&second);
    return r;
}

static const struct command_option options[] = {
    {.name = "smooth", .arg = "DEGREE", .help = N_("Equipercentile equating of log-linearly smoothed distributions too (1 to 10)")},
    {.name = "internal", .help = N_("The anchor counts in the total")},
    {0},
};

const struct command cmd_stats_equate = {
    .name = "stats equate", .args = "TABLE.csv | X.csv Y.csv", .min_args = 1, .max_args = 2,
    .summary = N_("Equate two forms: what a score on X is worth on Y"),
    .example = "kaochang stats equate frequencies.csv --smooth 6 --json",
    .options = options,
    .run = run,
};

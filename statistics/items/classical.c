/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/items/classical.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/items/items-internal.h"

static const char one_person[] = N_("there is a single person");
static const char same_score[] = N_("all have the same score");
static const char same_total[] = N_("all have the same total");
static const char single_item[] = N_("there is a single item");
static const char no_marks[] = N_("the full marks are 0");

struct analysis {
    struct test_analysis *t;
    const struct score_sums *s;
    int64_t *max; /* in thousandths */
    double unit;  /* points of one step */
    double pairs; /* n (n - 1) */
};

/* A spread (n times the sum of squared deviations) as a variance in points. */
static double variance_of(const struct analysis *a, wide spread)
{
    return (double)spread * a->unit * a->unit / a->pairs;
}

static struct figure correlation(wide cross, wide x, wide y)
{
    return x > 0 && y > 0 ? figure_of((double)cross / (sqrt((double)x) * sqrt((double)y)))
                          : figure_undefined(same_score);
}

static void item_spread(const struct analysis *a, size_t j)
{
    struct item_analysis *item = &a->t->item[j];
    size_t n = a->s->m->n;
    item->mean = figure_of((double)a->s->sum[j] * a->unit / (double)n);
    item->facility = a->max[j] > 0 ? figure_of(item->mean.value / ((double)a->max[j] / SCORE_UNIT))
                                   : figure_undefined(no_marks);
    if (n < 2 || a->max[j] == 0) {
        item->variance = item->sd = figure_undefined(n < 2 ? one_person : no_marks);
        return;
    }
    item->variance = figure_of(variance_of(a, sums_spread(a->s, j)));
    item->sd = figure_of(sqrt(item->variance.value));
}

/* With the rest: cov(x, T - x) = cov(x, T) - var(x); var(T - x) = var(T) + var(x) - 2 cov(x, T). */
static void item_correlations(const struct analysis *a, size_t j)
{
    struct item_analysis *item = &a->t->item[j];
    wide x = sums_spread(a->s, j), total = sums_total_spread(a->s), cross = sums_cross_spread(a->s, j);
    wide rest = total + x - 2 * cross;
    if (a->s->m->n < 2) {
        item->point_biserial = item->rest_correlation = item->efficiency = figure_undefined(one_person);
        return;
    }
    item->point_biserial = correlation(cross, x, total);
    item->rest_correlation = a->s->m->k < 2 ? figure_undefined(single_item) : correlation(cross - x, x, rest);
    wide most =
        (wide)a->s->m->n * classical_sorted_cross(a->s, j) - a->s->sum[j] * (a->s->total_sum - a->s->sum[j]);
    item->efficiency = most > 0 ? figure_of((double)(cross - x) / (double)most)
                                : figure_undefined(x > 0 ? same_total : same_score);
}

/* alpha of k items with these sums of spreads. */
static struct figure alpha_of(size_t k, double items, double total)
{
    if (k < 2)
        return figure_undefined(single_item);
    return total > 0 ? figure_of((double)k / (double)(k - 1) * (1 - items / total))
                     : figure_undefined(same_total);
}

static void item_weights(const struct analysis *a, double items)
{
    double sum = 0;
    wide total = sums_total_spread(a->s);
    for (size_t j = 0; j < a->s->m->k; j++) {
        wide cross = sums_cross_spread(a->s, j), x = sums_spread(a->s, j);
        sum += cross > 0 ? sqrt((double)cross) : 0;
        a->t->item[j].alpha_without =
            alpha_of(a->s->m->k - 1, items - (double)x, (double)(total + x - 2 * cross));
    }
    for (size_t j = 0; j < a->s->m->k; j++) {
        wide cross = sums_cross_spread(a->s, j);
        a->t->item[j].weight = sum <= 0    ? figure_undefined(same_total)
                               : cross < 0 ? figure_undefined(N_("who has more of it has less in all"))
                                           : figure_of(sqrt((double)cross) / sum);
    }
}

/* Moodle's k-statistics: k3 / k2^1.5 and k4 / k2^2. */
static void total_shape(const struct analysis *a)
{
    double n = (double)a->s->m->n, mean = (double)a->s->total_sum / n, m2 = 0, m3 = 0, m4 = 0;
    for (size_t i = 0; i < a->s->m->n; i++) {
        double d = (double)a->s->total[i] - mean, square = d * d;
        m2 += square;
        m3 += square * d;
        m4 += square * square;
    }
    m2 /= n;
    m3 /= n;
    m4 /= n;
    double k2 = n * m2 / (n - 1), k3 = n * n * m3 / ((n - 1) * (n - 2));
    double k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3));
    const char *few = N_("there are too few persons");
    a->t->skewness = n < 3    ? figure_undefined(few)
                     : m2 > 0 ? figure_of(k3 / (k2 * sqrt(k2)))
                              : figure_undefined(same_total);
    a->t->kurtosis = n < 4    ? figure_undefined(few)
                     : m2 > 0 ? figure_of(k4 / (k2 * k2))
                              : figure_undefined(same_total);
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median_total(const struct score_sums *s)
{
    size_t n = s->m->n;
    int64_t *sorted = mem_alloc((n + 1) * sizeof *sorted);
    memcpy(sorted, s->total, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    double median = n % 2 ? (double)sorted[n / 2] : (double)(sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    free(sorted);
    return median;
}

/* Σ p q of items that are 0 or their full marks; below 0: there are others. */
static double sum_pq(const struct analysis *a)
{
    double sum = 0, n = (double)a->s->m->n;
    for (size_t j = 0; j < a->s->m->k; j++) {
        const int32_t *x = matrix_item(a->s->m, j);
        for (size_t i = 0; i < a->s->m->n; i++)
            if (x[i] != 0 && (int64_t)x[i] != a->max[j])
                return -1;
        double p = a->max[j] > 0 ? (double)a->s->sum[j] * (double)a->s->step / (double)a->max[j] / n : 0;
        double points = (double)a->max[j] / SCORE_UNIT;
        sum += p * (1 - p) * points * points;
    }
    return sum;
}

static struct figure kr20_of(const struct analysis *a)
{
    double n = (double)a->s->m->n, pq = sum_pq(a);
    return pq < 0 ? figure_undefined(N_("there are scores between 0 and the full marks"))
                  : alpha_of(a->s->m->k, pq, (double)sums_total_spread(a->s) * a->unit * a->unit / (n * n));
}

static void whole_test(const struct analysis *a, double items)
{
    struct test_analysis *t = a->t;
    wide total = sums_total_spread(a->s);
    t->mean = figure_of((double)a->s->total_sum * a->unit / (double)t->n);
    t->median = figure_of(median_total(a->s) * a->unit);
    t->alpha = t->n < 2 ? figure_undefined(one_person) : alpha_of(t->k, items, (double)total);
    t->kr20 = kr20_of(a);
    t->variance = t->n < 2 ? figure_undefined(one_person) : figure_of(variance_of(a, total));
    t->sd = t->n < 2 ? t->variance : figure_of(sqrt(t->variance.value));
    t->error_ratio = t->alpha.why ? t->alpha : figure_of(sqrt(1 - t->alpha.value));
    t->sem = t->error_ratio.why ? t->error_ratio : figure_of(t->sd.value * t->error_ratio.value);
    total_shape(a);
}

/* Full marks that nobody told are the highest score that anybody has. */
static int64_t *full_marks(const struct score_sums *s)
{
    int64_t *max = mem_alloc((s->m->k + 1) * sizeof *max);
    for (size_t j = 0; j < s->m->k; j++)
        max[j] = s->m->max[j] == MATRIX_NO_MARKS ? 0 : s->m->max[j] ? s->m->max[j] : s->highest[j] * s->step;
    return max;
}

static int refuse_missing(const struct score_matrix *m, struct err *e)
{
    for (size_t j = 0; m->has_missing && j < m->k; j++)
        for (size_t i = 0; i < m->n; i++)
            if (matrix_item(m, j)[i] == SCORE_MISSING) {
                err_set(e, ERR_DATA, m->item[j], _("person %zu has no score in this item"), i + 1);
                return err_hint(e,
                                _("analyse each form by itself, or give 0 where a question was left empty"));
            }
    return 0;
}

int classical_analyse(struct test_analysis *ret, const struct score_matrix *m, struct err *e)
{
    struct score_sums s;
    double items = 0;
    int r = refuse_missing(m, e);
    if (r < 0)
        return r;
    if (m->n == 0 || m->k == 0)
        return err_set(e, ERR_DATA, NULL, _("the score matrix is empty"));
    *ret = (struct test_analysis){.n = m->n, .k = m->k, .item = mem_alloc((m->k + 1) * sizeof *ret->item)};
    ret->group = (m->n * 27 + 50) / 100;
    ret->group += ret->group == 0;
    score_sums_take(&s, m);
    struct analysis a = {.t = ret,
                         .s = &s,
                         .max = full_marks(&s),
                         .unit = (double)s.step / SCORE_UNIT,
                         .pairs = (double)m->n * (double)(m->n - 1)};
    for (size_t j = 0; j < m->k; j++) {
        item_spread(&a, j);
        item_correlations(&a, j);
        items += (double)sums_spread(&s, j);
    }
    item_weights(&a, items);
    whole_test(&a, items);
    classical_groups(ret, &s, a.max);
    classical_pairs(ret, &s);
    free(a.max);
    score_sums_release(&s);
    return 0;
}

void classical_release(struct test_analysis *t)
{
    free(t->item);
    *t = (struct test_analysis){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Averages, spread, places in an order. */
#include "scoring/practical/formula/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/formula/decimal.h"

static int rising(const void *p, const void *q)
{
    double x = *(const double *)p, y = *(const double *)q;
    return (x > y) - (x < y);
}

void sort_numbers(double *x, size_t n)
{
    if (n)
        qsort(x, n, sizeof *x, rising);
}

/* ---- one out of many ---- */

static double sum_of(const double *x, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += x[i];
    return total;
}

static double product_of(const double *x, size_t n)
{
    double product = n ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        product *= x[i];
    return product;
}

static double extreme_of(const double *x, size_t n, bool largest)
{
    double best = n ? x[0] : 0;
    for (size_t i = 1; i < n; i++)
        best = largest ? (x[i] > best ? x[i] : best) : x[i] < best ? x[i] : best;
    return best;
}

static value variance_of(const double *x, size_t n, size_t less, bool root)
{
    double mean = n ? sum_of(x, n) / (double)n : 0, total = 0;
    if (n <= less)
        return value_error(ERROR_DIV0);
    for (size_t i = 0; i < n; i++)
        total += (x[i] - mean) * (x[i] - mean);
    total /= (double)(n - less);
    return checked(root ? sqrt(total) : total);
}

static value median_of(double *x, size_t n)
{
    if (n == 0)
        return value_error(ERROR_NUM);
    sort_numbers(x, n);
    return value_number(n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2);
}

value statistic_of(enum statistic which, double *x, size_t n)
{
    switch (which) {
    case STATISTIC_SUM:
        return checked(sum_of(x, n));
    case STATISTIC_PRODUCT:
        return checked(product_of(x, n));
    case STATISTIC_AVERAGE:
        return n ? checked(sum_of(x, n) / (double)n) : value_error(ERROR_DIV0);
    case STATISTIC_MAX:
    case STATISTIC_MIN:
        return value_number(extreme_of(x, n, which == STATISTIC_MAX));
    case STATISTIC_STDEV:
    case STATISTIC_VAR:
        return variance_of(x, n, 1, which == STATISTIC_STDEV);
    case STATISTIC_STDEVP:
    case STATISTIC_VARP:
        return variance_of(x, n, 0, which == STATISTIC_STDEVP);
    case STATISTIC_MEDIAN:
        return median_of(x, n);
    default:
        return value_number((double)n);
    }
}

value statistic(struct run *r, enum statistic which, const value *arg, uint32_t n)
{
    double *x;
    size_t count;
    value error;
    return gather(r, arg, n, &x, &count, &error) ? statistic_of(which, x, count) : error;
}

#define STATISTIC(name, which)                                                                               \
    static value name(struct run *r, value *arg, uint32_t n)                                                 \
    {                                                                                                        \
        return statistic(r, which, arg, n);                                                                  \
    }
STATISTIC(average, STATISTIC_AVERAGE)
STATISTIC(max_, STATISTIC_MAX)
STATISTIC(min_, STATISTIC_MIN)
STATISTIC(median, STATISTIC_MEDIAN)
STATISTIC(stdev, STATISTIC_STDEV)
STATISTIC(stdevp, STATISTIC_STDEVP)
STATISTIC(var, STATISTIC_VAR)
STATISTIC(varp, STATISTIC_VARP)
#undef STATISTIC

/* ---- the A forms: texts of ranges are 0, TRUE is 1 ---- */

struct with_texts {
    double *x;
    size_t n, cap;
    value error;
};

static bool take_texts(struct run *r, void *context, const value *v, bool direct)
{
    struct with_texts *w = context;
    double x = v->kind == VALUE_NUMBER ? v->number : v->kind == VALUE_BOOL ? v->truth : 0;
    if (v->kind == VALUE_BLANK)
        return true;
    if (v->kind == VALUE_ERROR || (direct && !to_number(r, v, &x, &w->error))) {
        w->error = v->kind == VALUE_ERROR ? *v : w->error;
        return false;
    }
    w->error = (value){0};
    if (w->n == w->cap) {
        double *wider = arena_array(r->a, w->cap ? 2 * w->cap : 64, sizeof *wider);
        if (w->n)
            memcpy(wider, w->x, w->n * sizeof *wider);
        w->x = wider;
        w->cap = w->cap ? 2 * w->cap : 64;
    }
    w->x[w->n++] = x;
    return true;
}

static value with_texts(struct run *r, enum statistic which, const value *arg, uint32_t n)
{
    struct with_texts w = {0};
    visit(r, arg, n, take_texts, &w);
    return w.error.kind == VALUE_ERROR ? w.error : statistic_of(which, w.x, w.n);
}

static value averagea(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_AVERAGE, arg, n);
}

static value maxa(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_MAX, arg, n);
}

static value mina(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_MIN, arg, n);
}

static value stdeva(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_STDEV, arg, n);
}

static value stdevpa(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_STDEVP, arg, n);
}

static value vara(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_VAR, arg, n);
}

static value varpa(struct run *r, value *arg, uint32_t n)
{
    return with_texts(r, STATISTIC_VARP, arg, n);
}

/* ---- counting ---- */

static bool count_one(struct run *r, void *context, const value *v, bool direct)
{
    double x;
    value error;
    size_t *n = context;
    *n += v->kind == VALUE_NUMBER || (direct && v->kind != VALUE_ERROR && to_number(r, v, &x, &error));
    return true;
}

static value count(struct run *r, value *arg, uint32_t n)
{
    size_t total = 0;
    visit(r, arg, n, count_one, &total);
    return value_number((double)total);
}

static bool count_filled(struct run *r, void *context, const value *v, bool direct)
{
    size_t *n = context;
    (void)r, (void)direct;
    *n += v->kind != VALUE_BLANK;
    return true;
}

static value counta(struct run *r, value *arg, uint32_t n)
{
    size_t total = 0;
    visit(r, arg, n, count_filled, &total);
    return value_number((double)total);
}

static bool count_not_empty(struct run *r, void *context, const value *v, bool direct)
{
    size_t *n = context;
    (void)r, (void)direct;
    *n += v->kind != VALUE_BLANK && !(v->kind == VALUE_TEXT && !v->text[0]);
    return true;
}

static value countblank(struct run *r, value *arg, uint32_t n)
{
    size_t filled = 0;
    int32_t rows, columns;
    if (arg[0].kind != VALUE_AREA || arg[0].area->next)
        return value_error(ERROR_VALUE);
    extent_of(&arg[0], &rows, &columns);
    visit(r, arg, n, count_not_empty, &filled);
    return value_number((double)((int64_t)rows * columns - (int64_t)filled));
}

/* ---- places ---- */

static value kth(struct run *r, value *arg, bool largest)
{
    double *x, k;
    size_t n;
    value error;
    if (!gather(r, arg, 1, &x, &n, &error) || !to_number(r, &arg[1], &k, &error))
        return error;
    k = -decimal_floor(-k);
    if (k < 1 || k > (double)n)
        return value_error(ERROR_NUM);
    sort_numbers(x, n);
    return value_number(x[largest ? n - (size_t)k : (size_t)k - 1]);
}

static value large(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return kth(r, arg, true);
}

static value small(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return kth(r, arg, false);
}

static value rank_among(struct run *r, value *arg, uint32_t n, bool average_of_ties)
{
    double *x, what, order = 0, before = 0, same = 0;
    size_t count_x;
    value error;
    if (!to_number(r, &arg[0], &what, &error) || !gather(r, &arg[1], 1, &x, &count_x, &error) ||
        (n > 2 && !to_number(r, &arg[2], &order, &error)))
        return error;
    for (size_t i = 0; i < count_x; i++) {
        int c = decimal_order(x[i], what);
        same += c == 0;
        before += order != 0 ? c < 0 : c > 0;
    }
    if (same == 0)
        return value_error(ERROR_NA);
    return value_number(before + 1 + (average_of_ties ? (same - 1) / 2 : 0));
}

static value rank(struct run *r, value *arg, uint32_t n)
{
    return rank_among(r, arg, n, false);
}

static value rank_avg(struct run *r, value *arg, uint32_t n)
{
    return rank_among(r, arg, n, true);
}

static size_t longest_run(const double *sorted, size_t n)
{
    size_t most = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        most = run > most ? run : most;
    }
    return most;
}

static size_t first_place(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The most frequent; of several the one that comes first. */
static value mode(struct run *r, value *arg, uint32_t n)
{
    double *x;
    size_t count_x;
    value error;
    if (!gather(r, arg, n, &x, &count_x, &error))
        return error;
    double *sorted = arena_array(r->a, count_x + 1, sizeof *sorted);
    if (count_x)
        memcpy(sorted, x, count_x * sizeof *x);
    sort_numbers(sorted, count_x);
    size_t most = longest_run(sorted, count_x);
    if (most < 2)
        return value_error(ERROR_NA);
    for (size_t i = 0; i < count_x; i++) {
        size_t last = first_place(sorted, count_x, x[i]) + most - 1;
        if (last < count_x && sorted[last] == x[i])
            return value_number(x[i]);
    }
    return value_error(ERROR_NA);
}

/* Between two numbers by a straight line (the INC forms). */
static value percentile_of(double *x, size_t n, double k)
{
    if (n == 0 || k < 0 || k > 1)
        return value_error(ERROR_NUM);
    sort_numbers(x, n);
    double place = k * (double)(n - 1), low = floor(place);
    size_t i = (size_t)low;
    return value_number(i + 1 < n ? x[i] + (place - low) * (x[i + 1] - x[i]) : x[i]);
}

static value percentile(struct run *r, value *arg, uint32_t n)
{
    double *x, k;
    size_t count_x;
    value error;
    (void)n;
    if (!gather(r, arg, 1, &x, &count_x, &error) || !to_number(r, &arg[1], &k, &error))
        return error;
    return percentile_of(x, count_x, k);
}

static value quartile(struct run *r, value *arg, uint32_t n)
{
    double *x;
    int32_t k;
    size_t count_x;
    value error;
    (void)n;
    if (!gather(r, arg, 1, &x, &count_x, &error) || !to_whole(r, &arg[1], &k, &error))
        return error;
    return k < 0 || k > 4 ? value_error(ERROR_NUM) : percentile_of(x, count_x, k / 4.0);
}

/* How many are at most each bound and above the one before; one more for what is above all. A bound that is
 * there twice counts once. */
static value frequency(struct run *r, value *arg, uint32_t n)
{
    double *x, *bound, *sorted;
    size_t count_x, count_bound, before = 0;
    value error, out;
    (void)n;
    if (!gather(r, &arg[0], 1, &x, &count_x, &error) || !gather(r, &arg[1], 1, &bound, &count_bound, &error))
        return error;
    value *item = new_array(r, (int32_t)count_bound + 1, 1, &out);
    if (!item || !run_step(r, count_bound * count_bound))
        return value_error(ERROR_NA);
    for (size_t i = 0; i <= count_bound; i++)
        item[i] = value_number(0);
    sorted = arena_array(r->a, count_bound + 1, sizeof *sorted);
    if (count_bound)
        memcpy(sorted, bound, count_bound * sizeof *bound);
    sort_numbers(sorted, count_bound);
    sort_numbers(x, count_x);
    for (size_t i = 0; i < count_bound; i++) {
        size_t place = 0, k = before;
        while (bound[place] != sorted[i])
            place++;
        while (k < count_x && x[k] <= sorted[i])
            k++;
        item[place].number += (double)(k - before);
        before = k;
    }
    item[count_bound] = value_number((double)(count_x - before));
    return out;
}

const struct function statistic_functions[] = {
    {"AVERAGE", 1, 255, "r", average, NULL},
    {"AVERAGEA", 1, 255, "r", averagea, NULL},
    {"COUNT", 1, 255, "r", count, NULL},
    {"COUNTA", 1, 255, "r", counta, NULL},
    {"COUNTBLANK", 1, 1, "r", countblank, NULL},
    {"MAX", 1, 255, "r", max_, NULL},
    {"MIN", 1, 255, "r", min_, NULL},
    {"MAXA", 1, 255, "r", maxa, NULL},
    {"MINA", 1, 255, "r", mina, NULL},
    {"MEDIAN", 1, 255, "r", median, NULL},
    {"MODE", 1, 255, "r", mode, NULL},
    {"MODE.SNGL", 1, 255, "r", mode, NULL},
    {"STDEV", 1, 255, "r", stdev, NULL},
    {"STDEV.S", 1, 255, "r", stdev, NULL},
    {"STDEVP", 1, 255, "r", stdevp, NULL},
    {"STDEV.P", 1, 255, "r", stdevp, NULL},
    {"STDEVA", 1, 255, "r", stdeva, NULL},
    {"STDEVPA", 1, 255, "r", stdevpa, NULL},
    {"VAR", 1, 255, "r", var, NULL},
    {"VAR.S", 1, 255, "r", var, NULL},
    {"VARP", 1, 255, "r", varp, NULL},
    {"VAR.P", 1, 255, "r", varp, NULL},
    {"VARA", 1, 255, "r", vara, NULL},
    {"VARPA", 1, 255, "r", varpa, NULL},
    {"LARGE", 2, 2, "rv", large, NULL},
    {"SMALL", 2, 2, "rv", small, NULL},
    {"RANK", 2, 3, "vrv", rank, NULL},
    {"RANK.EQ", 2, 3, "vrv", rank, NULL},
    {"RANK.AVG", 2, 3, "vrv", rank_avg, NULL},
    {"PERCENTILE", 2, 2, "rv", percentile, NULL},
    {"PERCENTILE.INC", 2, 2, "rv", percentile, NULL},
    {"QUARTILE", 2, 2, "rv", quartile, NULL},
    {"QUARTILE.INC", 2, 2, "rv", quartile, NULL},
    {"FREQUENCY", 2, 2, "r", frequency, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};

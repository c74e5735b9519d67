/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/mem.h"
#include "statistics/items/items-internal.h"

static int64_t divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Most scores are 0 or the full marks: those need no division. */
static int64_t common_step(const struct score_matrix *m)
{
    int64_t step = 0;
    for (size_t c = 0; c < m->n * m->k && step != 1; c++)
        if (m->score[c] != 0 && m->score[c] != step)
            step = divisor(step, m->score[c]);
    return step ? step : 1;
}

const int32_t *sums_item(const struct score_sums *s, size_t item)
{
    const int32_t *x = matrix_item(s->m, item);
    double reciprocal = 1.0 / (double)s->step;
    if (s->step == 1)
        return x;
    for (size_t i = 0; i < s->m->n; i++)
        s->scratch[i] = sums_steps(x[i], reciprocal);
    return s->scratch;
}

static void add_totals(struct score_sums *s)
{
    const struct score_matrix *m = s->m;
    for (size_t j = 0; j < m->k; j++) {
        const int32_t *x = sums_item(s, j);
        for (size_t i = 0; i < m->n; i++)
            s->total[i] += x[i];
    }
    s->least = s->most = m->n ? s->total[0] : 0;
    for (size_t i = 0; i < m->n; i++) {
        int64_t t = s->total[i];
        s->least = t < s->least ? t : s->least;
        s->most = t > s->most ? t : s->most;
        s->total_sum += t;
        s->total_squares += (wide)t * t;
    }
}

/* x * total < 4e17: sixteen of them fit into 64 bits. */
static void add_item(struct score_sums *s, size_t j)
{
    enum { BLOCK = 16 };
    const int32_t *x = sums_item(s, j);
    size_t n = s->m->n;
    for (size_t from = 0; from < n; from += BLOCK) {
        int64_t sum = 0, squares = 0, cross = 0;
        for (size_t i = from; i < n && i < from + BLOCK; i++) {
            int64_t v = x[i];
            sum += v;
            squares += v * v;
            cross += v * s->total[i];
            s->lowest[j] = v < s->lowest[j] ? v : s->lowest[j];
            s->highest[j] = v > s->highest[j] ? v : s->highest[j];
        }
        s->sum[j] += sum;
        s->squares[j] += squares;
        s->cross[j] += cross;
    }
}

void score_sums_take(struct score_sums *ret, const struct score_matrix *m)
{
    *ret = (struct score_sums){.m = m,
                               .step = common_step(m),
                               .total = mem_alloc((m->n + 1) * sizeof *ret->total),
                               .sum = mem_alloc((m->k + 1) * sizeof *ret->sum),
                               .squares = mem_alloc((m->k + 1) * sizeof *ret->squares),
                               .cross = mem_alloc((m->k + 1) * sizeof *ret->cross),
                               .lowest = mem_alloc((m->k + 1) * sizeof *ret->lowest),
                               .highest = mem_alloc((m->k + 1) * sizeof *ret->highest),
                               .scratch = mem_alloc((m->n + 1) * sizeof *ret->scratch)};
    add_totals(ret);
    for (size_t j = 0; j < m->k; j++) {
        ret->lowest[j] = ret->highest[j] = m->n ? matrix_item(m, j)[0] / ret->step : 0;
        add_item(ret, j);
    }
}

void score_sums_release(struct score_sums *s)
{
    free(s->total);
    free(s->sum);
    free(s->squares);
    free(s->cross);
    free(s->lowest);
    free(s->highest);
    free(s->scratch);
    *s = (struct score_sums){0};
}

wide sums_spread(const struct score_sums *s, size_t item)
{
    return (wide)s->m->n * s->squares[item] - s->sum[item] * s->sum[item];
}

wide sums_total_spread(const struct score_sums *s)
{
    return (wide)s->m->n * s->total_squares - s->total_sum * s->total_sum;
}

wide sums_cross_spread(const struct score_sums *s, size_t item)
{
    return (wide)s->m->n * s->cross[item] - s->sum[item] * s->total_sum;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The E-step: what persons of each ability would have answered. Persons go in blocks; blocks are summed in
 * their order, so threads change nothing. */
#include <stdlib.h>

#include "base/ahead.h"
#include "base/mem.h"
#include "statistics/irt/irt-internal.h"
#include "statistics/quality/numbers.h"

enum { BLOCK = 1024 };

void curves_take(struct curves *ret, const struct irt_fit *fit, const struct responses *r,
                 const double *log_weight)
{
    size_t points = fit->points;
    struct curve_point at;
    *ret = (struct curves){.points = points,
                           .all_base = mem_alloc((points + 1) * sizeof *ret->all_base),
                           .base = mem_alloc((fit->k * points + 1) * sizeof *ret->base),
                           .other = mem_alloc((r->indicators * points + 1) * sizeof *ret->other),
                           .log_weight = log_weight};
    for (size_t j = 0; j < fit->k; j++)
        for (size_t q = 0; !fit->item[j].why && q < points; q++) {
            curve_point(&fit->item[j], fit->theta[q], &at);
            double base = at.log_p[r->base[j]];
            ret->base[j * points + q] = base;
            ret->all_base[q] += base;
            for (size_t c = 0; c < fit->item[j].categories; c++)
                if (c != r->base[j])
                    ret->other[indicator_of(r, j, c) * points + q] = at.log_p[c] - base;
        }
    for (size_t q = 0; q < points; q++)
        ret->all_base[q] += log_weight[q];
}

void curves_release(struct curves *c)
{
    free(c->all_base);
    free(c->base);
    free(c->other);
    *c = (struct curves){0};
}

double posterior(const struct curves *c, const struct responses *r, size_t person, double *w)
{
    const uint8_t *category = r->category + person * r->k;
    double most, sum = 0;
    for (size_t q = 0; q < c->points; q++)
        w[q] = c->all_base[q];
    for (size_t j = 0; j < r->k; j++) {
        const double *add = category[j] == NO_RESPONSE
                                ? c->base + j * c->points
                                : c->other + indicator_of(r, j, category[j]) * c->points;
        if (category[j] == r->base[j] || !is_calibrated(r, j))
            continue;
        if (category[j] == NO_RESPONSE)
            for (size_t q = 0; q < c->points; q++)
                w[q] -= add[q];
        else
            for (size_t q = 0; q < c->points; q++)
                w[q] += add[q];
    }
    most = w[0];
    for (size_t q = 1; q < c->points; q++)
        most = w[q] > most ? w[q] : most;
    for (size_t q = 0; q < c->points; q++)
        w[q] -= most;
    exp_each(w, c->points);
    for (size_t q = 0; q < c->points; q++)
        sum += w[q];
    for (size_t q = 0; q < c->points; q++)
        w[q] /= sum;
    return most + num_log(sum);
}

void expectation_new(struct expectation *ret, size_t k, size_t indicators, size_t points)
{
    *ret = (struct expectation){.points = points,
                                .indicators = indicators,
                                .k = k,
                                .persons = mem_alloc(((k + 1) * points + 1) * sizeof *ret->persons),
                                .responses = mem_alloc((indicators * points + 1) * sizeof *ret->responses)};
}

void expectation_release(struct expectation *x)
{
    free(x->persons);
    free(x->responses);
    *x = (struct expectation){0};
}

/* persons[k] counts all; persons[item] those without a response, until the end. */
static void add_person(struct expectation *x, const struct responses *r, size_t person, const double *w)
{
    const uint8_t *category = r->category + person * r->k;
    size_t points = x->points;
    for (size_t q = 0; q < points; q++)
        x->persons[r->k * points + q] += w[q];
    for (size_t j = 0; j < r->k; j++) {
        double *to = category[j] == NO_RESPONSE ? x->persons + j * points
                                                : x->responses + indicator_of(r, j, category[j]) * points;
        if (category[j] == r->base[j] || !is_calibrated(r, j))
            continue;
        for (size_t q = 0; q < points; q++)
            to[q] += w[q];
    }
}

struct making {
    const struct curves *curves;
    const struct responses *r;
    struct expectation *all;
};

static void *make_block(void *context, size_t i)
{
    const struct making *m = context;
    struct expectation *x = mem_alloc(sizeof *x);
    double w[IRT_MAX_POINTS + 3];
    size_t to = (i + 1) * BLOCK < m->r->n ? (i + 1) * BLOCK : m->r->n;
    expectation_new(x, m->r->k, m->r->indicators, m->curves->points);
    for (size_t person = i * BLOCK; person < to; person++) {
        x->log_likelihood += posterior(m->curves, m->r, person, w);
        add_person(x, m->r, person, w);
    }
    return x;
}

static void drop_block(void *piece)
{
    expectation_release(piece);
    free(piece);
}

static int take_block(void *context, size_t i, void *piece, struct err *e)
{
    const struct making *m = context;
    struct expectation *x = piece, *all = m->all;
    (void)i, (void)e;
    all->log_likelihood += x->log_likelihood;
    for (size_t c = 0; c < (all->k + 1) * all->points; c++)
        all->persons[c] += x->persons[c];
    for (size_t c = 0; c < all->indicators * all->points; c++)
        all->responses[c] += x->responses[c];
    drop_block(piece);
    return 0;
}

int expectation_take(struct expectation *ret, const struct curves *c, const struct responses *r,
                     unsigned threads, struct err *e)
{
    struct making m = {.curves = c, .r = r, .all = ret};
    const struct ahead work = {.n = (r->n + BLOCK - 1) / BLOCK,
                               .threads = threads,
                               .context = &m,
                               .make = make_block,
                               .take = take_block,
                               .drop = drop_block,
                               .heaviest = SIZE_MAX};
    expectation_new(ret, r->k, r->indicators, c->points);
    int status = ahead_run(&work, e);
    for (size_t j = 0; j < r->k; j++)
        for (size_t q = 0; q < c->points; q++)
            ret->persons[j * c->points + q] =
                ret->persons[r->k * c->points + q] - ret->persons[j * c->points + q];
    return status;
}

double expected_responses(const struct expectation *x, const struct responses *r, size_t item, size_t c,
                          size_t q)
{
    if (c != r->base[item])
        return x->responses[indicator_of(r, item, c) * x->points + q];
    double n = x->persons[item * x->points + q];
    for (size_t i = r->first[item]; i < r->first[item + 1]; i++)
        n -= x->responses[i * x->points + q];
    return n;
}

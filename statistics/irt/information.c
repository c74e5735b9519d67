/* SPDX-License-Identifier: Apache-2.0 */
/* Gradient and observed information of the marginal likelihood. With s(q) the gradient of a person's log P at
 * point q and w(q) the posterior weight: gradient Σ E(s); information Σ [E(-s') - E(s s') + E(s) E(s)']
 * (Louis 1982).
 *
 * A person's s is that of all base categories plus what each other answer, or each missing one, adds to it.
 * E(s s') then needs of all persons only the weights of each point, of each such answer, and of each pair of
 * them. */
#include <stdlib.h>
#include <string.h>

#include "base/ahead.h"
#include "base/mem.h"
#include "statistics/irt/irt-internal.h"

enum { BLOCK = 4096 };

/* What an answer adds to the gradient of all base categories, at each point. */
struct slope {
    size_t n;
    int number[IRT_MAX_PARAMETERS]; /* of the free parameters */
    double *add;                    /* add[i * points + q] */
};

struct information {
    const struct irt_fit *fit;
    const struct responses *r;
    const struct parameters *p;
    const struct curves *curves;
    size_t points;
    double *base;        /* base[parameter * points + q] */
    struct slope *other; /* of each indicator, then of a missing response to each item */
    double *ret;         /* lower triangle */
    double *weight;      /* of the block's persons: weight[person * points + q] */
    double *total;       /* points */
    double *with;        /* of all persons: with[answer * points + q] */
    size_t from, to;     /* the block's persons */
};

static size_t answers(const struct information *f)
{
    return f->r->indicators + f->r->k;
}

/* Number of the answer, or -1: the base category, or an item that is not calibrated. */
static long answer_of(const struct responses *r, size_t person, size_t item)
{
    uint8_t c = r->category[person * r->k + item];
    if (c == r->base[item] || !is_calibrated(r, item))
        return -1;
    return c == NO_RESPONSE ? (long)(r->indicators + item) : (long)indicator_of(r, item, c);
}

static void slope_new(struct slope *s, const struct parameters *p, size_t item, size_t locals, size_t points)
{
    for (size_t l = 0; l < locals; l++)
        if (p->number[item * IRT_MAX_PARAMETERS + l] != NOT_FREE)
            s->number[s->n++] = p->number[item * IRT_MAX_PARAMETERS + l];
    s->add = mem_alloc((s->n * points + 1) * sizeof *s->add);
}

static void fill_slopes(const struct information *f, size_t j, size_t q, const struct curve_point *at)
{
    const struct irt_item *item = &f->fit->item[j];
    size_t i = 0;
    for (size_t l = 0; l < item_parameters(item); l++) {
        int number = f->p->number[j * IRT_MAX_PARAMETERS + l];
        if (number == NOT_FREE)
            continue;
        double base = at->gradient[f->r->base[j]][l];
        f->base[(size_t)number * f->points + q] += base;
        f->other[f->r->indicators + j].add[i * f->points + q] = -base;
        for (size_t c = 0; c < item->categories; c++)
            if (c != f->r->base[j])
                f->other[indicator_of(f->r, j, c)].add[i * f->points + q] = at->gradient[c][l] - base;
        i++;
    }
}

/* E(-s'): the second derivatives are of one item each. */
static void add_own(const struct information *f, const struct expectation *x, size_t j, size_t q,
                    const struct curve_point *at)
{
    const struct irt_item *item = &f->fit->item[j];
    const int *number = f->p->number + j * IRT_MAX_PARAMETERS;
    for (size_t c = 0; c < item->categories; c++) {
        double n = expected_responses(x, f->r, j, c, q);
        for (size_t u = 0; u < item_parameters(item); u++)
            for (size_t v = 0; v < item_parameters(item); v++)
                if (number[u] != NOT_FREE && number[v] != NOT_FREE && number[v] <= number[u])
                    f->ret[(size_t)number[u] * f->p->n + (size_t)number[v]] -= n * at->hessian[c][u][v];
    }
}

static void begin(struct information *f, const struct expectation *x)
{
    struct curve_point at;
    f->base = mem_alloc((f->p->n * f->points + 1) * sizeof *f->base);
    f->other = mem_alloc((answers(f) + 1) * sizeof *f->other);
    f->with = mem_alloc((answers(f) * f->points + 1) * sizeof *f->with);
    f->total = mem_alloc((f->points + 1) * sizeof *f->total);
    f->weight = mem_alloc((BLOCK * f->points + 1) * sizeof *f->weight);
    for (size_t j = 0; j < f->r->k; j++) {
        size_t locals = item_parameters(&f->fit->item[j]);
        for (size_t i = f->r->first[j]; i < f->r->first[j + 1]; i++)
            slope_new(&f->other[i], f->p, j, locals, f->points);
        slope_new(&f->other[f->r->indicators + j], f->p, j, locals, f->points);
        for (size_t q = 0; locals && q < f->points; q++) {
            curve_point(&f->fit->item[j], f->fit->theta[q], &at);
            fill_slopes(f, j, q, &at);
            add_own(f, x, j, q, &at);
        }
    }
}

static void end(struct information *f)
{
    for (size_t i = 0; i < answers(f); i++)
        free(f->other[i].add);
    free(f->base);
    free(f->other);
    free(f->with);
    free(f->total);
    free(f->weight);
}

/* E(s) of a person. */
static void mean_slope(const struct information *f, size_t person, double *ret)
{
    const double *w = f->weight + (person - f->from) * f->points;
    for (size_t u = 0; u < f->p->n; u++) {
        double sum = 0;
        for (size_t q = 0; q < f->points; q++)
            sum += w[q] * f->base[u * f->points + q];
        ret[u] = sum;
    }
    for (size_t j = 0; j < f->r->k; j++) {
        long answer = answer_of(f->r, person, j);
        const struct slope *s = answer < 0 ? NULL : &f->other[answer];
        for (size_t i = 0; s && i < s->n; i++) {
            double sum = 0;
            for (size_t q = 0; q < f->points; q++)
                sum += w[q] * s->add[i * f->points + q];
            ret[s->number[i]] += sum;
        }
    }
}

static void *make_means(void *context, size_t i)
{
    enum { PART = 512 };
    const struct information *f = context;
    size_t n = f->p->n, from = f->from + i * PART, to = from + PART < f->to ? from + PART : f->to;
    double *sum = mem_alloc((n * n + n + 1) * sizeof *sum), *mean = sum + n * n;
    for (size_t person = from; person < to; person++) {
        mean_slope(f, person, mean);
        for (size_t u = 0; u < n; u++)
            for (size_t v = 0; v <= u; v++)
                sum[u * n + v] += mean[u] * mean[v];
    }
    return sum;
}

static int take_sum(void *context, size_t i, void *piece, struct err *e)
{
    struct information *f = context;
    const double *sum = piece;
    (void)i, (void)e;
    for (size_t c = 0; c < f->p->n * f->p->n; c++)
        f->ret[c] += sum[c];
    free(piece);
    return 0;
}

/* Adds -Σ_q w a b' to the lower triangle. */
static void subtract_product(const struct information *f, double *to, const struct slope *a,
                             const struct slope *b, const double *w)
{
    for (size_t u = 0; u < a->n; u++)
        for (size_t v = 0; v < b->n; v++) {
            size_t row = (size_t)a->number[u], column = (size_t)b->number[v];
            double sum = 0;
            if (a == b && column > row)
                continue;
            for (size_t q = 0; q < f->points; q++)
                sum += w[q] * a->add[u * f->points + q] * b->add[v * f->points + q];
            to[row > column ? row * f->p->n + column : column * f->p->n + row] -=
                row == column && a != b ? 2 * sum : sum;
        }
}

/* The weights of an answer of item j together with each answer of an earlier item. */
static void count_pairs(const struct information *f, size_t j, long answer, double *pair)
{
    memset(pair, 0, answers(f) * f->points * sizeof *pair);
    for (size_t person = f->from; person < f->to; person++) {
        const double *w = f->weight + (person - f->from) * f->points;
        if (answer_of(f->r, person, j) != answer)
            continue;
        for (size_t l = 0; l < j; l++) {
            long other = answer_of(f->r, person, l);
            double *to = other < 0 ? NULL : pair + (size_t)other * f->points;
            for (size_t q = 0; to && q < f->points; q++)
                to[q] += w[q];
        }
    }
}

static void *make_pairs(void *context, size_t j)
{
    const struct information *f = context;
    size_t n = f->p->n;
    double *sum = mem_alloc((n * n + 1) * sizeof *sum),
           *pair = mem_alloc((answers(f) * f->points + 1) * sizeof *pair);
    for (size_t i = f->r->first[j]; i <= f->r->first[j + 1]; i++) {
        size_t answer = i < f->r->first[j + 1] ? i : f->r->indicators + j;
        if (!is_calibrated(f->r, j) || (answer >= f->r->indicators && !f->r->any_missing))
            continue;
        count_pairs(f, j, (long)answer, pair);
        for (size_t other = 0; other < answers(f); other++)
            if (f->other[other].n)
                subtract_product(f, sum, &f->other[answer], &f->other[other], pair + other * f->points);
    }
    free(pair);
    return sum;
}

static void weigh_block(struct information *f)
{
    for (size_t person = f->from; person < f->to; person++) {
        double *w = f->weight + (person - f->from) * f->points;
        posterior(f->curves, f->r, person, w);
        for (size_t q = 0; q < f->points; q++)
            f->total[q] += w[q];
        for (size_t j = 0; j < f->r->k; j++) {
            long answer = answer_of(f->r, person, j);
            for (size_t q = 0; answer >= 0 && q < f->points; q++)
                f->with[(size_t)answer * f->points + q] += w[q];
        }
    }
}

/* Σ_q N z z' + W_I (z a_I' + a_I z') + W_I a_I a_I': what single answers tell of E(s s'). */
static void subtract_single(const struct information *f)
{
    size_t n = f->p->n, points = f->points;
    for (size_t u = 0; u < n; u++)
        for (size_t v = 0; v <= u; v++) {
            double sum = 0;
            for (size_t q = 0; q < points; q++)
                sum += f->total[q] * f->base[u * points + q] * f->base[v * points + q];
            f->ret[u * n + v] -= sum;
        }
    for (size_t i = 0; i < answers(f); i++) {
        const struct slope *a = &f->other[i];
        const double *w = f->with + i * points;
        subtract_product(f, f->ret, a, a, w);
        for (size_t l = 0; l < a->n; l++)
            for (size_t v = 0; v < n; v++) {
                size_t u = (size_t)a->number[l];
                double sum = 0;
                for (size_t q = 0; q < points; q++)
                    sum += w[q] * a->add[l * points + q] * f->base[v * points + q];
                f->ret[u > v ? u * n + v : v * n + u] -= u == v ? 2 * sum : sum;
            }
    }
}

static int add_block(struct information *f, unsigned threads, struct err *e)
{
    struct ahead means = {.n = (f->to - f->from + 511) / 512,
                          .threads = threads,
                          .context = f,
                          .make = make_means,
                          .take = take_sum,
                          .drop = free,
                          .heaviest = SIZE_MAX};
    struct ahead pairs = {.n = f->r->k,
                          .threads = threads,
                          .context = f,
                          .make = make_pairs,
                          .take = take_sum,
                          .drop = free,
                          .heaviest = SIZE_MAX};
    weigh_block(f);
    int r = ahead_run(&means, e);
    return r < 0 ? r : ahead_run(&pairs, e);
}

int fit_information(double *ret, const struct irt_fit *fit, const struct responses *r,
                    const struct parameters *p, const struct expectation *x, const struct curves *c,
                    unsigned threads, struct err *e)
{
    struct information f = {.fit = fit, .r = r, .p = p, .curves = c, .points = fit->points, .ret = ret};
    int status = 0;
    memset(ret, 0, p->n * p->n * sizeof *ret);
    begin(&f, x);
    for (; status == 0 && f.from < r->n; f.from = f.to) {
        f.to = f.from + BLOCK < r->n ? f.from + BLOCK : r->n;
        status = add_block(&f, threads, e);
    }
    if (status == 0)
        subtract_single(&f);
    for (size_t u = 0; u < p->n; u++)
        for (size_t v = 0; v < u; v++)
            ret[v * p->n + u] = ret[u * p->n + v];
    end(&f);
    return status;
}

void fit_gradient(const struct irt_fit *fit, const struct responses *r, const struct parameters *p,
                  const struct expectation *x, double *gradient)
{
    struct curve_point at;
    memset(gradient, 0, p->n * sizeof *gradient);
    for (size_t j = 0; j < fit->k; j++)
        for (size_t q = 0; !fit->item[j].why && q < fit->points; q++) {
            curve_point(&fit->item[j], fit->theta[q], &at);
            for (size_t c = 0; c < fit->item[j].categories; c++) {
                double n = expected_responses(x, r, j, c, q);
                for (size_t l = 0; l < item_parameters(&fit->item[j]); l++)
                    if (p->number[j * IRT_MAX_PARAMETERS + l] != NOT_FREE)
                        gradient[p->number[j * IRT_MAX_PARAMETERS + l]] += n * at.gradient[c][l];
            }
        }
}

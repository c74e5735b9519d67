/* SPDX-License-Identifier: Apache-2.0 */
/* Examiners: severity, spread, and those who do not tell candidates apart. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/quality/numbers.h"
#include "statistics/quality/quality-internal.h"

static void means(struct work *w)
{
    struct quality *q = w->q;
    for (size_t i = 0; i < w->n; i++) {
        struct quality_rater *r = &q->rater[w->one[i].rater];
        r->n++;
        r->mean += (double)w->one[i].rated->total.milli / 1000;
        r->spread += w->one[i].residual * w->one[i].residual;
    }
    for (size_t i = 0; i < q->n_raters; i++)
        q->rater[i].mean /= (double)q->rater[i].n;
    for (size_t i = 0; i < w->n; i++) {
        struct quality_rater *r = &q->rater[w->one[i].rater];
        double d = (double)w->one[i].rated->total.milli / 1000 - r->mean;
        r->deviation += d * d;
    }
    for (size_t i = 0; i < q->n_raters; i++) {
        struct quality_rater *r = &q->rater[i];
        double df = (double)r->n - 1;
        r->spread = df > 0 ? sqrt(r->spread / df) : 0;
        r->deviation = df > 0 ? sqrt(r->deviation / df) : 0;
    }
}

/* Two raters who differ by chance alone differ in their z alike; only those with enough ratings are judged.
 */
static void flag(struct work *w, const double *p,
                 unsigned (*which)(const struct quality *, const struct quality_rater *))
{
    struct quality *q = w->q;
    double *judged = arena_array(w->arena, q->n_raters + 1, sizeof *judged);
    bool *found = arena_array(w->arena, q->n_raters + 1, sizeof *found);
    size_t n = 0;
    for (size_t i = 0; i < q->n_raters; i++)
        if (q->rater[i].n >= QUALITY_FEW)
            judged[n++] = p[i];
    num_discoveries(judged, n, QUALITY_CHANCE, found);
    n = 0;
    for (size_t i = 0; i < q->n_raters; i++)
        if (q->rater[i].n >= QUALITY_FEW && found[n++])
            q->rater[i].flags |= which(q, &q->rater[i]);
}

static unsigned severe_or_lenient(const struct quality *q, const struct quality_rater *r)
{
    if (fabs(r->offset) < quality_matter(q))
        return 0;
    return r->offset < 0 ? QUALITY_SEVERE : QUALITY_LENIENT;
}

void quality_severity(struct work *w)
{
    struct quality *q = w->q;
    double *p = arena_array(w->arena, q->n_raters + 1, sizeof *p);
    size_t *members = arena_array(w->arena, w->model.n_sets + 1, sizeof *members);
    q->n_sets = w->model.n_sets;
    q->sigma = w->model.sigma;
    q->df = w->model.df;
    means(w);
    for (size_t i = 0; i < q->n_raters; i++)
        members[w->model.rater[i].set]++;
    for (size_t i = 0; i < q->n_raters; i++) {
        struct quality_rater *r = &q->rater[i];
        r->set = w->model.rater[i].set;
        r->offset = w->model.rater[i].offset;
        r->se = w->model.rater[i].se;
        r->z = r->se > 0 ? r->offset / r->se : 0;
        r->p = p[i] = r->se > 0 ? num_t_tails(r->z, q->df) : 1;
        r->flags |= members[r->set] < 2 ? QUALITY_ALONE : 0;
    }
    flag(w, p, severe_or_lenient);
}

static int by_rater(const void *a, const void *b)
{
    const struct case_of *x = *(const struct case_of *const *)a, *y = *(const struct case_of *const *)b;
    if (x->rater != y->rater)
        return x->rater < y->rater ? -1 : 1;
    int64_t l = x->rated->total.milli, r = y->rated->total.milli;
    return (l > r) - (l < r);
}

/* His commonest total, and how often everybody else gave that one. */
static void commonest(struct work *w, const struct case_of *const *sorted, size_t from, size_t to,
                      size_t *given)
{
    struct quality_rater *r = &w->q->rater[sorted[from]->rater];
    int64_t total = 0;
    for (size_t i = from, j; i < to; i = j) {
        for (j = i; j < to && sorted[j]->rated->total.milli == sorted[i]->rated->total.milli; j++)
            ;
        if (j - i > r->same) {
            r->same = j - i;
            total = sorted[i]->rated->total.milli;
        }
    }
    *given = 0;
    for (size_t i = 0; i < w->n && r->same == r->n; i++)
        *given += w->one[i].rated->total.milli == total;
}

/* The chance that all n of a rater's ratings are of a kind of which the other raters have `others` in `rest`.
 * One is added to both, so that what nobody else has is not impossible. */
static double all_by_chance(size_t n, size_t others, size_t rest)
{
    return num_power(((double)others + 1) / ((double)rest + 2), n);
}

static unsigned constant(const struct quality *q, const struct quality_rater *r)
{
    (void)q;
    return r->same == r->n ? QUALITY_CONSTANT : 0;
}

static unsigned spotless(const struct quality *q, const struct quality_rater *r)
{
    (void)q;
    return r->spotless == r->n ? QUALITY_SPOTLESS : 0;
}

static unsigned narrow(const struct quality *q, const struct quality_rater *r)
{
    return r->spread < q->sigma / 2 && r->same < r->n ? QUALITY_NARROW : 0;
}

static void count_flat(struct work *w)
{
    struct quality *q = w->q;
    const struct case_of **sorted = arena_array(w->arena, w->n + 1, sizeof *sorted);
    size_t all_spotless = 0;
    for (size_t i = 0; i < w->n; i++) {
        struct quality_rater *r = &q->rater[w->one[i].rater];
        bool none = rated_spotless(w->one[i].rated);
        sorted[i] = &w->one[i];
        r->spotless += none;
        r->full += w->one[i].rated->total.milli >= q->in->full.milli;
        all_spotless += none;
    }
    qsort(sorted, w->n, sizeof *sorted, by_rater);
    for (size_t from = 0, to; from < w->n; from = to) {
        struct quality_rater *r = &q->rater[sorted[from]->rater];
        size_t given;
        for (to = from; to < w->n && sorted[to]->rater == sorted[from]->rater; to++)
            ;
        commonest(w, sorted, from, to, &given);
        r->same_p = r->same == r->n ? all_by_chance(r->n, given - r->n, w->n - r->n) : 1;
        r->spotless_p = r->spotless == r->n ? all_by_chance(r->n, all_spotless - r->n, w->n - r->n) : 1;
    }
}

/* His times: the median of an experiment. */
static void median_times(struct work *w)
{
    struct quality *q = w->q;
    double *used = arena_array(w->arena, w->n + 1, sizeof *used);
    size_t *at = arena_array(w->arena, q->n_raters + 1, sizeof *at);
    size_t *n = arena_array(w->arena, q->n_raters + 1, sizeof *n);
    for (size_t i = 0; i < q->n_raters; i++)
        at[i + 1] = at[i] + q->rater[i].n;
    for (size_t i = 0; i < w->n; i++) {
        size_t r = w->one[i].rater;
        if (w->one[i].rated->used_ms > 0)
            used[at[r] + n[r]++] = (double)w->one[i].rated->used_ms / 1000;
    }
    for (size_t i = 0; i < q->n_raters; i++)
        q->rater[i].seconds = n[i] ? num_median(&used[at[i]], n[i]) : 0;
}

void quality_flatness(struct work *w)
{
    struct quality *q = w->q;
    double *same = arena_array(w->arena, q->n_raters + 1, sizeof *same);
    double *none = arena_array(w->arena, q->n_raters + 1, sizeof *none);
    double *tight = arena_array(w->arena, q->n_raters + 1, sizeof *tight);
    count_flat(w);
    median_times(w);
    for (size_t i = 0; i < q->n_raters; i++) {
        struct quality_rater *r = &q->rater[i];
        double ratio = q->sigma > 0 ? r->spread / q->sigma : 1;
        same[i] = r->same_p;
        none[i] = r->spotless_p;
        r->spread_p = tight[i] = ratio > 0 ? num_f_tail(1 / (ratio * ratio), q->df, (double)r->n - 1) : 0;
    }
    flag(w, same, constant);
    flag(w, none, spotless);
    flag(w, tight, narrow);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Ratings worth a second look, each with its reasons. The weights only order the list; the reasons are what
 * is said. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/quality/numbers.h"
#include "statistics/quality/quality-internal.h"

static const int64_t weight[QUALITY_REASONS] = {
    [QUALITY_CHANGED] = 60,    [QUALITY_APART] = 50,   [QUALITY_LINE] = 45, [QUALITY_UNLIKELY] = 30,
    [QUALITY_SHORT] = 30,      [QUALITY_DOUBT] = 40,   [QUALITY_OPEN] = 40, [QUALITY_MANY] = 15,
    [QUALITY_NO_CONFIRM] = 20, [QUALITY_NO_FACE] = 10,
};

static void because(struct quality_look *l, enum quality_reason reason, double value, int64_t more)
{
    l->reasons |= 1U << reason;
    l->value[reason] = value;
    l->weight += weight[reason] + more;
}

/* Median of the time that an experiment takes, or 0 where too few are timed. */
static double *usual_seconds(struct work *w)
{
    struct quality *q = w->q;
    double *usual = arena_array(w->arena, q->n_rubrics + 1, sizeof *usual);
    double *used = arena_array(w->arena, w->n + 1, sizeof *used);
    for (size_t r = 0; r < q->n_rubrics; r++) {
        size_t n = 0;
        for (size_t i = 0; i < w->n; i++)
            if (w->one[i].rubric == r && w->one[i].rated->used_ms > 0)
                used[n++] = (double)w->one[i].rated->used_ms / 1000;
        usual[r] = n >= QUALITY_FEW ? num_median(used, n) : 0;
    }
    return usual;
}

static const struct case_of *further(const struct case_of *a, const struct case_of *b)
{
    return fabs(a->residual) > fabs(b->residual) ? a : b;
}

/* Of two raters too far apart the one who is further from what was to be expected: points above the other
 * one. */
static void look_at_pairs(struct work *w, struct quality_look *look)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t j = i + 1; j < w->n && strcmp(w->one[i].rated->ticket, w->one[j].rated->ticket) == 0;
             j++) {
            const struct case_of *one = further(&w->one[i], &w->one[j]),
                                 *other = one == &w->one[i] ? &w->one[j] : &w->one[i];
            int64_t d = one->rated->total.milli - other->rated->total.milli;
            struct quality_look *l = &look[one->at];
            if (llabs(d) > w->q->in->tolerance.milli && !(l->reasons >> QUALITY_APART & 1) &&
                strcmp(one->rated->rater, other->rated->rater) != 0)
                because(l, QUALITY_APART, (double)d / 1000, llabs(d) / 1000);
        }
}

static void look_at_line(const struct quality *q, const struct case_of *c, struct quality_look *l)
{
    const struct quality_rater *r = &q->rater[c->rater];
    double total = (double)c->rated->total.milli / 1000, pass = (double)q->in->pass.milli / 1000;
    if (pass > 0 && (r->flags & (QUALITY_SEVERE | QUALITY_LENIENT)) &&
        (total >= pass) != (total - r->offset >= pass))
        because(l, QUALITY_LINE, r->offset, 0);
}

static void look_at_counted(struct work *w, struct quality_look *look)
{
    struct quality *q = w->q;
    double *usual = usual_seconds(w);
    for (size_t i = 0; i < w->n; i++) {
        const struct case_of *c = &w->one[i];
        struct quality_look *l = &look[c->at];
        double seconds = (double)c->rated->used_ms / 1000,
               far = q->sigma > 0 ? fabs(c->residual) / q->sigma : 0;
        if (far >= 3)
            because(l, QUALITY_UNLIKELY, c->residual, (int64_t)floor((far - 3) * 10));
        if (seconds > 0 && seconds < usual[c->rubric] / 4)
            because(l, QUALITY_SHORT, seconds, 0);
        look_at_line(q, c, l);
    }
}

/* What hardly anybody has is worth a look; what many lack, the exam did without. */
static bool is_rule(size_t have, size_t n)
{
    return have * 10 >= n * 9;
}

static void look_at_record(struct work *w, struct quality_look *look)
{
    const struct quality_input *in = w->q->in;
    size_t confirmed = 0, identified = 0;
    for (size_t i = 0; i < w->n; i++) {
        confirmed += w->one[i].rated->confirmed;
        identified += w->one[i].rated->identified;
    }
    for (size_t i = 0; i < in->n; i++) {
        const struct rated *r = &in->rated[i];
        int64_t changes = 0;
        if (r->chief)
            because(&look[i], QUALITY_DOUBT, 0, 0);
        if (r->status != RATING_RATED)
            continue;
        for (size_t s = 0; s < r->n_steps; s++)
            changes += r->step[s].changes;
        if (!r->complete)
            because(&look[i], QUALITY_OPEN, 0, 0);
        if (r->confirmed && r->confirmed_total.milli != r->total.milli)
            because(&look[i], QUALITY_CHANGED, (double)r->confirmed_total.milli / 1000, 0);
        if (changes >= (int64_t)r->n_steps && changes > 0)
            because(&look[i], QUALITY_MANY, (double)changes, 0);
        if (!r->confirmed && is_rule(confirmed, w->n))
            because(&look[i], QUALITY_NO_CONFIRM, 0, 0);
        if (!r->identified && is_rule(identified, w->n))
            because(&look[i], QUALITY_NO_FACE, 0, 0);
    }
}

static int by_weight(const void *a, const void *b, void *context)
{
    const struct quality_look *x = a, *y = b;
    const struct rated *rated = context;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    int c = strcmp(rated[x->at].ticket, rated[y->at].ticket);
    if (c == 0)
        c = strcmp(rated[x->at].rater, rated[y->at].rater);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}

void quality_looks(struct work *w)
{
    struct quality *q = w->q;
    struct quality_look *look = arena_array(w->arena, q->in->n + 1, sizeof *look);
    look_at_pairs(w, look);
    look_at_counted(w, look);
    look_at_record(w, look);
    for (size_t i = 0; i < q->in->n; i++) {
        look[i].at = i;
        if (look[i].reasons)
            look[q->n_looks++] = look[i];
    }
    q->look = arena_copy(q->arena, look, (q->n_looks + 1) * sizeof *look);
    qsort_r(q->look, q->n_looks, sizeof *q->look, by_weight, (void *)(uintptr_t)q->in->rated);
}

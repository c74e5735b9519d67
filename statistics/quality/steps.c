/* SPDX-License-Identifier: Apache-2.0 */
/* What is lost at which step and through which slip; and how far two raters of a candidate agree. */
#include <string.h>

#include "statistics/quality/quality-internal.h"

static void make_steps(struct quality *q, struct quality_rubric *x)
{
    const struct rubric *r = x->rubric;
    x->step = arena_array(q->arena, r->n_steps + 1, sizeof *x->step);
    for (size_t s = 0; s < r->n_steps; s++) {
        x->step[s].step = &r->step[s];
        x->step[s].slip = arena_array(q->arena, r->step[s].n_slips + 1, sizeof *x->step[s].slip);
        for (size_t i = 0; i < r->step[s].n_slips; i++) {
            x->step[s].slip[i].code = r->step[s].slip[i].code;
            x->step[s].slip[i].text = r->step[s].slip[i].text;
        }
    }
}

static void add_step(struct quality_step *to, const struct rated_step *s)
{
    int64_t cost[RUBRIC_MAX_SLIPS];
    if (s->ended || s->mark == RATING_UNMARKED)
        return;
    to->rated++;
    to->lost_milli += to->step->points.milli - s->points.milli;
    to->lossy += s->points.milli < to->step->points.milli;
    to->zero += s->points.milli == 0;
    rated_slip_costs(s, to->step, cost);
    for (size_t i = 0; i < to->step->n_slips; i++) {
        to->slip[i].made += s->slips >> i & 1;
        to->slip[i].hinted += s->hinted >> i & 1;
        to->slip[i].cost_milli += cost[i];
    }
}

void quality_steps(struct work *w)
{
    struct quality *q = w->q;
    for (size_t i = 0; i < q->n_rubrics; i++)
        make_steps(q, &q->rubric[i]);
    for (size_t i = 0; i < w->n; i++) {
        const struct rated *r = w->one[i].rated;
        struct quality_rubric *x = &q->rubric[w->one[i].rubric];
        x->rated++;
        x->sum_milli += r->total.milli;
        x->full += r->total.milli >= q->in->full.milli;
        for (size_t s = 0; s < r->n_steps && s < x->rubric->n_steps; s++)
            add_step(&x->step[s], &r->step[s]);
    }
}

static void compare_steps(struct agreement *to, const struct rated *a, const struct rated *b)
{
    if (strcmp(a->rubric->id, b->rubric->id) != 0)
        return;
    for (size_t s = 0; s < a->n_steps && s < b->n_steps; s++)
        if (!a->step[s].ended && !b->step[s].ended) {
            to->steps++;
            to->same_steps += a->step[s].points.milli == b->step[s].points.milli;
        }
}

static const struct rated *of_order(const struct work *w, size_t from, size_t to, int64_t order)
{
    for (size_t i = from; i < to; i++)
        if (w->one[i].rated->order == order)
            return w->one[i].rated;
    return NULL;
}

void quality_agree(struct work *w)
{
    int64_t *first = arena_array(w->arena, w->n + 1, sizeof *first);
    int64_t *second = arena_array(w->arena, w->n + 1, sizeof *second);
    struct agreement steps = {0};
    size_t n = 0;
    for (size_t from = 0, to; from < w->n; from = to) {
        for (to = from; to < w->n && strcmp(w->one[to].rated->ticket, w->one[from].rated->ticket) == 0; to++)
            ;
        const struct rated *a = of_order(w, from, to, 1), *b = of_order(w, from, to, 2);
        if (!a || !b)
            continue;
        first[n] = a->total.milli;
        second[n++] = b->total.milli;
        compare_steps(&steps, a, b);
    }
    agreement_compute(&w->q->agreement, first, second, n, w->q->in->tolerance.milli);
    w->q->agreement.steps = steps.steps;
    w->q->agreement.same_steps = steps.same_steps;
}

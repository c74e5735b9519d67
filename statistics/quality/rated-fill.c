/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/rated.h"

static uint32_t charged_slips(const struct rating_points *p, size_t step, uint32_t slips)
{
    uint32_t charged = 0;
    for (size_t i = 0; i < RUBRIC_MAX_SLIPS; i++)
        if ((slips >> i & 1) && (p->cost[step][i] == RATING_COSTS || p->cost[step][i] == RATING_HINTED))
            charged |= UINT32_C(1) << i;
    return charged;
}

static void fill_step(struct rated_step *to, const struct rating *x, const struct rating_points *p,
                      size_t step)
{
    const struct rating_step *s = &x->step[step];
    *to = (struct rated_step){.points = p->step[step],
                              .mark = s->mark,
                              .ended = p->ended[step],
                              .slips = s->slips,
                              .charged = charged_slips(p, step, s->slips),
                              .hinted = s->hinted,
                              .changes = s->changes};
}

void rated_fill(struct rated *ret, const struct rating *x, const struct rubric *r, struct arena *a)
{
    struct rating_points p;
    rating_points(x, r, &p);
    struct rated_step *step = arena_array(a, x->n_steps + 1, sizeof *step);
    ret->wall_ms = 0;
    for (size_t i = 0; i < x->n_steps; i++) {
        fill_step(&step[i], x, &p, i);
        if (x->step[i].wall_ms > ret->wall_ms)
            ret->wall_ms = x->step[i].wall_ms;
    }
    ret->step = step;
    ret->n_steps = x->n_steps;
    ret->rubric = r;
    ret->status = x->status;
    ret->complete = p.open == 0;
    ret->identified = x->identified;
    ret->confirmed = x->confirmed;
    ret->confirmed_total = points_milli(x->confirmed_milli);
    ret->chief = x->chief;
    ret->total = p.total;
    ret->begun_ms = x->begun_ms;
    ret->used_ms = x->used_ms;
}

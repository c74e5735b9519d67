/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/marking.h"

static void touch(struct rating *x, struct rating_step *s, int64_t wall_ms)
{
    s->changes += s->mark != RATING_UNMARKED;
    s->wall_ms = wall_ms;
    if (x->status == RATING_OPEN)
        x->status = RATING_RATED;
}

static bool set_mark(struct rating *x, size_t step, enum rating_mark mark, int64_t wall_ms)
{
    struct rating_step *s = &x->step[step];
    if (step >= x->n_steps || (s->mark == mark && s->slips == 0))
        return false;
    touch(x, s, wall_ms);
    s->mark = mark;
    s->slips = s->hinted = 0;
    return true;
}

bool marking_full(struct rating *x, size_t step, int64_t wall_ms)
{
    return set_mark(x, step, RATING_MARKED, wall_ms);
}

bool marking_zero(struct rating *x, size_t step, int64_t wall_ms)
{
    return set_mark(x, step, RATING_ZERO, wall_ms);
}

bool marking_slip(struct rating *x, const struct rubric *r, size_t step, size_t slip, int64_t wall_ms)
{
    if (step >= x->n_steps || slip >= r->step[step].n_slips)
        return false;
    struct rating_step *s = &x->step[step];
    touch(x, s, wall_ms);
    s->mark = RATING_MARKED;
    s->slips ^= UINT32_C(1) << slip;
    s->hinted &= s->slips;
    return true;
}

bool marking_hint(struct rating *x, const struct rubric *r, size_t step, size_t slip, int64_t wall_ms)
{
    if (step >= x->n_steps || !r->step[step].fix || slip >= r->step[step].n_slips)
        return false;
    struct rating_step *s = &x->step[step];
    if (!(s->slips & (UINT32_C(1) << slip)))
        return false;
    touch(x, s, wall_ms);
    s->hinted ^= UINT32_C(1) << slip;
    return true;
}

bool marking_fatal(struct rating *x, const struct rubric *r, size_t fatal)
{
    if (fatal >= r->n_fatals)
        return false;
    x->fatals ^= UINT32_C(1) << fatal;
    if (x->status == RATING_OPEN)
        x->status = RATING_RATED;
    return true;
}

size_t marking_slip_of(const struct rubric *r, size_t step, uint32_t code)
{
    size_t n = step < r->n_steps ? r->step[step].n_slips : 0;
    for (size_t i = 0; i < n; i++)
        if ((uint32_t)(unsigned char)r->step[step].slip[i].code == code)
            return i;
    return n;
}

size_t marking_next_open(const struct rating *x, const struct rating_points *p, size_t from)
{
    for (size_t k = 0; k < x->n_steps; k++) {
        size_t i = (from + k) % x->n_steps;
        if (x->step[i].mark == RATING_UNMARKED && !p->ended[i])
            return i;
    }
    return x->n_steps;
}

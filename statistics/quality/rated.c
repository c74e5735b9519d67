/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/rated.h"

bool rated_counts(const struct rated *x)
{
    return x->status == RATING_RATED && x->complete;
}

bool rated_spotless(const struct rated *x)
{
    for (size_t i = 0; i < x->n_steps; i++)
        if (x->step[i].slips || x->step[i].mark == RATING_ZERO)
            return false;
    return true;
}

static int64_t price(const struct rated_step *s, const struct rubric_step *r, size_t slip)
{
    if (!(s->charged >> slip & 1))
        return 0;
    if (s->hinted >> slip & 1)
        return r->hint.milli;
    return r->mode == RUBRIC_DEDUCT ? r->slip[slip].minus.milli : r->points.milli;
}

void rated_slip_costs(const struct rated_step *s, const struct rubric_step *r, int64_t *ret_milli)
{
    int64_t whole = 0, sofar = 0, given = 0, lost = r->points.milli - s->points.milli;
    for (size_t i = 0; i < RUBRIC_MAX_SLIPS; i++) {
        ret_milli[i] = 0;
        whole += i < r->n_slips ? price(s, r, i) : 0;
    }
    for (size_t i = 0; whole > 0 && i < r->n_slips; i++) {
        sofar += price(s, r, i);
        ret_milli[i] = lost * sofar / whole - given;
        given += ret_milli[i];
    }
}

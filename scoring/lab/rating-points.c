/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of a rating: docs/lab.md, "What a slip costs". */
#include <string.h>

#include "scoring/lab/rating.h"

/* Names whose slip was charged already. */
struct charged {
    const char *name[RUBRIC_MAX_STEPS * RUBRIC_MAX_SLIPS];
    size_t n;
};

static bool charged_before(struct charged *c, const char *name)
{
    if (!name[0])
        return false;
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->name[i], name) == 0)
            return true;
    c->name[c->n++] = name;
    return false;
}

static uint32_t absorbed(const struct rubric_step *s, uint32_t slips)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s->n_slips; i++)
        if (slips >> i & 1)
            set |= s->slip[i].includes;
    return set & slips;
}

static int64_t price(const struct rubric_step *s, size_t slip, enum rating_cost cost)
{
    int64_t own = s->mode == RUBRIC_DEDUCT ? s->slip[slip].minus.milli : s->points.milli;
    if (cost == RATING_HINTED)
        return s->hint.milli < own ? s->hint.milli : own;
    return cost == RATING_COSTS ? own : 0;
}

/* What the slips of a rated step cost together. */
static int64_t deduction(const struct rating_step *x, const struct rubric_step *s, struct charged *c,
                         enum rating_cost cost[RUBRIC_MAX_SLIPS])
{
    uint32_t included = absorbed(s, x->slips);
    int64_t sum = 0;
    for (size_t i = 0; i < s->n_slips; i++) {
        if (!(x->slips >> i & 1))
            continue;
        if (included >> i & 1)
            cost[i] = RATING_INCLUDED;
        else if (charged_before(c, s->slip[i].same))
            cost[i] = RATING_SAME;
        else
            cost[i] = x->hinted >> i & 1 ? RATING_HINTED : RATING_COSTS;
        sum += price(s, i, cost[i]);
    }
    return sum < s->cap.milli ? sum : s->cap.milli;
}

static void end(struct rating_points *ret, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        ret->ended[i] = true;
        ret->step[i] = points_milli(0);
    }
}

static void rate_steps(const struct rating *x, const struct rubric *r, struct rating_points *ret)
{
    struct charged c = {.n = 0};
    for (size_t i = 0; i < r->n_steps; i++)
        if (x->step[i].mark == RATING_MARKED)
            ret->step[i] =
                points_milli(r->step[i].points.milli - deduction(&x->step[i], &r->step[i], &c, ret->cost[i]));
}

static void apply_fatals(const struct rating *x, const struct rubric *r, struct rating_points *ret)
{
    for (size_t i = 0; i < r->n_steps; i++)
        if (r->step[i].mode == RUBRIC_FATAL && x->step[i].mark != RATING_UNMARKED &&
            ret->step[i].milli < r->step[i].points.milli)
            end(ret, i + 1, r->n_steps);
    for (size_t i = 0; i < r->n_fatals; i++)
        if (x->fatals >> i & 1)
            end(ret, r->fatal[i].from, r->fatal[i].to + 1);
}

void rating_points(const struct rating *x, const struct rubric *r, struct rating_points *ret)
{
    memset(ret, 0, sizeof *ret);
    rate_steps(x, r, ret);
    apply_fatals(x, r, ret);
    for (size_t i = 0; i < r->n_steps; i++) {
        ret->raw.milli += ret->step[i].milli;
        ret->open += x->step[i].mark == RATING_UNMARKED && !ret->ended[i];
    }
    ret->total = rubric_fold(r, ret->raw);
}

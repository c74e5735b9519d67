/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/lab/combine.h"

#include <string.h>

/* Said and, where it is a score, complete and shown to the candidate. */
static bool finished(const struct combine_rating *x)
{
    return x && x->status != RATING_OPEN && (x->status != RATING_RATED || (x->complete && x->confirmed));
}

static bool scored(const struct combine_rating *x)
{
    return x->status == RATING_RATED;
}

static int64_t distance(const struct combine_rating *a, const struct combine_rating *b)
{
    return a->total.milli > b->total.milli ? a->total.milli - b->total.milli
                                           : b->total.milli - a->total.milli;
}

static points_t mean(const struct lab_plan *p, const struct combine_rating *a, const struct combine_rating *b)
{
    int64_t sum = a->total.milli + b->total.milli, step = p->round.milli;
    return points_milli((sum + step) / (2 * step) * step);
}

static void done(const struct lab_plan *p, enum rating_status status, points_t total, const char *rule,
                 struct combined *ret)
{
    bool again = status == RATING_RATED && total.milli < p->recheck.milli;
    *ret = (struct combined){.state = again ? COMBINE_RECHECK : COMBINE_DONE, .status = status, .rule = rule};
    if (status == RATING_RATED || status == RATING_EXEMPT)
        ret->total = total;
}

static void one(const struct lab_plan *p, const struct combine_rating *x, struct combined *ret)
{
    done(p, x->status, x->total, scored(x) ? "one" : x->status == RATING_EXEMPT ? "exempt" : "status", ret);
}

/* The first two are too far apart for the plan. */
static void with_third(const struct lab_plan *p, const struct combine_rating *const by[4],
                       struct combined *ret)
{
    const struct combine_rating *third = by[3], *higher = by[1], *lower = by[2];
    ret->state = p->dispute == LAB_DISPUTE_CHIEF ? COMBINE_CHIEF : COMBINE_THIRD;
    if (ret->state == COMBINE_CHIEF || (!finished(third) && !(third && third->chief)))
        return;
    ret->state = COMBINE_CHIEF;
    if (third->chief || !scored(third))
        return;
    if (by[2]->total.milli > by[1]->total.milli) {
        higher = by[2];
        lower = by[1];
    }
    const struct combine_rating *near = distance(higher, third) <= distance(lower, third) ? higher : lower;
    if (distance(near, third) <= p->tolerance.milli)
        done(p, RATING_RATED, mean(p, near, third), "nearer-pair", ret);
}

static void two(const struct lab_plan *p, const struct combine_rating *const by[4], struct combined *ret)
{
    const struct combine_rating *a = by[1], *b = by[2];
    if (a->status != b->status || (a->status == RATING_EXEMPT && distance(a, b) > 0))
        ret->state = COMBINE_CHIEF;
    else if (!scored(a))
        one(p, a, ret);
    else if (distance(a, b) <= p->tolerance.milli)
        done(p, RATING_RATED, mean(p, a, b), "mean", ret);
    else
        with_third(p, by, ret);
}

/* Sorts the ratings by order; false where somebody rated who was not to. */
static bool arrange(const struct combine_rating *rating, size_t n, const struct combine_rating *by[4])
{
    for (size_t i = 0; i < n; i++) {
        if (rating[i].status == RATING_OPEN && !rating[i].chief)
            continue;
        int64_t order = rating[i].order;
        if (order < 1 || order > 3 || by[order])
            return false;
        by[order] = &rating[i];
    }
    return true;
}

void lab_combine(const struct lab_plan *p, const struct combine_rating *rating, size_t n,
                 struct combined *ret)
{
    const struct combine_rating *by[4] = {NULL};
    bool changed = false, chief = false, complete = true, any = false;
    *ret = (struct combined){.state = COMBINE_NONE, .rule = ""};
    if (!arrange(rating, n, by)) {
        ret->state = COMBINE_STRANGER;
        return;
    }
    for (int64_t i = 1; i <= 3; i++) {
        any |= by[i] != NULL;
        changed |= by[i] && by[i]->changed;
        if (i > p->raters)
            continue;
        chief |= by[i] && by[i]->chief;
        complete &= finished(by[i]);
    }
    if (!any)
        return;
    if (changed || chief || !complete)
        ret->state = changed ? COMBINE_UNSIGNED : chief ? COMBINE_CHIEF : COMBINE_WAITS;
    else if (p->raters == 1)
        one(p, by[1], ret);
    else
        two(p, by, ret);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What ratings and decisions of one candidate come to. Pure; the order in which they came does not matter. */
#include <stdlib.h>
#include <string.h>

#include "sync/lab-internal.h"

static bool decides(const struct lab_decision *d)
{
    return d->active && d->decision->kind != DECISION_SHEET && d->decision->kind != DECISION_RECHECK;
}

static bool saw(const struct decision *d, const uint8_t evidence[DECISION_HASH])
{
    for (size_t i = 0; i < d->n_saw; i++)
        if (memcmp(d->saw[i], evidence, DECISION_HASH) == 0)
            return true;
    return false;
}

static bool saw_all(const struct decision *d, const struct lab_case *c)
{
    for (size_t i = 0; i < c->n_ratings; i++)
        if (!saw(d, c->rating[i].evidence))
            return false;
    return true;
}

static void combine(const struct lab_session *l, struct lab_case *c)
{
    struct combine_rating *x = arena_array(l->arena, c->n_ratings + 1, sizeof *x);
    for (size_t i = 0; i < c->n_ratings; i++)
        x[i] = c->rating[i].reduced;
    lab_combine(l->plan, x, c->n_ratings, &c->rated);
    if (!c->candidate && c->n_ratings)
        c->rated.state = COMBINE_STRANGER;
}

bool lab_is_settled(const struct lab_case *c)
{
    return c->rated.state == COMBINE_DONE || c->rated.state == COMBINE_RECHECK ||
           c->rated.state == COMBINE_UNSIGNED;
}

/* What no signature makes possible: more points than there are, or a mark changed as if it were a doubt. */
static bool can_be(const struct lab_session *l, const struct lab_case *c, const struct decision *d)
{
    if (d->has_total && d->total.milli > lab_plan_total(l->plan).milli)
        return false;
    return d->kind != DECISION_CHIEF || !d->has_total || !lab_is_settled(c);
}

/* Old and new stand in the decision; here the new one counts. */
static void apply(const struct lab_session *l, struct lab_case *c, const struct lab_decision *by)
{
    const struct decision *d = by->decision;
    enum rating_status status = RATING_RATED;
    if (d->status[0])
        (void)rating_status_parse(d->status, &status);
    c->outcome = (struct combined){.state = COMBINE_DONE, .status = status, .rule = "decision"};
    if (d->has_total)
        c->outcome.total = d->total;
    c->by = by;
    if (status != RATING_EXEMPT)
        return;
    const struct lab_exemption *x = lab_plan_exemption(l->plan, d->article);
    if (x)
        c->outcome.total = x->points;
    else
        c->outcome.state = COMBINE_CHIEF;
}

/* A re-check releases just the mark that it looked at. */
static void recheck(struct lab_case *c)
{
    for (size_t i = 0; i < c->n_decisions; i++) {
        const struct lab_decision *d = &c->decision[i];
        if (d->active && d->decision->kind == DECISION_RECHECK && saw_all(d->decision, c) &&
            d->decision->total.milli == c->outcome.total.milli) {
            c->outcome.state = COMBINE_DONE;
            c->by = d;
            return;
        }
    }
}

void lab_decide(const struct lab_session *l, struct lab_case *c)
{
    const struct lab_decision *by = NULL;
    size_t n = 0;
    combine(l, c);
    c->outcome = c->rated;
    for (size_t i = 0; i < c->n_decisions; i++)
        if (decides(&c->decision[i])) {
            by = &c->decision[i];
            n++;
        }
    if (n == 1 && saw_all(by->decision, c) && can_be(l, c, by->decision))
        apply(l, c, by);
    else if (n > 0) {
        c->outcome = (struct combined){.state = COMBINE_CHIEF, .rule = ""};
        c->reopened = true;
    } else if (c->outcome.state == COMBINE_RECHECK)
        recheck(c);
}

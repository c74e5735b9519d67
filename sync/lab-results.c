/* SPDX-License-Identifier: Apache-2.0 */
/* Results of a lab session in the form that every report reads. */
#include <string.h>

#include "sync/lab-internal.h"
#include "sync/store-internal.h"

static enum store_mark mark_of(const struct combined *x)
{
    static const enum store_mark decided[] = {
        [RATING_OPEN] = STORE_ABSENT,         [RATING_RATED] = STORE_SCORED,
        [RATING_ABSENT] = STORE_ABSENT,       [RATING_EXEMPT] = STORE_SCORED,
        [RATING_POSTPONED] = STORE_POSTPONED, [RATING_BREACH] = STORE_BREACH,
        [RATING_CHEATING] = STORE_CHEATING,   [RATING_VOID] = STORE_VOID,
    };
    switch (x->state) {
    case COMBINE_NONE:
        return STORE_ABSENT;
    case COMBINE_DONE:
        return decided[x->status];
    case COMBINE_STRANGER:
        return STORE_QUARANTINED;
    default:
        return STORE_PENDING;
    }
}

static void take_person(struct store_result *to, const struct roster_candidate *c, struct arena *a)
{
    to->registered = true;
    to->name = arena_strdup(a, c->name);
    to->id_number = arena_strdup(a, c->id_number);
    to->county = arena_strdup(a, c->county);
    to->school = arena_strdup(a, c->school);
    to->site = arena_strdup(a, c->site);
    to->room = arena_strdup(a, c->room);
    to->seat = c->seat;
    to->form = arena_strdup(a, c->form);
}

static void take_case(const struct lab_session *l, const struct lab_case *c, struct arena *a,
                      struct store_result *to)
{
    *to = store_result_blank(arena_strdup(a, c->ticket));
    to->attested = c->n_ratings > 0;
    if (c->candidate)
        take_person(to, c->candidate, a);
    to->mark = mark_of(&c->outcome);
    to->maximum = lab_plan_total(l->plan);
    if (to->mark == STORE_SCORED)
        to->points = c->outcome.total;
    if (c->outcome.state == COMBINE_DONE)
        to->status = rating_status_name(c->outcome.status);
    else if (c->outcome.state != COMBINE_NONE)
        to->waits = combine_state_name(c->outcome.state);
    for (size_t i = 0; i < c->n_ratings; i++)
        to->attested = to->attested && c->rating[i].attested;
}

void lab_session_results(const struct lab_session *l, struct arena *a, struct store_result **ret,
                         size_t *ret_n)
{
    struct store_result *all = arena_array(a, l->n + 1, sizeof *all);
    for (size_t i = 0; i < l->n; i++)
        take_case(l, &l->each[i], a, &all[i]);
    *ret = all;
    *ret_n = l->n;
}

int lab_results(struct store *s, const char *session, struct arena *a, struct store_result **ret,
                size_t *ret_n, struct err *e)
{
    struct lab_session *l = NULL;
    int r = store_lab(s, session, &l, e);
    if (r <= 0)
        return r;
    lab_session_results(l, a, ret, ret_n);
    lab_session_free(l);
    return 1;
}

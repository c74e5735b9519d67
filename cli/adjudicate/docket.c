/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/adjudicate/docket.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/results/place.h"

/* The store alone is enough; of an office's home come its name and the session's window. */
static void look_at_office(struct docket *d, const struct args *a)
{
    struct office *o = NULL;
    struct err ignored;
    d->office = "";
    if (office_open(&o, args_home(a), &ignored) < 0)
        return;
    d->office = arena_strdup(d->arena, office_name(o));
    d->known = office_session_get(o, d->arena, d->session, &d->of, &ignored) == 0;
    office_close(o);
}

int docket_open(struct docket *ret, const struct args *a, struct err *e)
{
    struct docket d = {.arena = arena_new()};
    char *path = store_place(a);
    int r = args_need(a, "session", &d.session, e);
    if (r == 0 && (r = store_open(&d.store, path, DB_READ, e)) == 0 &&
        (r = store_lab(d.store, d.session, &d.lab, e)) == 0) {
        err_set(e, ERR_USAGE, d.session, _("the store has no plan of a lab exam for this session"));
        r = err_hint(e, _("merge its signed lab.xml with --policy"));
    }
    free(path);
    if (r > 0) {
        look_at_office(&d, a);
        *ret = d;
        return 0;
    }
    docket_close(&d);
    return r;
}

void docket_close(struct docket *d)
{
    lab_session_free(d->lab);
    store_close(d->store);
    if (d->arena)
        arena_free(d->arena);
    *d = (struct docket){0};
}

int docket_case(const struct docket *d, const char *ticket, const struct lab_case **ret, struct err *e)
{
    *ret = lab_session_find(d->lab, ticket);
    return *ret ? 0 : err_set(e, ERR_USAGE, ticket, _("is not on the roster of session %s"), d->session);
}

bool docket_waits(const struct lab_case *c)
{
    return c->outcome.state != COMBINE_DONE && c->outcome.state != COMBINE_NONE;
}

const char *docket_state(const struct lab_case *c)
{
    static const char *const text[] = {
        [COMBINE_NONE] = N_("no rating has come"),
        [COMBINE_DONE] = N_("decided"),
        [COMBINE_WAITS] = N_("waits for a rater"),
        [COMBINE_THIRD] = N_("too far apart: a third rater"),
        [COMBINE_CHIEF] = N_("the chief decides"),
        [COMBINE_RECHECK] = N_("a low score: look again"),
        [COMBINE_UNSIGNED] = N_("changed after the candidate confirmed: void until signed"),
        [COMBINE_STRANGER] = N_("rated by somebody who was not to, or twice"),
    };
    for (size_t i = 0; i < c->n_ratings && c->outcome.state == COMBINE_WAITS; i++)
        if (c->rating[i].reduced.complete && c->rating[i].reduced.status == RATING_RATED &&
            !c->rating[i].reduced.confirmed)
            return _("rated, and not confirmed by the candidate");
    if (c->reopened)
        return _("reopened: a decision did not see all that is here now");
    return _(text[c->outcome.state]);
}

const char *docket_clock(const struct docket *d, int64_t wall_ms, char *buf, size_t size)
{
    char text[40];
    if (wall_ms <= 0)
        return "-";
    time_text(wall_ms, d->known ? d->of.utc_offset_min : 0, text, sizeof text);
    snprintf(buf, size, "%.8s", text + 11);
    return buf;
}

bool docket_clock_is_off(const struct docket *d, int64_t wall_ms)
{
    static const int64_t hour = 3600 * 1000;
    return d->known && wall_ms > 0 && (wall_ms < d->of.start_ms - hour || wall_ms > d->of.last_end_ms + hour);
}

const char *docket_status(enum rating_status s)
{
    static const char *const text[] = {
        [RATING_OPEN] = N_("not rated yet"),  [RATING_RATED] = N_("rated"),
        [RATING_ABSENT] = N_("absent"),       [RATING_EXEMPT] = N_("exempt"),
        [RATING_POSTPONED] = N_("postponed"), [RATING_BREACH] = N_("breach"),
        [RATING_CHEATING] = N_("cheating"),   [RATING_VOID] = N_("void"),
    };
    return _(text[s]);
}

const char *docket_kind(enum decision_kind k)
{
    static const char *const text[] = {
        [DECISION_CHANGE] = N_("change of a score"), [DECISION_CHIEF] = N_("the chief's decision"),
        [DECISION_RECHECK] = N_("re-check"),         [DECISION_STATUS] = N_("decision on a status"),
        [DECISION_SHEET] = N_("typed sheet"),        [DECISION_APPEAL] = N_("decision on an appeal"),
    };
    return _(text[k]);
}

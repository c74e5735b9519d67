/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/reporting.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/results/place.h"

static void add_fact(struct reporting *r, const char *key, const char *head, const char *text)
{
    r->report.fact[r->report.n_facts++] = (struct report_fact){key, head, text};
}

static void describe(struct reporting *r, const struct args *a)
{
    const struct office_session *s = &r->desk.session;
    char start[40], end[40], points[32];
    int64_t from = s->start_ms, to = s->end_ms;
    const char *names = s->id;
    for (size_t i = 1; i < r->n_named; i++) {
        from = r->session[i].start_ms < from ? r->session[i].start_ms : from;
        to = r->session[i].end_ms > to ? r->session[i].end_ms : to;
        names = arena_printf(r->arena, "%s, %s", names, r->session[i].id);
    }
    time_text(from, s->utc_offset_min, start, sizeof start);
    time_text(to, s->utc_offset_min, end, sizeof end);
    bool same_day = strncmp(start, end, 10) == 0;
    r->report.office = office_name(r->desk.office);
    r->report.title = args_get(a, "title") ? args_get(a, "title") : s->title;
    r->report.decimals = (int)r->decimals;
    r->report.rates = &r->rates;
    add_fact(r, "session", _("Session"), names);
    add_fact(r, "window", _("Time"),
             arena_printf(r->arena, "%.10s %.5s – %.*s%s%.5s", start, start + 11, same_day ? 0 : 10, end,
                          same_day ? "" : " ", end + 11));
    add_fact(r, "points", _("Full marks"),
             arena_strdup(r->arena, points_text(r->lines.full, points, sizeof points)));
    add_fact(r, "passLine", _("Pass line"),
             arena_strdup(r->arena, points_text(r->lines.pass, points, sizeof points)));
    add_fact(r, "highLine", _("High-score line"),
             arena_strdup(r->arena, points_text(r->lines.high, points, sizeof points)));
}

static void __attribute__((format(printf, 3, 0))) notice(struct reporting *r, int64_t count, const char *text)
{
    if (count)
        r->report.notice[r->report.n_notices++] = arena_printf(r->arena, text, (long long)count);
}

static void add_notices(struct reporting *r)
{
    static const struct rates_count none;
    const struct rates_count *c = r->rates.n ? &r->rates.unit[0].count : &none;
    notice(r, c->unscored, _("Provisional. Sittings not scored yet: %lld; they count as sat, and in no other column."));
    notice(r, c->quarantined, _("Provisional. Sittings in quarantine: %lld; they count as sat, and in no other column."));
    notice(r, c->withdrawn,
           _("Sittings with a package that was withdrawn: %lld; they count as sat, and in no other column."));
    notice(r, r->from_spares, _("Results from the spare session: %lld."));
    notice(r, r->silent_rooms,
           _("Rooms from which nothing has come: %lld; all their candidates stand as absent."));
    notice(r, r->n_struck, _("Marks that cheating in another session of the sitting strikes: %lld."));
    notice(r, r->rates.unregistered, _("Sittings of tickets that are not on the roster: %lld; they are not counted."));
    notice(r, r->rates.voided, _("Registrations that are void: %lld; they count nowhere, and stand in the list of candidates."));
}

static int read_line(const struct args *a, const char *option, points_t full, int64_t percent, points_t *ret, struct err *e)
{
    const char *text = args_get(a, option);
    int k = text ? points_parse(text, ret, e) : points_part(full, percent, 100, ret, e);
    if (k == 0 && (ret->milli < 0 || ret->milli > full.milli))
        k = err_set(e, ERR_USAGE, option, _("a line lies between 0 and the full marks"));
    return k < 0 && text ? err_within(e, text) : k;
}

/* Of the paper; a lab plan says nothing of lines. */
static int read_lines(struct reporting *r, const struct args *a, struct err *e)
{
    const struct desk *d = &r->desk;
    struct lab_plan *plan = NULL;
    int k;
    r->is_lab = exam_is_lab(d->office, &d->session);
    if (!r->is_lab && (args_get(a, "pass") || args_get(a, "high")))
        return err_set(e, ERR_USAGE, d->session.id, _("the lines of a paper are those of its blueprint"));
    if (!r->is_lab) {
        k = exam_paper(d->office, &d->session, &r->paper, e);
        if (k == 0)
            r->lines = (struct rates_lines){.full = r->paper->points, .pass = r->paper->pass, .high = r->paper->high};
        return k;
    }
    if ((k = exam_lab_plan(d->office, &d->session, &plan, e)) < 0)
        return k;
    r->lines.full = lab_plan_total(plan);
    lab_plan_free(plan);
    if ((k = read_line(a, "pass", r->lines.full, 60, &r->lines.pass, e)) < 0)
        return k;
    return read_line(a, "high", r->lines.full, 85, &r->lines.high, e);
}

static int read_results(struct reporting *r, const struct args *a, struct err *e)
{
    struct store *s = NULL;
    r->store = store_place(a);
    int k =
        store_open(&s, r->store, DB_READ, e); /* brings an old one up to date, before several look at it */
    if (k == 0)
        k = reporting_join(r, e);
    store_close(s);
    return k;
}

int reporting_open(struct reporting *ret, const struct args *a, struct err *e)
{
    *ret = (struct reporting){.arena = arena_new()};
    int k;
    if ((k = args_int(a, "decimals", 0, 6, 2, &ret->decimals, e)) < 0 ||
        (k = desk_open(&ret->desk, a, e)) < 0 || (k = reporting_sessions(ret, a, e)) < 0 ||
        (k = read_lines(ret, a, e)) < 0 || (k = read_results(ret, a, e)) < 0)
        return k;
    describe(ret, a);
    add_notices(ret);
    return 0;
}

void reporting_close(struct reporting *r)
{
    for (size_t i = 0; r->lab && i < r->n_sessions; i++)
        lab_session_free(r->lab[i]);
    if (r->rates.arena)
        rates_release(&r->rates);
    free(r->store);
    paper_free(r->paper);
    desk_close(&r->desk);
    arena_free(r->arena);
}

int reporting_levels(const char *list, bool *level, struct err *e)
{
    static const char *const name[RATES_LEVELS] = {"city", "county", "school", "room"};
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ","), l = 0;
        while (l < RATES_LEVELS && (strlen(name[l]) != n || strncmp(name[l], p, n) != 0))
            l++;
        if (l == RATES_LEVELS)
            return err_set(e, ERR_USAGE, "--level", _("\"%.*s\" is not city, county, school or room"), (int)n,
                           p);
        level[l] = true;
        p += n + (p[n] == ',');
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/adjudicate/case-text.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

static void add_price(const struct rubric_step *s, const struct rubric_slip *slip, enum rating_cost cost,
                      struct bytes *out)
{
    char text[32];
    if (cost == RATING_COSTS && s->mode != RUBRIC_DEDUCT)
        bytes_printf(out, " (%s)", _("voids the step"));
    else if (cost == RATING_COSTS)
        bytes_printf(out, " (-%s)", points_text(slip->minus, text, sizeof text));
    else if (cost == RATING_HINTED)
        bytes_printf(out, " (-%s, %s)", points_text(s->hint, text, sizeof text), rating_cost_text(cost));
    else
        bytes_printf(out, " (%s)", rating_cost_text(cost));
}

void case_slips(const struct rubric_step *s, const struct rating_step *x, const enum rating_cost *cost,
                struct bytes *out)
{
    bool any = false;
    if (x->mark == RATING_ZERO)
        bytes_str(out, _("not done"));
    for (size_t i = 0; i < s->n_slips; i++) {
        if (x->mark == RATING_ZERO || !(x->slips & (1u << i)))
            continue;
        bytes_printf(out, "%s%c %s", any ? "; " : "", s->slip[i].code, s->slip[i].text);
        add_price(s, &s->slip[i], cost[i], out);
        any = true;
    }
}

static const char *rule_word(const char *rule)
{
    static const struct {
        const char *key, *text;
    } words[] = {
        {"one", N_("one rater")},      {"mean", N_("mean of two")},       {"nearer-pair", N_("nearer pair")},
        {"exempt", N_("fixed score")}, {"decision", N_("by a decision")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, rule) == 0)
            return _(words[i].text);
    return rule;
}

void case_result(const struct docket *d, const struct lab_case *c, struct bytes *out)
{
    char points[32], total[32];
    if (c->outcome.state != COMBINE_DONE)
        bytes_str(out, docket_state(c));
    else if (c->outcome.status == RATING_RATED || c->outcome.status == RATING_EXEMPT)
        bytes_printf(out, _("%s of %s (%s, %s)"), points_text(c->outcome.total, points, sizeof points),
                     points_text(lab_plan_total(d->lab->plan), total, sizeof total),
                     docket_status(c->outcome.status), rule_word(c->outcome.rule));
    else
        bytes_str(out, docket_status(c->outcome.status));
}

static void add_step(const struct docket *d, const struct rubric_step *s, const struct rating_step *x,
                     const struct rating_points *p, size_t i, struct bytes *out)
{
    char got[32], of[32], clock[32];
    bytes_printf(out, "  %2zu  %s/%s  %s  %s", i + 1,
                 x->mark == RATING_UNMARKED && !p->ended[i] ? "-" : points_text(p->step[i], got, sizeof got),
                 points_text(s->points, of, sizeof of), docket_clock(d, x->wall_ms, clock, sizeof clock),
                 s->title);
    if (p->ended[i])
        bytes_printf(out, "  [%s]", _("ended by what is named below"));
    if (x->slips || x->mark == RATING_ZERO)
        bytes_str(out, "  ");
    case_slips(s, x, p->cost[i], out);
    if (x->changes)
        bytes_printf(out, _("  [changed %lld times]"), (long long)x->changes);
    bytes_str(out, "\n");
}

static void add_marks(const struct docket *d, const struct rating *x, const struct rubric *rubric,
                      const struct rating_points *p, struct bytes *out)
{
    char text[32], total[32], begun[32], used[32];
    bytes_printf(out, _("  %s of %s; begun %s, worked %s\n"), points_text(p->total, text, sizeof text),
                 points_text(rubric->total, total, sizeof total),
                 docket_clock(d, x->begun_ms, begun, sizeof begun),
                 duration_text(x->used_ms, used, sizeof used));
    for (size_t i = 0; i < rubric->n_steps; i++)
        add_step(d, &rubric->step[i], &x->step[i], p, i, out);
    for (size_t i = 0; i < rubric->n_fatals; i++)
        if (x->fatals & (1u << i))
            bytes_printf(out, _("  ended: %s\n"), rubric->fatal[i].text);
    if (x->confirmed)
        bytes_printf(out, _("  the candidate confirmed %s\n"),
                     points_text(points_milli(x->confirmed_milli), text, sizeof text));
    else
        bytes_str(out, _("  not confirmed by the candidate\n"));
}

static void add_rest(const struct docket *d, const struct rating *x, struct bytes *out)
{
    if (x->status != RATING_RATED)
        bytes_printf(out, "  %s%s%s\n", docket_status(x->status), x->reason[0] ? ": " : "", x->reason);
    if (x->back_ms)
        bytes_printf(out, _("  time given back: %lld s\n"), (long long)(x->back_ms / 1000));
    if (x->chief)
        bytes_str(out, _("  the rater asks the chief\n"));
    if (!x->identified && x->status == RATING_RATED)
        bytes_str(out, _("  identity was not checked\n"));
    if (x->note[0])
        bytes_printf(out, _("  note: %s\n"), x->note);
    if (docket_clock_is_off(d, x->begun_ms))
        bytes_str(
            out,
            _("  the device's clock was off: this time is outside the session. The score does not depend on it\n"));
}

static int add_rating(const struct docket *d, const struct lab_rating *x, struct bytes *out, struct err *e)
{
    struct arena *a = arena_new();
    struct rating rating;
    struct rating_points points;
    const struct rubric *rubric;
    struct err own;
    (void)e;
    char journal[2 * sizeof x->head + 1];
    bytes_printf(out, _("\nRater %s (%s)%s%s, %.8s\n"), x->rater,
                 x->reduced.order == 1   ? _("first")
                 : x->reduced.order == 2 ? _("second")
                 : x->reduced.order == 3 ? _("third")
                                         : _("not to rate this candidate"),
                 x->sheet ? _(", from a paper sheet") : "",
                 x->attested ? "" : _(", not attested by the device"),
                 hex_encode(journal, x->head, sizeof x->head));
    if (lab_rating_open(d->lab, x, a, &rating, &rubric, &points, &own) < 0)
        bytes_printf(out, _("  unreadable: %s\n"), own.what);
    else {
        bytes_printf(out, _("  experiment %s, version %lld: %s\n"), rubric->id, (long long)rubric->version,
                     rubric->title);
        if (rating.status == RATING_RATED || rating.status == RATING_OPEN)
            add_marks(d, &rating, rubric, &points, out);
        add_rest(d, &rating, out);
    }
    arena_free(a);
    return 0;
}

void case_decided(const struct decision *x, struct bytes *out)
{
    char before[32], after[32];
    if (x->has_total)
        bytes_printf(out, "%s -> %s", x->has_before ? points_text(x->before, before, sizeof before) : "-",
                     points_text(x->total, after, sizeof after));
    if (x->status[0]) {
        enum rating_status was = RATING_OPEN, is = RATING_OPEN;
        (void)rating_status_parse(x->before_status, &was);
        (void)rating_status_parse(x->status, &is);
        bytes_printf(out, "%s%s -> %s", x->has_total ? "; " : "",
                     x->before_status[0] ? docket_status(was) : "-", docket_status(is));
    }
    if (x->article[0])
        bytes_printf(out, " (%s)", x->article);
    for (size_t i = 0; i < x->n_steps; i++)
        bytes_printf(out, _("; step %lld: %s -> %s"), (long long)x->step[i].number,
                     points_text(x->step[i].before, before, sizeof before),
                     points_text(x->step[i].after, after, sizeof after));
}

static const char *signer_word(const char *kind)
{
    return strcmp(kind, "chief") == 0   ? _("chief examiner")
           : strcmp(kind, "rater") == 0 ? _("rater")
                                        : _("officer");
}

static int add_decision(const struct docket *d, const struct lab_case *c, const struct lab_decision *x,
                        struct bytes *out, struct err *e)
{
    struct lab_signer *who = NULL;
    size_t n = 0;
    char hash[2 * DECISION_HASH + 1];
    int r = store_signers(d->store, x->hash, d->arena, &who, &n, e);
    if (r < 0)
        return r;
    bytes_printf(out, _("\nDecision %.16s, %s: %s%s\n  "), hex_encode(hash, x->hash, DECISION_HASH),
                 x->decision->date, docket_kind(x->decision->kind),
                 c->by == x  ? _(" (counts)")
                 : x->active ? ""
                             : _(" (replaced by a later one)"));
    case_decided(x->decision, out);
    bytes_printf(out, _("\n  reason: %s\n"), x->decision->reason);
    if (x->decision->video[0])
        bytes_printf(out, _("  recording: %s\n  BLAKE2b-512 %s\n"), x->decision->video,
                     x->decision->video_hash);
    bytes_str(out, _("  signed by:"));
    for (size_t i = 0; i < n; i++)
        bytes_printf(out, "%s %s (%s)", i ? "," : "", who[i].name, signer_word(who[i].kind));
    bytes_str(out, "\n");
    return 0;
}

static void add_person(const struct docket *d, const struct lab_case *c, struct bytes *out)
{
    const struct roster_candidate *p = c->candidate;
    int64_t group = 0, bench = 0;
    if (!p) {
        bytes_printf(out, _("%s: not on the roster\n"), c->ticket);
        return;
    }
    const struct roster_room *room = roster_find_room(d->lab->roster, p->site, p->room);
    if (room && room->benches)
        roster_bench(room, p->seat, &group, &bench);
    bytes_printf(out, _("%s  %s  %s  site %s, room %s, group %lld, bench %lld, experiment %s\n"), p->ticket,
                 p->name, p->school, p->site, p->room, (long long)group, (long long)bench, p->form);
}

int case_text(const struct docket *d, const struct lab_case *c, struct bytes *out, struct err *e)
{
    int r = 0;
    add_person(d, c, out);
    bytes_str(out, _("Now: "));
    case_result(d, c, out);
    bytes_str(out, "\n");
    for (size_t i = 0; r == 0 && i < c->n_ratings; i++)
        r = add_rating(d, &c->rating[i], out, e);
    for (size_t i = 0; r == 0 && i < c->n_decisions; i++)
        r = add_decision(d, c, &c->decision[i], out, e);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What can be chosen at each step of an act. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum proctor_step proctor_step_now(const struct proctor *p)
{
    return proctor_act_of(p->ask.act)->step[p->ask.step];
}

const char *proctor_step_question(const struct proctor *p)
{
    const struct proctor_act_entry *x = proctor_act_of(p->ask.act);
    switch (proctor_step_now(p)) {
    case STEP_WHO:
        return _("For whom?");
    case STEP_STATION:
        return _("To which machine?");
    case STEP_MINUTES:
        return _("How many minutes?");
    case STEP_ARTICLE:
        return _("Which article of order 33?");
    case STEP_TEXT:
        return proctor_says(p, x->ask_text);
    default:
        return "";
    }
}

/* ---- one function per kind of step; each returns how many ---- */

/* Whether an act for one or all can be done for this one. */
static bool one_can(enum proctor_act_id act, const struct control_candidate *c)
{
    switch (act) {
    case ACT_EXTRA:
        return c && proctor_begun(c) && !proctor_ended(c);
    case ACT_PAUSE:
        return c && c->state == SITTING_ANSWERING;
    case ACT_CONTINUE:
        return c && c->state == SITTING_PAUSED;
    default:
        return c != NULL;
    }
}

static size_t menu_options(const struct proctor *p, struct proctor_option *o)
{
    const enum proctor_act_id *act = proctor_act_of(p->ask.act)->menu;
    const struct control_candidate *c = proctor_focus(p).candidate;
    bool seat = p->ask.act == MENU_SEAT;
    size_t n = 0;
    for (; *act; act++)
        if (n < ACT_OPTIONS && proctor_act_possible(p, *act) && (!seat || one_can(*act, c))) {
            o[n].act = *act;
            say(o[n].text, sizeof o[n].text, "%s", proctor_says(p, proctor_act_of(*act)->name));
            n++;
        }
    return n;
}

static void all_option(const struct proctor *p, struct proctor_option *o)
{
    if (p->ask.act == ACT_INCIDENT)
        say(o->text, sizeof o->text, "%s", _("the room as a whole"));
    else
        say(o->text, sizeof o->text, "%s", p->room.lab ? _("all raters") : _("all candidates"));
    say(o->value, sizeof o->value, "%s", p->ask.act == ACT_INCIDENT ? "" : CONTROL_ALL);
}

static size_t who_options(const struct proctor *p, struct proctor_option *o)
{
    const struct control_candidate *c = proctor_focus(p).candidate;
    bool first = p->ask.whole;
    size_t n = 0;
    if (first)
        all_option(p, &o[n++]);
    if (one_can(p->ask.act, c)) {
        say(o[n].text, sizeof o[n].text, _("seat %s  %s  %s"), c->seat, c->name, c->ticket);
        say(o[n++].value, sizeof o->value, "%s", c->ticket);
    }
    if (!first)
        all_option(p, &o[n++]);
    return n;
}

static bool is_spare(const struct control_station *s)
{
    return !*s->ticket && (s->state == CONTROL_ADMITTED || s->state == CONTROL_OPEN) &&
           s->disk == CONTROL_DISK_FINE;
}

static size_t station_options(const struct proctor *p, struct proctor_option *o)
{
    size_t n = 0;
    for (size_t i = 0; i < p->room.n_stations && n < ACT_OPTIONS - 1; i++) {
        const struct control_station *s = &p->room.station[i];
        if (!is_spare(s))
            continue;
        say(o[n].text, sizeof o[n].text, _("free machine %s"), s->name);
        say(o[n++].value, sizeof o->value, "%s", s->name);
    }
    say(o[n++].text, sizeof o->text, "%s", proctor_says(p, N_("wherever the candidate signs in")));
    return n;
}

static size_t minutes_options(const struct proctor *p, struct proctor_option *o)
{
    static const int minutes[] = {5, 10, 15, 20, 30};
    size_t n = 0;
    (void)p;
    for (; n < sizeof minutes / sizeof *minutes; n++) {
        say(o[n].text, sizeof o[n].text, _("%d minutes"), minutes[n]);
        say(o[n].value, sizeof o[n].value, "%d", minutes[n]);
    }
    say(o[n].text, sizeof o[n].text, "%s", _("other number"));
    o[n++].own = true;
    return n;
}

static size_t article_options(const struct proctor *p, struct proctor_option *o)
{
    const struct proctor_article *x = p->ask.act == ACT_CHEATING ? proctor_cheatings : proctor_violations;
    size_t n = 0;
    for (; x[n].number; n++) {
        say(o[n].text, sizeof o[n].text, "%s  %s", x[n].number, _(x[n].title));
        say(o[n].value, sizeof o[n].value, "%s", x[n].number);
    }
    return n;
}

static size_t text_options(const struct proctor *p, struct proctor_option *o)
{
    const char *const *text = proctor_act_of(p->ask.act)->text;
    size_t n = 0;
    for (; text[n]; n++)
        say(o[n].text, sizeof o[n].text, "%s", proctor_says(p, text[n]));
    say(o[n].text, sizeof o[n].text, "%s", _("own words"));
    o[n++].own = true;
    return n;
}

static size_t sure_options(const struct proctor *p, struct proctor_option *o)
{
    say(o[0].text, sizeof o[0].text, "%s", _("no, back to the room"));
    say(o[1].text, sizeof o[1].text, _("yes: %s"), proctor_says(p, proctor_act_of(p->ask.act)->name));
    return 2;
}

size_t proctor_options(const struct proctor *p, struct proctor_option ret[ACT_OPTIONS])
{
    static size_t (*const of[])(const struct proctor *, struct proctor_option *) = {
        [STEP_MENU] = menu_options,       [STEP_WHO] = who_options,         [STEP_STATION] = station_options,
        [STEP_MINUTES] = minutes_options, [STEP_ARTICLE] = article_options, [STEP_TEXT] = text_options,
        [STEP_SURE] = sure_options,
    };
    enum proctor_step step = proctor_step_now(p);
    memset(ret, 0, ACT_OPTIONS * sizeof *ret);
    return step == STEP_END ? 0 : of[step](p, ret);
}

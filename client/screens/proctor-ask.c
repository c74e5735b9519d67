/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for an act: one question at a time; Escape goes one step back. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { OWN_MAX = 300 };

void proctor_complain(struct proctor *p, const char *text)
{
    say(p->message, sizeof p->message, "%s", text);
    p->alarm = true;
}

void proctor_want(struct proctor *p, enum proctor_act_id act, struct proctor_effect *out)
{
    const struct proctor_hand focus = proctor_focus(p);
    const struct proctor_asked *q = &p->ask;
    *out = (struct proctor_effect){.wanted = true, .act = act, .minutes = q->minutes};
    say(out->ticket, sizeof out->ticket, "%s", q->ticket);
    say(out->station, sizeof out->station, "%s", q->station);
    if (!*out->station && focus.station && act != ACT_RESEAT)
        say(out->station, sizeof out->station, "%s", focus.station->name);
    say(out->article, sizeof out->article, "%s", q->article);
    say(out->text, sizeof out->text, "%s", q->text);
    p->busy = act != ACT_LEAVE;
}

static void enter_step(struct proctor *p)
{
    p->ask.cursor = p->ask.scroll = 0;
    field_clear(&p->ask.own);
}

static bool asks_nothing(enum proctor_act_id act)
{
    return proctor_act_of(act)->step[0] == STEP_END;
}

/* A menu with one entry is that entry; one with none is ACT_NONE. */
static enum proctor_act_id only_choice(const struct proctor *p, enum proctor_act_id act)
{
    if (!proctor_act_of(act)->menu)
        return act;
    const enum proctor_act_id *m = proctor_act_of(act)->menu;
    enum proctor_act_id only = ACT_NONE;
    size_t n = 0;
    for (; *m; m++)
        if (proctor_act_possible(p, *m)) {
            only = *m;
            n++;
        }
    return n == 1 ? only : n == 0 ? ACT_NONE : act;
}

static void open_stations(struct proctor *p)
{
    p->screen = PROCTOR_STATIONS;
    p->list_cursor = p->list_scroll = 0;
}

void proctor_begin(struct proctor *p, enum proctor_act_id act, struct proctor_effect *out)
{
    const struct proctor_act_entry *x = proctor_act_of(act);
    const struct proctor_hand focus = proctor_focus(p);
    if (x->service && !p->room.service) {
        proctor_complain(p, _("This needs the room service; this machine works alone."));
        return;
    }
    const char *hindrance = x->hindrance ? x->hindrance(p) : NULL;
    if (hindrance) {
        proctor_complain(p, proctor_says(p, hindrance));
        return;
    }
    enum proctor_act_id only = only_choice(p, act);
    if (only == ACT_NONE) {
        proctor_complain(p, _("There is nothing to be done here at present."));
        return;
    }
    bool whole = act == MENU_CLOCK || (p->screen == PROCTOR_ASK && p->ask.act == MENU_CLOCK);
    act = only;
    enum proctor_act_id menu =
        p->screen == PROCTOR_ASK && proctor_act_of(p->ask.act)->menu ? p->ask.act : ACT_NONE;
    enum proctor_screen from = p->screen == PROCTOR_ASK ? p->ask.from : p->screen;
    int was = p->screen == PROCTOR_ASK ? p->ask.was : (int)p->at;
    p->ask = (struct proctor_asked){.act = act, .menu = menu, .from = from, .was = was, .whole = whole};
    if (focus.candidate)
        say(p->ask.ticket, sizeof p->ask.ticket, "%s", focus.candidate->ticket);
    if (act == ACT_STATIONS)
        open_stations(p);
    else if (asks_nothing(act))
        proctor_want(p, act, out);
    else {
        proctor_go_to(p, &focus, focus.candidate ? AT_SEAT : AT_STATION);
        p->screen = PROCTOR_ASK;
    }
}

/* ---- answers ---- */

static void leave(struct proctor *p)
{
    p->screen = p->ask.from == PROCTOR_ASK ? PROCTOR_ROOM : p->ask.from;
    p->at = p->ask.was;
}

static void step_back(struct proctor *p)
{
    if (p->ask.step > 0)
        p->ask.step--;
    else if (p->ask.menu) {
        p->ask.act = p->ask.menu;
        p->ask.menu = ACT_NONE;
    } else {
        leave(p);
        return;
    }
    enter_step(p);
}

/* After the last step nothing is cleared: what is refused can be tried again. */
static void step_on(struct proctor *p, struct proctor_effect *out)
{
    const struct proctor_act_entry *x = proctor_act_of(p->ask.act);
    if (p->ask.step + 1 >= ACT_STEPS || x->step[p->ask.step + 1] == STEP_END) {
        proctor_want(p, p->ask.act, out);
        return;
    }
    p->ask.step++;
    enter_step(p);
}

static bool take_minutes(struct proctor *p, const char *typed)
{
    char *end;
    long minutes = strtol(typed, &end, 10);
    if (!*typed || *end || minutes < 1 || minutes > PROCTOR_MAX_MINUTES) {
        proctor_complain(p, _("Extra time is a whole number of minutes from 1 to 240."));
        return false;
    }
    p->ask.minutes = minutes;
    return true;
}

static bool take_text(struct proctor *p, const char *text)
{
    if (!text[strspn(text, " ")]) {
        proctor_complain(p, _("Please write a few words; they go into the minutes of the room."));
        return false;
    }
    say(p->ask.text, sizeof p->ask.text, "%s", text);
    return true;
}

/* The answer to the present step; false: it is not one. */
static bool take(struct proctor *p, const struct proctor_option *o)
{
    switch (proctor_step_now(p)) {
    case STEP_WHO:
        say(p->ask.ticket, sizeof p->ask.ticket, "%s", o->value);
        return true;
    case STEP_STATION:
        say(p->ask.station, sizeof p->ask.station, "%s", o->value);
        return true;
    case STEP_MINUTES:
        return take_minutes(p, o->own ? p->ask.own.text : o->value);
    case STEP_ARTICLE:
        say(p->ask.article, sizeof p->ask.article, "%s", o->value);
        return true;
    case STEP_TEXT:
        return take_text(p, o->own ? p->ask.own.text : o->text);
    default:
        return true;
    }
}

static void choose(struct proctor *p, const struct proctor_option *o, struct proctor_effect *out)
{
    enum proctor_step step = proctor_step_now(p);
    if (step == STEP_MENU)
        proctor_begin(p, o->act, out);
    else if (step == STEP_SURE && p->ask.cursor == 0)
        leave(p);
    else if (take(p, o))
        step_on(p, out);
}

/* ---- keys ---- */

static void to_option(struct proctor *p, int to, int n)
{
    int rows = proctor_ask_rows(p);
    p->ask.cursor = to < 0 ? 0 : to >= n ? n - 1 : to;
    if (p->ask.cursor < p->ask.scroll)
        p->ask.scroll = p->ask.cursor;
    if (p->ask.cursor >= p->ask.scroll + rows)
        p->ask.scroll = p->ask.cursor - rows + 1;
}

static void type_own(struct proctor *p, struct key k, const struct proctor_option *o, int n)
{
    if (!o[n - 1].own || (k.code == K_CHAR && p->ask.own.n >= OWN_MAX))
        return;
    to_option(p, n - 1, n);
    field_key(&p->ask.own, proctor_step_now(p) == STEP_MINUTES ? key_plain(k) : k, NULL);
}

void proctor_ask_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    struct proctor_option o[ACT_OPTIONS];
    int n = (int)proctor_options(p, o);
    bool sure = proctor_step_now(p) == STEP_SURE, own = n > 0 && p->ask.cursor < n && o[p->ask.cursor].own;
    if (k.code == K_ESCAPE || k.code == K_F10 || n == 0)
        step_back(p);
    else if (k.code == K_ENTER)
        choose(p, &o[p->ask.cursor < n ? p->ask.cursor : n - 1], out);
    else if (k.code == K_UP || k.code == K_BACK_TAB || (sure && k.code == K_LEFT))
        to_option(p, p->ask.cursor - 1, n);
    else if (k.code == K_DOWN || (!sure && k.code == K_TAB) || (sure && k.code == K_RIGHT))
        to_option(p, p->ask.cursor + 1, n);
    else if (sure && k.code == K_TAB)
        to_option(p, !p->ask.cursor, n);
    else if (!own && (k.code == K_PAGE_UP || k.code == K_PAGE_DOWN))
        to_option(p, p->ask.cursor + (k.code == K_PAGE_DOWN ? 1 : -1) * proctor_ask_rows(p), n);
    else if (k.code == K_CHAR || own)
        type_own(p, k, o, n);
}

void proctor_ask_click(struct proctor *p, int index)
{
    struct proctor_option o[ACT_OPTIONS];
    int n = (int)proctor_options(p, o);
    if (n > 0)
        to_option(p, index, n);
}

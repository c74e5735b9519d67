/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { CODE_MAX_TYPED = 40 };

/* ---- unlocking ---- */

static void unlock_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    k = key_plain(k);
    if (k.code == K_F10)
        proctor_want(p, ACT_LEAVE, out);
    else if (k.code == K_F2 && p->keys.n > 0)
        p->screen = PROCTOR_KEYS;
    else if (k.code == K_ENTER && p->code.n > 0)
        proctor_want(p, ACT_UNLOCK, out);
    else if (k.code != K_CHAR || p->code.n < CODE_MAX_TYPED)
        field_key(&p->code, k, NULL);
}

/* ---- the cursor in the room ---- */

void proctor_show_cursor(struct proctor *p)
{
    const struct control_candidate *c = proctor_focus(p).candidate;
    struct proctor_layout l = proctor_lay_out(p);
    int line = c ? (int)(c - p->room.candidate) / l.columns : 0,
        all = ((int)p->room.n + l.columns - 1) / l.columns;
    if (p->scroll > all - l.lines)
        p->scroll = all > l.lines ? all - l.lines : 0;
    if (c && line < p->scroll)
        p->scroll = line;
    if (c && line >= p->scroll + l.lines)
        p->scroll = line - l.lines + 1;
}

void proctor_go_to(struct proctor *p, const struct proctor_hand *h, int at)
{
    char ticket[PROCTOR_ID], station[PROCTOR_ID];
    say(ticket, sizeof ticket, "%s", h->candidate ? h->candidate->ticket : "");
    say(station, sizeof station, "%s", h->station ? h->station->name : "");
    memcpy(p->ticket, ticket, sizeof p->ticket);
    memcpy(p->station, station, sizeof p->station);
    p->at = at;
    proctor_show_cursor(p);
}

static void move(struct proctor *p, int by)
{
    const struct control_candidate *c = proctor_focus(p).candidate;
    int64_t to = (c ? c - p->room.candidate : 0) + (c ? by : 0), n = (int64_t)p->room.n;
    if (n == 0)
        return;
    to = to < 0 ? 0 : to >= n ? n - 1 : to;
    const struct proctor_hand h = proctor_hand_of(p, &p->room.candidate[to]);
    proctor_go_to(p, &h, AT_SEAT);
}

static void next_hand(struct proctor *p, int by)
{
    const struct proctor_hand now = proctor_focus(p);
    struct proctor_hands all;
    proctor_find_hands(p, &all);
    if (all.n == 0) {
        say(p->message, sizeof p->message, "%s", _("Nobody needs a hand at present."));
        p->alarm = false;
        return;
    }
    int at = by > 0 ? -1 : 0;
    for (int i = 0; i < (int)all.n; i++)
        if (all.hand[i].candidate == now.candidate && all.hand[i].station == now.station)
            at = i;
    proctor_go_to(p, &all.hand[(size_t)(at + by + (int)all.n) % all.n], AT_HAND);
}

/* ---- the keys of the room ---- */

static enum proctor_act_id first_key(const struct proctor *p)
{
    return p->room.state == ROOM_OPEN ? ACT_START : MENU_CLOCK;
}

static void function_key(struct proctor *p, enum key_code code, struct proctor_effect *out)
{
    static const enum proctor_act_id acts[] = {ACT_EXTRA, ACT_RESEAT,   MENU_MARK,  MENU_NOTE,
                                               ACT_TELL,  MENU_COLLECT, MENU_LISTS, ACT_LEAVE};
    if (code == K_F2)
        proctor_begin(p, first_key(p), out);
    else if (code >= K_F3 && code <= K_F10)
        proctor_begin(p, acts[code - K_F3], out);
}

static void take_step(struct proctor *p, int number, struct proctor_effect *out)
{
    const struct proctor_hand h = proctor_focus(p);
    enum proctor_act_id steps[HAND_STEPS + 1];
    proctor_hand_steps(p, &h, steps);
    for (int i = 0; i <= number; i++)
        if (steps[i] == ACT_NONE)
            return;
    proctor_begin(p, steps[number], out);
}

/* Stays with whom it was opened for, whatever happens in the room meanwhile. */
static void open_about(struct proctor *p)
{
    const struct proctor_hand h = proctor_focus(p);
    p->ask.was = p->at;
    if (!h.candidate && !h.station)
        return;
    proctor_go_to(p, &h, h.candidate ? AT_SEAT : AT_STATION);
    p->screen = PROCTOR_ABOUT;
}

static void room_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    struct proctor_layout l = proctor_lay_out(p);
    k = key_plain(k);
    switch (k.code) {
    case K_LEFT:
    case K_RIGHT:
        move(p, k.code == K_RIGHT ? 1 : -1);
        break;
    case K_UP:
    case K_DOWN:
        move(p, k.code == K_DOWN ? l.columns : -l.columns);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        move(p, (k.code == K_PAGE_DOWN ? 1 : -1) * l.columns * l.lines);
        break;
    case K_HOME:
    case K_END:
        move(p, (k.code == K_END ? 1 : -1) * (int)p->room.n);
        break;
    case K_TAB:
    case K_BACK_TAB:
        next_hand(p, k.code == K_TAB ? 1 : -1);
        break;
    case K_ESCAPE:
        p->at = AT_FIRST_HAND;
        proctor_show_cursor(p);
        break;
    case K_ENTER:
        take_step(p, 0, out);
        break;
    case K_CHAR:
        if (k.ch == ' ')
            open_about(p);
        else if (k.ch >= '1' && k.ch < '1' + HAND_STEPS)
            take_step(p, (int)(k.ch - '1'), out);
        break;
    default:
        function_key(p, k.code, out);
    }
}

/* ---- the others ---- */

static void code_key(struct proctor *p, struct key k)
{
    if (k.code != K_ENTER && k.code != K_ESCAPE && k.code != K_F10)
        return;
    memset(p->one_time, 0, sizeof p->one_time);
    p->screen = PROCTOR_ROOM;
    p->at = p->ask.was;
}

static void about_key(struct proctor *p, struct key k)
{
    k = key_plain(k);
    if (k.code != K_ENTER && k.code != K_ESCAPE && k.code != K_F10 && (k.code != K_CHAR || k.ch != ' '))
        return;
    p->screen = PROCTOR_ROOM;
    p->at = p->ask.was;
}

/* Enter is what comes next; it never leaves, for it may be the one that closed the room pressed twice. */
static void closed_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    if (k.code == K_F10)
        proctor_want(p, ACT_LEAVE, out);
    else if (k.code == K_F2 || (k.code == K_ENTER && !*p->record))
        proctor_want(p, ACT_RECORD, out);
    else if (k.code == K_F3 && *p->record && p->can_print)
        proctor_want(p, ACT_PRINT, out);
}

/* Space shows the whole of a message too. */
static bool keeps_message(const struct proctor *p, struct key k)
{
    k = key_plain(k);
    return (p->screen == PROCTOR_ROOM || p->screen == PROCTOR_ABOUT) && k.code == K_CHAR && k.ch == ' ';
}

void proctor_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    *out = (struct proctor_effect){0};
    if (p->busy || p->width < FRAME_MIN_WIDTH || p->height < FRAME_MIN_HEIGHT)
        return;
    if (!keeps_message(p, k))
        p->message[0] = '\0';
    switch (p->screen) {
    case PROCTOR_UNLOCK:
        unlock_key(p, k, out);
        break;
    case PROCTOR_KEYS:
        proctor_keys_key(p, k, out);
        break;
    case PROCTOR_ROOM:
        room_key(p, k, out);
        break;
    case PROCTOR_ASK:
        proctor_ask_key(p, k, out);
        break;
    case PROCTOR_CODE:
        code_key(p, k);
        break;
    case PROCTOR_ABOUT:
        about_key(p, k);
        break;
    case PROCTOR_CLOSED:
        closed_key(p, k, out);
        break;
    default:
        proctor_list_key(p, k, out);
    }
}

void proctor_click(struct proctor *p, struct target t, struct proctor_effect *out)
{
    *out = (struct proctor_effect){0};
    if (p->busy)
        return;
    if (t.kind == TARGET_ITEM && p->screen == PROCTOR_ROOM && (size_t)t.index < p->room.n) {
        const struct proctor_hand h = proctor_hand_of(p, &p->room.candidate[t.index]);
        proctor_go_to(p, &h, AT_SEAT);
    }
    if (t.kind == TARGET_BUTTON && p->screen == PROCTOR_ROOM && t.index < HAND_STEPS)
        take_step(p, t.index, out);
    if (t.kind == TARGET_BUTTON && p->screen == PROCTOR_ASK)
        proctor_ask_click(p, t.index);
}

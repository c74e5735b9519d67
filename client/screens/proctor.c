/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"

enum {
    CELL = 19,
    WIDE_CELL = 28,
    BELOW = 4,
    LEGEND = 2,
    DETAIL = 5,
    LIST_HEAD = 2,
    LIST_FOOT = 8,
    ASK_ANSWERS = 3,
    ASK_AROUND = 11
};

void proctor_init(struct proctor *p, int width, int height)
{
    *p = (struct proctor){.width = width, .height = height, .function_keys = true};
}

static void count_marks(struct proctor_counts *k, const struct control_candidate *c)
{
    bool ended = proctor_ended(c);
    k->here += c->connected || proctor_begun(c);
    k->absent += c->absent;
    k->late += c->late;
    k->sitting += proctor_begun(c) && !ended;
    k->done += ended;
    k->breaches += c->breach != CONTROL_NO_BREACH;
}

struct proctor_counts proctor_count(const struct proctor *p)
{
    struct proctor_counts k = {0};
    for (size_t i = 0; i < p->room.n; i++) {
        k.seat[seat_state_of(&p->room.candidate[i])]++;
        count_marks(&k, &p->room.candidate[i]);
    }
    return k;
}

/* ---- geometry ---- */

struct proctor_layout proctor_lay_out(const struct proctor *p)
{
    struct proctor_layout l = {.end = p->height - BELOW};
    int inside = p->width - 2 * FRAME_LEFT, n = (int)p->room.n;
    int rows = l.end - FRAME_BODY - LEGEND - DETAIL;
    rows = rows < 1 ? 1 : rows;
    l.wide = inside / WIDE_CELL * rows >= n;
    l.cell = l.wide ? WIDE_CELL : CELL;
    l.columns = inside / l.cell < 1 ? 1 : inside / l.cell;
    int wanted = (n + l.columns - 1) / l.columns;
    l.lines = wanted < 1 ? 1 : wanted < rows ? wanted : rows;
    l.cell = inside / l.columns;
    l.legend = FRAME_BODY + l.lines;
    l.detail = l.legend + LEGEND;
    return l;
}

int proctor_list_rows(const struct proctor *p)
{
    int rows = p->height - FRAME_BODY - LIST_HEAD - LIST_FOOT;
    return rows < 1 ? 1 : rows;
}

int proctor_ask_rows(const struct proctor *p)
{
    int rows = p->height - FRAME_BODY - ASK_AROUND + (proctor_step_now(p) == STEP_MENU ? ASK_ANSWERS - 1 : 0);
    return rows < 1 ? 1 : rows;
}

size_t proctor_list_size(const struct proctor *p)
{
    switch (p->screen) {
    case PROCTOR_CHECK:
        return p->check.n;
    case PROCTOR_STATIONS:
        return p->room.n_stations;
    default:
        return p->n_minutes;
    }
}

/* ---- outcomes ---- */

static void tell(struct proctor *p, const char *message, bool alarm)
{
    say(p->message, sizeof p->message, "%s", message);
    p->alarm = alarm;
    p->busy = false;
}

void proctor_opened(struct proctor *p)
{
    p->screen = PROCTOR_ROOM;
    p->at = AT_FIRST_HAND;
    p->waits = p->stopped = false;
    field_clear(&p->code);
    proctor_forget_passphrase(p);
    tell(p, "", false);
}

void proctor_lost(struct proctor *p)
{
    p->screen = PROCTOR_UNLOCK;
    p->stopped = true;
    if (p->keys.n > 0)
        proctor_ask_again(p);
}

void proctor_done(struct proctor *p, enum proctor_act_id act)
{
    const struct control_candidate *c = proctor_candidate(p, p->ask.ticket);
    const char *done = proctor_act_of(act)->done;
    char text[sizeof p->message];
    bool whole = act == ACT_START || act == ACT_ABSENT_ALL || act == ACT_CLEAR || act == ACT_PRINT ||
                 act == ACT_ADMIT || act == ACT_ADMIT_ALL || act == ACT_REFUSE;
    if (c && !whole)
        say(text, sizeof text, _("Seat %s %s: %s"), c->seat, c->name, done ? proctor_says(p, done) : "");
    else
        say(text, sizeof text, "%s", done ? proctor_says(p, done) : "");
    if (p->screen == PROCTOR_ASK) {
        p->screen = p->ask.from == PROCTOR_STATIONS ? PROCTOR_STATIONS : PROCTOR_ROOM;
        p->at = p->ask.was;
    }
    tell(p, text, false);
}

void proctor_failed(struct proctor *p, const char *message)
{
    tell(p, message, true);
}

void proctor_code(struct proctor *p, const char *code)
{
    say(p->one_time, sizeof p->one_time, "%s", code);
    p->screen = PROCTOR_CODE;
    tell(p, "", false);
}

static void show_list(struct proctor *p, enum proctor_screen screen)
{
    if (p->screen != screen)
        p->list_cursor = p->list_scroll = 0;
    p->screen = screen;
    tell(p, "", false);
}

void proctor_checked(struct proctor *p, const struct control_check *check)
{
    size_t first = 0;
    p->check = *check;
    show_list(p, PROCTOR_CHECK);
    while (first < check->n && check->line[first].fine)
        first++;
    if (first == check->n)
        return;
    p->list_cursor = (int)first; /* on the first line where something is to be done */
    int below = p->list_cursor - proctor_list_rows(p) + 1;
    p->list_scroll = below > 0 ? below : 0;
}

void proctor_listed(struct proctor *p, struct control_minute *minute, size_t n)
{
    bool at_end = p->screen != PROCTOR_MINUTES || p->list_cursor + 1 >= (int)p->n_minutes;
    p->minute = minute;
    p->n_minutes = n;
    show_list(p, PROCTOR_MINUTES);
    if (!at_end)
        return;
    p->list_cursor = n > 0 ? (int)n - 1 : 0;
    int first = (int)n - proctor_list_rows(p);
    p->list_scroll = first > 0 ? first : 0;
}

void proctor_recorded(struct proctor *p, const char *path)
{
    say(p->record, sizeof p->record, "%s", path);
    tell(p, "", false);
}

void proctor_room_closed(struct proctor *p, const struct control_closing *c)
{
    p->closing = *c;
    p->screen = PROCTOR_CLOSED;
    tell(p, "", false);
}

void proctor_look(struct proctor *p, const struct control_room *room)
{
    enum hand_kind before = proctor_focus(p).kind;
    p->room = *room;
    p->since_ms = 0;
    if (!p->alarm && before != proctor_focus(p).kind)
        p->message[0] = '\0'; /* what is to be done now matters more than what was done */
    if (p->at == AT_HAND && proctor_focus(p).kind == HAND_NONE)
        p->at = AT_FIRST_HAND;
    proctor_show_cursor(p);
}

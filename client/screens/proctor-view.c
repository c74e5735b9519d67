/* SPDX-License-Identifier: Apache-2.0 */
/* The room: head, seat plan, counts, keys. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { NAME_COLUMNS = 8 };

int proctor_clip(struct grid *g, int x, int y, int columns, enum look look, const char *text)
{
    if ((int)text_width(text) <= columns)
        return grid_text(g, x, y, columns, look, text);
    char shown[2 * PROCTOR_TEXT];
    int room = columns > 2 ? columns - 2 : 0;
    say(shown, sizeof shown, "%.*s", (int)text_fit(text, (size_t)room, NULL), text);
    int used = grid_text(g, x, y, columns, look, shown);
    return used +
           grid_text(g, x + used, y, columns - used < 2 ? columns - used : 2, look, columns < 2 ? "." : "..");
}

void proctor_draw(const struct proctor *p, struct grid *g)
{
    static void (*const draw[PROCTOR_SCREENS])(const struct proctor *, struct grid *) = {
        [PROCTOR_UNLOCK] = proctor_draw_unlock,     [PROCTOR_KEYS] = proctor_draw_keys,
        [PROCTOR_ROOM] = proctor_draw_room,         [PROCTOR_ASK] = proctor_draw_ask,
        [PROCTOR_CODE] = proctor_draw_code,         [PROCTOR_CHECK] = proctor_draw_check,
        [PROCTOR_STATIONS] = proctor_draw_stations, [PROCTOR_MINUTES] = proctor_draw_minutes,
        [PROCTOR_ABOUT] = proctor_draw_about,       [PROCTOR_CLOSED] = proctor_draw_closed,
    };
    grid_clear(g);
    if (frame_too_small(g, true))
        return;
    frame_begin(g, _("Proctor"));
    draw[p->screen](p, g);
}

/* ---- head ---- */

static const char *state_text(const struct proctor *p, char *buf, size_t size)
{
    char running[32], all[32];
    if (p->room.state != ROOM_RUNNING || p->room.running_ms < 0)
        return say(buf, size, "%s", room_state_text(&p->room));
    if (p->room.lab)
        return say(buf, size, _("rating for %s"),
                   duration_text(p->room.running_ms + p->since_ms, running, sizeof running));
    return say(buf, size, _("running %s / %s"),
               duration_text(p->room.running_ms + p->since_ms, running, sizeof running),
               duration_text(p->room.duration_ms, all, sizeof all));
}

void proctor_draw_head(const struct proctor *p, struct grid *g)
{
    const char *name = p->room.room_name && *p->room.room_name ? p->room.room_name : p->room.room;
    char left[3 * PROCTOR_TEXT], right[PROCTOR_TEXT];
    say(left, sizeof left, "%s  %s", name ? name : "", p->room.title ? p->room.title : "");
    state_text(p, right, sizeof right);
    frame_head(g, "", right);
    proctor_clip(g, FRAME_LEFT, 1, frame_columns(g) - (int)text_width(right) - 2, LOOK_TEXT, left);
}

/* ---- seats ---- */

static const char *kept_sign(const struct proctor *p, const struct control_candidate *c)
{
    if (!p->room.service)
        return c->sealed ? "==" : "=-";
    switch (c->kept) {
    case CONTROL_BOTH:
        return "==";
    case CONTROL_HERE:
        return "=-";
    default:
        return "  ";
    }
}

static const char *sign(const struct proctor *p, const struct control_candidate *c, enum hand_kind hand)
{
    if (hand == HAND_ROOM_ONLY)
        return "!R";
    if (hand != HAND_NONE)
        return "!!";
    if (c->pending)
        return "->";
    return proctor_begun(c) ? kept_sign(p, c) : "  ";
}

static enum look look_of(const struct control_candidate *c, enum hand_kind hand)
{
    if (hand != HAND_NONE)
        return LOOK_ALARM;
    return c->sealed ? LOOK_GOOD : c->state == SITTING_ANSWERING ? LOOK_TEXT : LOOK_QUIET;
}

/* Answered and all; of a silent machine since when. */
static const char *progress(const struct control_candidate *c, enum hand_kind hand, char *buf, size_t size)
{
    if (hand == HAND_SILENT) {
        int64_t s = c->silent_ms / 1000;
        return s < 6000 ? say(buf, size, "%02lld:%02lld", (long long)(s / 60), (long long)(s % 60))
                        : say(buf, size, "%lldh", (long long)(s / 3600));
    }
    if (!proctor_begun(c))
        return "";
    return c->items < 100 ? say(buf, size, "%lld/%lld", (long long)c->answered, (long long)c->items)
                          : say(buf, size, "%lld", (long long)c->answered);
}

static void draw_seat(const struct proctor *p, struct grid *g, int x, int y, const struct proctor_layout *l,
                      size_t i, bool focus)
{
    const struct control_candidate *c = &p->room.candidate[i];
    enum hand_kind hand = proctor_hand_of(p, c).kind;
    char text[64];
    int at = x + 6, name = NAME_COLUMNS + l->cell - 28;
    say(text, sizeof text, "%s%.*s", focus ? ">" : " ", (int)text_fit(c->seat, 4, NULL), c->seat);
    grid_text_right(g, x + 5, y, focus ? LOOK_CURSOR : LOOK_STRONG, text);
    if (l->wide) {
        proctor_clip(g, at, y, name, LOOK_TEXT, c->name);
        at += name + 1;
    }
    grid_text(g, at, y, 4, look_of(c, hand), seat_state_short(seat_state_of(c), proctor_is_rater(c)));
    grid_text_right(g, at + 10, y, LOOK_TEXT, progress(c, hand, text, sizeof text));
    grid_text(g, at + 11, y, 2, look_of(c, hand), sign(p, c, hand));
    grid_target(g, x, y, l->cell, (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

static void draw_seats(const struct proctor *p, struct grid *g, const struct proctor_layout *l)
{
    const struct control_candidate *focus = proctor_focus(p).candidate;
    size_t first = (size_t)(p->scroll * l->columns), end = first + (size_t)(l->lines * l->columns);
    for (size_t i = first; i < p->room.n && i < end; i++) {
        int k = (int)(i - first);
        draw_seat(p, g, FRAME_LEFT + k % l->columns * l->cell, FRAME_BODY + k / l->columns, l, i,
                  focus == &p->room.candidate[i]);
    }
    char text[64];
    if (first > 0 || end < p->room.n)
        grid_text_right(g, frame_end(g), FRAME_BODY - 1, LOOK_WARN,
                        say(text, sizeof text, _(" %zu to %zu of %zu: PageUp, PageDown "), first + 1,
                            end < p->room.n ? end : p->room.n, p->room.n));
}

/* ---- the last lines ---- */

static void draw_counts(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_counts c = proctor_count(p);
    char text[2 * PROCTOR_TEXT];
    say(text, sizeof text,
        p->room.lab
            ? _("raters %zu came %zu absent %zu late %zu  rating %zu done %zu stopped %zu breaches %zu")
            : _("listed %zu here %zu absent %zu late %zu  work %zu done %zu stopped %zu breaches %zu"),
        p->room.n,
        c.here, c.absent, c.late, c.seat[SEAT_WORKING] + c.seat[SEAT_PAUSED], c.done, c.seat[SEAT_STOPPED],
        c.breaches);
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG, text);
}

static const char *keys(const struct proctor *p, char *buf, size_t size)
{
    static const char *const digits[] = {"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10"};
    static const char *const alt[] = {"2", "3", "4", "5", "6", "7", "8", "9", "0"};
    const char *const *k = p->function_keys ? digits : alt;
    const char *clock = p->room.state == ROOM_OPEN ? _("start") : _("pause");
    char move[48] = "", leave[48];
    if (p->room.service)
        say(move, sizeof move, _("%s move "), k[2]);
    say(leave, sizeof leave, "%s", _("leave"));
    if (p->room.lab)
        return say(buf, size, _("%s%s %s %s%s mark %s note %s tell %s close %s lists %s %s"),
                   p->function_keys ? "" : _("Alt+ "), k[0], clock, move, k[3], k[4], k[5], k[6], k[7], k[8],
                   leave);
    return say(buf, size, _("%s%s %s %s time %s%s mark %s note %s tell %s close %s lists %s %s"),
               p->function_keys ? "" : _("Alt+ "), k[0], clock, k[1], move, k[3], k[4], k[5], k[6], k[7],
               k[8], leave);
}

static const char *legend(const struct proctor *p)
{
    return p->room.service ? _("== machine+room  =- machine  !R room only  -> on its way  !! needs a hand")
                           : _("=- saved on the machine   == ended and signed   !! needs a hand (Tab)");
}

/* In the rule over the lower part: how many need a hand, and the key for all of what stands below. */
static void draw_hands(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_hands all;
    char text[64];
    frame_rule(g, y);
    proctor_find_hands(p, &all);
    if (p->room.n > 0 || all.n > 0)
        grid_text_right(g, frame_end(g), y, LOOK_QUIET, _(" Space: all about it "));
    if (all.n > 0)
        grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_ALARM,
                  say(text, sizeof text, _(" need a hand: %zu (Tab) "), all.n));
}

void proctor_draw_room(const struct proctor *p, struct grid *g)
{
    struct proctor_layout l = proctor_lay_out(p);
    char text[2 * PROCTOR_TEXT];
    proctor_draw_head(p, g);
    draw_seats(p, g, &l);
    grid_text(g, FRAME_LEFT, l.legend, frame_columns(g), LOOK_QUIET, legend(p));
    draw_hands(p, g, l.legend + 1);
    proctor_draw_detail(p, g, &l);
    frame_rule(g, l.end);
    draw_counts(p, g, l.end + 1);
    grid_text(g, FRAME_LEFT, g->height - 2, frame_columns(g), LOOK_QUIET, keys(p, text, sizeof text));
}

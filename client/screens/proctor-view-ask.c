/* SPDX-License-Identifier: Apache-2.0 */
/* One step of an act, and the one-time code. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/letters.h"
#include "client/screens/proctor.h"

enum { LABEL_END = 36 };

static const char *whom(const struct proctor *p, char *buf, size_t size)
{
    const struct control_candidate *c = proctor_candidate(p, p->ask.ticket);
    const struct control_station *s = proctor_focus(p).station;
    if (p->ask.act == ACT_REFUSE || p->ask.act == MENU_STATION)
        return s ? say(buf, size, _("machine %s"), s->name) : "";
    if (strcmp(p->ask.ticket, CONTROL_ALL) == 0)
        return say(buf, size, "%s", p->room.lab ? _("all raters") : _("all candidates"));
    return c ? say(buf, size, _("seat %s  %s  %s"), c->seat, c->name, c->ticket) : say(buf, size, "%s", "");
}

/* Acts for the room or a machine name no candidate. */
static bool names_candidate(const struct proctor *p)
{
    switch (p->ask.act) {
    case ACT_START:
    case ACT_ABSENT_ALL:
    case ACT_CLOSE:
    case ACT_CLEAR:
    case MENU_CLOCK:
    case MENU_LISTS:
        return false;
    default:
        return true;
    }
}

static bool asked_before(const struct proctor *p, enum proctor_step step)
{
    for (int i = 0; i < p->ask.step; i++)
        if (proctor_act_of(p->ask.act)->step[i] == step)
            return true;
    return false;
}

/* What was answered so far. */
static int draw_answers(const struct proctor *p, struct grid *g, int y)
{
    char text[2 * PROCTOR_TEXT];
    int x = FRAME_LEFT + 2, columns = frame_columns(g) - 2;
    if (asked_before(p, STEP_STATION))
        proctor_clip(
            g, x, y++, columns, LOOK_TEXT,
            say(text, sizeof text, _("machine: %s"),
                *p->ask.station ? p->ask.station : proctor_says(p, N_("wherever the candidate signs in"))));
    if (asked_before(p, STEP_MINUTES))
        proctor_clip(g, x, y++, columns, LOOK_TEXT,
                     say(text, sizeof text, _("%lld more minutes"), (long long)p->ask.minutes));
    if (asked_before(p, STEP_ARTICLE))
        proctor_clip(g, x, y++, columns, LOOK_TEXT, say(text, sizeof text, _("article %s"), p->ask.article));
    if (asked_before(p, STEP_TEXT))
        proctor_clip(g, x, y++, columns, LOOK_TEXT, p->ask.text);
    return y;
}

static int count(struct grid *g, int y, const char *label, size_t n, enum look look)
{
    char text[32];
    grid_text_right(g, LABEL_END, y, LOOK_TEXT, label);
    grid_text(g, LABEL_END + 2, y, 12, look, say(text, sizeof text, "%zu", n));
    return y + 1;
}

static int draw_start(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_counts c = proctor_count(p);
    y = count(g, y, p->room.lab ? _("raters on the list") : _("on the list"), p->room.n, LOOK_STRONG);
    y = count(g, y, _("signed in now"), c.here, LOOK_STRONG);
    y = count(g, y, _("marked absent"), c.absent, LOOK_STRONG);
    return count(g, y, _("not here yet"), c.seat[SEAT_NEW], c.seat[SEAT_NEW] ? LOOK_WARN : LOOK_STRONG) + 1;
}

static int draw_absent(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_counts c = proctor_count(p);
    y = count(g, y, p->room.lab ? _("raters on the list") : _("on the list"), p->room.n, LOOK_STRONG);
    y = count(g, y, _("have come"), c.here, LOOK_STRONG);
    y = count(g, y, _("marked absent"), c.seat[SEAT_ABSENT], LOOK_STRONG);
    return count(g, y, _("not here, marked absent now"), c.seat[SEAT_NEW], LOOK_WARN) + 1;
}

static int draw_close(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_counts c = proctor_count(p);
    size_t none = c.seat[SEAT_NEW] + c.seat[SEAT_WAITING];
    y = count(g, y, p->room.lab ? _("raters on the list") : _("on the list"), p->room.n, LOOK_STRONG);
    y = count(g, y, _("handed in or ended"), c.done, LOOK_STRONG);
    y = count(g, y, _("marked absent"), c.seat[SEAT_ABSENT], LOOK_STRONG);
    y = count(g, y, _("not begun, will count as absent"), none, none ? LOOK_WARN : LOOK_STRONG);
    return count(g, y, _("still open, will be ended now"), c.sitting, c.sitting ? LOOK_ALARM : LOOK_STRONG) +
           1;
}

static void draw_sure(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_option o[ACT_OPTIONS];
    int end = g->height - 7;
    y = draw_answers(p, g, y) + 1;
    if (p->ask.act == ACT_START)
        y = draw_start(p, g, y);
    if (p->ask.act == ACT_ABSENT_ALL)
        y = draw_absent(p, g, y);
    if (p->ask.act == ACT_CLOSE)
        y = draw_close(p, g, y);
    y = frame_paragraph(g, y, end, 2, LOOK_WARN, proctor_says(p, proctor_act_of(p->ask.act)->sure)) + 1;
    proctor_options(p, o);
    int x = frame_button(g, FRAME_LEFT + 2, y, p->ask.cursor == 0, 0, o[0].text);
    frame_button(g, x + 4, y, p->ask.cursor == 1, 1, o[1].text);
}

static void draw_option(const struct proctor *p, struct grid *g, int y, const struct proctor_option *o,
                        int index)
{
    bool focus = index == p->ask.cursor;
    int x = FRAME_LEFT + 2, columns = frame_columns(g) - 4;
    if (!o->own) {
        grid_text(g, x, y, 2, focus ? LOOK_CURSOR : LOOK_TEXT, focus ? "> " : "  ");
        proctor_clip(g, x + 2, y, columns - 2, focus ? LOOK_CURSOR : LOOK_TEXT, o->text);
        grid_target(g, x, y, columns, (struct target){.kind = TARGET_BUTTON, .index = index});
        return;
    }
    int cursor_x = g->cursor_x, cursor_y = g->cursor_y,
        from = frame_button(g, x, y, focus, index, o->text) + 2;
    int room = proctor_step_now(p) == STEP_MINUTES ? 6 : frame_end(g) - from - 4;
    frame_field(g, from, y, room, &p->ask.own);
    if (!focus)
        grid_cursor(g, cursor_x, cursor_y);
}

static void draw_options(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_option o[ACT_OPTIONS];
    int n = (int)proctor_options(p, o), rows = proctor_ask_rows(p);
    y = draw_answers(p, g, y);
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG, proctor_step_question(p));
    for (int i = 0; i < rows && p->ask.scroll + i < n; i++)
        draw_option(p, g, y + 2 + i, &o[p->ask.scroll + i], p->ask.scroll + i);
    if (p->ask.scroll + rows < n)
        grid_text_right(g, frame_end(g), y, LOOK_QUIET, _("more below"));
}

static bool typed(const struct proctor *p)
{
    return proctor_step_now(p) == STEP_TEXT || proctor_step_now(p) == STEP_MINUTES;
}

void proctor_draw_ask(const struct proctor *p, struct grid *g)
{
    char subject[3 * PROCTOR_TEXT];
    bool sure = proctor_step_now(p) == STEP_SURE;
    int y = FRAME_BODY, used = grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_TITLE,
                                         proctor_says(p, proctor_act_of(p->ask.act)->name));
    proctor_draw_head(p, g);
    if (names_candidate(p) && (asked_before(p, STEP_WHO) || proctor_step_now(p) != STEP_WHO))
        proctor_clip(g, FRAME_LEFT + used + 3, y, frame_columns(g) - used - 3, LOOK_STRONG,
                     whom(p, subject, sizeof subject));
    sure ? draw_sure(p, g, y + 1) : draw_options(p, g, y + 1);
    proctor_draw_message(p, g, g->height - 6, g->height - 3);
    frame_keys(g, g->height - 3,
               sure       ? _("Left/Right choose  Enter confirm  Escape back")
               : typed(p) ? _("Up/Down choose  Enter take it  typing: own words  Escape back")
                          : _("Up/Down choose  Enter take it  Escape back"));
}

/* ---- the one-time code ---- */

void proctor_draw_code(const struct proctor *p, struct grid *g)
{
    char text[2 * PROCTOR_TEXT], who[PROCTOR_TEXT];
    int y = FRAME_BODY + 1, end = g->height - 4;
    proctor_draw_head(p, g);
    y = frame_centred(g, y, end, LOOK_STRONG, whom(p, who, sizeof who)) + 1;
    y = letters_draw(g, (g->width - letters_width(p->one_time)) / 2, y, LOOK_STRONG, p->one_time) + 1;
    y = frame_centred(g, y, end, LOOK_TITLE, p->one_time) + 1;
    frame_paragraph(
        g, y, end, 2, LOOK_TEXT,
        say(text, sizeof text, "%s",
            proctor_says(
                p,
                N_("Read it out to the candidate, or type it there. It works once, for this candidate only. "
                   "0 is a zero and 1 a one: there is no letter O or I in it."))));
    frame_keys(g, g->height - 3, _("Enter back to the room"));
}

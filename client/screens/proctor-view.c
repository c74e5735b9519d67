/* SPDX-License-Identifier: Apache-2.0 */
/* The room, and the dialogs in its lower part. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

/* Rows from the bottom: border, keys, rule, counts, rule, two of the message, four of the candidate, rule, legend. */
enum { COUNTS = 4, CANDIDATE = 10, LEGEND = 12 };

void proctor_draw(const struct proctor *p, struct grid *g)
{
    grid_clear(g);
    if (frame_too_small(g))
        return;
    frame_begin(g, _("Proctor"));
    if (p->screen == PROCTOR_UNLOCK)
        proctor_draw_unlock(p, g);
    else if (p->screen == PROCTOR_CLOSE)
        proctor_draw_close(p, g);
    else if (p->screen == PROCTOR_CLOSED)
        proctor_draw_closed(p, g);
    else
        proctor_draw_room(p, g);
}

static const char *sign(const struct proctor_row *r)
{
    if (proctor_needs_hand(r))
        return "!!";
    if (r->state == ROW_NEW || r->state == ROW_ABSENT)
        return "  ";
    return r->sealed ? "==" : "=-";
}

static enum look look(const struct proctor_row *r)
{
    if (proctor_needs_hand(r))
        return LOOK_ALARM;
    return r->sealed ? LOOK_GOOD : r->state == ROW_WORKING ? LOOK_TEXT : LOOK_QUIET;
}

static void draw_seat(const struct proctor *p, struct grid *g, int x, int y, int columns, size_t i)
{
    const struct proctor_row *r = &p->row[i];
    bool focus = i == p->cursor;
    char text[64];
    grid_text(g, x, y, 1, LOOK_CURSOR, focus ? ">" : " ");
    size_t n = text_fit(r->seat, 5, NULL);
    say(text, sizeof text, "%.*s", (int)n, r->seat);
    grid_text(g, x + 1, y, 5, focus ? LOOK_CURSOR : LOOK_STRONG, text);
    grid_text(g, x + 7, y, 9, look(r), proctor_state_text(r->state));
    if (r->state != ROW_NEW && r->state != ROW_ABSENT)
        grid_text_right(g, x + columns - 3, y, LOOK_TEXT,
                        say(text, sizeof text, "%lld/%lld", (long long)r->answered, (long long)r->items));
    grid_text(g, x + columns - 3, y, 2, look(r), sign(r));
    grid_target(g, x, y, columns, (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

static void draw_seats(const struct proctor *p, struct grid *g)
{
    int columns = proctor_columns(p), width = frame_columns(g) / columns, lines = proctor_lines(p);
    for (int line = 0; line < lines; line++)
        for (int c = 0; c < columns; c++) {
            size_t i = (size_t)((p->scroll + line) * columns + c);
            if (i < p->n)
                draw_seat(p, g, FRAME_LEFT + c * width, FRAME_BODY + line, width, i);
        }
}

static void draw_candidate(const struct proctor *p, struct grid *g, int y)
{
    const struct proctor_row *r = proctor_current(p);
    char text[3 * PROCTOR_TEXT], time[32], name[PROCTOR_TEXT];
    if (!r)
        return;
    say(name, sizeof name, "%.*s", (int)text_fit(r->name, 24, NULL), r->name);
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG,
              say(text, sizeof text, _("seat %s  %s  %s"), r->seat, name, r->ticket));
    if (r->state == ROW_NEW || r->state == ROW_ABSENT)
        say(text, sizeof text, "%s", proctor_state_text(r->state));
    else if (r->receipt[0])
        say(text, sizeof text, _("%s   answered %lld of %lld   receipt %s"), proctor_state_text(r->state),
            (long long)r->answered, (long long)r->items, r->receipt);
    else
        say(text, sizeof text, _("%s   answered %lld of %lld   time left %s   interruptions %lld"),
            proctor_state_text(r->state), (long long)r->answered, (long long)r->items,
            duration_text(r->left_ms, time, sizeof time), (long long)r->interruptions);
    grid_text(g, FRAME_LEFT + 2, y + 1, frame_columns(g) - 2, LOOK_TEXT, text);
    if (r->state == ROW_STOPPED && p->screen == PROCTOR_ROOM)
        frame_paragraph(g, y + 2, y + 4, 2, LOOK_WARN,
                        _("The screen of this candidate is not running. All saved answers are there: start "
                          "kaochang-client sit at the seat again and sign in; the time has stood still."));
}

static void draw_dialog_field(const struct proctor *p, struct grid *g, int y, const char *label, int columns,
                              const struct field *f, bool focus)
{
    int x = FRAME_LEFT + 2, cursor_x = g->cursor_x, cursor_y = g->cursor_y;
    (void)p;
    x += grid_text(g, x, y, 30, focus ? LOOK_CURSOR : LOOK_TEXT, label) + 1;
    frame_field(g, x, y, columns, f);
    if (!focus)
        grid_cursor(g, cursor_x, cursor_y);
}

static void draw_dialog(const struct proctor *p, struct grid *g, int y)
{
    const struct proctor_row *r = proctor_current(p);
    if (p->screen == PROCTOR_EXTRA) {
        draw_dialog_field(p, g, y, _("Extra minutes"), 6, &p->minutes, p->focus == 0);
        draw_dialog_field(p, g, y + 1, _("Reason"), 44, &p->reason, p->focus == 1);
    }
    if (p->screen == PROCTOR_END) {
        grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, LOOK_WARN,
                  _("This ends the candidate's exam for good; all saved answers count."));
        draw_dialog_field(p, g, y + 1, _("Reason"), 44, &p->reason, true);
    }
    if (p->screen == PROCTOR_ABSENT && r)
        grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, LOOK_WARN,
                  r->state == ROW_ABSENT ? _("Take the mark \"absent\" back?") : _("Mark this candidate as absent?"));
}

static const char *keys(const struct proctor *p, char *buf, size_t size)
{
    static const char *const plain[] = {"F3", "F5", "F6", "F8", "F10"}, *const alt[] = {"Alt+3", "Alt+5", "Alt+6",
                                                                                        "Alt+8", "Alt+0"};
    const char *const *k = p->function_keys ? plain : alt;
    switch (p->screen) {
    case PROCTOR_ROOM:
        return say(buf, size, _("%s extra time  %s absent  %s end  %s close room  %s leave"), k[0], k[1], k[2], k[3],
                   k[4]);
    case PROCTOR_EXTRA:
        return _("Tab other field  Enter give extra time  Escape back");
    case PROCTOR_END:
        return _("Enter end this exam  Escape back");
    default:
        return _("Enter confirm  Escape back");
    }
}

static void draw_counts(const struct proctor *p, struct grid *g, int y)
{
    struct proctor_counts c = proctor_count(p);
    char text[2 * PROCTOR_TEXT];
    say(text, sizeof text, _("listed %zu  not begun %zu  working %zu  stopped %zu  done %zu  absent %zu"), p->n,
        c.state[ROW_NEW], c.state[ROW_WORKING] + c.state[ROW_PAUSED], c.state[ROW_STOPPED],
        c.state[ROW_HANDED_IN] + c.state[ROW_ENDED], c.state[ROW_ABSENT]);
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG, text);
}

void proctor_draw_room(const struct proctor *p, struct grid *g)
{
    char text[2 * PROCTOR_TEXT];
    int h = g->height, room = frame_columns(g) - (int)text_width(p->window) - 2;
    size_t n = text_fit(p->room, (size_t)room, NULL);
    frame_head(g, say(text, sizeof text, "%.*s", (int)n, p->room), p->window);
    draw_seats(p, g);
    grid_text(g, FRAME_LEFT, h - LEGEND, frame_columns(g), LOOK_QUIET,
              _("=- saved on this machine   == ended and signed   !! needs a hand (Tab)"));
    frame_rule(g, h - LEGEND + 1);
    draw_candidate(p, g, h - CANDIDATE);
    draw_dialog(p, g, h - CANDIDATE + 2);
    const char *note = p->message[0] ? p->message
                       : p->outside_window ? _("The clock of this machine stands outside the session's time window. "
                                               "Please check the clock; the exam goes on.")
                                           : "";
    frame_paragraph(g, h - CANDIDATE + 4, h - COUNTS - 1, 0, p->alarm || !p->message[0] ? LOOK_WARN : LOOK_GOOD, note);
    frame_rule(g, h - COUNTS);
    draw_counts(p, g, h - COUNTS + 1);
    grid_text(g, FRAME_LEFT, h - 2, frame_columns(g), LOOK_QUIET, keys(p, text, sizeof text));
}

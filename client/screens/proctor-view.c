/* SPDX-License-Identifier: Apache-2.0 */
/* The room, and the dialogs in its lower part. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

/* Rows from the bottom: border, keys, counts, rule, five of the candidate, rule, legend. */
enum { COUNTS = 4, CANDIDATE = 9, LEGEND = 11 };

void proctor_draw(const struct proctor *p, struct grid *g)
{
    grid_clear(g);
    if (frame_too_small(g, true))
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

/* Four columns: what there is room for. */
static const char *short_state(enum row_state s)
{
    static const char *const words[ROW_STATES] = {
        [ROW_NEW] = N_("new"),      [ROW_ABSENT] = N_("away"), [ROW_WORKING] = N_("work"),
        [ROW_STOPPED] = N_("stop"), [ROW_PAUSED] = N_("hold"), [ROW_HANDED_IN] = N_("done"),
        [ROW_ENDED] = N_("end")};
    return _(words[s]);
}

static const char *progress(const struct proctor_row *r, char *buf, size_t size)
{
    if (r->state == ROW_NEW || r->state == ROW_ABSENT)
        return "";
    return r->items < 100 ? say(buf, size, "%lld/%lld", (long long)r->answered, (long long)r->items)
                          : say(buf, size, "%lld", (long long)r->answered);
}

static void draw_seat(const struct proctor *p, struct grid *g, int x, int y, int columns, size_t i)
{
    const struct proctor_row *r = &p->row[i];
    bool focus = i == p->cursor;
    char text[64];
    say(text, sizeof text, "%s%.*s", focus ? ">" : " ", (int)text_fit(r->seat, 4, NULL), r->seat);
    grid_text_right(g, x + 5, y, focus ? LOOK_CURSOR : LOOK_STRONG, text);
    grid_text(g, x + 6, y, 4, look(r), short_state(r->state));
    grid_text_right(g, x + 16, y, LOOK_TEXT, progress(r, text, sizeof text));
    grid_text(g, x + 17, y, 2, look(r), sign(r));
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

static void draw_progress(const struct proctor_row *r, struct grid *g, int y)
{
    char text[3 * PROCTOR_TEXT], time[32];
    if (r->state == ROW_NEW || r->state == ROW_ABSENT)
        say(text, sizeof text, "%s", proctor_state_text(r->state));
    else if (r->receipt[0])
        say(text, sizeof text, _("%s   answered %lld of %lld   receipt %s"), proctor_state_text(r->state),
            (long long)r->answered, (long long)r->items, r->receipt);
    else
        say(text, sizeof text, _("%s   answered %lld of %lld   time left %s   interruptions %lld"),
            proctor_state_text(r->state), (long long)r->answered, (long long)r->items,
            duration_text(r->left_ms, time, sizeof time), (long long)r->interruptions);
    grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, LOOK_TEXT, text);
}

static void draw_name(const struct proctor_row *r, struct grid *g, int y)
{
    char text[3 * PROCTOR_TEXT], name[PROCTOR_TEXT];
    say(name, sizeof name, "%.*s", (int)text_fit(r->name, 24, NULL), r->name);
    grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG,
              say(text, sizeof text, _("seat %s  %s  %s"), r->seat, name, r->ticket));
}

static const char *advice(const struct proctor *p)
{
    const struct proctor_row *r = proctor_current(p);
    if (r && r->state == ROW_STOPPED)
        return _("The screen of this candidate is not running. All saved answers are there: start "
                 "kaochang-client sit at the seat again and sign in; the time has stood still.");
    if (p->outside_window)
        return _("The clock of this machine stands outside the session's time window. Please check the "
                 "clock; the exam goes on.");
    return "";
}

static void draw_note(const struct proctor *p, struct grid *g, int y, int limit)
{
    bool told = p->message[0] != '\0';
    frame_paragraph(g, y, limit, told ? 0 : 2, told && !p->alarm ? LOOK_GOOD : LOOK_WARN,
                    told                        ? p->message
                    : p->screen == PROCTOR_ROOM ? advice(p)
                                                : "");
}

static void draw_dialog_field(struct grid *g, int y, const char *label, int columns, const struct field *f,
                              bool focus)
{
    int x = FRAME_LEFT + 2, cursor_x = g->cursor_x, cursor_y = g->cursor_y;
    x += grid_text(g, x, y, 30, focus ? LOOK_CURSOR : LOOK_TEXT, label) + 1;
    frame_field(g, x, y, columns, f);
    if (!focus)
        grid_cursor(g, cursor_x, cursor_y);
}

static void draw_dialog(const struct proctor *p, struct grid *g, int y)
{
    const struct proctor_row *r = proctor_current(p);
    if (p->screen == PROCTOR_EXTRA) {
        draw_dialog_field(g, y, _("Extra minutes"), 6, &p->minutes, p->focus == 0);
        draw_dialog_field(g, y + 1, _("Reason"), 44, &p->reason, p->focus == 1);
    }
    if (p->screen == PROCTOR_END) {
        grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, LOOK_WARN,
                  _("This ends the candidate's exam for good; all saved answers count."));
        draw_dialog_field(g, y + 1, _("Reason"), 44, &p->reason, true);
    }
    if (p->screen == PROCTOR_ABSENT && r)
        grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, LOOK_WARN,
                  r->state == ROW_ABSENT ? _("Take the mark \"absent\" back?")
                                         : _("Mark this candidate as absent?"));
}

/* The candidate under the cursor: how far, or the question about them; then what happened or is advised. */
static void draw_candidate(const struct proctor *p, struct grid *g, int y, int limit)
{
    const struct proctor_row *r = proctor_current(p);
    bool asked = p->screen != PROCTOR_ROOM;
    if (r)
        draw_name(r, g, y);
    if (r && !asked)
        draw_progress(r, g, y + 1);
    if (r && asked)
        draw_dialog(p, g, y + 1);
    draw_note(p, g, asked ? y + 3 : y + 2, limit);
}

static const char *keys(const struct proctor *p, char *buf, size_t size)
{
    static const char *const plain[] = {"F3", "F5", "F6", "F8", "F10"};
    static const char *const alt[] = {"Alt+3", "Alt+5", "Alt+6", "Alt+8", "Alt+0"};
    const char *const *k = p->function_keys ? plain : alt;
    switch (p->screen) {
    case PROCTOR_ROOM:
        return say(buf, size, _("%s extra time  %s absent  %s end  %s close room  %s leave"), k[0], k[1],
                   k[2], k[3], k[4]);
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
    say(text, sizeof text, _("listed %zu  not begun %zu  working %zu  stopped %zu  done %zu  absent %zu"),
        p->n, c.state[ROW_NEW], c.state[ROW_WORKING] + c.state[ROW_PAUSED], c.state[ROW_STOPPED],
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
    draw_candidate(p, g, h - CANDIDATE, h - COUNTS);
    frame_rule(g, h - COUNTS);
    draw_counts(p, g, h - COUNTS + 1);
    grid_text(g, FRAME_LEFT, h - 2, frame_columns(g), LOOK_QUIET, keys(p, text, sizeof text));
}

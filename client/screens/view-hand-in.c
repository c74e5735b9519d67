/* SPDX-License-Identifier: Apache-2.0 */
/* The check before handing in: what is open, the safe answer first, confirmed by the ticket's last four
 * digits. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "paperbank/item/paper.h"

enum { FOOT = 9 }; /* rows from the sentence about handing in to the border */

int view_hand_in_rows(const struct model *m)
{
    return m->height - FOOT - view_alert_rows(m) - FRAME_BODY - 4;
}

static void draw_open_item(const struct model *m, struct grid *g, int y, size_t i)
{
    const struct question *q = &m->work->question[i];
    char text[2 * MODEL_TEXT], points[64], answer[FIELD_MAX + 8], place[64];
    bool answered = question_answered(q);
    int x = FRAME_LEFT + 2;
    grid_text(g, x, y, 14, LOOK_WARN,
              !answered              ? _("not answered")
              : question_complete(q) ? _("flagged")
                                     : _("incomplete"));
    view_points(q->points, points, sizeof points);
    say(place, sizeof place, _("item %zu"), i + 1);
    grid_text(g, x + 14, y, 12, LOOK_TEXT, place);
    grid_text(g, x + 26, y, 18, LOOK_QUIET, view_kind(q));
    grid_text(g, x + 44, y, 12, LOOK_QUIET, points);
    x += 56;
    if (answered) {
        say(text, sizeof text, _("(answered %.*s%s)"), 0, "", "");
        size_t room = (size_t)(frame_end(g) - x) - text_width(text);
        question_answer_text(q, answer, sizeof answer);
        size_t n = text_fit(answer, text_width(answer) > room ? room - 2 : room, NULL);
        say(text, sizeof text, _("(answered %.*s%s)"), (int)n, answer, answer[n] ? ".." : "");
        grid_text(g, x, y, frame_end(g) - x, LOOK_QUIET, text);
    }
}

static void draw_open_items(const struct model *m, struct grid *g)
{
    size_t open[PAPER_MAX_ITEMS], n = model_open_items(m, open, PAPER_MAX_ITEMS);
    int rows = view_hand_in_rows(m), y = FRAME_BODY + 3;
    char text[100];
    if (n == 0)
        frame_paragraph(g, y, y + 2, 2, LOOK_GOOD, _("Every item is answered, and none is flagged."));
    for (int i = 0; i < rows && (size_t)(m->scroll + i) < n; i++) {
        bool last = i == rows - 1 && (size_t)(m->scroll + i) + 1 < n;
        if (last)
            grid_text(g, FRAME_LEFT + 2, y++, frame_columns(g) - 2, LOOK_WARN,
                      say(text, sizeof text, _("and %zu more"), n - (size_t)(m->scroll + i)));
        else
            draw_open_item(m, g, y++, open[m->scroll + i]);
    }
}

static void draw_buttons(const struct model *m, struct grid *g, int y)
{
    size_t first;
    char text[100];
    int x = FRAME_LEFT + 2;
    if (model_open_items(m, &first, 1) > 0)
        x = 4 + frame_button(g, x, y, m->button == BUTTON_GO_TO, BUTTON_GO_TO,
                             say(text, sizeof text, _("go to item %zu"), first + 1));
    x = 4 + frame_button(g, x, y, m->button == BUTTON_BACK, BUTTON_BACK, _("go on answering"));
    frame_button(g, x, y, m->button == BUTTON_CONFIRM, BUTTON_CONFIRM, _("hand in now"));
}

static void draw_confirm(const struct model *m, struct grid *g, int y)
{
    const char *label = _("To hand in, type the last four digits of your ticket number:");
    int x = FRAME_LEFT + 2;
    x += grid_text(g, x, y, frame_columns(g) - 10, LOOK_STRONG, label) + 1;
    frame_field(g, x, y, MODEL_CONFIRM_DIGITS + 1, &m->confirm);
}

void view_hand_in(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT], right[100];
    frame_begin(g, view_title(m));
    frame_head(g, _("Check before handing in"), view_time_left(m, right, sizeof right));
    grid_text(g, FRAME_LEFT + 2, FRAME_BODY + 1, frame_columns(g) - 2, LOOK_STRONG,
              view_counts(m, text, sizeof text));
    draw_open_items(m, g);
    view_alert(m, g, g->height - FOOT);
    int y = g->height - FOOT;
    frame_paragraph(
        g, y, y + 2, 2, LOOK_TEXT,
        m->tutorial ? _("In the exam nothing can be changed after this. Here it ends the practice.")
                    : _("Nothing can be changed after handing in. Items without an answer get 0 points."));
    if (m->confirming)
        draw_confirm(m, g, y + 3);
    else
        draw_buttons(m, g, y + 3);
    frame_keys(g, g->height - 4,
               m->confirming ? _("digits, then Enter: hand in  Escape: go on answering")
                             : _("Left/Right choose  Enter confirm  Escape: go on answering"));
    view_save_line(m, g, g->height - 3);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* All items as a list: number, kind, what was answered, flags. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

int view_overview_columns(const struct model *m)
{
    int columns = (m->width - 2 * FRAME_LEFT) / 38;
    return columns < 1 ? 1 : columns;
}

int view_overview_rows(const struct model *m)
{
    return m->height - 9 - view_alert_rows(m);
}

static void draw_entry(const struct model *m, struct grid *g, int x, int y, int columns, size_t i)
{
    const struct question *q = &m->work->question[i];
    char text[MODEL_TEXT], answer[FIELD_MAX + 8];
    bool focus = i == m->list_cursor, answered = question_answered(q);
    say(text, sizeof text, "%s%4zu%c ", focus ? ">" : " ", i + 1, view_sign(m, i));
    int used = grid_text(g, x, y, columns, focus ? LOOK_CURSOR : LOOK_TEXT, text);
    used += grid_text(g, x + used, y, columns - used, LOOK_QUIET,
                      model_closed(m, i) ? _("closed for good") : view_kind(q)) +
            2;
    if (m->practice && q->mark != MARK_NONE)
        used += grid_text(g, x + used, y, columns - used, LOOK_STRONG, view_mark(q->mark)) + 2;
    question_answer_text(q, answer, sizeof answer);
    const char *shown = answered ? answer : _("not answered");
    int room = columns - used - 1;
    bool is_long = (int)text_width(shown) > room;
    say(text, sizeof text, "%.*s%s", (int)text_fit(shown, (size_t)(is_long ? room - 2 : room), NULL), shown,
        is_long ? ".." : "");
    grid_text(g, x + used, y, room, answered ? LOOK_TEXT : LOOK_WARN, text);
    grid_target(g, x, y, columns, (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

void view_overview(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT], right[100];
    frame_begin(g, view_title(m));
    frame_head(g, view_counts(m, text, sizeof text), view_time_left(m, right, sizeof right));
    int columns = view_overview_columns(m), rows = view_overview_rows(m), width = frame_columns(g) / columns;
    for (int row = 0; row < rows; row++)
        for (int c = 0; c < columns; c++) {
            size_t i = (size_t)((m->scroll + row) * columns + c);
            if (i < m->work->n)
                draw_entry(m, g, FRAME_LEFT + c * width, FRAME_BODY + 1 + row, width, i);
        }
    view_alert(m, g, g->height - 4);
    const char *keys = m->practice ? _("arrows move  Enter open  u next unanswered  %s back  %s end")
                                   : _("arrows move  Enter open  u next unanswered  %s back  %s hand in");
    frame_keys(
        g, g->height - 4,
        say(text, sizeof text, keys, model_function_key(m, 5), model_function_key(m, m->practice ? 10 : 9)));
    view_save_line(m, g, g->height - 3);
}

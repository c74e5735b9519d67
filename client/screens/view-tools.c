/* SPDX-License-Identifier: Apache-2.0 */
/* Scratch notes and calculator, below the item in the place of the palette. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { CALCULATOR_ROWS = 6, LEAST_NOTES = 8 };

int view_tool_rows(const struct model *m)
{
    if (m->screen != SCREEN_PAPER || !model_may_use(m, m->tool))
        return 0;
    if (m->tool == TOOL_CALCULATOR)
        return CALCULATOR_ROWS;
    int third = m->height / 3 + 1;
    return third < LEAST_NOTES ? LEAST_NOTES : third;
}

int view_notes_columns(const struct model *m)
{
    return m->width - 2 * FRAME_LEFT - 2;
}

static void draw_rule(struct grid *g, int y, const char *title)
{
    frame_rule(g, y);
    int used = grid_text(g, FRAME_LEFT + 1, y, frame_columns(g) - 2, LOOK_TITLE, title);
    grid_put(g, FRAME_LEFT, y, LOOK_FRAME, ' ');
    grid_put(g, FRAME_LEFT + 1 + used, y, LOOK_FRAME, ' ');
}

/* ---- notes ---- */

static int cursor_line(const struct editor *e, int columns)
{
    int at = 0;
    for (struct editor_line l = editor_first(e, columns); !editor_has_cursor(e, l);
         l = editor_next(e, l, columns))
        at++;
    return at;
}

static void draw_note_line(const struct model *m, struct grid *g, int y, struct editor_line l)
{
    char text[2048];
    const struct editor *e = m->notes;
    say(text, sizeof text, "%.*s", (int)(l.end - l.first), e->text + l.first);
    grid_text(g, FRAME_LEFT + 1, y, view_notes_columns(m), LOOK_TEXT, text);
    if (!editor_has_cursor(e, l))
        return;
    say(text, sizeof text, "%.*s", (int)(e->cursor - l.first), e->text + l.first);
    int x = (int)text_width(text), last = view_notes_columns(m);
    grid_cursor(g, FRAME_LEFT + 1 + (x < last ? x : last), y);
}

static void draw_notes(const struct model *m, struct grid *g, int y, int rows)
{
    char title[200];
    int columns = view_notes_columns(m), cursor = cursor_line(m->notes, columns), row = 0;
    int first = cursor < rows - 1 ? 0 : cursor - (rows - 2);
    draw_rule(g, y,
              say(title, sizeof title, _("Scratch notes   nobody marks them   %zu of %zu bytes"), m->notes->n,
                  m->notes->max));
    for (struct editor_line l = editor_first(m->notes, columns);;
         l = editor_next(m->notes, l, columns), row++) {
        if (row >= first && row < first + rows - 1)
            draw_note_line(m, g, y + 1 + row - first, l);
        if (l.last || row >= first + rows - 1)
            break;
    }
}

/* ---- calculator ---- */

static void draw_result(struct grid *g, int y, const struct calculator_line *l)
{
    char text[CALCULATOR_RESULT + 64];
    say(text, sizeof text, l->result.rounded ? _("= %s (rounded)") : "= %s", l->result.text);
    int used = grid_text(g, FRAME_LEFT + 1, y, CALCULATOR_COLUMNS, LOOK_QUIET, l->expression);
    grid_text(g, FRAME_LEFT + 2 + used, y, frame_columns(g) - used - 2, LOOK_STRONG, text);
}

static void draw_calculator(const struct model *m, struct grid *g, int y)
{
    const struct calculator *c = &m->calculator;
    draw_rule(g, y, _("Calculator   + - * / ( ) %"));
    for (size_t i = 0; i < c->n; i++)
        draw_result(g, y + 1 + (int)(CALCULATOR_HISTORY - c->n + i), &c->history[i]);
    if (c->complaint[0])
        view_shortened(g, FRAME_LEFT + 1, y + 5, frame_columns(g) - 1, LOOK_WARN, c->complaint);
    frame_field(g, FRAME_LEFT + 1, y + 4, CALCULATOR_COLUMNS + 1, &c->line);
}

void view_tool(const struct model *m, struct grid *g, int y)
{
    if (m->tool == TOOL_NOTES)
        draw_notes(m, g, y, view_tool_rows(m));
    else
        draw_calculator(m, g, y);
}

const char *view_tool_keys(const struct model *m, char *buf, size_t size)
{
    if (m->tool == TOOL_NOTES)
        return say(buf, size, _("typing  Enter new line  PageUp/PageDown scroll the item  %s back"),
                   model_function_key(m, 6));
    return say(buf, size, _("Enter compute  Up last line  PageUp/PageDown scroll the item  %s back"),
               model_function_key(m, 7));
}

const char *view_tool_hint(const struct model *m, char *buf, size_t size)
{
    char notes[100] = "", calculator[100] = "";
    if (m->tutorial)
        return say(buf, size, "%s", _("Escape ends the practice at any time"));
    if (model_may_use(m, TOOL_NOTES))
        say(notes, sizeof notes, _("%s scratch notes  "), model_function_key(m, 6));
    if (model_may_use(m, TOOL_CALCULATOR))
        say(calculator, sizeof calculator, _("%s calculator"), model_function_key(m, 7));
    return say(buf, size, "%s%s", notes, calculator);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Below the sheets: what the codes of the present step mean and cost, or what is being asked. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-update.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/sheet.h"
#include "client/screens/view.h"

enum { LEAST_ROWS = 3, MOST_ROWS = 6 };

static void add_slip(struct sheet *s, const struct book_entry *x, size_t step, size_t i, int columns)
{
    const struct rubric_slip *slip = &x->rubric->step[step].slip[i];
    bool made = x->rating.step[step].slips & (UINT32_C(1) << i);
    char text[400], cost[100], shown[300];
    bool cut = (int)text_width(slip->text) > columns;
    say(shown, sizeof shown, "%.*s%s", (int)text_fit(slip->text, (size_t)(cut ? columns - 2 : columns), NULL),
        slip->text, cut ? ".." : "");
    say(text, sizeof text, made ? "[%c %s %s]" : "%c %s %s", slip->code, shown,
        rate_cost_text(x, step, i, cost, sizeof cost));
    sheet_text(s, made ? LOOK_CHOSEN : LOOK_TEXT, text);
    sheet_text(s, LOOK_TEXT, "  ");
}

static void add_step(struct sheet *s, const struct book_entry *x, size_t step, int columns)
{
    char text[400], points[32];
    const struct rubric_step *k = &x->rubric->step[step];
    rate_points(k->points, points);
    say(text, sizeof text, _("Step %zu %s (%s): "), step + 1, k->title, points);
    sheet_text(s, LOOK_STRONG, text);
    if (k->must_report)
        sheet_text(s, LOOK_WARN, _("has to report and wait. "));
    for (size_t i = 0; i < k->n_slips; i++)
        add_slip(s, x, step, i, columns);
    if (k->n_slips == 0)
        sheet_text(s, LOOK_QUIET, _("Enter full, 0 zero"));
    if (k->fix && x->held == step + 1)
        sheet_text(s, LOOK_WARN, _("h: put right after a hint"));
}

/* Laid out with slips shortened until they fit in the rows. */
static void lay_out(struct sheet *s, const struct book_entry *x, size_t step, int width, int rows)
{
    for (int columns = 200; columns >= 6; columns = columns > 60 ? columns - 70 : columns - 4) {
        sheet_init(s, width);
        add_step(s, x, step, columns);
        sheet_end(s, 0, 0, (struct target){0});
        if ((int)s->n_lines <= rows || columns < 10)
            return;
        sheet_release(s);
    }
    sheet_init(s, width);
}

static int lines_of(const struct book_entry *x, size_t step, int width)
{
    struct sheet s;
    lay_out(&s, x, step, width, MOST_ROWS);
    int n = (int)s.n_lines;
    sheet_release(&s);
    return n;
}

/* The same for every step of an experiment, so that nothing jumps; more where the window is high. */
int rate_slip_rows(const struct rate_model *r, const struct model *m)
{
    const struct book_entry *x = rate_chosen(r);
    int most = LEAST_ROWS, room = m->height >= 30 ? MOST_ROWS : LEAST_ROWS;
    for (size_t i = 0; i < x->rubric->n_steps && room > LEAST_ROWS; i++) {
        int n = lines_of(x, i, m->width - 2 * FRAME_LEFT);
        most = n > most ? n : most;
    }
    return most < room ? most : room;
}

static void draw_step(const struct book_entry *x, size_t step, struct grid *g, int y, int end)
{
    struct sheet s;
    lay_out(&s, x, step, frame_columns(g), end - y);
    for (size_t i = 0; i < s.n_lines && y < end; i++)
        sheet_draw_line(&s, &s.line[i], g, FRAME_LEFT, y++);
    sheet_release(&s);
}

static void draw_present(const struct book_entry *x, struct grid *g, int y, int end)
{
    enum book_state state = book_state(x);
    bool told = state == BOOK_READY || state == BOOK_UNSIGNED;
    draw_step(x, rate_slip_step(x), g, y, told ? end - 1 : end);
    if (state == BOOK_READY)
        grid_text(g, FRAME_LEFT, end - 1, frame_columns(g), LOOK_GOOD,
                  _("All steps are rated. Enter: the sheet for the candidate to confirm."));
    if (state == BOOK_UNSIGNED)
        grid_text(g, FRAME_LEFT, end - 1, frame_columns(g), LOOK_ALARM,
                  _("Unsigned: void until the chief and two raters have signed."));
}

static void draw_fatals(const struct rate_model *r, struct grid *g, int y, int end)
{
    const struct book_entry *x = rate_chosen(r);
    char text[300];
    for (size_t i = 0; i < x->rubric->n_fatals && y < end; i++) {
        bool is = x->rating.fatals & (UINT32_C(1) << i);
        say(text, sizeof text, "%zu %s%s%s", i + 1, is ? "[" : "", x->rubric->fatal[i].text, is ? "]" : "");
        view_shortened(g, FRAME_LEFT, y++, frame_columns(g), LOOK_STRONG, text);
    }
}

static void draw_sure(const struct rate_model *r, struct grid *g, int y, int end)
{
    const struct book_entry *x = rate_chosen(r);
    const struct rubric_fatal *f = &x->rubric->fatal[r->fatal];
    char text[400];
    view_shortened(g, FRAME_LEFT, y, frame_columns(g), LOOK_ALARM, f->text);
    bool back = x->rating.fatals & (UINT32_C(1) << r->fatal);
    say(text, sizeof text,
        back ? _("Take it back? Steps %zu to %zu count again.")
             : _("Is it meant? Steps %zu to %zu are then zero."),
        f->from + 1, f->to + 1);
    frame_paragraph(g, y + 1, end, 0, LOOK_WARN, text);
}

static void draw_note(const struct rate_model *r, struct grid *g, int y)
{
    const char *label = _("Note");
    int x = FRAME_LEFT + grid_text(g, FRAME_LEFT, y, 20, LOOK_STRONG, label) + 1;
    frame_field(g, x, y, frame_end(g) - x - 2, &r->field);
    view_shortened(g, FRAME_LEFT, y + 1, frame_columns(g), LOOK_QUIET, rate_chosen(r)->rating.note);
}

void rate_view_slips(const struct rate_model *r, const struct model *m, struct grid *g, int y, int end)
{
    if (r->asking == RATE_ASKS_FATAL)
        draw_fatals(r, g, y, end);
    else if (r->asking == RATE_ASKS_SURE)
        draw_sure(r, g, y, end);
    else if (r->asking == RATE_ASKS_NOTE)
        draw_note(r, g, y);
    else if (model_alert(m) == ALERT_MESSAGE)
        frame_paragraph(g, y, end, 0, LOOK_WARN, m->message);
    else
        draw_present(rate_chosen(r), g, y, end);
}

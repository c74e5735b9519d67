/* SPDX-License-Identifier: Apache-2.0 */
/* The screen that is turned to the candidate: the own sheet alone, every lost point with its reason. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/sheet.h"
#include "client/screens/view.h"

enum { FOOT_ROWS = 5, BIG_COLUMNS = 26 };

static int body_end(const struct model *m)
{
    return m->height - 4 - view_alert_rows(m) - FOOT_ROWS;
}

static int list_columns(const struct model *m)
{
    return m->width - 2 * FRAME_LEFT - BIG_COLUMNS - 4;
}

static void add_line(struct sheet *s, enum look look, int indent, const char *text)
{
    sheet_text(s, look, text);
    sheet_end(s, indent, 0, (struct target){0});
}

static void add_slips(struct sheet *s, const struct book_entry *x, size_t i)
{
    char text[500], cost[100];
    const struct rubric_step *step = &x->rubric->step[i];
    for (size_t k = 0; k < step->n_slips; k++)
        if (x->rating.step[i].slips & (UINT32_C(1) << k))
            add_line(s, LOOK_TEXT, 4,
                     say(text, sizeof text, "%s  %s", step->slip[k].text,
                         rate_cost_text(x, i, k, cost, sizeof cost)));
}

static void add_why(struct sheet *s, const struct book_entry *x, size_t i)
{
    if (x->points.ended[i])
        add_line(s, LOOK_TEXT, 4, _("0: the experiment had ended before (see below)"));
    else if (x->rating.step[i].mark == RATING_ZERO)
        add_line(s, LOOK_TEXT, 4, _("0: not done"));
    add_slips(s, x, i);
}

static void add_step(struct sheet *s, const struct book_entry *x, size_t i)
{
    char text[400], got[32], of[32];
    const struct rubric_step *step = &x->rubric->step[i];
    if (x->points.step[i].milli == step->points.milli && !x->rating.step[i].slips)
        return;
    say(text, sizeof text, _("%zu  %s   %s of %s"), i + 1, step->title, rate_points(x->points.step[i], got),
        rate_points(step->points, of));
    add_line(s, LOOK_STRONG, 0, text);
    add_why(s, x, i);
}

static void lay_out(struct sheet *s, const struct rate_model *r, const struct model *m)
{
    const struct book_entry *x = rate_chosen(r);
    char text[500];
    sheet_init(s, list_columns(m));
    for (size_t i = 0; i < x->rating.n_steps; i++)
        add_step(s, x, i);
    for (size_t i = 0; i < x->rubric->n_fatals; i++)
        if (x->rating.fatals & (UINT32_C(1) << i))
            add_line(s, LOOK_STRONG, 0, say(text, sizeof text, _("Ended: %s"), x->rubric->fatal[i].text));
    add_line(s, LOOK_GOOD, 0,
             s->n_lines > 0 ? _("Every other step: full mark.") : _("Every step: full mark."));
}

int rate_own_most(const struct rate_model *r, const struct model *m)
{
    struct sheet s;
    lay_out(&s, r, m);
    int most = (int)s.n_lines - (body_end(m) - FRAME_BODY - 1);
    sheet_release(&s);
    return most > 0 ? most : 0;
}

static void draw_total(const struct book_entry *x, struct grid *g)
{
    char got[32], of[32], raw[32], text[160];
    int left = frame_end(g) - BIG_COLUMNS, y = FRAME_BODY + 1;
    rate_points(x->points.total, got);
    rate_points(x->rubric->total, of);
    int at = frame_end(g) - rate_big_columns(got) - 1;
    rate_big(g, at > left ? at : left, y, LOOK_STRONG, got);
    y += RATE_BIG_ROWS + 1;
    grid_text_right(g, frame_end(g) - 1, y, LOOK_STRONG, say(text, sizeof text, _("of %s points"), of));
    if (x->rubric->fold_step.milli > 0)
        grid_text_right(g, frame_end(g) - 1, y + 1, LOOK_QUIET,
                        say(text, sizeof text, _("from %s"), rate_points(x->points.raw, raw)));
}

static void draw_list(const struct rate_model *r, const struct model *m, struct grid *g)
{
    struct sheet s;
    int y = FRAME_BODY + 1, end = body_end(m);
    lay_out(&s, r, m);
    for (size_t i = (size_t)r->scroll; i < s.n_lines && y < end; i++)
        sheet_draw_line(&s, &s.line[i], g, FRAME_LEFT + 1, y++);
    if (r->scroll < (int)s.n_lines - (end - FRAME_BODY - 1))
        grid_text_right(g, frame_end(g) - BIG_COLUMNS - 1, end, LOOK_WARN, _("Down: more"));
    sheet_release(&s);
}

static void draw_confirm(const struct rate_model *r, const struct model *m, struct grid *g, int y)
{
    int end = m->height - 4 - view_alert_rows(m);
    y = frame_paragraph(g, y, end, 1, LOOK_TEXT,
                        _("Please read. If it is right, type the last four digits of your ticket number."));
    int x = FRAME_LEFT + 1 + grid_text(g, FRAME_LEFT + 1, y, 40, LOOK_STRONG, _("Last four digits")) + 2;
    frame_field(g, x, y, RATE_CONFIRM_DIGITS + 1, &r->field);
    if (r->refused)
        grid_text(g, x + RATE_CONFIRM_DIGITS + 5, y, frame_end(g) - x - RATE_CONFIRM_DIGITS - 5, LOOK_ALARM,
                  _("These are not the last four digits."));
}

void rate_view_own(const struct rate_model *r, const struct model *m, struct grid *g)
{
    const struct book_entry *x = rate_chosen(r);
    char left[400], who[200];
    frame_begin(g, view_title(m));
    say(who, sizeof who, "%s  %s", x->name, x->ticket);
    int at = grid_text_right(g, frame_end(g), 1, LOOK_STRONG, who);
    say(left, sizeof left, "%s %s", x->rubric->id, x->rubric->title);
    view_shortened(g, FRAME_LEFT, 1, at - FRAME_LEFT - 2, LOOK_TEXT, left);
    frame_rule(g, 2);
    draw_list(r, m, g);
    draw_total(x, g);
    frame_rule(g, body_end(m) + 1);
    draw_confirm(r, m, g, body_end(m) + 2);
    view_alert(m, g, g->height - 4);
    frame_keys(g, g->height - 4, _("four digits: it is right  !: I object, the chief  Escape back"));
    view_save_line(m, g, g->height - 3);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/body.h"
#include "client/screens/frame.h"
#include "client/screens/task-view.h"
#include "client/screens/view.h"

/* Rows from the bottom: border, keys, save line, rule, counts, blank, palette, rule. */
enum { BELOW_PALETTE = 6, ABOVE_KEYS = 4, BODY_LEFT = FRAME_LEFT + 1 };

static int body_end(const struct model *m)
{
    int tool = view_tool_rows(m);
    return tool ? m->height - ABOVE_KEYS - tool : m->height - BELOW_PALETTE - view_paper_palette_rows(m) - 1;
}

int view_paper_rows(const struct model *m)
{
    return body_end(m) - view_alert_rows(m) - FRAME_BODY - 2;
}

int view_paper_width(const struct model *m)
{
    return m->width - 2 * FRAME_LEFT - 2;
}

void view_paper_lay_out(const struct model *m, struct paper_layout *ret)
{
    const struct question *q = model_question(m);
    *ret = (struct paper_layout){.rows = view_paper_rows(m)};
    body_sheet(q, m->focus, view_paper_width(m), &ret->body);
    bool any = body_bank(q, m->focus, view_paper_width(m), &ret->bank);
    int needed = (int)ret->bank.n_lines + 1;
    if (any && (int)ret->body.n_lines > ret->rows && needed <= ret->rows - ret->rows / 3)
        ret->bank_rows = needed;
    ret->rows -= ret->bank_rows;
}

void view_paper_release(struct paper_layout *l)
{
    sheet_release(&l->body);
    sheet_release(&l->bank);
}

static void draw_head(const struct model *m, struct grid *g, const struct question *q)
{
    char place[100], points[64], left[MODEL_TEXT], right[100];
    say(place, sizeof place, _("Item %zu of %zu"), m->current + 1, m->work->n);
    view_points(q->points, points, sizeof points);
    say(left, sizeof left, "%s   %s   %s%s%s", place, view_kind(q), points, q->flagged ? "   " : "",
        q->flagged ? _("? flagged") : "");
    frame_head(g, left, view_time_left(m, right, sizeof right));
    if (!m->untimed && !m->tutorial && m->remaining_ms < MODEL_WARNING_MS)
        grid_mark(g, frame_end(g) - (int)text_width(right), 1, (int)text_width(right), LOOK_ALARM);
}

static void draw_sign(struct grid *g, const struct line *l, int y)
{
    const struct line_sign *sign = &l->sign;
    int x = BODY_LEFT + l->indent, label = (int)text_width(sign->label);
    grid_text(g, x - BODY_CHOICE_INDENT + 2, y, 1, LOOK_CURSOR, sign->focus ? ">" : " ");
    grid_text_right(g, x - (label > 1 ? 1 : 2), y, sign->word[0] ? LOOK_CHOSEN : LOOK_TEXT, sign->label);
    if (sign->word[0]) {
        grid_text_right(g, frame_end(g) - 1, y, LOOK_CHOSEN, sign->word);
        grid_mark(g, x, y, frame_end(g) - 2 - (int)text_width(sign->word) - x, LOOK_CHOSEN);
    }
}

static void draw_line(struct grid *g, const struct sheet *s, const struct line *l, int y)
{
    if (l->owner.kind == TARGET_PLACE)
        grid_target(g, BODY_LEFT, y, frame_end(g) - BODY_LEFT, l->owner);
    sheet_draw_line(s, l, g, BODY_LEFT, y);
    if (l->sign.shown)
        draw_sign(g, l, y);
}

static void draw_more(struct grid *g, int y, int lines, const char *fmt)
{
    char text[100];
    if (lines > 0)
        grid_text_right(g, frame_end(g), y, LOOK_WARN, say(text, sizeof text, fmt, lines));
}

static unsigned long count_of(int lines)
{
    return lines > 0 ? (unsigned long)lines : 0;
}

void view_lines(struct grid *g, const struct sheet *s, int first, int rows)
{
    int total = (int)s->n_lines, below = total - first - rows, y = FRAME_BODY + 1;
    for (int i = first; i < total && i < first + rows; i++)
        draw_line(g, s, &s->line[i], y++);
    draw_more(g, FRAME_BODY, first,
              ngettext("%d more line above: PageUp", "%d more lines above: PageUp", count_of(first)));
    draw_more(g, FRAME_BODY + 1 + rows, below,
              ngettext("%d more line below: PageDown", "%d more lines below: PageDown", count_of(below)));
}

static void draw_bank(struct grid *g, const struct paper_layout *l, int y)
{
    if (l->bank_rows == 0)
        return;
    grid_fill(g, BODY_LEFT, y++, 20, LOOK_FRAME, '-');
    for (size_t i = 0; i < l->bank.n_lines; i++)
        draw_line(g, &l->bank, &l->bank.line[i], y++);
}

static int draw_picture_key(const struct model *m, struct grid *g)
{
    const struct question *q = model_question(m);
    const struct item_node *first;
    char text[100];
    if (!q->pictures || pictures_of(q->item, &first, 1) == 0)
        return 0;
    return 2 + grid_text(g, FRAME_LEFT, FRAME_BODY, frame_columns(g) / 2, LOOK_QUIET,
                         say(text, sizeof text, _("%s shows the picture larger"), model_function_key(m, 4)));
}

/* Title, own time and rules of the section, above the body: as much as the line has room for. */
static void draw_section(const struct model *m, struct grid *g, int used)
{
    enum { MORE_ABOVE = 32, LEAST_TITLE = 8 };
    const struct session *s = m->session;
    if (!s || s->n_sections < 2 || s->here >= s->n_sections)
        return;
    const struct session_section *x = &s->section[s->here];
    char text[MODEL_TEXT], left[100] = "", time[32];
    int64_t left_ms = model_section_left_ms(m);
    if (left_ms != INT64_MAX)
        say(left, sizeof left, _("   %s left here"), duration_text(left_ms, time, sizeof time));
    const char *rule = x->ref->navigation == PAPER_LINEAR ? _("   no way back to an item")
                       : x->ref->once                     ? _("   no way back to the section")
                                                          : "";
    say(text, sizeof text, "%s%s", left, rule);
    int room = frame_columns(g) - used - (m->scroll > 0 ? MORE_ABOVE : 0), tail = (int)text_width(text);
    if (tail + LEAST_TITLE > room)
        return;
    int x0 = FRAME_LEFT + used +
             view_shortened(g, FRAME_LEFT + used, FRAME_BODY, room - tail, LOOK_STRONG, x->ref->title);
    grid_text(g, x0, FRAME_BODY, tail, LOOK_TEXT, text);
}

static void draw_body(const struct model *m, struct grid *g)
{
    struct paper_layout l;
    view_paper_lay_out(m, &l);
    view_lines(g, &l.body, m->scroll, l.rows);
    draw_section(m, g, draw_picture_key(m, g));
    draw_bank(g, &l, FRAME_BODY + 1 + l.rows);
    view_paper_release(&l);
}

/* What became of the files of a practical item, wherever in a long question the body stands. */
static bool draw_files(const struct model *m, struct grid *g, int y, int used)
{
    const struct question *q = model_question(m);
    char text[MODEL_TEXT] = "";
    bool lacks = false;
    for (size_t i = 0; i < q->n_parts; i++)
        if (q->part[i].task && q->part[i].task->folder[0]) {
            task_view_say(q->part[i].task, text, sizeof text);
            lacks = task_view_lacks(q->part[i].task);
        }
    bool shown = *text && used + 2 + (int)text_width(text) <= frame_columns(g);
    if (shown)
        grid_text_right(g, frame_end(g), y, lacks ? LOOK_WARN : LOOK_QUIET, text);
    return shown;
}

static void draw_legend(const struct model *m, struct grid *g, struct palette_page page)
{
    struct work_counts c = work_counts(m->work);
    char text[MODEL_TEXT], closed[100] = "";
    size_t n_closed = model_closed_items(m);
    int y = g->height - 5;
    if (n_closed > 0)
        say(closed, sizeof closed, _("    - closed %zu"), n_closed);
    int used = grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_TEXT,
                         say(text, sizeof text, _("* answered %zu    . not answered %zu    ? flagged %zu%s"),
                             c.answered, c.unanswered, c.flagged, closed));
    if (draw_files(m, g, y, used))
        return;
    say(text, sizeof text, _("items %zu-%zu of %zu"), page.first + 1, page.first + page.n, m->work->n);
    if (page.n < m->work->n && used + 2 + (int)text_width(text) <= frame_columns(g))
        grid_text_right(g, frame_end(g), y, LOOK_QUIET, text);
}

static const char *keys_text(const struct model *m, char *buf, size_t size)
{
    const struct question *q = model_question(m);
    struct place at = question_place(q, m->focus);
    const struct part_kind *kind = at.part < q->n_parts ? q->part[at.part].kind : NULL;
    if (view_tool_rows(m))
        return view_tool_keys(m, buf, size);
    const char *keys = kind ? _(kind->keys) : _("Left/Right item");
    if (m->practice)
        return say(buf, size, _("%s  %s check  %s list  %s end"), keys, model_function_key(m, 2),
                   model_function_key(m, 5), model_function_key(m, 10));
    return say(buf, size, _("%s  %s flag  %s list  %s hand in"), keys, model_function_key(m, 3),
               model_function_key(m, 5), model_function_key(m, 9));
}

void view_paper(const struct model *m, struct grid *g)
{
    char keys[MODEL_TEXT];
    frame_begin(g, view_title(m));
    draw_head(m, g, model_question(m));
    draw_body(m, g);
    view_alert(m, g, body_end(m));
    if (view_tool_rows(m)) {
        view_tool(m, g, body_end(m));
    } else {
        frame_rule(g, body_end(m));
        draw_legend(m, g, view_palette(m, g, body_end(m) + 1, view_paper_palette_rows(m)));
        grid_text(g, FRAME_LEFT, g->height - 6, frame_columns(g), LOOK_QUIET,
                  view_tool_hint(m, keys, sizeof keys));
    }
    frame_keys(g, g->height - 4, keys_text(m, keys, sizeof keys));
    view_save_line(m, g, g->height - 3);
}

void view_paper_saved(const struct model *m, struct grid *g)
{
    int y = g->height - 3;
    grid_fill(g, 1, y, g->width - 2, LOOK_TEXT, ' ');
    view_save_line(m, g, y);
}

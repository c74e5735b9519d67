/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/text.h"
#include "client/practice/practice-internal.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { KEYS_COLUMN = 16 };

static void paragraph(struct sheet *s, enum look look, int indent, const char *text)
{
    sheet_text(s, look, text);
    sheet_end(s, indent, 0, (struct target){0});
}

/* ---- the start ---- */

static void say_skipped(const struct practice *p, struct sheet *s)
{
    char text[1200];
    const struct deck *d = p->deck;
    if (d->n_skipped == 0)
        return;
    sheet_blank(s);
    paragraph(s, LOOK_WARN, 0,
              say(text, sizeof text,
                  ngettext("%zu file is passed over:", "%zu files are passed over:", d->n_skipped),
                  d->n_skipped));
    for (size_t i = 0; i < d->n_skipped && i < DECK_MAX_SKIPPED; i++)
        paragraph(s, LOOK_TEXT, 2, say(text, sizeof text, "%s: %s", d->skipped[i].name, d->skipped[i].why));
}

static void say_key(struct sheet *s, const char *key, const char *what)
{
    char text[400];
    int pad = KEYS_COLUMN - (int)text_width(key);
    paragraph(s, LOOK_TEXT, 2, say(text, sizeof text, "%s%*s%s", key, pad > 1 ? pad : 1, "", what));
}

static void say_keys(const struct practice *p, struct sheet *s)
{
    const struct model *m = &p->m;
    sheet_blank(s);
    paragraph(s, LOOK_STRONG, 0, _("The keys"));
    say_key(s, _("Up Down"), _("to the choice, gap or field before, after"));
    say_key(s, _("letters, Space"), _("answer; the last line of each item says how"));
    say_key(s, _("Left Right"), _("item before, after (in a text: first through the text)"));
    say_key(s, model_function_key(m, 2), _("check the answer: points, what is right, why"));
    say_key(s, model_function_key(m, 3), _("flag the item, to come back to it"));
    say_key(s, model_function_key(m, 4), _("the picture of the item, as large as the screen"));
    say_key(s, model_function_key(m, 5), _("list of all items with what was right"));
    say_key(s, model_function_key(m, 10), _("end: the results; then go on, start again or leave"));
}

static void start_sheet(const struct practice *p, struct sheet *s)
{
    char text[400];
    sheet_blank(s);
    paragraph(s, LOOK_STRONG, 0,
              say(text, sizeof text, ngettext("%zu item to practise.", "%zu items to practise.", p->deck->n),
                  p->deck->n));
    paragraph(s, LOOK_TEXT, 0,
              _("This is no exam: nothing is saved, nothing is sent, and every answer may be changed."));
    if (!p->judged)
        paragraph(s, LOOK_WARN, 0,
                  _("kaochang-score is not on this machine: items are shown and answered, but not checked."));
    say_keys(p, s);
    say_skipped(p, s);
}

/* ---- texts that scroll ---- */

int practice_sheet_rows(const struct practice *p)
{
    return p->m.height - FRAME_BODY - 5;
}

void practice_sheet(const struct practice *p, int width, struct sheet *ret)
{
    sheet_init(ret, width);
    if (p->screen == PRACTICE_START)
        start_sheet(p, ret);
    else if (p->screen == PRACTICE_RESULT)
        practice_result_sheet(p, ret);
    else if (p->screen == PRACTICE_FEEDBACK)
        practice_feedback_sheet(p, ret);
}

void practice_draw_sheet(const struct practice *p, struct grid *g)
{
    struct sheet s;
    practice_sheet(p, frame_columns(g) - 2, &s);
    view_lines(g, &s, p->scroll, practice_sheet_rows(p));
    sheet_release(&s);
}

static void draw_start(const struct practice *p, struct grid *g)
{
    char text[MODEL_TEXT];
    frame_head(g, _("Before you begin"), "");
    practice_draw_sheet(p, g);
    frame_keys(
        g, g->height - 3,
        say(text, sizeof text, _("Enter begin  arrows scroll  %s leave"), model_function_key(&p->m, 10)));
}

static void draw_result(const struct practice *p, struct grid *g)
{
    char text[MODEL_TEXT], points[64];
    const struct question *q = model_question(&p->m);
    frame_head(g,
               say(text, sizeof text, _("Item %zu of %zu   %s   %s"), p->m.current + 1, p->deck->n,
                   view_kind(q), view_points(q->points, points, sizeof points)),
               view_mark(q->mark));
    practice_draw_sheet(p, g);
    const char *keys = p->m.current + 1 < p->deck->n
                           ? _("Enter next item  Escape back to this one  arrows scroll  %s list  %s end")
                           : _("Enter list  Escape back to this item  arrows scroll  %s list  %s end");
    frame_keys(g, g->height - 3,
               say(text, sizeof text, keys, model_function_key(&p->m, 5), model_function_key(&p->m, 10)));
}

/* ---- the end ---- */

static int draw_tally(const struct practice *p, struct grid *g, int y)
{
    struct practice_tally t = practice_tally(p);
    char text[MODEL_TEXT], points[32], maximum[32], outcomes[MODEL_TEXT / 2];
    int end = g->height - 3;
    y = frame_paragraph(
        g, y, end, 2, LOOK_STRONG,
        say(text, sizeof text, _("%zu right, %zu partly right, %zu wrong"), t.right, t.partly, t.wrong));
    if (t.maximum.milli > 0)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT,
                            say(text, sizeof text, _("%s of %s points of what was checked"),
                                points_text(t.points, points, sizeof points),
                                points_text(t.maximum, maximum, sizeof maximum)));
    if (t.waiting > 0)
        y = frame_paragraph(
            g, y, end, 2, LOOK_TEXT,
            say(text, sizeof text, _("%zu for a marker: compare with the model answer"), t.waiting));
    if (p->route)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT,
                            say(text, sizeof text, _("outcomes of the test: %s"),
                                route_outcomes(p->route, outcomes, sizeof outcomes)));
    if (t.open > 0 && !p->route)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT, say(text, sizeof text, _("%zu not checked"), t.open));
    return y + 1;
}

static void draw_end(const struct practice *p, struct grid *g)
{
    const char *button[END_BUTTONS] = {[END_GO_ON] = _("go on practising"),
                                       [END_AGAIN] = _("start again, with empty answers and new numbers"),
                                       [END_LEAVE] = _("leave")};
    frame_head(g, _("Results"), "");
    int y = draw_tally(p, g, FRAME_BODY + 2);
    for (int i = 0; i < END_BUTTONS; i++)
        frame_button(g, FRAME_LEFT + 2, y++, p->button == (enum practice_button)i, i, button[i]);
    char text[MODEL_TEXT];
    frame_keys(
        g, g->height - 3,
        say(text, sizeof text, _("arrows choose  Enter do it  %s leave"), model_function_key(&p->m, 10)));
}

void practice_draw(const struct practice *p, struct grid *g)
{
    static void (*const draw[])(const struct practice *, struct grid *) = {
        [PRACTICE_START] = draw_start,
        [PRACTICE_RESULT] = draw_result,
        [PRACTICE_FEEDBACK] = practice_draw_feedback,
        [PRACTICE_END] = draw_end};
    if (p->screen == PRACTICE_PAPER) {
        view_draw(&p->m, g);
        return;
    }
    grid_clear(g);
    if (frame_too_small(g, false))
        return;
    frame_begin(g, view_title(&p->m));
    draw[p->screen](p, g);
}

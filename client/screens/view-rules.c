/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

static void rules_sheet(const struct model *m, struct sheet *s)
{
    sheet_init(s, m->width - 2 * FRAME_LEFT - 2);
    for (size_t i = 0; i < m->n_rules; i++) {
        if (i > 0)
            sheet_blank(s);
        sheet_text(s, LOOK_TEXT, m->rule[i]);
        sheet_end(s, 0, 0, (struct target){0});
    }
}

int view_rules_rows(const struct model *m)
{
    return m->height - 13;
}

int view_rules_lines(const struct model *m)
{
    struct sheet s;
    rules_sheet(m, &s);
    int n = (int)s.n_lines;
    sheet_release(&s);
    return n;
}

static void draw_rules(const struct model *m, struct grid *g)
{
    struct sheet s;
    rules_sheet(m, &s);
    int rows = view_rules_rows(m), y = FRAME_BODY + 1;
    for (int i = m->scroll; i < (int)s.n_lines && i < m->scroll + rows; i++)
        sheet_draw_line(&s, &s.line[i], g, FRAME_LEFT + 1, y++);
    if (m->scroll + rows < (int)s.n_lines)
        grid_text_right(g, frame_end(g), FRAME_BODY + 1 + rows, LOOK_WARN, _("more below: PageDown"));
    else if (m->scroll > 0)
        grid_text_right(g, frame_end(g), FRAME_BODY + 1 + rows, LOOK_QUIET, _("more above: PageUp"));
    sheet_release(&s);
}

void view_rules(const struct model *m, struct grid *g)
{
    char left[MODEL_TEXT], time[32];
    frame_begin(g, view_title(m));
    say(left, sizeof left, _("Notice to candidates   %zu items, %s, time %s"), m->work ? m->work->n : 0,
        m->points, duration_text(m->allowance_ms, time, sizeof time));
    frame_head(g, left, "");
    draw_rules(m, g);
    int y = g->height - 8;
    frame_rule(g, y);
    const char *box = m->pledged ? "[x] " : "[ ] ";
    int used = grid_text(g, FRAME_LEFT + 2, y + 1, 4, m->pledged ? LOOK_CHOSEN : LOOK_CURSOR, box);
    used += grid_text(g, FRAME_LEFT + 2 + used, y + 1, frame_columns(g) - used - 2, LOOK_STRONG,
                      _("I have read the notice and promise to keep the rules of the exam room."));
    grid_target(g, FRAME_LEFT + 2, y + 1, used, (struct target){.kind = TARGET_BUTTON, .index = 0});
    const char *next =
        m->busy         ? _("One moment...")
        : m->refusal[0] ? m->refusal
        : m->pledged && m->practice_work && !m->tutorial_done
            ? _("Press Enter to try the keys first. No time runs, and you can leave it at once.")
        : m->pledged && m->held
            ? _("Press Enter when you are ready. The exam begins when the proctor starts it.")
        : m->pledged ? _("Press Enter to begin. The time starts then.")
                     : _("Press Space to tick the box, then Enter to begin.");
    frame_paragraph(g, y + 2, g->height - 4, 2, m->refusal[0] ? LOOK_ALARM : LOOK_TEXT, next);
    frame_rule(g, g->height - 4);
    char who[2 * MODEL_TEXT];
    grid_text_right(g, frame_end(g), g->height - 3, LOOK_TEXT,
                    say(who, sizeof who, _("%s  seat %s"), m->person.ticket, m->person.seat));
    grid_text(g, FRAME_LEFT, g->height - 2, frame_columns(g), LOOK_QUIET,
              _("Space tick  Enter begin  PageUp/PageDown scroll"));
}

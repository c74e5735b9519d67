/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving a section, or an item, for good: what is given up, the safe answer first. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

static size_t unanswered(const struct model *m, size_t first, size_t n)
{
    size_t open = 0;
    for (size_t i = first; i < first + n && i < m->work->n; i++)
        open += !question_answered(&m->work->question[i]);
    return open;
}

static int draw_section(const struct model *m, struct grid *g, int y, int end,
                        const struct session_section *x)
{
    char text[2 * MODEL_TEXT];
    size_t open = unanswered(m, x->first, x->n);
    y = frame_centred(g, y, end, LOOK_STRONG, _("Leave this section? You cannot come back to it.")) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT, x->ref->title) + 1;
    if (open == 0)
        return frame_centred(g, y, end, LOOK_GOOD, _("Every item of it is answered.")) + 1;
    say(text, sizeof text,
        ngettext("%zu item of it is not answered and gets 0 points.",
                 "%zu items of it are not answered and get 0 points.", open),
        open);
    return frame_centred(g, y, end, LOOK_WARN, text) + 1;
}

void view_leave(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT], right[100], place[100];
    frame_begin(g, view_title(m));
    say(place, sizeof place, _("Item %zu of %zu"), m->current + 1, m->work->n);
    frame_head(g, place, view_time_left(m, right, sizeof right));
    struct session_leave leave = session_leaves(m->session, m->leave_to);
    bool whole = leave.loss == SESSION_LOSES_SECTION;
    int end = g->height - 4 - view_alert_rows(m), y = FRAME_BODY + 2;
    if (whole) {
        y = draw_section(m, g, y, end, &m->session->section[leave.section]);
    } else {
        say(text, sizeof text, _("Item %zu is not answered. You cannot come back to it."), m->current + 1);
        y = frame_centred(g, y, end, LOOK_STRONG, text) + 1;
        y = frame_centred(g, y, end, LOOK_TEXT,
                          _("In this section the items follow one another, and there is no way back.")) +
            1;
    }
    int x = frame_button(g, 10, y + 1, m->button != BUTTON_CONFIRM, BUTTON_BACK,
                         say(text, sizeof text, _("stay at item %zu"), m->current + 1));
    frame_button(
        g, x + 6, y + 1, m->button == BUTTON_CONFIRM, BUTTON_CONFIRM,
        say(text, sizeof text, whole ? _("leave it, on to item %zu") : _("on to item %zu"), m->leave_to + 1));
    view_alert(m, g, g->height - 4);
    frame_keys(g, g->height - 4, _("Left/Right choose  Enter confirm  Escape stay"));
    view_save_line(m, g, g->height - 3);
}

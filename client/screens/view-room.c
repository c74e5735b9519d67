/* SPDX-License-Identifier: Apache-2.0 */
/* Where the candidate waits for the room and for the proctor: before the session is open, before the start,
 * in a pause, for a one-time code, after the move to another machine. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "client/screens/words.h"

static int middle(const struct grid *g)
{
    return g->height / 2;
}

void view_waiting(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT];
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 4;
    y = frame_centred(g, y, end, LOOK_STRONG, _("Please wait for the proctor to open the session.")) + 1;
    if (m->not_open)
        y = frame_centred(g, y, end, LOOK_GOOD,
                          say_of(text, sizeof text, model_words(m)->number_noted, m->ticket.text)) +
            1;
    y = frame_centred(g, y, end, LOOK_TEXT,
                      _("This screen goes on by itself. Nothing needs to be pressed.")) +
        1;
    if (m->not_open)
        frame_paragraph(
            g, y, end, 8, LOOK_QUIET,
            _("Proctor: this machine waits for the room's machine. Without one, kaochang-client proctor "
              "opens it here."));
    else
        frame_centred(g, y, end, LOOK_QUIET,
                      _("Proctor: kaochang-client proctor opens it, with the code or with keys."));
    frame_keys(g, g->height - 4,
               say(text, sizeof text,
                   m->not_open ? _("Escape another ticket number  %s leave") : _("%s leave"),
                   model_function_key(m, 10)));
}

void view_held(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT], time[32];
    frame_begin(g, view_title(m));
    say(text, sizeof text, _("%s  %s  seat %s"), m->person.name, m->person.ticket, m->person.seat);
    frame_head(g, text, "");
    int end = g->height - 4, y = middle(g) - 4;
    y = frame_centred(g, y, end, LOOK_STRONG, _("The exam has not begun.")) + 1;
    y = frame_centred(g, y, end, LOOK_STRONG, _("It begins when the proctor starts it.")) + 2;
    if (m->work)
        y = frame_centred(g, y, end, LOOK_TEXT,
                          say(text, sizeof text,
                              _("You then have %s, counted from the start on this machine."),
                              duration_text(m->allowance_ms, time, sizeof time))) +
            1;
    y = frame_centred(g, y, end, LOOK_TEXT,
                      _("This screen goes on by itself. Nothing needs to be pressed.")) +
        1;
    if (m->refusal[0])
        frame_paragraph(g, y, end, 8, LOOK_ALARM, m->refusal);
    if (m->refusal[0])
        frame_keys(g, g->height - 4, _("Enter try again  Escape back"));
    else if (m->practice_work)
        frame_keys(
            g, g->height - 4,
            say(text, sizeof text, _("%s practise the keys again  Escape back"), model_function_key(m, 1)));
    else
        frame_keys(g, g->height - 4, _("Escape back"));
}

void view_code(const struct model *m, struct grid *g)
{
    enum { COLUMNS = 11 };
    char shown[MODEL_CODE];
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 7, x = (g->width - COLUMNS) / 2 - 1;
    y = frame_centred(g, y, end, LOOK_STRONG, _("Going on here takes a code from the proctor")) + 1;
    y = frame_paragraph(g, y, end, 8, LOOK_TEXT, _(model_words(m)->code_text)) + 1;
    grid_text_right(g, x - 1, y, LOOK_TEXT, _("Code from the proctor"));
    frame_field(g, x, y, COLUMNS, &m->code);
    if (m->code.n > 0)
        grid_text(g, x + COLUMNS + 3, y, 12, LOOK_QUIET, model_code(m, shown));
    y += 2;
    y = frame_centred(g, y, end, LOOK_QUIET,
                      _("The letter O counts as the digit 0, the letters I and L as 1.")) +
        1;
    if (m->busy)
        frame_centred(g, y, end, LOOK_QUIET, _("One moment..."));
    else if (m->refusal[0])
        frame_paragraph(g, y, end, 8, LOOK_ALARM, m->refusal);
    frame_keys(g, g->height - 4,
               m->code_wanted ? _(model_words(m)->code_keys)
                              : _("Enter go on  Backspace correct  Escape back to sign-in"));
}

void view_moved(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT];
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 5;
    y = frame_centred(g, y, end, LOOK_STRONG, _(model_words(m)->moved_heading)) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT,
                      say(text, sizeof text, "%s  %s", m->person.name, m->person.ticket)) +
        1;
    frame_paragraph(g, y, end, 8, LOOK_TEXT, _(model_words(m)->moved_text));
    frame_keys(g, g->height - 4,
               say_of(text, sizeof text, model_words(m)->moved_keys, model_function_key(m, 10)));
}

/* ---- the pause ---- */

void view_paused(const struct model *m, struct grid *g)
{
    char text[MODEL_TEXT], right[100];
    frame_begin(g, view_title(m));
    frame_head(g, _("Pause"), view_time_left(m, right, sizeof right));
    int end = g->height - 4, y = middle(g) - 5;
    y = frame_centred(g, y, end, LOOK_STRONG, _("The proctor has paused the exam.")) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT, _("The time stands still. Nobody can answer now.")) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT,
                      _("The paper comes back by itself, where you were, when the proctor lets it go on.")) +
        1;
    if (m->save == SAVE_DONE)
        frame_centred(g, y, end, LOOK_GOOD, _("Your answers are saved. Follow the proctor's instructions."));
    else
        frame_centred(g, y, end, LOOK_TEXT, _("Follow the proctor's instructions."));
    frame_keys(g, g->height - 4,
               m->said.n > 0
                   ? say(text, sizeof text, _("%s messages from the proctor"), model_function_key(m, 2))
                   : _("Nothing needs to be pressed"));
    view_save_line(m, g, g->height - 3);
}

/* ---- what the proctor said ---- */

int view_messages_rows(const struct model *m)
{
    return m->height - FRAME_BODY - 6;
}

static void messages_sheet(const struct model *m, struct sheet *s)
{
    const struct told_list *l = &m->said;
    char head[100];
    sheet_init(s, m->width - 2 * FRAME_LEFT - 2);
    for (size_t i = l->n; i-- > 0;) {
        bool is_new = l->n - i <= l->unread;
        say(head, sizeof head, is_new ? _("%s   new") : "%s", l->told[i].at);
        sheet_text(s, is_new ? LOOK_ALARM : LOOK_QUIET, head);
        sheet_end(s, 0, 0, (struct target){0});
        sheet_text(s, is_new ? LOOK_STRONG : LOOK_TEXT, l->told[i].text);
        sheet_end(s, 4, 0, (struct target){0});
        sheet_blank(s);
    }
}

int view_messages_lines(const struct model *m)
{
    struct sheet s;
    messages_sheet(m, &s);
    int n = (int)s.n_lines;
    sheet_release(&s);
    return n;
}

void view_messages(const struct model *m, struct grid *g)
{
    char right[100], text[MODEL_TEXT];
    struct sheet s;
    frame_begin(g, view_title(m));
    frame_head(g, _("Messages from the proctor"),
               model_in_exam(m) ? view_time_left(m, right, sizeof right) : "");
    messages_sheet(m, &s);
    view_lines(g, &s, m->told_scroll, view_messages_rows(m));
    sheet_release(&s);
    frame_keys(g, g->height - 4,
               say(text, sizeof text, _("Enter or %s: I have read it, go on"), model_function_key(m, 2)));
    if (model_in_exam(m))
        view_save_line(m, g, g->height - 3);
}

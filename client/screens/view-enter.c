/* SPDX-License-Identifier: Apache-2.0 */
/* Before the sitting: waiting, signing in, the check of name and number. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "client/screens/words.h"

static int middle(const struct grid *g)
{
    return g->height / 2;
}

enum { TICKET_COLUMNS = 24 };

void view_sign_in(const struct model *m, struct grid *g)
{
    const struct seat_words *w = model_words(m);
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 5, x = (g->width - TICKET_COLUMNS) / 2 - 1;
    y = frame_centred(g, y, end, LOOK_STRONG, _("Sign in")) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT, _(w->number_prompt)) + 2;
    const char *label = _(w->number);
    grid_text(g, x - 2 - (int)text_width(label), y, (int)text_width(label), LOOK_TEXT, label);
    frame_field(g, x, y, TICKET_COLUMNS, &m->ticket);
    y += 2;
    if (m->busy)
        frame_centred(g, y, end, LOOK_QUIET, _("One moment..."));
    else if (m->refusal[0])
        frame_centred(g, y, end, LOOK_ALARM, m->refusal);
    static const char *const colours[COLOURS] = {N_("colours: usual"), N_("colours: high contrast"),
                                                 N_("colours: none")};
    char keys[200];
    frame_keys(g, g->height - 4,
               say(keys, sizeof keys, _("Enter sign in  Backspace correct  %s %s  %s leave"),
                   model_function_key(m, 8), _(colours[m->colours]), model_function_key(m, 10)));
}

int view_fact(struct grid *g, int y, const char *label, const char *value)
{
    enum { LABEL_END = 26 };
    if (!*value)
        return y;
    grid_text_right(g, LABEL_END, y, LOOK_QUIET, label);
    struct sheet s;
    sheet_init(&s, frame_end(g) - LABEL_END - 4);
    sheet_text(&s, LOOK_STRONG, value);
    sheet_end(&s, 0, 0, (struct target){0});
    for (size_t i = 0; i < s.n_lines; i++)
        sheet_draw_line(&s, &s.line[i], g, LABEL_END + 2, y++);
    sheet_release(&s);
    return y;
}

void view_check(const struct model *m, struct grid *g)
{
    const struct person *p = &m->person;
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 8;
    y = frame_centred(g, y < 2 ? 2 : y, end, LOOK_STRONG, _("Is this you? Please check every line.")) + 1;
    y = view_fact(g, y, _("Name"), p->name);
    y = view_fact(g, y, _("ID number"), p->id_masked);
    y = view_fact(g, y, _(model_words(m)->number), p->ticket);
    y = view_fact(g, y, _("School"), p->school);
    y = view_fact(g, y, _("Room"), p->room);
    y = view_fact(g, y, _("Seat"), p->seat) + 1;
    if (p->resumes)
        y = frame_centred(g, y, end, LOOK_GOOD,
                          _(model_words(m)->resumes)) +
            1;
    if (p->clock_wrong)
        y = frame_centred(g, y, end, LOOK_WARN,
                          _(model_words(m)->clock_wrong)) +
            1;
    if (m->refusal[0])
        y = frame_centred(g, y, end, LOOK_ALARM, m->refusal) + 1;
    int x = frame_button(g, 10, y, m->button == BUTTON_GO_TO, BUTTON_GO_TO, _("No, this is not me"));
    frame_button(g, x + 6, y, m->button != BUTTON_GO_TO, BUTTON_BACK, _("Yes, this is me"));
    if (m->busy)
        frame_centred(g, y + 2, end, LOOK_QUIET, _("One moment..."));
    frame_keys(g, g->height - 4, _("Left/Right choose  Enter confirm"));
}

void view_not_me(const struct model *m, struct grid *g)
{
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 4;
    y = frame_centred(g, y, end, LOOK_ALARM, _(model_words(m)->stop_heading)) + 1;
    y = frame_paragraph(g, y, end, 8, LOOK_TEXT, _(model_words(m)->stop_text));
    (void)y;
    frame_keys(g, g->height - 4, _("Escape back to sign-in"));
}

void view_error(const struct model *m, struct grid *g)
{
    frame_begin(g, view_title(m));
    int end = g->height - 4, y = middle(g) - 5;
    y = frame_centred(g, y, end, LOOK_ALARM, _(model_words(m)->failed_heading)) + 1;
    y = frame_paragraph(g, y, end, 8, LOOK_TEXT, m->refusal) + 1;
    frame_paragraph(g, y, end, 8, LOOK_GOOD, _(model_words(m)->failed_safe));
    char keys[160];
    frame_keys(g, g->height - 4,
               say(keys, sizeof keys, _("Enter try again  %s leave"), model_function_key(m, 10)));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* All that is known of the candidate or machine of the lower part, nothing cut. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

static int draw_person(const struct control_candidate *c, struct grid *g, int y, int end)
{
    char text[3 * PROCTOR_TEXT], marks[96];
    y = frame_paragraph(g, y, end, 0, LOOK_STRONG,
                        say(text, sizeof text, _("seat %s  %s  %s%s"), c->seat, c->name, c->ticket,
                            proctor_marks_text(c, marks, sizeof marks)));
    if (proctor_is_rater(c))
        return frame_paragraph(g, y, end, 2, LOOK_TEXT, _("rater"));
    return frame_paragraph(g, y, end, 2, LOOK_TEXT,
                           say(text, sizeof text, _("identity number %s  form %s"), c->id_number, c->form));
}

static int draw_machine(const struct proctor_hand *h, struct grid *g, int y, int end)
{
    char name[PROCTOR_TEXT], text[2 * PROCTOR_TEXT];
    const char *station = h->candidate ? h->candidate->station : h->station->name;
    int64_t silent_ms = h->candidate ? h->candidate->silent_ms : h->station->silent_ms;
    if (!*station)
        return y;
    say(name, sizeof name, _("machine %s"), station);
    return frame_paragraph(g, y, end, h->candidate ? 2 : 0, h->candidate ? LOOK_TEXT : LOOK_STRONG,
                           proctor_machine_text(name, h->station, silent_ms, text, sizeof text));
}

static int draw_trouble(const struct proctor *p, const struct proctor_hand *h, struct grid *g, int y, int end)
{
    if (h->kind == HAND_NONE)
        return y;
    y = frame_paragraph(g, y + 1, end, 0, LOOK_ALARM, proctor_hand_title(h));
    if (h->candidate && *h->candidate->trouble)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT, h->candidate->trouble);
    return frame_paragraph(g, y, end, 2, LOOK_TEXT, proctor_hand_advice(p, h->kind));
}

void proctor_draw_about(const struct proctor *p, struct grid *g)
{
    const struct proctor_hand h = proctor_focus(p);
    char text[3 * PROCTOR_TEXT];
    int y = FRAME_BODY, end = g->height - 3;
    proctor_draw_head(p, g);
    if (h.candidate) {
        const struct proctor_hand plain = {.kind = HAND_NONE, .candidate = h.candidate};
        y = draw_person(h.candidate, g, y, end);
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT, proctor_progress_text(&plain, text, sizeof text));
    }
    if (h.candidate || h.station)
        y = draw_machine(&h, g, y, end);
    y = draw_trouble(p, &h, g, y, end);
    if (p->message[0])
        frame_paragraph(g, y + 1, end, 0, p->alarm ? LOOK_WARN : LOOK_GOOD, p->message);
    frame_keys(g, g->height - 3, _("Enter back to the room"));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "client/screens/words.h"

/* "7K2MXQ4T9WZ5B8CDE" as "7K2M-XQ4T-9WZ5-B8CD-E". */
static const char *grouped(const char *receipt, char *buf, size_t size)
{
    size_t n = 0, signs = 0;
    for (; *receipt && n + 3 < size; receipt++) {
        if (*receipt == '-')
            continue;
        if (signs > 0 && signs % 4 == 0)
            buf[n++] = '-';
        buf[n++] = *receipt;
        signs++;
    }
    buf[n] = '\0';
    return buf;
}

void view_ended(const struct model *m, struct grid *g)
{
    char text[2 * MODEL_TEXT], receipt[64];
    frame_begin(g, view_title(m));
    struct work_counts c = work_counts(m->work);
    int end = g->height - 4, y = g->height / 2 - 8;
    y = frame_centred(g, y < 3 ? 3 : y, end, LOOK_STRONG, _(model_words(m)->ended[m->ending])) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT,
                      say(text, sizeof text, "%s   %s", m->person.name, m->person.ticket)) +
        1;
    if (m->work)
        y = frame_centred(g, y, end, LOOK_TEXT,
                          say(text, sizeof text, _("answered %zu of %zu items"), c.answered, m->work->n)) +
            1;
    y = frame_centred(g, y, end, LOOK_TEXT, _("Receipt code: please write it down")) + 1;
    y = frame_centred(g, y, end, LOOK_CHOSEN, grouped(m->receipt, receipt, sizeof receipt)) + 1;
    if (m->save == SAVE_FAILED && m->copy != COPY_NONE)
        y = frame_centred(g, y, end, model_at_risk(m) ? LOOK_ALARM : LOOK_GOOD,
                          model_at_risk(m)
                              ? _(model_words(m)->at_risk)
                              : _("Saved in the room. The disk of this machine does not work.")) +
            1;
    else if (m->sealed)
        y = frame_centred(g, y, end, LOOK_GOOD, _("Saved and signed on this machine.")) + 1;
    else
        y = frame_centred(g, y, end, LOOK_WARN,
                          _("Saved on this machine; the proctor will have it signed.")) +
            1;
    frame_paragraph(g, y, end, 8, LOOK_TEXT, _(model_words(m)->stay));
    frame_keys(g, g->height - 4, say(text, sizeof text, _("%s leave"), model_function_key(m, 10)));
}

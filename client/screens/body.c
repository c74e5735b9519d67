/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/body-writer.h"

static const struct part *part_of_focus(const struct question *q, size_t focus)
{
    struct place at = question_place(q, focus);
    return at.part < q->n_parts ? &q->part[at.part] : NULL;
}

/* A part in a line of text has its list of choices below the whole text. */
static void write_bank_below(struct body_writer *w)
{
    const struct part *p = part_of_focus(w->question, w->focus);
    if (!p || !p->kind || !p->kind->bank_below)
        return;
    sheet_blank(w->sheet);
    p->kind->bank(p, w);
}

void body_sheet(const struct question *q, size_t focus, int width, struct sheet *ret)
{
    sheet_init(ret, width);
    struct body_writer w = {.sheet = ret, .question = q, .focus = focus, .look = LOOK_TEXT};
    body_nodes(&w, q->item->body);
    body_flush(&w);
    write_bank_below(&w);
}

bool body_bank(const struct question *q, size_t focus, int width, struct sheet *ret)
{
    sheet_init(ret, width);
    struct body_writer w = {.sheet = ret, .question = q, .focus = focus, .look = LOOK_TEXT};
    w.part = part_of_focus(q, focus);
    if (w.part && w.part->kind && w.part->kind->bank)
        w.part->kind->bank(w.part, &w);
    body_flush(&w);
    return ret->n_lines > 0;
}

static bool line_shows(const struct sheet *s, const struct line *l, size_t place)
{
    if (l->owner.kind == TARGET_PLACE)
        return (size_t)l->owner.index == place && l->owner.sub == 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct target *t = &s->glyph[l->first + i].target;
        if (t->kind == TARGET_PLACE && (size_t)t->index == place && t->sub == 0)
            return true;
    }
    return false;
}

struct body_span body_place_lines(const struct sheet *s, size_t place)
{
    struct body_span found = {0};
    for (size_t i = 0; i < s->n_lines; i++)
        if (line_shows(s, &s->line[i], place)) {
            if (found.n == 0)
                found.first = i;
            found.n = i - found.first + 1;
        }
    return found;
}

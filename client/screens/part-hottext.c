/* SPDX-License-Identifier: Apache-2.0 */
/* hottextInteraction: words in a text, each lettered in brackets; a chosen one has stars. A place is such a
 * word. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

/* The words stand in the text: they are never shuffled. */
static void init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    size_t n = p->interaction->n_choices;
    p->order = arena_array(a, n, sizeof *p->order);
    p->chosen = arena_array(a, n, sizeof *p->chosen);
    for (size_t i = 0; i < n; i++)
        p->order[i] = (uint32_t)i;
    p->n_places = n;
}

static void mark(struct body_writer *w, size_t first, struct target target)
{
    struct sheet *s = w->sheet;
    for (size_t i = first; i < s->n_glyphs; i++)
        s->glyph[i].target = target;
}

static void word(const struct part *p, struct body_writer *w, const struct item_node *n)
{
    size_t position = (size_t)n->number, at = p->first + position;
    if (position >= p->n_places)
        return;
    char label[PART_LABEL], open[32];
    bool on = p->chosen[position], focus = at == w->focus;
    enum look before = w->look;
    size_t first = w->sheet->n_glyphs;
    w->look = focus ? LOOK_CURSOR : on ? LOOK_CHOSEN : before;
    say(open, sizeof open, "[%s%s%s", part_label(position, label),
        focus ? ">"
        : on  ? ""
              : " ",
        on ? "*" : "");
    body_piece(w, w->look, open, (struct target){0}, focus);
    body_nodes(w, n->child);
    size_t last = w->sheet->n_glyphs;
    body_piece(w, w->look, on ? "*]" : "]", (struct target){0}, false);
    w->sheet->glyph[last].glued = true;
    mark(w, first, (struct target){.kind = TARGET_PLACE, .index = (int)at});
    w->look = before;
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct bytes line = {0};
    body_prompt(w, p->interaction);
    body_nodes(w, p->interaction->content);
    body_flush(w);
    sheet_blank(w->sheet);
    bytes_str(&line, part_chosen_any(p) ? _("Selected: ") : _("Nothing is selected yet."));
    part_chosen_words(p, &line);
    body_note(w, part_chosen_any(p) ? LOOK_CHOSEN : LOOK_QUIET, (const char *)line.p);
    bytes_release(&line);
    body_least_chosen(w, p);
}

const struct part_kind part_hottext = {
    .keys = N_("Up/Down move  Space/letter answer"),
    .init = init,
    .answered = part_chosen_any,
    .complete = part_chosen_enough,
    .response = part_chosen_response,
    .restore = part_chosen_restore,
    .words = part_chosen_words,
    .key = part_chosen_key,
    .click = part_chosen_click,
    .lay_out = lay_out,
    .inner = word,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* choiceInteraction: one or several out of a list. A place is a choice. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    p->n_places = p->interaction->n_choices;
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    char label[PART_LABEL];
    body_prompt(w, p->interaction);
    for (size_t place = 0; place < p->n_places; place++) {
        size_t at = p->first + place;
        body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                           .label = part_label(place, label),
                                           .content = part_choice_at(p, place)->content,
                                           .word = p->chosen[place] ? _("[selected]") : NULL,
                                           .focus = at == w->focus});
    }
    if (p->interaction->min_choices > 0)
        sheet_blank(w->sheet);
    body_least_chosen(w, p);
}

const struct part_kind part_choice = {
    .keys = N_("arrows move  Space/letter answer"),
    .init = init,
    .answered = part_chosen_any,
    .complete = part_chosen_enough,
    .response = part_chosen_response,
    .restore = part_chosen_restore,
    .words = part_chosen_words,
    .key = part_chosen_key,
    .click = part_chosen_click,
    .lay_out = lay_out,
};

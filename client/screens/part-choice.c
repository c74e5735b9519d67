/* SPDX-License-Identifier: Apache-2.0 */
/* choiceInteraction: one or several out of a list. A place is a choice. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    p->n_places = p->interaction->n_choices;
}

static enum part_result choose(struct part *p, struct part_turn *t, size_t choice)
{
    t->place = choice;
    return part_choose(p, t, choice);
}

static enum part_result clear(struct part *p)
{
    if (!part_chosen_any(p))
        return PART_USED;
    part_choose_only(p, SIZE_MAX);
    return PART_CHANGED;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t letter = part_letter(k, p->n_places);
    if (k.code == K_BACKSPACE || k.code == K_DELETE)
        return clear(p);
    if (part_is_space(k))
        return choose(p, t, t->place);
    return letter == SIZE_MAX ? PART_IGNORED : choose(p, t, letter);
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)sub;
    (void)column;
    return choose(p, t, t->place);
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
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

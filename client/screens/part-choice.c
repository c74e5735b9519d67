/* SPDX-License-Identifier: Apache-2.0 */
/* choiceInteraction: one or several out of a list. A place is a choice. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    p->n_places = p->interaction->n_choices;
}

static bool answered(const struct part *p)
{
    return part_chosen_count(p) > 0;
}

static void response(const struct part *p, struct response *r, struct arena *a)
{
    for (size_t choice = 0; choice < p->n_places; choice++)
        for (size_t place = 0; place < p->n_places; place++)
            if (p->order[place] == choice && p->chosen[place])
                part_add_value(r, a, p->interaction->choice[choice].identifier, p->n_places);
}

static void restore(struct part *p, const struct response *r)
{
    for (size_t place = 0; place < p->n_places; place++)
        p->chosen[place] = part_has_value(r, part_choice_at(p, place)->identifier);
}

static void words(const struct part *p, struct bytes *out)
{
    char label[PART_LABEL];
    const char *before = "";
    for (size_t place = 0; place < p->n_places; place++)
        if (p->chosen[place]) {
            bytes_printf(out, "%s%s", before, part_label(place, label));
            before = " ";
        }
}

static enum part_result choose_one(struct part *p, size_t choice)
{
    if (p->chosen[choice])
        return PART_USED;
    for (size_t i = 0; i < p->n_places; i++)
        p->chosen[i] = i == choice;
    return PART_CHANGED;
}

static enum part_result choose_many(struct part *p, struct part_turn *t, size_t choice)
{
    int64_t most = p->interaction->max_choices;
    if (!p->chosen[choice] && most > 0 && (int64_t)part_chosen_count(p) >= most) {
        say(t->message, sizeof t->message,
            _("At most %d answers can be selected here. Take one back first."), (int)most);
        return PART_USED;
    }
    p->chosen[choice] = !p->chosen[choice];
    return PART_CHANGED;
}

static enum part_result choose(struct part *p, struct part_turn *t, size_t choice)
{
    t->place = choice;
    return p->interaction->max_choices == 1 ? choose_one(p, choice) : choose_many(p, t, choice);
}

static enum part_result clear(struct part *p)
{
    if (!answered(p))
        return PART_USED;
    for (size_t i = 0; i < p->n_places; i++)
        p->chosen[i] = false;
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
        struct body_entry x = {.place = p->first + place,
                               .label = part_label(place, label),
                               .word = p->chosen[place] ? _("[selected]") : NULL};
        body_entry(w, &x, part_choice_at(p, place)->content);
    }
}

const struct part_kind part_choice = {
    .name = N_("choice"),
    .keys = N_("arrows move  Space/letter answer"),
    .init = init,
    .answered = answered,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

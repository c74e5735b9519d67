/* SPDX-License-Identifier: Apache-2.0 */
/* What choice, hottext and inline choice have in common: some of the choices are chosen. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

size_t part_chosen_count(const struct part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->interaction->n_choices; i++)
        n += p->chosen[i];
    return n;
}

bool part_chosen_any(const struct part *p)
{
    return part_chosen_count(p) > 0;
}

bool part_chosen_enough(const struct part *p)
{
    size_t n = part_chosen_count(p);
    return n > 0 && (int64_t)n >= p->interaction->min_choices;
}

void part_choose_only(struct part *p, size_t position)
{
    for (size_t i = 0; i < p->interaction->n_choices; i++)
        p->chosen[i] = i == position;
}

static enum part_result choose_one(struct part *p, size_t position)
{
    if (p->chosen[position])
        return PART_USED;
    part_choose_only(p, position);
    return PART_CHANGED;
}

enum part_result part_choose(struct part *p, struct part_turn *t, size_t position)
{
    if (p->interaction->max_choices == 1)
        return choose_one(p, position);
    if (!p->chosen[position] && part_chosen_count(p) >= part_most(p)) {
        say(t->message, sizeof t->message,
            _("At most %d answers can be selected here. Take one back first."), (int)part_most(p));
        return PART_USED;
    }
    p->chosen[position] = !p->chosen[position];
    return PART_CHANGED;
}

static enum part_result choose(struct part *p, struct part_turn *t, size_t position)
{
    t->place = position;
    return part_choose(p, t, position);
}

static enum part_result clear(struct part *p)
{
    if (!part_chosen_any(p))
        return PART_USED;
    part_choose_only(p, SIZE_MAX);
    return PART_CHANGED;
}

enum part_result part_chosen_key(struct part *p, struct part_turn *t, struct key k)
{
    size_t position = part_letter(k, p->n_places);
    if (part_is_erase(k))
        return clear(p);
    if (part_is_space(k))
        return choose(p, t, t->place);
    return position == SIZE_MAX ? PART_IGNORED : choose(p, t, position);
}

enum part_result part_chosen_click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)sub;
    (void)column;
    return choose(p, t, t->place);
}

void part_chosen_response(const struct part *p, struct response *r, struct arena *a)
{
    for (uint32_t choice = 0; choice < p->interaction->n_choices; choice++)
        if (p->chosen[part_position(p, choice)])
            part_add_value(r, a, p->interaction->choice[choice].identifier, part_most(p));
}

void part_chosen_restore(struct part *p, const struct response *r)
{
    size_t most = part_most(p), n = 0;
    for (size_t i = 0; i < p->interaction->n_choices; i++) {
        p->chosen[i] = n < most && part_has_value(r, part_choice_at(p, i)->identifier);
        n += p->chosen[i];
    }
}

void part_chosen_words(const struct part *p, struct bytes *out)
{
    char label[PART_LABEL];
    const char *before = "";
    for (size_t i = 0; i < p->interaction->n_choices; i++)
        if (p->chosen[i]) {
            bytes_printf(out, "%s%s", before, part_label(i, label));
            before = " ";
        }
}

void body_least_chosen(struct body_writer *w, const struct part *p)
{
    char text[100];
    int64_t least = p->interaction->min_choices, n = (int64_t)part_chosen_count(p);
    if (least < 1 || p->interaction->max_choices == 1)
        return;
    body_note(w, n < least ? LOOK_WARN : LOOK_QUIET,
              say(text, sizeof text, _("Select at least %d. Selected: %d."), (int)least, (int)n));
}

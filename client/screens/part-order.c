/* SPDX-License-Identifier: Apache-2.0 */
/* orderInteraction: a list whose upper entries are ordered and whose lower ones are not yet. A place is a
 * line of it, so that the cursor goes along with an entry that is moved. `pair` holds the ordered ones, first
 * to last. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"
#include "client/screens/pairs.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    pairs_init(p, a);
    p->n_places = p->interaction->n_choices;
}

static size_t most(const struct part *p)
{
    size_t max = part_most(p), n = p->interaction->n_choices;
    return n < max ? n : max;
}

static bool complete(const struct part *p)
{
    size_t least = p->interaction->min_choices > 0 ? (size_t)p->interaction->min_choices : most(p);
    return p->n_pairs > 0 && p->n_pairs >= least;
}

/* Rank of the choice shown at a position; SIZE_MAX: not ordered yet. */
static size_t rank_of(const struct part *p, size_t position)
{
    for (size_t i = 0; i < p->n_pairs; i++)
        if (p->pair[i].source == p->order[position])
            return i;
    return SIZE_MAX;
}

/* The position of the choice that stands on line `place`. */
static size_t at_place(const struct part *p, size_t place)
{
    if (place < p->n_pairs)
        return part_position(p, p->pair[place].source);
    size_t skip = place - p->n_pairs;
    for (size_t i = 0; i < p->n_places; i++)
        if (rank_of(p, i) == SIZE_MAX && skip-- == 0)
            return i;
    return 0;
}

static size_t place_of(const struct part *p, size_t position)
{
    size_t rank = rank_of(p, position), place = p->n_pairs;
    if (rank != SIZE_MAX)
        return rank;
    for (size_t i = 0; i < position; i++)
        place += rank_of(p, i) == SIZE_MAX;
    return place;
}

static void response(const struct part *p, struct response *r, struct arena *a)
{
    for (size_t i = 0; i < p->n_pairs; i++)
        part_add_value(r, a, p->interaction->choice[p->pair[i].source].identifier, p->n_pairs);
}

static void restore(struct part *p, const struct response *r)
{
    p->n_pairs = p->held = 0;
    for (size_t i = 0; i < r->n && p->n_pairs < most(p); i++) {
        size_t found =
            part_find(p->interaction->choice, p->interaction->n_choices, r->value[i], strlen(r->value[i]));
        if (found != SIZE_MAX && rank_of(p, part_position(p, (uint32_t)found)) == SIZE_MAX)
            pairs_add(p, (uint32_t)found, 0);
    }
}

static void words(const struct part *p, struct bytes *out)
{
    char label[PART_LABEL];
    for (size_t i = 0; i < p->n_pairs; i++)
        bytes_printf(out, "%s%s", i ? " " : "", part_label(part_position(p, p->pair[i].source), label));
}

static enum part_result append(struct part *p, struct part_turn *t, size_t position)
{
    if (p->n_pairs >= most(p)) {
        say(t->message, sizeof t->message,
            _("At most %d can be ordered here. Take one back first: Backspace."), (int)most(p));
        return PART_USED;
    }
    pairs_add(p, p->order[position], 0);
    return PART_CHANGED;
}

static enum part_result take_back(struct part *p, struct part_turn *t)
{
    if (p->n_pairs == 0)
        return PART_USED;
    pairs_remove(p, t->place < p->n_pairs ? t->place : p->n_pairs - 1);
    p->held = 0;
    return PART_CHANGED;
}

static enum part_result move(struct part *p, struct part_turn *t, size_t to)
{
    size_t from = p->held - 1;
    struct part_pair x = p->pair[from];
    if (to >= p->n_pairs)
        return PART_USED;
    pairs_remove(p, from);
    memmove(p->pair + to + 1, p->pair + to, (p->n_pairs - to) * sizeof *p->pair);
    p->pair[to] = x;
    p->n_pairs++;
    p->held = to + 1;
    t->place = to;
    return PART_CHANGED;
}

static enum part_result pick(struct part *p, struct part_turn *t)
{
    if (t->place >= p->n_pairs) {
        size_t next = t->place + 1 < p->n_places ? t->place + 1 : t->place;
        enum part_result r = append(p, t, at_place(p, t->place));
        t->place = r == PART_CHANGED ? next : t->place;
        return r;
    }
    p->held = p->held ? 0 : t->place + 1;
    return PART_USED;
}

static enum part_result letter(struct part *p, struct part_turn *t, size_t position)
{
    enum part_result r = rank_of(p, position) == SIZE_MAX ? append(p, t, position) : PART_USED;
    t->place = place_of(p, position);
    return r;
}

/* While an entry is picked up, the arrows move it; any other key puts it down first. */
static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t position = part_letter(k, p->n_places);
    if (p->held != t->place + 1)
        p->held = 0;
    if (p->held && k.code == K_UP)
        return p->held == 1 ? PART_USED : move(p, t, p->held - 2);
    if (p->held && k.code == K_DOWN)
        return move(p, t, p->held);
    if (part_is_space(k))
        return pick(p, t);
    p->held = 0;
    if (part_is_erase(k))
        return take_back(p, t);
    return position == SIZE_MAX ? PART_IGNORED : letter(p, t, position);
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)sub;
    (void)column;
    if (!p->held || p->held == t->place + 1 || t->place >= p->n_pairs)
        return pick(p, t);
    enum part_result r = move(p, t, t->place);
    p->held = 0;
    return r;
}

static void lay_out_entry(const struct part *p, struct body_writer *w, size_t place)
{
    char label[PART_LABEL], word[64];
    size_t position = at_place(p, place), at = p->first + place;
    bool held = p->held == place + 1;
    say(word, sizeof word, held ? _("[no. %zu, moving]") : _("[no. %zu]"), place + 1);
    body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                       .label = part_label(position, label),
                                       .content = part_choice_at(p, position)->content,
                                       .word = place < p->n_pairs ? word : NULL,
                                       .focus = at == w->focus});
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    body_prompt(w, p->interaction);
    for (size_t place = 0; place < p->n_places; place++) {
        if (place == p->n_pairs)
            body_note(w, p->n_pairs ? LOOK_WARN : LOOK_QUIET,
                      p->n_pairs == 0 ? _("Nothing is ordered yet. Press the letters in the right order.")
                      : p->n_pairs < most(p) ? _("Not yet ordered:")
                                             : _("Not used:"));
        lay_out_entry(p, w, place);
    }
}

const struct part_kind part_order = {
    .keys = N_("letters order  Space moves  Del undo"),
    .init = init,
    .answered = pairs_answered,
    .complete = complete,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* associateInteraction: pairs out of one list. The first letter (or Space, or click) takes one, the second
 * its partner. A place is a choice. */
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

static void words(const struct part *p, struct bytes *out)
{
    char one[PART_LABEL], other[PART_LABEL];
    for (size_t i = 0; i < p->n_pairs; i++)
        bytes_printf(out, "%s%s-%s", i ? " " : "", part_label(part_position(p, p->pair[i].source), one),
                     part_label(part_position(p, p->pair[i].target), other));
}

static enum part_result join(struct part *p, struct part_turn *t, size_t position)
{
    uint32_t source = p->order[p->held - 1], target = p->order[position];
    enum pairs_obstacle o = pairs_obstacle(p, source, target);
    if (pairs_find(p, source, target) != SIZE_MAX)
        return PART_USED;
    if (o != PAIRS_FREE) {
        pairs_say(p, o, source, target, t);
        return PART_USED;
    }
    p->held = 0;
    pairs_add(p, source, target);
    return PART_CHANGED;
}

static bool is_used_up(const struct part *p, size_t position)
{
    int64_t most = part_choice_at(p, position)->match_max;
    return most > 0 && (int64_t)pairs_of_source(p, p->order[position]) >= most;
}

static enum part_result take(struct part *p, struct part_turn *t, size_t position)
{
    t->place = position;
    if (p->held && p->held != position + 1)
        return join(p, t, position);
    if (!p->held && is_used_up(p, position)) {
        pairs_say(p, PAIRS_SOURCE_FULL, p->order[position], p->order[position], t);
        return PART_USED;
    }
    p->held = p->held ? 0 : position + 1;
    return PART_USED;
}

static enum part_result take_back(struct part *p, size_t position)
{
    size_t i = pairs_last_of_source(p, p->order[position]);
    if (p->held || i == SIZE_MAX) {
        p->held = 0;
        return PART_USED;
    }
    pairs_remove(p, i);
    return PART_CHANGED;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t position = part_letter(k, p->n_places);
    if (part_is_erase(k))
        return take_back(p, t->place);
    if (part_is_space(k))
        return take(p, t, t->place);
    return position == SIZE_MAX ? PART_IGNORED : take(p, t, position);
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)sub;
    (void)column;
    return take(p, t, t->place);
}

/* "   == B 杜甫" for every partner of the choice at the position. */
static char *partners(const struct part *p, size_t position, struct arena *a)
{
    struct bytes out = {0};
    char label[PART_LABEL];
    for (size_t i = 0; i < p->n_pairs; i++) {
        const struct part_pair *x = &p->pair[i];
        if (x->source != p->order[position] && x->target != p->order[position])
            continue;
        size_t other = part_position(p, x->source == p->order[position] ? x->target : x->source);
        bytes_printf(&out, "   == %s %s", part_label(other, label),
                     body_short(part_choice_at(p, other)->content, a));
    }
    char *text = out.n ? arena_strdup(a, (const char *)out.p) : NULL;
    bytes_release(&out);
    return text;
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct arena *a = arena_new();
    char label[PART_LABEL];
    body_prompt(w, p->interaction);
    for (size_t place = 0; place < p->n_places; place++) {
        size_t at = p->first + place;
        body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                           .label = part_label(place, label),
                                           .content = part_choice_at(p, place)->content,
                                           .tail = partners(p, place, a),
                                           .word = p->held == place + 1 ? _("[goes with?]") : NULL,
                                           .focus = at == w->focus});
    }
    pairs_note(p, w);
    arena_free(a);
}

const struct part_kind part_associate = {
    .keys = N_("two letters make a pair  Del undo"),
    .init = init,
    .answered = pairs_answered,
    .complete = pairs_complete,
    .response = pairs_response,
    .restore = pairs_restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/pairs.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

static bool one_set(const struct part *p)
{
    return p->interaction->kind == INTERACTION_ASSOCIATE;
}

static const struct item_choice *second_set(const struct part *p, size_t *ret_n)
{
    *ret_n = one_set(p) ? p->interaction->n_choices : p->interaction->n_targets;
    return one_set(p) ? p->interaction->choice : p->interaction->target;
}

void pairs_init(struct part *p, struct arena *a)
{
    p->pair = arena_array(a, RESPONSE_MAX_VALUES, sizeof *p->pair);
}

bool pairs_answered(const struct part *p)
{
    return p->n_pairs > 0;
}

bool pairs_complete(const struct part *p)
{
    size_t n, least = p->interaction->min_choices > 1 ? (size_t)p->interaction->min_choices : 1;
    const struct item_choice *target = second_set(p, &n);
    if (p->n_pairs < least)
        return false;
    for (uint32_t i = 0; i < p->interaction->n_choices; i++)
        if ((int64_t)pairs_of_source(p, i) < p->interaction->choice[i].match_min)
            return false;
    for (uint32_t i = 0; i < n; i++)
        if ((int64_t)pairs_of_target(p, i) < target[i].match_min)
            return false;
    return true;
}

size_t pairs_find(const struct part *p, uint32_t source, uint32_t target)
{
    for (size_t i = 0; i < p->n_pairs; i++) {
        const struct part_pair *x = &p->pair[i];
        if ((x->source == source && x->target == target) ||
            (one_set(p) && x->source == target && x->target == source))
            return i;
    }
    return SIZE_MAX;
}

size_t pairs_of_source(const struct part *p, uint32_t source)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_pairs; i++)
        n += (size_t)(p->pair[i].source == source) + (size_t)(one_set(p) && p->pair[i].target == source);
    return n;
}

size_t pairs_of_target(const struct part *p, uint32_t target)
{
    if (one_set(p))
        return pairs_of_source(p, target);
    size_t n = 0;
    for (size_t i = 0; i < p->n_pairs; i++)
        n += p->pair[i].target == target;
    return n;
}

static bool in_group(const struct item_choice *c, const struct item_choice *other)
{
    for (size_t i = 0; i < c->n_groups; i++)
        if (strcmp(c->group[i], other->identifier) == 0)
            return true;
    return c->n_groups == 0;
}

static bool is_full(const struct item_choice *c, size_t used)
{
    return c->match_max > 0 && (int64_t)used >= c->match_max;
}

enum pairs_obstacle pairs_obstacle(const struct part *p, uint32_t source, uint32_t target)
{
    size_t n;
    const struct item_choice *s = &p->interaction->choice[source], *t = &second_set(p, &n)[target];
    if (!in_group(s, t) || !in_group(t, s))
        return PAIRS_GROUP;
    if (is_full(s, pairs_of_source(p, source)))
        return PAIRS_SOURCE_FULL;
    if (is_full(t, pairs_of_target(p, target)))
        return PAIRS_TARGET_FULL;
    return p->n_pairs >= part_most(p) ? PAIRS_FULL : PAIRS_FREE;
}

void pairs_say(const struct part *p, enum pairs_obstacle o, uint32_t source, uint32_t target,
               struct part_turn *t)
{
    char label[PART_LABEL];
    size_t n;
    const struct item_choice *c =
        o == PAIRS_SOURCE_FULL ? &p->interaction->choice[source] : &second_set(p, &n)[target];
    bool number = p->interaction->kind == INTERACTION_MATCH ? o == PAIRS_SOURCE_FULL : o == PAIRS_TARGET_FULL;
    size_t position = o == PAIRS_SOURCE_FULL ? part_position(p, source)
                      : p->target_order      ? part_target_position(p, target)
                                             : part_position(p, target);
    if (number && !one_set(p))
        say(label, sizeof label, "%zu", position + 1);
    else
        part_label(position, label);
    switch (o) {
    case PAIRS_FREE:
        break;
    case PAIRS_GROUP:
        say(t->message, sizeof t->message, "%s", _("These two cannot go together here."));
        break;
    case PAIRS_FULL:
        say(t->message, sizeof t->message,
            _("At most %d pairs can be made here. Take one back first: Backspace."), (int)part_most(p));
        break;
    default:
        say(t->message, sizeof t->message,
            ngettext("%s can be used only once. Take it back first: Backspace where it is used.",
                     "%s can be used only %d times. Take it back first: Backspace where it is used.",
                     (unsigned long)c->match_max),
            label, (int)c->match_max);
    }
}

void pairs_add(struct part *p, uint32_t source, uint32_t target)
{
    if (p->n_pairs < RESPONSE_MAX_VALUES)
        p->pair[p->n_pairs++] = (struct part_pair){.source = source, .target = target};
}

void pairs_remove(struct part *p, size_t index)
{
    memmove(p->pair + index, p->pair + index + 1, (p->n_pairs - index - 1) * sizeof *p->pair);
    p->n_pairs--;
}

size_t pairs_last_of_source(const struct part *p, uint32_t source)
{
    for (size_t i = p->n_pairs; i-- > 0;)
        if (p->pair[i].source == source || (one_set(p) && p->pair[i].target == source))
            return i;
    return SIZE_MAX;
}

size_t pairs_last_of_target(const struct part *p, uint32_t target)
{
    for (size_t i = p->n_pairs; i-- > 0;)
        if (p->pair[i].target == target)
            return i;
    return SIZE_MAX;
}

void pairs_note(const struct part *p, struct body_writer *w)
{
    char text[160];
    int least = (int)p->interaction->min_choices, made = (int)p->n_pairs;
    bool bounded = p->interaction->max_choices > 0;
    if (least < 1 && !bounded)
        return;
    body_flush(w);
    sheet_blank(w->sheet);
    if (least > 0)
        say(text, sizeof text, _("Pairs made: %d; at least %d are asked for."), made, least);
    else
        say(text, sizeof text, _("Pairs made: %d of at most %d."), made, (int)part_most(p));
    body_note(w, made < least ? LOOK_WARN : LOOK_QUIET, text);
}

void pairs_response(const struct part *p, struct response *r, struct arena *a)
{
    size_t n;
    const struct item_choice *second = second_set(p, &n);
    for (size_t i = 0; i < p->n_pairs; i++)
        part_add_value(r, a,
                       arena_printf(a, "%s %s", p->interaction->choice[p->pair[i].source].identifier,
                                    second[p->pair[i].target].identifier),
                       p->n_pairs);
}

void pairs_restore(struct part *p, const struct response *r)
{
    size_t n;
    const struct item_choice *second = second_set(p, &n);
    p->n_pairs = p->held = 0;
    for (size_t i = 0; i < r->n; i++) {
        size_t length = strcspn(r->value[i], " ");
        const char *rest = r->value[i] + length + (r->value[i][length] == ' ');
        size_t source = part_find(p->interaction->choice, p->interaction->n_choices, r->value[i], length);
        size_t target = part_find(second, n, rest, strlen(rest));
        if (source != SIZE_MAX && target != SIZE_MAX &&
            pairs_find(p, (uint32_t)source, (uint32_t)target) == SIZE_MAX &&
            pairs_obstacle(p, (uint32_t)source, (uint32_t)target) == PAIRS_FREE)
            pairs_add(p, (uint32_t)source, (uint32_t)target);
    }
}

enum part_result pairs_put(struct part *p, size_t old, uint32_t source, uint32_t target, struct part_turn *t)
{
    struct part_pair removed = {0};
    if (old != SIZE_MAX) {
        removed = p->pair[old];
        pairs_remove(p, old);
    }
    enum pairs_obstacle o = pairs_obstacle(p, source, target);
    if (o == PAIRS_FREE) {
        pairs_add(p, source, target);
        return PART_CHANGED;
    }
    if (old != SIZE_MAX)
        pairs_add(p, removed.source, removed.target);
    pairs_say(p, o, source, target, t);
    return PART_USED;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/part.h"

#include <string.h>

#include "client/screens/frame.h"

static const struct part_kind *kind_of(enum item_interaction_kind kind)
{
    switch (kind) {
    case INTERACTION_CHOICE:
        return &part_choice;
    case INTERACTION_ORDER:
        return &part_order;
    case INTERACTION_ASSOCIATE:
        return &part_associate;
    case INTERACTION_MATCH:
        return &part_match;
    case INTERACTION_GAP_MATCH:
        return &part_gap_match;
    case INTERACTION_INLINE_CHOICE:
        return &part_inline;
    case INTERACTION_TEXT_ENTRY:
        return &part_text;
    case INTERACTION_EXTENDED_TEXT:
        return &part_extended;
    case INTERACTION_HOTTEXT:
        return &part_hottext;
    case INTERACTION_SLIDER:
        return &part_slider;
    case INTERACTION_UPLOAD:
        return &part_upload;
    default:
        return NULL;
    }
}

void part_init(struct part *p, const struct item *item, const struct item_interaction *i, struct span seed,
               struct arena *a)
{
    *p = (struct part){
        .item = item, .interaction = i, .kind = kind_of(i->kind), .first = p->first, .number = p->number};
    if (p->kind)
        p->kind->init(p, seed, a);
}

bool part_answered(const struct part *p)
{
    return p->kind && p->kind->answered(p);
}

bool part_complete(const struct part *p)
{
    if (!p->kind)
        return true;
    return p->kind->complete ? p->kind->complete(p) : p->kind->answered(p);
}

const char *part_label(size_t position, char buf[PART_LABEL])
{
    if (position < 26)
        return say(buf, PART_LABEL, "%c", (char)('A' + position));
    position = (position - 26) % (26 * 26);
    return say(buf, PART_LABEL, "%c%c", (char)('A' + position / 26), (char)('A' + position % 26));
}

static uint32_t plain(struct key k)
{
    return k.code == K_CHAR ? key_plain(k).ch : 0;
}

size_t part_letter(struct key k, size_t n)
{
    uint32_t lower = plain(k) | 0x20;
    if (plain(k) > 0x7F || lower < 'a' || lower > 'z' || lower - 'a' >= n)
        return SIZE_MAX;
    return lower - 'a';
}

size_t part_digit(struct key k, size_t n)
{
    uint32_t digit = plain(k);
    return digit >= '1' && digit <= '9' && digit - '1' < n ? digit - '1' : SIZE_MAX;
}

bool part_is_space(struct key k)
{
    return plain(k) == ' ';
}

bool part_is_erase(struct key k)
{
    return k.code == K_BACKSPACE || k.code == K_DELETE;
}

void part_choices(struct part *p, struct span seed, struct arena *a)
{
    size_t n = p->interaction->n_choices;
    p->order = arena_array(a, n, sizeof *p->order);
    p->chosen = arena_array(a, n, sizeof *p->chosen);
    item_choice_order(p->interaction, seed, p->order);
}

const struct item_choice *part_choice_at(const struct part *p, size_t position)
{
    return &p->interaction->choice[p->order[position]];
}

const struct item_choice *part_target_at(const struct part *p, size_t position)
{
    return &p->interaction->target[p->target_order[position]];
}

static size_t position_of(const uint32_t *order, size_t n, uint32_t index)
{
    for (size_t i = 0; i < n; i++)
        if (order[i] == index)
            return i;
    return 0;
}

size_t part_position(const struct part *p, uint32_t choice)
{
    return position_of(p->order, p->interaction->n_choices, choice);
}

size_t part_target_position(const struct part *p, uint32_t target)
{
    return position_of(p->target_order, p->interaction->n_targets, target);
}

size_t part_find(const struct item_choice *choice, size_t n, const char *identifier, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(choice[i].identifier) == length && memcmp(choice[i].identifier, identifier, length) == 0)
            return i;
    return SIZE_MAX;
}

bool part_has_value(const struct response *r, const char *value)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->value[i], value) == 0)
            return true;
    return false;
}

void part_add_value(struct response *r, struct arena *a, const char *value, size_t room)
{
    if (!r->value)
        r->value = arena_array(a, room, sizeof *r->value);
    if (r->n < room)
        r->value[r->n++] = arena_strdup(a, value);
}

size_t part_most(const struct part *p)
{
    int64_t max = p->interaction->max_choices;
    return max > 0 && max < RESPONSE_MAX_VALUES ? (size_t)max : RESPONSE_MAX_VALUES;
}

bool part_pattern_fits(const struct part *p, const char *text)
{
    bool valid;
    const char *pattern = p->interaction->pattern;
    return !pattern || xml_pattern_matches(pattern, text, &valid) || !valid;
}

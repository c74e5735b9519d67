/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/part.h"

#include <string.h>

#include "client/screens/frame.h"

static const struct part_kind *const kinds[] = {
    [INTERACTION_CHOICE] = &part_choice,
    [INTERACTION_TEXT_ENTRY] = &part_text,
    [INTERACTION_OTHER] = NULL,
};

void part_init(struct part *p, const struct item *item, const struct item_interaction *i, size_t first,
               struct span seed, struct arena *a)
{
    *p = (struct part){.item = item, .interaction = i, .kind = kinds[i->kind], .first = first};
    if (p->kind)
        p->kind->init(p, seed, a);
}

const char *part_label(size_t position, char buf[PART_LABEL])
{
    if (position < 26)
        return say(buf, PART_LABEL, "%c", (char)('A' + position));
    position = (position - 26) % (26 * 26);
    return say(buf, PART_LABEL, "%c%c", (char)('A' + position / 26), (char)('A' + position % 26));
}

static uint32_t plain(uint32_t ch)
{
    return ch >= 0xFF01 && ch <= 0xFF5E ? ch - 0xFEE0 : ch == 0x3000 ? ' ' : ch;
}

size_t part_letter(struct key k, size_t n)
{
    uint32_t lower = plain(k.ch) | 0x20;
    if (k.code != K_CHAR || plain(k.ch) > 0x7F || lower < 'a' || lower > 'z' || lower - 'a' >= n)
        return SIZE_MAX;
    return lower - 'a';
}

bool part_is_space(struct key k)
{
    return k.code == K_CHAR && plain(k.ch) == ' ';
}

void part_choices(struct part *p, struct span seed, struct arena *a)
{
    size_t n = p->interaction->n_choices;
    p->order = arena_array(a, n, sizeof *p->order);
    p->chosen = arena_array(a, n, sizeof *p->chosen);
    item_choice_order(p->interaction, seed, p->order);
}

size_t part_chosen_count(const struct part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->interaction->n_choices; i++)
        n += p->chosen[i];
    return n;
}

const struct item_choice *part_choice_at(const struct part *p, size_t position)
{
    return &p->interaction->choice[p->order[position]];
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

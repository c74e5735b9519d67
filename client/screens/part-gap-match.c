/* SPDX-License-Identifier: Apache-2.0 */
/* gapMatchInteraction: a text with numbered gaps, the words for them lettered below. A place is a gap; a
 * letter puts its word into the gap of the cursor. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"
#include "client/screens/pairs.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    pairs_init(p, a);
    p->n_places = p->interaction->n_targets;
}

static size_t in_gap(const struct part *p, size_t gap)
{
    return pairs_last_of_target(p, (uint32_t)gap);
}

/* "1A 2C" */
static void words(const struct part *p, struct bytes *out)
{
    char label[PART_LABEL];
    const char *before = "";
    for (size_t gap = 0; gap < p->n_places; gap++) {
        size_t i = in_gap(p, gap);
        if (i == SIZE_MAX)
            continue;
        bytes_printf(out, "%s%zu%s", before, gap + 1, part_label(part_position(p, p->pair[i].source), label));
        before = " ";
    }
}

static enum part_result put(struct part *p, struct part_turn *t, size_t position)
{
    uint32_t gap = (uint32_t)t->place, word = p->order[position];
    size_t old = in_gap(p, gap);
    if (old != SIZE_MAX && p->pair[old].source == word)
        return PART_USED;
    return pairs_put(p, old, word, gap, t);
}

static enum part_result take_back(struct part *p, size_t gap)
{
    size_t i = in_gap(p, gap);
    if (i == SIZE_MAX)
        return PART_USED;
    pairs_remove(p, i);
    return PART_CHANGED;
}

/* Space goes through the words that are still free. */
static enum part_result next_word(struct part *p, struct part_turn *t)
{
    size_t i = in_gap(p, t->place), from = i == SIZE_MAX ? 0 : part_position(p, p->pair[i].source) + 1;
    for (size_t position = from; position < p->interaction->n_choices; position++) {
        enum part_result r = put(p, t, position);
        t->message[0] = '\0';
        if (r == PART_CHANGED)
            return r;
    }
    return take_back(p, t->place);
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t position = part_letter(k, p->interaction->n_choices), gap = part_digit(k, p->n_places);
    if (p->n_places == 0)
        return PART_IGNORED;
    if (part_is_erase(k))
        return take_back(p, t->place);
    if (part_is_space(k))
        return next_word(p, t);
    if (position != SIZE_MAX)
        return put(p, t, position);
    if (gap == SIZE_MAX)
        return PART_IGNORED;
    t->place = gap;
    return PART_USED;
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)column;
    if (sub < 1 || (size_t)sub > p->interaction->n_choices)
        return PART_USED;
    return put(p, t, (size_t)sub - 1);
}

static void gap(const struct part *p, struct body_writer *w, const struct item_node *n)
{
    size_t number = (size_t)n->number, at = p->first + number;
    if (number >= p->n_places)
        return;
    struct arena *a = arena_new();
    char label[PART_LABEL] = "";
    size_t i = in_gap(p, number);
    const char *word = "____";
    if (i != SIZE_MAX) {
        size_t position = part_position(p, p->pair[i].source);
        part_label(position, label);
        word = item_node_text(part_choice_at(p, position)->content, a);
    }
    body_box(w, at, number + 1, label, word);
    arena_free(a);
}

static void used_in(const struct part *p, uint32_t word, char *buf, size_t size)
{
    size_t n = 0;
    buf[0] = '\0';
    for (uint32_t gap = 0; gap < p->n_places; gap++)
        if (pairs_find(p, word, gap) != SIZE_MAX && n + 8 < size)
            n += strlen(say(buf + n, size - n, "%s%u", n ? "," : "[", gap + 1));
    if (n > 0)
        say(buf + n, size - n, "]");
}

static void bank(const struct part *p, struct body_writer *w)
{
    size_t n = p->interaction->n_choices;
    struct arena *a = arena_new();
    struct body_option *option = arena_array(a, n, sizeof *option);
    for (size_t i = 0; i < n; i++) {
        const struct item_choice *c = part_choice_at(p, i);
        part_label(i, option[i].label);
        option[i].content = c->content;
        used_in(p, p->order[i], option[i].word, sizeof option[i].word);
        option[i].quiet = c->match_max > 0 && (int64_t)pairs_of_source(p, p->order[i]) >= c->match_max;
    }
    bool here = w->focus >= p->first && w->focus < p->first + p->n_places;
    body_options(w, here ? w->focus : p->first, "", option, n);
    arena_free(a);
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    body_prompt(w, p->interaction);
    body_nodes(w, p->interaction->content);
    body_flush(w);
    sheet_blank(w->sheet);
    if (p->n_places > 0)
        bank(p, w);
    pairs_note(p, w);
}

const struct part_kind part_gap_match = {
    .keys = N_("Up/Down gap  letter fills  Del undo"),
    .init = init,
    .answered = pairs_answered,
    .complete = pairs_complete,
    .response = pairs_response,
    .restore = pairs_restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
    .inner = gap,
    .bank = bank,
};

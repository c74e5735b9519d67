/* SPDX-License-Identifier: Apache-2.0 */
/* inlineChoiceInteraction: a numbered box in a sentence; what can stand in it is listed while the cursor is
 * on it. One place. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    p->n_places = 1;
}

static size_t chosen(const struct part *p)
{
    for (size_t i = 0; i < p->interaction->n_choices; i++)
        if (p->chosen[i])
            return i;
    return SIZE_MAX;
}

static enum part_result choose(struct part *p, size_t position)
{
    if (chosen(p) == position)
        return PART_USED;
    part_choose_only(p, position);
    return PART_CHANGED;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    (void)t;
    size_t n = p->interaction->n_choices, position = part_letter(k, n), now = chosen(p);
    if (part_is_erase(k))
        return choose(p, SIZE_MAX);
    if (part_is_space(k))
        return choose(p, now == SIZE_MAX ? (n > 0 ? 0 : SIZE_MAX) : now + 1 < n ? now + 1 : SIZE_MAX);
    return position == SIZE_MAX ? PART_IGNORED : choose(p, position);
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)t;
    (void)column;
    bool option = sub >= 1 && (size_t)sub <= p->interaction->n_choices;
    return option ? choose(p, (size_t)sub - 1) : PART_USED;
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct arena *a = arena_new();
    char label[PART_LABEL] = "";
    const char *word = "____";
    size_t now = chosen(p);
    if (now != SIZE_MAX) {
        part_label(now, label);
        word = item_node_text(part_choice_at(p, now)->content, a);
    }
    body_box(w, p->first, p->number, label, word);
    arena_free(a);
}

static void bank(const struct part *p, struct body_writer *w)
{
    char lead[32];
    size_t n = p->interaction->n_choices;
    struct arena *a = arena_new();
    struct body_option *option = arena_array(a, n, sizeof *option);
    for (size_t i = 0; i < n; i++) {
        part_label(i, option[i].label);
        option[i].content = part_choice_at(p, i)->content;
        if (p->chosen[i])
            say(option[i].word, sizeof option[i].word, "%s", _("[selected]"));
    }
    body_options(w, p->first, say(lead, sizeof lead, "[%zu]  ", p->number), option, n);
    arena_free(a);
}

const struct part_kind part_inline = {
    .keys = N_("Up/Down gap  letter/Space chooses"),
    .init = init,
    .answered = part_chosen_any,
    .response = part_chosen_response,
    .restore = part_chosen_restore,
    .words = part_chosen_words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
    .bank = bank,
    .bank_below = true,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/rng.h"
#include "paperbank/item/paper.h"

/* Items that stay together: a set, or one alone. */
struct run {
    size_t from, n;
};

static size_t runs_of(const struct paper_section *s, struct run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++) {
        const char *set = s->item[i].set;
        bool goes_on = n && set && s->item[i - 1].set && strcmp(set, s->item[i - 1].set) == 0;
        if (!goes_on)
            run[n++] = (struct run){.from = i};
        run[n - 1].n++;
    }
    return n;
}

static uint64_t spread(uint64_t h, const char *text)
{
    return rng_spread(h, text, strlen(text) + 1); /* with its zero: "a", "bc" is not "ab", "c" */
}

static void shuffle(struct paper_section *s, const char *session, const char *ticket, struct arena *a)
{
    struct rng rng;
    struct run *run = arena_array(a, s->n_items + 1, sizeof *run);
    struct paper_item *item = arena_array(a, s->n_items + 1, sizeof *item);
    size_t runs = runs_of(s, run), n = 0;
    uint32_t *order = arena_array(a, runs + 1, sizeof *order);
    for (size_t i = 0; i < runs; i++)
        order[i] = (uint32_t)i;
    rng_seed(&rng, spread(spread(spread(RNG_SPREAD, session), ticket), s->id));
    rng_shuffle(&rng, order, runs);
    for (size_t i = 0; i < runs; i++)
        for (size_t k = 0; k < run[order[i]].n; k++)
            item[n++] = s->item[run[order[i]].from + k];
    s->item = item;
}

const struct paper_form *paper_form_for(const struct paper *p, const char *id, const char *session,
                                        const char *ticket)
{
    const struct paper_form *form = paper_form(p, id);
    bool any = false;
    for (size_t k = 0; form && k < form->n_sections; k++)
        any = any || form->section[k].shuffle;
    if (!any)
        return form;
    struct paper_form *own = arena_copy(p->arena, form, sizeof *form);
    own->section = arena_copy(p->arena, form->section, form->n_sections * sizeof *form->section);
    for (size_t k = 0; k < own->n_sections; k++)
        if (own->section[k].shuffle)
            shuffle(&own->section[k], session, ticket, p->arena);
    return own;
}

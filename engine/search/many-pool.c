/* SPDX-License-Identifier: Apache-2.0 */
/* Which items matter, and how they are dealt out at first. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/many-internal.h"

static const double USED = 1e-7;

struct ranked {
    double short_of; /* of being used, in profit */
    uint32_t item;
    bool used;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->used != y->used)
        return x->used ? -1 : 1;
    if (!x->used && x->short_of != y->short_of)
        return x->short_of < y->short_of ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

void core_make(struct core *c, const struct state *s, const struct relaxed *bound)
{
    struct ranked *all = mem_alloc((s->n_items + 1) * sizeof *all);
    double sum = 0;
    size_t n = 0;
    *c = (struct core){.item = mem_alloc((s->n_items + 1) * sizeof *c->item)};
    for (uint32_t j = 0; j < s->n_items; j++) {
        if (s->use_hi[j] == 0)
            continue;
        bool used = bound->use[j] > USED;
        sum += bound->use[j];
        c->n_used += used;
        all[n++] = (struct ranked){.short_of = -bound->reduced[j], .item = j, .used = used};
    }
    qsort(all, n, sizeof *all, by_rank);
    for (size_t i = 0; i < n; i++)
        c->item[i] = all[i].item;
    c->n = n;
    c->length = (size_t)(sum / (double)s->n_forms + 0.5);
    free(all);
}

void core_release(struct core *c)
{
    free(c->item);
    *c = (struct core){0};
}

static void fill(const struct core *c, struct state *s, size_t form, size_t n)
{
    while (s->forms.n[form] > c->length)
        state_drop(s, form, s->forms.form[form][s->forms.n[form] - 1]);
    for (size_t i = 0; i < n && s->forms.n[form] < c->length; i++)
        if (s->use[c->item[i]] < s->use_hi[c->item[i]] && !state_has(s, form, c->item[i]))
            state_put(s, form, c->item[i]);
}

void core_deal(const struct core *c, struct state *s, const struct relaxed *bound, size_t n)
{
    size_t form = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        while (s->forms.n[f] > 0)
            state_drop(s, f, s->forms.form[f][s->forms.n[f] - 1]);
    for (size_t i = 0; i < c->n_used; i++)
        for (double left = bound->use[c->item[i]]; left > 0.5; left -= 1) {
            if (s->use[c->item[i]] < s->use_hi[c->item[i]] && !state_has(s, form, c->item[i]))
                state_put(s, form, c->item[i]);
            form = (form + 1) % s->n_forms;
        }
    for (size_t f = 0; f < s->n_forms; f++)
        fill(c, s, f, n);
    state_recount(s);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Which items a search over a large pool begins with: those that the relaxation uses, and the next best. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/sets-internal.h"

enum { CORE_MIN = 150 };

struct ranked {
    double worth;
    uint64_t tie;
    uint32_t item;
};

static int by_worth(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

/* What stands together comes together: a piece, the whole of a stimulus that is used. */
static void join(const struct search *s, const struct relaxed *r, bool *out)
{
    const struct pool *q = &s->pool;
    for (size_t t = 0; t < q->stimuli.n && r->stimulus; t++)
        for (size_t k = q->stimuli.start[t]; r->stimulus[t] > 1e-6 && k < q->stimuli.start[t + 1]; k++)
            out[q->stimuli.value[k]] = false;
    for (uint32_t i = 0; i < q->pieces.n; i++) {
        bool in = false;
        for (size_t k = q->pieces.start[i]; k < q->pieces.start[i + 1]; k++)
            in = in || !out[q->pieces.value[k]];
        for (size_t k = q->pieces.start[i]; k < q->pieces.start[i + 1]; k++)
            out[q->pieces.value[k]] = !in;
    }
}

bool *sets_core_make(struct search *s, const struct relaxed *r, double share)
{
    size_t n = s->b->n_items;
    double slots = 0;
    struct ranked *list = mem_alloc((n + 1) * sizeof *list);
    bool *out = mem_alloc(n + 1);
    for (uint32_t i = 0; i < n; i++) {
        slots += r->use[i] / (double)(s->b->use_hi[i] > 0 ? s->b->use_hi[i] : 1);
        list[i] = (struct ranked){r->use[i] > 1e-6 ? 1e300 : r->reduced[i], rng_u64(&s->rng), i};
        out[i] = true;
    }
    qsort(list, n, sizeof *list, by_worth);
    for (size_t i = 0; i < n; i++)
        if (list[i].worth >= 1e300 || (double)i < slots * share || i < CORE_MIN)
            out[list[i].item] = false;
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < s->b->n_forms; f++)
            if (booklets_has(s->b, (uint32_t)i, f))
                out[i] = false;
    join(s, r, out);
    free(list);
    return out;
}

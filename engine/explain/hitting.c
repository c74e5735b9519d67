/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/hitting.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { NODES = 200000 };

struct set {
    uint32_t *element; /* in order of liking */
    size_t n;
};

struct hitting {
    size_t n, n_sets, room, reached; /* no fewer than `reached` elements will do */
    const uint32_t *rank;
    struct set *set;
    uint32_t *taken; /* how often, of each element */
    bool *mark;
    int64_t nodes;
};

struct hitting *hitting_new(size_t n, const uint32_t *rank)
{
    struct hitting *h = mem_alloc(sizeof *h);
    *h = (struct hitting){.n = n, .rank = rank, .mark = mem_alloc(n + 1)};
    h->taken = mem_alloc((n + 1) * sizeof *h->taken);
    return h;
}

void hitting_free(struct hitting *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->n_sets; i++)
        free(h->set[i].element);
    free(h->set);
    free(h->taken);
    free(h->mark);
    free(h);
}

void hitting_add(struct hitting *h, const bool *set)
{
    if (h->n_sets == h->room) {
        h->room = h->room ? 2 * h->room : 64;
        h->set = mem_grow(h->set, h->room, sizeof *h->set);
    }
    struct set *s = &h->set[h->n_sets++];
    *s = (struct set){.element = mem_alloc((h->n + 1) * sizeof *s->element)};
    for (size_t i = 0; i < h->n; i++)
        if (set[h->rank[i]])
            s->element[s->n++] = h->rank[i];
}

static bool hit(const struct hitting *h, const struct set *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (h->taken[s->element[i]])
            return true;
    return false;
}

static bool marked(const struct hitting *h, const struct set *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (h->mark[s->element[i]])
            return true;
    return false;
}

/* Sets not hit that have nothing in common need one element each. The smallest one is in *ret. */
static size_t apart(struct hitting *h, const struct set **ret)
{
    size_t n = 0;
    *ret = NULL;
    memset(h->mark, 0, h->n);
    for (size_t i = 0; i < h->n_sets; i++) {
        const struct set *s = &h->set[i];
        if (hit(h, s))
            continue;
        if (!*ret || s->n < (*ret)->n)
            *ret = s;
        if (marked(h, s))
            continue;
        n++;
        for (size_t k = 0; k < s->n; k++)
            h->mark[s->element[k]] = true;
    }
    return n;
}

static bool search(struct hitting *h, size_t left)
{
    const struct set *branch;
    size_t need = apart(h, &branch);
    if (!branch)
        return true;
    if (need > left || ++h->nodes > NODES)
        return false;
    for (size_t i = 0; i < branch->n; i++) {
        h->taken[branch->element[i]]++;
        if (search(h, left - 1))
            return true;
        h->taken[branch->element[i]]--;
    }
    return false;
}

enum hitting_status hitting_least(struct hitting *h, size_t below, bool *ret, struct work *w)
{
    h->nodes = 0;
    memset(ret, 0, h->n);
    memset(h->taken, 0, h->n * sizeof *h->taken);
    for (; h->reached < below; h->reached++) {
        bool found = search(h, h->reached);
        if (!work_spend(w, h->nodes * (int64_t)(1 + h->n_sets / 8)) || (!found && h->nodes > NODES))
            return HITTING_UNKNOWN;
        for (size_t k = 0; found && k < h->n; k++)
            ret[k] = h->taken[k] > 0;
        if (found)
            return HITTING_FOUND;
    }
    return HITTING_NONE;
}

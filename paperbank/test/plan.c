/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/test/plan.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/rng.h"

enum { MAX_NODES = 4 * PLAN_MAX_SLOTS };

/* Children of one section while they are chosen and put into order. */
struct draft {
    const struct test_node *node;
    const struct test_node *const *mixed;
    size_t n_mixed;
};

struct drafts {
    struct draft *at;
    size_t n, cap;
};

struct making {
    struct test_plan *plan;
    struct span seed;
    unsigned *instances;                                       /* so far, by the order of the node */
    bool (*keep)(void *context, const struct test_node *item); /* NULL: select and shuffle */
    void *context;
    struct err *e;
};

/* A stream for one section of the candidate, whatever is drawn elsewhere in the test. */
static struct rng stream(const struct making *m, const struct test_node *section, unsigned instance,
                         const char *what)
{
    struct rng r;
    uint8_t number[4];
    put_le32(number, instance);
    uint64_t h = rng_spread(RNG_SPREAD, m->seed.p, m->seed.n);
    h = rng_spread(h, section->identifier, strlen(section->identifier) + 1);
    h = rng_spread(h, number, sizeof number);
    rng_seed(&r, rng_spread(h, what, strlen(what)));
    return r;
}

static int refuse(const struct making *m, const struct test_node *n, const char *what)
{
    char where[256];
    snprintf(where, sizeof where, "%.200s:%u", xml_doc_name(n->doc), n->line);
    return err_set(m->e, ERR_DATA, where, "%s", what);
}

static int too_many(const struct making *m, const struct test_node *n)
{
    return refuse(m, n, _("more items for one candidate than the limit"));
}

static void add(struct making *m, struct drafts *d, struct draft draft)
{
    if (d->n == d->cap) {
        size_t cap = d->cap ? 2 * d->cap : 16;
        struct draft *more = arena_array(m->plan->arena, cap, sizeof *more);
        if (d->n)
            memcpy(more, d->at, d->n * sizeof *more);
        d->at = more;
        d->cap = cap;
    }
    d->at[d->n++] = draft;
}

static size_t count_children(const struct test_node *n)
{
    size_t count = 0;
    for (const struct test_node *c = n->child; c; c = c->next)
        count++;
    return count;
}

/* times[i]: how often the i-th child is taken. Required ones come first, the rest is drawn. */
static int choose(struct making *m, const struct test_node *section, unsigned instance, unsigned *times,
                  size_t n)
{
    int64_t left = section->selects ? section->select : (int64_t)n;
    size_t i = 0, free_ones = 0;
    struct rng r = stream(m, section, instance, "selection");
    for (const struct test_node *c = section->child; m->keep && c; c = c->next)
        times[i++] = c->kind != TEST_ITEM || m->keep(m->context, c);
    if (m->keep)
        return 0;
    if (left > PLAN_MAX_SLOTS || (left > (int64_t)n && !section->with_replacement) || (n == 0 && left > 0))
        return refuse(m, section, _("the section selects more than it has"));
    for (const struct test_node *c = section->child; c; c = c->next, i++) {
        times[i] = !section->selects || c->required;
        left -= times[i];
        free_ones += !times[i];
    }
    for (; left > 0; left--) {
        size_t pick = (size_t)rng_below(&r, section->with_replacement ? n : free_ones), at = 0;
        for (; !section->with_replacement && (times[at] || pick); at++)
            pick -= !times[at];
        times[section->with_replacement ? pick : at]++;
        free_ones--;
    }
    return 0;
}

static bool is_mixed(const struct test_node *n, bool shuffled)
{
    return shuffled && n->kind == TEST_SECTION && !n->visible && !n->keep_together;
}

static const struct test_node *const *longer(struct making *m, const struct draft *from,
                                             const struct test_node *with)
{
    const struct test_node **list = arena_array(m->plan->arena, from->n_mixed + 1, sizeof *list);
    for (size_t i = 0; i < from->n_mixed; i++)
        list[i] = from->mixed[i];
    list[from->n_mixed] = with;
    return list;
}

/* The chosen children of a section; those of invisible sections in their place when they mix in. */
static int gather(struct making *m, const struct test_node *section, unsigned instance,
                  const struct draft *from, bool shuffled, struct drafts *ret)
{
    size_t n = count_children(section), i = 0;
    unsigned *times = arena_array(m->plan->arena, n, sizeof *times);
    int r = choose(m, section, instance, times, n);
    for (const struct test_node *c = section->child; r == 0 && c; c = c->next, i++)
        for (unsigned k = 0; r == 0 && k < times[i]; k++) {
            struct draft draft = {c, from->mixed, from->n_mixed};
            if (ret->n > MAX_NODES)
                return too_many(m, section);
            if (!is_mixed(c, shuffled)) {
                add(m, ret, draft);
                continue;
            }
            draft.mixed = longer(m, from, c);
            draft.n_mixed++;
            r = gather(m, c, ++m->instances[c->order], &draft, shuffled, ret);
        }
    return r;
}

/* Fisher-Yates over the places of those that are not fixed. */
static void shuffle(struct making *m, const struct test_node *section, unsigned instance, struct drafts *d)
{
    uint32_t *place = arena_array(m->plan->arena, d->n, sizeof *place);
    uint32_t *order = arena_array(m->plan->arena, d->n, sizeof *order);
    struct draft *was = arena_copy(m->plan->arena, d->at, d->n * sizeof *was);
    struct rng r = stream(m, section, instance, "ordering");
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        if (!d->at[i].node->fixed)
            place[n++] = (uint32_t)i;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    rng_shuffle(&r, order, n);
    for (size_t i = 0; i < n; i++)
        d->at[place[i]] = was[place[order[i]]];
}

static int add_slot(struct making *m, const struct plan_node *n)
{
    struct test_plan *p = m->plan;
    if (p->n_slots == PLAN_MAX_SLOTS)
        return too_many(m, n->node);
    p->slot[p->n_slots++] = (struct plan_slot){.place = n, .item = n->node, .part = p->n_parts};
    return 0;
}

static int expand(struct making *m, struct plan_node *n);

static int add_child(struct making *m, struct plan_node *parent, const struct draft *draft,
                     struct plan_node ***at)
{
    struct plan_node *child = arena_alloc(m->plan->arena, sizeof *child);
    if (++m->plan->n_nodes > MAX_NODES)
        return too_many(m, draft->node);
    *child = (struct plan_node){.node = draft->node,
                                .parent = parent,
                                .mixed = draft->mixed,
                                .n_mixed = draft->n_mixed,
                                .instance = ++m->instances[draft->node->order]};
    **at = child;
    *at = &child->next;
    return expand(m, child);
}

static int expand(struct making *m, struct plan_node *n)
{
    struct drafts drafts = {0};
    struct plan_node **at = &n->child;
    n->first = m->plan->n_slots;
    int r = 0;
    if (n->node->kind == TEST_ITEM) {
        r = add_slot(m, n);
    } else {
        bool shuffled = n->node->shuffle && n->node->kind == TEST_SECTION && !m->keep;
        r = gather(m, n->node, n->instance, &(struct draft){.node = n->node}, shuffled, &drafts);
        if (r == 0 && shuffled)
            shuffle(m, n->node, n->instance, &drafts);
        for (size_t i = 0; r == 0 && i < drafts.n; i++)
            r = add_child(m, n, &drafts.at[i], &at);
    }
    n->end = m->plan->n_slots;
    return r;
}

static void name_slots(struct making *m)
{
    for (size_t i = 0; i < m->plan->n_slots; i++) {
        struct plan_slot *s = &m->plan->slot[i];
        bool several = m->instances[s->item->order] > 1;
        s->id = several ? arena_printf(m->plan->arena, "%s.%u", s->item->identifier, s->place->instance)
                        : s->item->identifier;
    }
}

static int make(struct test_plan **ret, const struct test *t, struct making m)
{
    struct arena *a = arena_new();
    struct test_plan *p = arena_alloc(a, sizeof *p);
    size_t n = 0;
    int r = 0;
    for (const struct test_node *part = t->part; part; part = part->next)
        n++;
    *p = (struct test_plan){.arena = a,
                            .test = t,
                            .part = arena_array(a, n, sizeof *p->part),
                            .slot = arena_array(a, PLAN_MAX_SLOTS, sizeof *p->slot)};
    m.plan = p;
    m.instances = arena_array(a, t->n_nodes, sizeof *m.instances);
    for (const struct test_node *part = t->part; r == 0 && part; part = part->next) {
        struct plan_node *node = arena_alloc(a, sizeof *node);
        *node = (struct plan_node){.node = part, .instance = 1};
        p->part[p->n_parts] = node;
        r = expand(&m, node);
        p->n_parts++;
    }
    if (r < 0) {
        plan_free(p);
        return r;
    }
    name_slots(&m);
    *ret = p;
    return 0;
}

int plan_make(struct test_plan **ret, const struct test *t, struct span seed, struct err *e)
{
    return make(ret, t, (struct making){.seed = seed, .e = e});
}

int plan_of(struct test_plan **ret, const struct test *t,
            bool (*keep)(void *context, const struct test_node *item), void *context, struct err *e)
{
    return make(ret, t, (struct making){.keep = keep, .context = context, .e = e});
}

void plan_free(struct test_plan *p)
{
    if (p)
        arena_free(p->arena);
}

int64_t plan_find(const struct test_plan *p, const char *id)
{
    for (size_t i = 0; i < p->n_slots; i++)
        if (strcmp(p->slot[i].id, id) == 0)
            return (int64_t)i;
    for (size_t i = 0; i < p->n_slots; i++)
        if (strcmp(p->slot[i].item->identifier, id) == 0)
            return (int64_t)i;
    return -1;
}

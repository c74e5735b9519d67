/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/explain/hitting.h"

enum { ROUNDS = 300 };

struct finder {
    const struct lots *l;
    struct elastic *x;
    struct work *w;
    double *price, times;
    bool endless;
};

struct ranked {
    size_t matches;
    uint32_t rule;
};

static int by_liking(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->matches != y->matches)
        return x->matches > y->matches ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

uint32_t *conflict_rank(const struct lots *l)
{
    struct ranked *ranked = mem_alloc((l->n_rules + 1) * sizeof *ranked);
    uint32_t *rank = mem_alloc((l->n_rules + 1) * sizeof *rank);
    for (uint32_t k = 0; k < l->n_rules; k++)
        ranked[k] = (struct ranked){l->rule[k].matches, k};
    qsort(ranked, l->n_rules, sizeof *ranked, by_liking);
    for (size_t k = 0; k < l->n_rules; k++)
        rank[k] = ranked[k].rule;
    free(ranked);
    return rank;
}

struct reduction {
    const uint32_t *rule;
    bool *keep, *need;
    conflict_test_fn *contradict;
    void *context;
};

static void set(const struct reduction *q, bool *flags, size_t from, size_t to, bool value)
{
    for (size_t i = from; i < to; i++)
        flags[q->rule[i]] = value;
}

/* What is needed of rules from .. to besides those kept; afterwards just those of them are kept. `more`: what
 * is kept has grown since it was last known not to contradict itself. Returns how many. */
static size_t needed(struct reduction *q, size_t from, size_t to, bool more)
{
    set(q, q->keep, from, to, false);
    if (from == to || (more && q->contradict(q->context, q->keep)))
        return 0;
    if (to - from == 1) {
        set(q, q->keep, from, to, true);
        return 1;
    }
    size_t middle = from + (to - from) / 2;
    set(q, q->keep, from, middle, true);
    size_t n = needed(q, middle, to, true);
    set(q, q->keep, from, middle, false);
    return n + needed(q, from, middle, n > 0);
}

void conflict_reduce(const uint32_t *rank, size_t n_rules, bool *in, conflict_test_fn *contradict,
                     void *context)
{
    uint32_t *rule = mem_alloc((n_rules + 1) * sizeof *rule);
    size_t n = 0;
    for (size_t i = 0; i < n_rules; i++)
        if (in[rank[i]])
            rule[n++] = rank[i];
    struct reduction q = {.rule = rule, .keep = in, .contradict = contradict, .context = context};
    needed(&q, 0, n, false);
    free(rule);
}

static enum elastic_status ask(struct finder *f, const bool *keep)
{
    for (size_t k = 0; k < f->l->n_rules; k++)
        f->price[k] = keep[k];
    const struct elastic_ask a = {.price = f->price, .times = f->times, .endless = f->endless};
    return elastic_ask(f->x, &a);
}

static bool missed(void *context, const bool *keep)
{
    return ask(context, keep) == ELASTIC_MISSED;
}

static size_t count(const struct lots *l, const bool *in, bool rows_only)
{
    size_t n = 0;
    for (size_t k = 0; k < l->n_rules; k++)
        n += in[k] && !(rows_only && l->rule[k].bounds);
    return n;
}

/* `held` can be met; what of the rest must be missed then? False where nothing must be. */
static bool correction(struct finder *f, const bool *held, bool *ret)
{
    const struct lots *l = f->l;
    bool any = false;
    for (size_t k = 0; k < l->n_rules; k++)
        f->price[k] = l->rule[k].bounds ? held[k] : held[k] ? ELASTIC_HOLDS : !l->rule[k].ignored;
    const struct elastic_ask a = {.price = f->price, .times = f->times, .endless = f->endless, .exact = true};
    memset(ret, 0, l->n_rules);
    if (elastic_ask(f->x, &a) != ELASTIC_MISSED)
        return false;
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct lots_row *row = &l->row[i];
        double by = elastic_missed(f->x, i) / row->scale;
        if (!held[row->rule] && (by > 1e-6 || by < -1e-6))
            any = ret[row->rule] = true;
    }
    return any;
}

/* The fewest rules with rows, fewer than `below`, that contradict each other with the bounds that are in
 * `in`: every such set has a rule of each correction, so the fewest rules that have one of each are a
 * contradiction, or show a further correction (A. Ignatiev et al. 2015). Into `in`, and true, if there are
 * such; *ret_least: no fewer will do, or no fewer than `below`. */
static bool fewest(struct finder *f, const uint32_t *rank, bool *in, size_t below, bool *ret_least)
{
    const struct lots *l = f->l;
    struct hitting *h = hitting_new(l->n_rules, rank);
    bool *held = mem_alloc(l->n_rules + 1), *further = mem_alloc(l->n_rules + 1), found = false;
    *ret_least = false;
    for (int round = 0; round < ROUNDS && !work_ended(f->w); round++) {
        enum hitting_status s = hitting_least(h, below, held, f->w);
        *ret_least = s == HITTING_NONE;
        if (s != HITTING_FOUND)
            break;
        for (size_t k = 0; k < l->n_rules; k++)
            held[k] = held[k] || (l->rule[k].bounds && in[k]);
        found = *ret_least = missed(f, held);
        if (found)
            memcpy(in, held, l->n_rules);
        if (found || !correction(f, held, further))
            break;
        hitting_add(h, further);
    }
    free(held);
    free(further);
    hitting_free(h);
    return found;
}

static void rules_asked(const struct lots *l, bool rows, bool bounds, bool *ret)
{
    for (size_t k = 0; k < l->n_rules; k++)
        ret[k] = !l->rule[k].ignored && (l->rule[k].bounds ? bounds : rows);
}

/* Into *ret what contradicts itself with or without bounds, if it has fewer rules than what is there. */
static void look(struct finder *f, const uint32_t *rank, bool bounds, struct conflict *ret)
{
    const struct lots *l = f->l;
    struct conflict c = {.in = mem_alloc(l->n_rules + 1), .inside = f->endless};
    bool *fewer = mem_alloc(l->n_rules + 1);
    size_t below = ret->n;
    rules_asked(l, true, bounds, c.in);
    rules_asked(l, false, bounds, fewer);
    if ((!ret->in || ret->n > 1) && missed(f, c.in)) {
        if (!ret->in) {
            conflict_reduce(rank, l->n_rules, c.in, missed, f);
            below = count(l, c.in, true);
        }
        if (fewest(f, rank, fewer, below, &c.least)) {
            conflict_reduce(rank, l->n_rules, fewer, missed, f);
            if (count(l, fewer, false) < count(l, c.in, false))
                memcpy(c.in, fewer, l->n_rules);
        }
        c.n = count(l, c.in, false);
        ret->least = ret->least && c.least;
        if (!ret->in || c.n < ret->n) {
            struct conflict old = *ret;
            *ret = c;
            c = old;
        }
    }
    free(fewer);
    conflict_release(&c);
}

bool conflict_find(struct conflict *ret, const struct lots *l, struct elastic *x, double times,
                   struct work *w)
{
    struct finder f = {.l = l, .x = x, .w = w, .times = times, .endless = true};
    f.price = mem_alloc((l->n_rules + 1) * sizeof *f.price);
    uint32_t *rank = conflict_rank(l);
    *ret = (struct conflict){0};
    look(&f, rank, false, ret);
    f.endless = false;
    look(&f, rank, true, ret);
    free(rank);
    free(f.price);
    return ret->in != NULL;
}

void conflict_release(struct conflict *c)
{
    free(c->in);
    *c = (struct conflict){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/swap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/swap-internal.h"

/* --- items that count alike --- */

/* Only what is counted: sums differ from item to item, and enemies are few. */
static bool tells_apart(const struct state *s, uint32_t row)
{
    const struct requirement *r = &s->p->requirement[s->row[row].requirement];
    return r->kind == REQUIRE_LINEAR && !r->coef;
}

static uint64_t mark_of(const struct state *s, uint32_t j)
{
    uint64_t h = 0;
    for (size_t c = s->cell_at[j]; c < s->cell_at[j + 1]; c++)
        if (tells_apart(s, s->cell[c].row))
            h += rng_spread(RNG_SPREAD, &s->cell[c].row, sizeof s->cell[c].row);
    return h;
}

struct marked {
    uint64_t mark;
    uint32_t item;
};

static int by_mark(const void *a, const void *b)
{
    const struct marked *x = a, *y = b;
    if (x->mark != y->mark)
        return x->mark < y->mark ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static void make_classes(struct swap *w)
{
    struct marked *m = mem_alloc((w->n_pool + 1) * sizeof *m);
    for (size_t i = 0; i < w->n_pool; i++)
        m[i] = (struct marked){mark_of(w->s, w->pool[i]), w->pool[i]};
    qsort(m, w->n_pool, sizeof *m, by_mark);
    for (size_t i = 0; i < w->n_pool; i++) {
        if (i == 0 || m[i].mark != m[i - 1].mark) {
            w->class_mark[w->n_classes] = m[i].mark;
            w->class_at[w->n_classes++] = (uint32_t)i;
        }
        w->mark[m[i].item] = m[i].mark;
        w->class_of[m[i].item] = (uint32_t)(w->n_classes - 1);
        w->member[i] = m[i].item;
    }
    w->class_at[w->n_classes] = (uint32_t)w->n_pool;
    free(m);
}

struct swap *swap_new(struct state *s, const uint32_t *pool, size_t n_pool, bool loose, uint64_t seed)
{
    struct swap *w = mem_alloc(sizeof *w);
    *w = (struct swap){.s = s, .pool = pool, .n_pool = n_pool, .loose = loose};
    rng_seed(&w->rng, seed);
    w->mark = mem_alloc((s->n_items + 1) * sizeof *w->mark);
    w->class_of = mem_alloc((s->n_items + 1) * sizeof *w->class_of);
    w->member = mem_alloc((n_pool + 1) * sizeof *w->member);
    w->class_at = mem_alloc((n_pool + 2) * sizeof *w->class_at);
    w->class_mark = mem_alloc((n_pool + 1) * sizeof *w->class_mark);
    make_classes(w);
    return w;
}

void swap_free(struct swap *w)
{
    if (!w)
        return;
    free(w->mark);
    free(w->class_of);
    free(w->member);
    free(w->class_at);
    free(w->class_mark);
    free(w);
}

/* --- moves --- */

double swap_try(struct swap *w, const struct swap_move *m)
{
    return m->g == m->f ? state_try_swap(w->s, m->f, m->out, m->in)
                        : state_try_exchange(w->s, m->f, m->out, m->g, m->in);
}

void swap_make(struct swap *w, const struct swap_move *m)
{
    if (m->g == m->f)
        state_swap(w->s, m->f, m->out, m->in);
    else
        state_exchange(w->s, m->f, m->out, m->g, m->in);
}

static uint32_t partner(struct swap *w, uint32_t item)
{
    uint32_t c = w->class_of[item], at = w->class_at[c], n = w->class_at[c + 1] - at;
    if (n > 1 && swap_below(w, 8) < 6)
        return w->member[at + swap_below(w, n)];
    return w->pool[swap_below(w, w->n_pool)];
}

/* A form that has the item, by the seed; there is one. */
static size_t holder(struct swap *w, uint32_t item)
{
    size_t skip = w->s->use[item] > 1 ? swap_below(w, w->s->use[item]) : 0;
    const uint64_t *in = w->s->in + item * w->s->words;
    for (size_t k = 0;; k++)
        for (uint64_t rest = in[k]; rest; rest &= rest - 1)
            if (skip-- == 0)
                return k * 64 + (size_t)__builtin_ctzll(rest);
}

static bool pick(struct swap *w, struct swap_move *m)
{
    const struct state *s = w->s;
    m->f = m->g = swap_below(w, s->n_forms);
    if (s->forms.n[m->f] == 0)
        return false;
    m->out = s->forms.form[m->f][swap_below(w, s->forms.n[m->f])];
    m->in = partner(w, m->out);
    if (state_has(s, m->f, m->in))
        return false;
    bool more = s->use[m->in] < s->use_hi[m->in];
    if (s->use[m->in] > 0 && (!more || swap_below(w, 2) == 0)) {
        m->g = holder(w, m->in);
        return !state_has(s, m->g, m->out);
    }
    return more;
}

/* An item comes, or goes, alone. */
static void come_or_go(struct swap *w, double most)
{
    struct state *s = w->s;
    size_t f = swap_below(w, s->n_forms);
    uint32_t j = w->pool[swap_below(w, w->n_pool)];
    double before = s->cost;
    if (s->forms.n[f] > 0 && swap_below(w, 2) == 0) {
        j = s->forms.form[f][swap_below(w, s->forms.n[f])];
        if (state_drop(s, f, j) > most)
            state_put(s, f, j), s->cost = before;
    } else if (!state_has(s, f, j) && s->use[j] < s->use_hi[j] && state_put(s, f, j) > most) {
        state_drop(s, f, j);
        s->cost = before;
    }
}

/* --- chance --- */

/* Natural logarithm of x in (0, 1], the same on every machine. */
static double log_of(double x)
{
    double twos = 0;
    for (; x < 0.70710678118654752; x *= 2)
        twos -= 1;
    double t = (x - 1) / (x + 1), q = t * t;
    return twos * 0.69314718055994531 + 2 * t * (1 + q * (1.0 / 3 + q * (0.2 + q * (1.0 / 7 + q / 9))));
}

/* What may be lost at heat 1: exponentially distributed. */
static double chance(struct swap *w)
{
    return -log_of(1 - rng_unit(&w->rng));
}

/* Nearly (cold / hot) to the 1 / steps. */
static double cooling(const struct swap_heat *heat, int64_t steps)
{
    double x = heat->cold < heat->hot ? log_of(heat->cold / heat->hot) / (double)(steps > 0 ? steps : 1) : 0;
    return 1 / (1 - x * (1 - x / 2 * (1 - x / 3)));
}

/* The best may be passed by within a few moves. */
static void notice(struct swap *w, const struct swap_heat *heat)
{
    if (w->s->broken > 0 || w->s->cost >= w->lowest)
        return;
    w->lowest = w->s->cost;
    if (heat->look)
        heat->look(heat->context);
}

static void step(struct swap *w, double most)
{
    struct swap_move first, second;
    if (w->loose && swap_below(w, 8) == 0) {
        come_or_go(w, most);
        return;
    }
    if (!pick(w, &first))
        return;
    bool alike = w->class_of[first.out] == w->class_of[first.in];
    if (!alike && swap_below(w, 2) == 0 && swap_second(w, &first, &second))
        swap_both(w, &first, &second, most);
    else if (swap_try(w, &first) <= most)
        swap_make(w, &first);
}

void swap_anneal(struct swap *w, const struct swap_heat *heat, struct work *work)
{
    enum { STEPS = 1000, UNITS = 500 }; /* of so many steps */
    w->lowest = INFINITY;
    double t = heat->hot, by = cooling(heat, heat->moves / STEPS);
    for (int64_t done = 0; done < heat->moves; done += STEPS, t *= by) {
        for (size_t i = 0; i < STEPS && w->lowest > heat->enough; i++) {
            step(w, t * chance(w));
            notice(w, heat);
        }
        if (!work_spend(work, UNITS) || w->lowest <= heat->enough)
            return;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Two exchanges of like items between two forms that together bring what is wanted: annealing hits such a
 * pair by luck alone once single exchanges are all too coarse. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/state-internal.h"
#include "engine/search/swap-internal.h"

struct trade {
    uint32_t a, b; /* a of form f for b of form g */
    int64_t by;    /* what f gains in the row that matters */
};

struct match {
    struct swap *w;
    size_t f, g;
    struct trade *trade;
    size_t n;
    const struct trade *first, *second; /* the best so far; first NULL: none */
    double cost;                        /* of both forms' goals then */
};

static int by_gain(const void *x, const void *y)
{
    const struct trade *a = x, *b = y;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static void list_trades(struct match *m, size_t row)
{
    const struct state *s = m->w->s;
    size_t goals = s->n_goals;
    m->trade = mem_alloc((s->forms.n[m->f] * s->forms.n[m->g] + 1) * sizeof *m->trade);
    for (size_t i = 0; i < s->forms.n[m->f]; i++)
        for (size_t k = 0; k < s->forms.n[m->g]; k++) {
            uint32_t a = s->forms.form[m->f][i], b = s->forms.form[m->g][k];
            if (m->w->mark[a] == m->w->mark[b] && !state_has(s, m->g, a) && !state_has(s, m->f, b))
                m->trade[m->n++] = (struct trade){a, b, s->gain[b * goals + row] - s->gain[a * goals + row]};
        }
    qsort(m->trade, m->n, sizeof *m->trade, by_gain);
}

static double goals_cost(const struct match *m, const struct trade *x, const struct trade *y)
{
    const struct state *s = m->w->s;
    double cost = 0;
    for (size_t r = 0; r < s->n_goals; r++) {
        size_t n = s->n_goals;
        int64_t by =
            s->gain[x->b * n + r] - s->gain[x->a * n + r] + s->gain[y->b * n + r] - s->gain[y->a * n + r];
        cost += row_cost(&s->goal[r], s->have[m->f * n + r] + by) +
                row_cost(&s->goal[r], s->have[m->g * n + r] - by);
    }
    return cost;
}

static void consider(struct match *m, const struct trade *x, const struct trade *y)
{
    if (x->a == y->a || x->b == y->b)
        return;
    double cost = goals_cost(m, x, y);
    if (cost < m->cost) {
        m->cost = cost;
        m->first = x;
        m->second = y;
    }
}

/* For each trade the few whose gain brings the sum nearest to `wanted`. */
static void find_pair(struct match *m, int64_t wanted)
{
    enum { NEAR = 6 };
    size_t k = m->n;
    for (size_t i = 0; i < m->n; i++) {
        while (k > 0 && m->trade[k - 1].by + m->trade[i].by >= wanted)
            k--;
        for (size_t near = k > NEAR ? k - NEAR : 0; near < m->n && near < k + NEAR; near++)
            if (near > i)
                consider(m, &m->trade[i], &m->trade[near]);
    }
}

/* The row that f is short of most, by cost. */
static size_t worst_row(const struct state *s, size_t f)
{
    size_t worst = 0;
    double most = -1;
    for (size_t r = 0; r < s->n_goals; r++) {
        double cost = row_cost(&s->goal[r], s->have[f * s->n_goals + r]);
        if (cost > most) {
            most = cost;
            worst = r;
        }
    }
    return worst;
}

bool swap_match(struct swap *w, size_t f, size_t g, struct work *work)
{
    struct state *s = w->s;
    struct match m = {.w = w, .f = f, .g = g};
    size_t row = worst_row(s, f);
    struct trade none = {0};
    double before = s->cost;
    m.cost = goals_cost(&m, &none, &none) * (1 - 1e-9);
    list_trades(&m, row);
    find_pair(&m, (s->have[g * s->n_goals + row] - s->have[f * s->n_goals + row]) / 2);
    if (m.first) {
        state_exchange(s, f, m.first->a, g, m.first->b);
        state_exchange(s, f, m.second->a, g, m.second->b);
        if (s->cost >= before) { /* enemies, or sums of the requirements */
            state_exchange(s, f, m.second->b, g, m.second->a);
            state_exchange(s, f, m.first->b, g, m.first->a);
            s->cost = before;
            m.first = NULL;
        }
    }
    work_spend(work, (int64_t)(s->forms.n[f] * s->forms.n[g]) / 100 + (int64_t)m.n / 10 + 1);
    free(m.trade);
    return m.first != NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/many.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/search/many-internal.h"
#include "engine/search/swap.h"

struct many {
    const struct problem *p;
    const struct relaxed *bound;
    const struct many_options *o;
    struct work *w;
    struct state *s;
    struct core core;
    struct selection *best;
    double best_value; /* in the objective's integers */
    double top;        /* no value is above */
    double size;       /* what an item usually brings, in the objective's unit */
    bool found, loose;
};

bool many_suits(const struct problem *p)
{
    enum objective_kind goal = p->objective[0].kind;
    if (p->n_forms < 2 || (goal != OBJECTIVE_MAXIMIN && goal != OBJECTIVE_NONE))
        return false;
    for (size_t k = 0; k < p->n_requirements; k++)
        switch (p->requirement[k].kind) {
        case REQUIRE_STIMULI:
        case REQUIRE_PER_STIMULUS:
        case REQUIRE_STIMULUS_USE:
        case REQUIRE_RANGE:
        case REQUIRE_PENALTY:
        case REQUIRE_ALL_OR_NONE:
            return false;
        default:
            break;
        }
    return true;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Where all rows weigh 1, values are multiples of the data's greatest common divisor. */
static double round_to_step(const struct problem *p, double bound)
{
    int64_t step = 0;
    for (size_t r = 0; r < p->objective->n_rows; r++) {
        if (p->objective->row[r].weight != 1000)
            return bound;
        for (size_t j = 0; j < p->n_items; j++)
            step = gcd(step, p->objective->row[r].coef[j]);
    }
    return step > 0 ? floor(bound / (double)step + 1e-9) * (double)step : bound;
}

/* Every form has the same number of items, by a requirement that counts them all. */
static bool is_loose(const struct problem *p)
{
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (r->kind == REQUIRE_LINEAR && !r->coef && r->lo == r->hi && r->n == p->n_items && r->weight == 0)
            return false;
    }
    return true;
}

static bool no_goals(const struct many *m)
{
    return m->s->n_goals == 0 || m->o->any;
}

static bool done(const struct many *m)
{
    return work_ended(m->w) || (m->found && (no_goals(m) || m->best_value >= m->top));
}

static void look(void *context)
{
    struct many *m = context;
    double value = state_objective(m->s);
    if (m->found && value <= m->best_value)
        return;
    m->found = true;
    m->best_value = value;
    selection_release(m->best);
    state_take(m->s, m->best);
    work_tell(m->w, (struct work_progress){.stage = N_("forms are dealt out"),
                                           .has_incumbent = true,
                                           .has_bound = true,
                                           .incumbent = value / (double)m->p->objective->unit,
                                           .bound = m->top / (double)m->p->objective->unit});
}

/* Rows weigh as much as the bound's prices say, so that all fall short of the aim alike. */
static void weigh_goals(struct many *m)
{
    double most = 0, *price = mem_alloc((m->s->n_goals + 1) * sizeof *price);
    for (size_t i = 0; i < m->bound->n_prices; i++) {
        const struct relax_price *q = &m->bound->price[i];
        if (q->requirement == m->p->n_requirements && q->sub < m->s->n_goals) {
            price[q->sub] = q->price * (double)m->p->objective->row[q->sub].weight;
            most = fmax(most, price[q->sub]);
        }
    }
    for (size_t g = 0; g < m->s->n_goals && most > 0; g++)
        m->s->goal[g].square *= fmax(0.3, price[g] / most);
    free(price);
}

/* Heats as parts of what an item brings, squared. */
static void anneal(struct many *m, struct swap *w, double hot, double cold, int64_t moves)
{
    double unit = m->size * m->size;
    const struct swap_heat heat = {.hot = hot * unit,
                                   .cold = cold * unit,
                                   .moves = moves,
                                   .enough = no_goals(m) ? INFINITY : 0,
                                   .look = look,
                                   .context = m};
    state_recount(m->s);
    if (!done(m))
        swap_anneal(w, &heat, m->w);
    if (m->s->broken == 0)
        look(m);
}

static void stress_broken(struct many *m)
{
    struct state *s = m->s;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t r = 0; r < s->n_rows; r++) {
            int64_t v = s->sum[f * s->n_rows + r];
            if (!s->row[r].wish && (v < s->row[r].lo || v > s->row[r].hi))
                state_stress(s, s->row[r].requirement, 2);
        }
}

/* The form whose goals cost most. */
static size_t worst_form(const struct state *s)
{
    size_t worst = 0;
    double most = -1;
    for (size_t f = 0; f < s->n_forms; f++) {
        double cost = 0;
        for (size_t g = 0; g < s->n_goals; g++) {
            double d = (double)(s->goal[g].lo - s->have[f * s->n_goals + g]);
            cost = d > 0 ? fmax(cost, d * d * s->goal[g].square) : cost;
        }
        if (cost > most) {
            most = cost;
            worst = f;
        }
    }
    return worst;
}

/* Pairs of exchanges with the form that is worst, until none serves. */
static void match(struct many *m, struct swap *w)
{
    bool better = true;
    while (better && !done(m)) {
        size_t f = worst_form(m->s);
        better = false;
        for (size_t g = 0; g < m->s->n_forms && !better; g++)
            better = g != f && swap_match(w, f, g, m->w);
        if (better && m->s->broken == 0)
            look(m);
    }
}

/* From the best, at a heat that goes with what is to be won. */
static void level(struct many *m, struct swap *w, int64_t moves)
{
    double part = 0.5;
    for (unsigned i = 0; i < 8 && !done(m) && m->found; i++) {
        double before = m->best_value, aim = before + part * (m->top - before);
        double gap = (aim - before) / (double)m->p->objective->unit / m->size;
        double hot = fmax(0.1 * gap * gap, 1e-5);
        state_load(m->s, m->best);
        state_aim(m->s, aim);
        anneal(m, w, hot, hot / 1000, moves);
        state_aim(m->s, m->top);
        match(m, w);
        if (m->best_value <= before)
            part /= 2;
    }
}

static double gap_of(const struct many *m)
{
    return (m->top - m->best_value) / (double)m->p->objective->unit / m->size;
}

/* Near the bound only a lucky pair of exchanges is fine enough: many short ones, each ended by a match. */
static void hit(struct many *m, struct swap *w, int64_t moves)
{
    for (unsigned i = 0; i < 100 && !done(m) && m->found && gap_of(m) < 0.01; i++) {
        state_load(m->s, m->best);
        state_aim(m->s, m->top);
        anneal(m, w, 1e-3, 1e-8, moves);
        match(m, w);
    }
}

static void round_of(struct many *m, unsigned round, int64_t moves)
{
    static const double spare[] = {0.08, 0.15, 0.3, 0.1};
    size_t n = m->core.n_used + (size_t)(spare[round % 4] * (double)m->core.n_used) + 8;
    n = n < m->core.n ? n : m->core.n;
    struct swap *w = swap_new(m->s, m->core.item, n, m->loose, m->o->seed + round);
    core_deal(&m->core, m->s, m->bound, n);
    state_aim(m->s, m->found ? m->best_value + 0.6 * (m->top - m->best_value) : m->top);
    anneal(m, w, 0.4, 1.6e-4, moves);
    for (unsigned i = 0; i < 4 && m->s->broken > 0 && !done(m); i++) {
        stress_broken(m);
        anneal(m, w, 0.1, 1e-3, moves / 4);
    }
    level(m, w, moves / 8);
    hit(m, w, moves / 200);
    swap_free(w);
}

static void search(struct many *m)
{
    enum { LEAST_MOVES = 4000000, MOST_IN_VAIN = 4 };
    unsigned in_vain = 0;
    int64_t moves = 2000 * (int64_t)(m->core.length * m->p->n_forms);
    moves = moves < LEAST_MOVES ? LEAST_MOVES : moves;
    for (unsigned round = 0; !done(m) && in_vain < MOST_IN_VAIN; round++, moves += moves / 4) {
        double before = m->best_value;
        bool had = m->found;
        round_of(m, round, moves < m->w->left ? moves : m->w->left); /* a small budget is not for half a cooling */
        in_vain = had && m->best_value <= before ? in_vain + 1 : 0;
    }
}

int many_search(const struct problem *p, const struct relaxed *bound, const struct many_options *o,
                struct work *w, struct selection *best, struct err *e)
{
    (void)e;
    struct many m = {.p = p, .bound = bound, .o = o, .w = w, .best = best, .size = 1, .loose = is_loose(p)};
    struct state *count = state_begin(p, 1);
    core_make(&m.core, count, bound);
    state_end(count);
    m.top = round_to_step(p, bound->bound);
    if (m.top > 0 && m.core.length > 0)
        m.size = m.top / (double)p->objective->unit / (double)m.core.length;
    m.s = state_begin(p, 3.2 * m.size * m.size);
    weigh_goals(&m);
    if (best->n_forms == p->n_forms) {
        state_load(m.s, best);
        if (m.s->broken == 0)
            look(&m);
    }
    search(&m);
    core_release(&m.core);
    state_end(m.s);
    return m.found ? 0 : -ERR_NO;
}

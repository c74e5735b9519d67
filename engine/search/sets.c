/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/sets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/sets-internal.h"

enum { TOUCHED_A_UNIT = 64, SAMPLES = 400, BLOCK = 2000 };

double search_energy(const struct search *s)
{
    const struct booklets *b = s->b;
    return b->goal + s->strict * (b->violation + (double)(b->broken_uses + b->broken_overlaps));
}

size_t search_pick(struct search *s, size_t n)
{
    return (size_t)(((rng_u64(&s->rng) >> 32) * (uint64_t)n) >> 32);
}

bool search_spend(struct search *s, int64_t touched)
{
    return work_spend(s->w, (s->b->touched - touched) / TOUCHED_A_UNIT + 1);
}

void search_note(struct search *s)
{
    if (!booklets_good(s->b))
        return;
    double v = booklets_objective(s->b);
    if (s->found && v >= s->best_value)
        return;
    s->found = true;
    s->best_value = v;
    booklets_give(s->b, s->best);
}

/* About e to the -x, by the four operations alone: the same on every machine. */
static double fade(double x)
{
    double t = 1 + x / 16;
    t *= t;
    t *= t;
    t *= t;
    t *= t;
    return 1 / t;
}

static bool accept(struct search *s, double rise)
{
    return rise <= 0 || rng_unit(&s->rng) < fade(rise / s->heat);
}

static void step(struct search *s)
{
    double before = search_energy(s);
    move_any(s);
    if (s->b->n_journal == 0)
        return;
    if (!accept(s, search_energy(s) - before)) {
        booklets_undo(s->b, 0);
        return;
    }
    booklets_keep(s->b);
    if (booklets_good(s->b))
        search_note(s);
}

/* The usual change of the goal by a swap. */
static double usual_change(struct search *s)
{
    double sum = 0;
    size_t n = 0;
    for (size_t k = 0; k < SAMPLES; k++) {
        double before = s->b->goal;
        move_any(s);
        double d = fabs(s->b->goal - before);
        booklets_undo(s->b, 0);
        sum += d;
        n += d > 0;
    }
    return n ? sum / (double)n : 1;
}

static bool is_enough(const struct search *s)
{
    return s->found && s->best_value <= s->enough;
}

/* One block of steps at one heat; how strict it is follows the share of good forms. */
static bool block(struct search *s, size_t n)
{
    int64_t touched = s->b->touched;
    size_t good = 0;
    for (size_t k = 0; k < n && !is_enough(s); k++) {
        step(s);
        good += booklets_good(s->b);
    }
    if (good == 0)
        booklets_stress(s->b, 1.1);
    booklets_refresh(s->b);
    if (good * 4 < n && s->strict < 1000 * s->heat)
        s->strict *= 1.05;
    else if (good * 4 > 3 * n && s->strict > 2 * s->heat)
        s->strict *= 0.9;
    if (s->strict < 2 * s->heat)
        s->strict = 2 * s->heat;
    booklets_centre(s->b);
    return search_spend(s, touched) && !is_enough(s);
}

static bool cool(struct search *s, double from, double to, size_t blocks)
{
    double factor = exp(log(to / from) / (double)blocks);
    s->heat = from;
    for (size_t k = 0; k < blocks; k++, s->heat *= factor)
        if (!block(s, BLOCK))
            return false;
    return true;
}

static void run(struct search *s)
{
    const struct objective *o = s->p->objective;
    bool targets = o->kind == OBJECTIVE_MINIMAX_DEV || o->kind == OBJECTIVE_MIN_RANGE;
    start_fill(s);
    search_note(s);
    double hot = usual_change(s) / 2;
    for (size_t blocks = 200;; blocks *= 2) {
        s->strict = 2 * hot;
        if (!cool(s, hot, hot * (targets ? 1e-6 : 1e-3), blocks))
            return;
        if (getenv("SETS_LOG")&&s->b->n_broken)
            for (size_t k=0;k<s->b->n_broken;k++) fprintf(stderr,"  broken row %u kind %d value %lld lo %lld hi %lld form %zu\n",s->b->row_of[s->b->broken[k]],s->b->row[s->b->row_of[s->b->broken[k]]].kind,(long long)s->b->value[s->b->broken[k]],(long long)s->b->row[s->b->row_of[s->b->broken[k]]].lo,(long long)s->b->row[s->b->row_of[s->b->broken[k]]].hi,s->b->broken[k]-s->b->row[s->b->row_of[s->b->broken[k]]].at);
        if (getenv("SETS_LOG"))
            fprintf(stderr, "blocks %zu touched %lld good %d best %.6f strict %g hot %g\n", blocks, (long long)s->b->touched, s->found, s->found ? s->best_value / (double)o->unit : 0, s->strict, hot);
    }
}

static void aspire(struct search *s, const struct sets_options *o)
{
    if (o->has_bound)
        booklets_aspire(s->b, o->bound);
}

void sets_search(const struct problem *p, const struct sets_options *o, struct work *w, struct selection *best,
                 bool *found)
{
    struct search s = {.p = p, .w = w, .best = best, .strict = 1000, .found = *found, .enough = -HUGE_VAL};
    rng_seed(&s.rng, o->seed);
    s.b = booklets_new(p);
    pool_make(&s.pool, s.b, NULL);
    s.scratch = mem_alloc((p->n_items + 1) * sizeof *s.scratch);
    aspire(&s, o);
    if (*found) {
        booklets_take(s.b, best);
        s.best_value = booklets_objective(s.b);
    }
    run(&s);
    *found = s.found;
    free(s.scratch);
    pool_release(&s.pool);
    booklets_free(s.b);
}

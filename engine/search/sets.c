/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/sets.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/search/sets-internal.h"

enum {
    TOUCHED_A_UNIT = 64,
    STEP_TOUCHES = 8,
    SAMPLES = 400,
    BLOCK = 2000,
    FIRST_BLOCKS = 50,
    FIRST_STRICT = 1000,
    MEET_FAILS = 8
};
static const double CORE_SHARE = 1.5, WARM = 0.01, WARM_TARGETS = 0.0005;

double sets_energy(const struct search *s)
{
    const struct booklets *b = s->b;
    return b->goal + s->strict * (b->violation + (double)(b->broken_uses + b->broken_overlaps));
}

size_t sets_pick(struct search *s, size_t n)
{
    return (size_t)(((rng_u64(&s->rng) >> 32) * (uint64_t)n) >> 32);
}

bool sets_spend(struct search *s, int64_t touched)
{
    return work_spend(s->w, (s->b->touched - touched) / TOUCHED_A_UNIT + 1);
}

void sets_note(struct search *s)
{
    if (!booklets_good(s->b))
        return;
    double v = booklets_objective(s->b);
    if (s->found && v >= s->best_value)
        return;
    s->found = true;
    s->best_value = v;
    booklets_give(s->b, &s->best);
    enum objective_kind k = s->p->objective->kind;
    bool up = k == OBJECTIVE_MAX_SUM || k == OBJECTIVE_MAXIMIN;
    work_tell(s->w, (struct work_progress){.stage = N_("forms are improved"),
                                           .has_incumbent = k != OBJECTIVE_NONE,
                                           .incumbent = (up ? -v : v) / (double)s->p->objective->unit});
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
    double before = sets_energy(s);
    sets_move_any(s);
    if (s->b->n_journal == 0)
        return;
    if (!accept(s, sets_energy(s) - before)) {
        booklets_undo(s->b, 0);
        return;
    }
    booklets_keep(s->b);
    if (booklets_good(s->b))
        sets_note(s);
}

/* The usual change of the goal by a swap. */
static double usual_change(struct search *s)
{
    double sum = 0;
    size_t n = 0;
    for (size_t k = 0; k < SAMPLES; k++) {
        double before = s->b->goal;
        sets_move_any(s);
        double d = fabs(s->b->goal - before);
        booklets_undo(s->b, 0);
        sum += d;
        n += d > 0;
    }
    return n ? sum / (double)n : 1;
}

/* What need not be bettered, in the objective's integers. */
static double enough(const struct problem *p)
{
    switch (p->objective->kind) {
    case OBJECTIVE_NONE:
    case OBJECTIVE_MIN_PENALTY:
        return 0;
    case OBJECTIVE_MINIMAX_DEV:
    case OBJECTIVE_MIN_RANGE:
        return (double)p->objective->indifferent;
    default:
        return -HUGE_VAL;
    }
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

/* The least deviation from one target, not below the bound, that sums of the row's numbers can have. */
static double step_up(const struct objective *o, size_t n, double bound)
{
    int64_t step = 0, least = (int64_t)ceil(bound * (1 - 1e-9) - 1e-6);
    if (o->kind != OBJECTIVE_MINIMAX_DEV || o->n_rows != 1)
        return bound;
    for (size_t i = 0; i < n; i++)
        step = gcd(step, o->row[0].coef[i]);
    if (step == 0)
        return bound;
    int64_t below = (o->row[0].target % step + step) % step, above = step - below;
    int64_t a = below + (least > below ? (least - below + step - 1) / step * step : 0);
    int64_t b = above + (least > above ? (least - above + step - 1) / step * step : 0);
    return (double)(a < b ? a : b);
}

static void aspire(struct search *s, const struct relaxed *r)
{
    bool up = s->p->objective->kind == OBJECTIVE_MAX_SUM || s->p->objective->kind == OBJECTIVE_MAXIMIN;
    double best = up ? -r->bound : step_up(s->p->objective, s->b->n_items, r->bound);
    s->enough = best > s->enough ? best : s->enough;
    if (up)
        booklets_aspire(s->b, r->bound);
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
    return sets_spend(s, touched - (int64_t)n * STEP_TOUCHES) && !is_enough(s);
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
    bool targets = sets_has_targets(s->p);
    double hot = usual_change(s) * (targets ? WARM_TARGETS : WARM);
    if (targets && s->found)
        sets_meet_targets(s, MEET_FAILS);
    for (size_t blocks = FIRST_BLOCKS * s->p->n_forms; !work_ended(s->w) && !is_enough(s); blocks *= 2) {
        s->strict = 2 * hot;
        if (!cool(s, hot, hot * (targets ? 1e-6 : 1e-3), blocks))
            return;
        if (targets && s->found)
            sets_meet_targets(s, MEET_FAILS);
    }
}

/* The problem that is searched: without what is not kept, and perhaps without objective. */
static struct problem narrowed(const struct problem *p, const struct sets_options *o)
{
    struct problem q = *p;
    q.requirement = mem_alloc((p->n_requirements + 1) * sizeof *q.requirement);
    q.objective = mem_alloc(sizeof *q.objective);
    *q.objective = o->any ? (struct objective){.unit = 1} : *p->objective;
    q.n_requirements = 0;
    for (size_t k = 0; k < p->n_requirements; k++)
        if (!o->keep || o->keep[k])
            q.requirement[q.n_requirements++] = p->requirement[k];
    return q;
}

static void begin(struct search *s, const struct selection *best)
{
    if (best->form) {
        booklets_take(s->b, best);
        sets_note(s);
    } else {
        sets_start_forms(s);
        booklets_centre(s->b);
        sets_note(s);
    }
}

static void give_best(struct search *s, struct selection *best)
{
    booklets_take(s->b, &s->best);
    selection_release(best);
    best->n_forms = s->b->n_forms;
    best->n = mem_alloc((best->n_forms + 1) * sizeof *best->n);
    best->form = mem_alloc((best->n_forms + 1) * sizeof *best->form);
    for (size_t f = 0; f < best->n_forms; f++)
        best->form[f] = mem_alloc((s->best.n[f] + 1) * sizeof **best->form);
    booklets_give(s->b, best);
}

static void make_best(struct search *s)
{
    size_t n = s->b->n_forms;
    s->best = (struct selection){.n_forms = n};
    s->best.n = mem_alloc((n + 1) * sizeof *s->best.n);
    s->best.form = mem_alloc((n + 1) * sizeof *s->best.form);
    for (size_t f = 0; f < n; f++)
        s->best.form[f] = mem_alloc((s->b->n_items + 1) * sizeof **s->best.form);
}

/* The pool becomes what the relaxation speaks for. */
static void narrow(struct search *s, const struct relaxed *r)
{
    bool *out = sets_core_make(s, r, CORE_SHARE);
    sets_pool_release(&s->pool);
    sets_pool_make(&s->pool, s->b, out);
    free(out);
}

int sets_search(const struct problem *p, const struct relaxed *bound, const struct sets_options *o,
                struct work *w, struct selection *best, struct err *e)
{
    struct problem q = narrowed(p, o);
    struct search s = {.p = &q, .w = w, .strict = FIRST_STRICT};
    (void)e;
    rng_seed(&s.rng, o->seed);
    s.b = booklets_new(&q);
    s.enough = enough(&q);
    sets_pool_make(&s.pool, s.b, NULL);
    if (bound && bound->status == RELAX_BOUND && !o->any)
        aspire(&s, bound);
    s.scratch = mem_alloc((p->n_items + 1) * sizeof *s.scratch);
    s.kept = mem_alloc((p->n_items + 1) * sizeof *s.kept);
    make_best(&s);
    begin(&s, best);
    if (bound && bound->status == RELAX_BOUND && bound->use && bound->reduced && !o->any &&
        !sets_has_targets(&q))
        narrow(&s, bound);
    run(&s);
    if (s.found)
        give_best(&s, best);
    selection_release(&s.best);
    free(s.scratch);
    free(s.kept);
    sets_pool_release(&s.pool);
    booklets_free(s.b);
    free(q.requirement);
    free(q.objective);
    return s.found ? 0 : -ERR_NO;
}

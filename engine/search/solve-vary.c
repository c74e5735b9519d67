/* SPDX-License-Identifier: Apache-2.0 */
/* Another answer as good: one more objective, of random worths, is held below all others. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/problem/stage.h"
#include "engine/search/one.h"
#include "engine/search/solve-internal.h"

enum { VARY_UNITS = 2000000, VARY_GAP = 200, VARY_COST = 1000 };

/* The flags of p's requirements, and those that a stage appends are kept too. */
bool *solve_keep(const struct problem *p, const bool *keep, size_t n)
{
    bool *ret = keep ? mem_alloc(n + 1) : NULL;
    for (size_t k = 0; ret && k < n; k++)
        ret[k] = k >= p->n_requirements || keep[k];
    return ret;
}

/* p with one more objective: random worths of the items. */
static void add_whim(struct problem *q, const struct problem *p, uint64_t seed)
{
    struct objective *o = arena_array(q->arena, p->n_objectives + 1, sizeof *o);
    struct objective_row *row = arena_alloc(q->arena, sizeof *row);
    int64_t *coef = arena_array(q->arena, p->n_items + 1, sizeof *coef);
    struct rng rng;
    rng_seed(&rng, seed);
    for (size_t i = 0; i < p->n_items; i++)
        coef[i] = (int64_t)rng_below(&rng, VARY_COST);
    for (size_t k = 0; k < p->n_objectives; k++) {
        o[k] = p->objective[k];
        o[k].give = 0;
    }
    *row = (struct objective_row){.coef = coef, .weight = 1000};
    o[p->n_objectives] = (struct objective){.kind = OBJECTIVE_MAX_SUM, .row = row, .n_rows = 1, .unit = 1};
    q->objective = o;
    q->n_objectives = p->n_objectives + 1;
}

/* One form that the seed chooses among those as good. */
int solve_vary(const struct problem *p, const struct solve_options *o, const int64_t *value, struct work *w,
                struct solve_result *ret, struct err *e)
{
    struct problem *all = NULL, *held = NULL;
    struct one_result found;
    struct selection other = {0};
    struct work part = work_part(w, VARY_UNITS);
    int r = problem_stage(&all, p, 0, NULL, e);
    if (r < 0)
        return r;
    add_whim(all, p, o->seed);
    r = problem_stage(&held, all, p->n_objectives, value, e);
    bool *keep = r == 0 ? solve_keep(p, o->keep, held->n_requirements) : NULL;
    const struct one_options whim = {.seed = o->seed, .keep = keep, .gap_milli = VARY_GAP};
    if (r == 0)
        r = one_search(held, &whim, &part, &other, &found, e);
    if (r == 0) {
        one_result_release(&found);
        if (other.n_forms && !part.by_clock) {
            selection_release(&ret->selection);
            ret->selection = other;
            other = (struct selection){0};
        }
    }
    work_return(w, &part);
    selection_release(&other);
    free(keep);
    problem_free(held);
    problem_free(all);
    return r;
}

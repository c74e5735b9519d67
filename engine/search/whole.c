/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/whole.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/cbc.h"
#include "engine/search/model.h"

enum { MOST_CELLS = 6000, NODES = 2000, UNITS_PER_NODE = 2000 };

bool whole_fits(const struct problem *p)
{
    return p->n_items * p->n_forms <= MOST_CELLS;
}

static void take(struct selection *s, const struct problem *p, const struct model *m, const double *solution)
{
    *s = (struct selection){.n_forms = p->n_forms,
                            .form = mem_alloc((p->n_forms + 1) * sizeof *s->form),
                            .n = mem_alloc((p->n_forms + 1) * sizeof *s->n)};
    for (size_t f = 0; f < p->n_forms; f++) {
        s->form[f] = mem_alloc((p->n_items + 1) * sizeof *s->form[f]);
        for (size_t i = 0; i < p->n_items; i++)
            if (m->n_cols && model_chosen(m, solution, i, f))
                s->form[f][s->n[f]++] = (uint32_t)i;
    }
}

/* Objectives that the model knows. */
static bool knows(const struct problem *p)
{
    enum objective_kind kind = p->objective->kind;
    return kind == OBJECTIVE_MAX_SUM || kind == OBJECTIVE_MAXIMIN || kind == OBJECTIVE_MINIMAX_DEV;
}

int whole_search(const struct problem *p, const bool *keep, uint64_t seed, bool any, struct work *w,
                 struct selection *best, struct whole_answer *ret, struct err *e)
{
    bool goal = !any && knows(p);
    const struct model_options mo = {.seed = seed, .keep = keep, .any = !goal};
    struct cbc_limits limits = {.nodes = w->left / UNITS_PER_NODE < NODES ? w->left / UNITS_PER_NODE : NODES,
                                .first = !goal};
    struct cbc_answer answer = {0};
    struct model m;
    int r = 0;
    if (w->now_ms)
        limits.seconds = (w->deadline_ms - w->now_ms() + 999) / 1000;
    model_build(&m, p, &mo);
    if (m.sure_infeasible)
        answer.infeasible = true;
    else if (m.n_cols)
        r = cbc_run(&answer, &m, &limits, e);
    work_spend(w, (answer.nodes + 10) * UNITS_PER_NODE);
    w->by_clock = w->by_clock || answer.by_clock;
    ret->infeasible = r == 0 && answer.infeasible;
    ret->optimal = r == 0 && goal && answer.optimal;
    if (r == 0 && best->n_forms == 0 && (answer.solution || m.n_cols == 0) && !answer.infeasible)
        take(best, p, &m, answer.solution);
    free(answer.solution);
    model_release(&m);
    return r;
}

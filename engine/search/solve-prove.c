/* SPDX-License-Identifier: Apache-2.0 */
/* What the search believes of several forms, proven by a tree. */
#include "engine/problem/check.h"
#include "engine/search/one.h"
#include "engine/search/solve-internal.h"

enum { MOST_CELLS = 6000, UNITS = 1000000 };

/* Shared items have no branches, and ranges and wishes of several forms no rows. */
static bool suits(const struct solve_stage *s)
{
    enum objective_kind kind = s->p->objective->kind;
    bool forms = s->best->n_forms > 0;
    if (s->p->n_items * s->p->n_forms > MOST_CELLS || work_ended(s->w) || (forms && s->o->any))
        return false;
    for (size_t k = 0; k < s->p->n_requirements; k++)
        if (s->p->requirement[k].kind == REQUIRE_OVERLAP && (!s->keep || s->keep[k]))
            return false;
    return !forms || kind == OBJECTIVE_MAX_SUM || kind == OBJECTIVE_MAXIMIN || kind == OBJECTIVE_MINIMAX_DEV;
}

/* In exact numbers: num / den of what was found; NULL: nothing was. */
static bool holds(const struct solve_stage *s, const struct proof *proof, const int64_t *found,
                  struct proof_bound *ret)
{
    struct err ignored = {0};
    return proof->n_nodes > 0 && proof_bound(s->p, proof, found, ret, &ignored) == 0;
}

static void take(struct solve_stage *s, struct one_result *found, double bound)
{
    proof_release(&s->proof);
    s->proof = found->proof;
    found->proof = (struct proof){0};
    s->bound = bound;
    s->has_bound = true;
}

/* There is nothing, or what is proven now is more than before. */
static void compare(struct solve_stage *s, struct one_result *found, const int64_t *value)
{
    struct proof_bound now, before;
    bool forms = s->best->n_forms > 0;
    if (!forms && found->status == ONE_INFEASIBLE && (s->keep || (holds(s, &found->proof, NULL, &now) && now.infeasible))) {
        take(s, found, 0);
        s->has_bound = false;
        s->status = SOLVE_INFEASIBLE;
    }
    if (!forms || s->keep || !holds(s, &found->proof, value, &now) || now.infeasible)
        return;
    __int128 a = 0, b = 0;
    bool had = holds(s, &s->proof, value, &before) && !before.infeasible;
    if (had) {
        a = (__int128)now.num * before.den;
        b = (__int128)before.num * now.den;
    }
    if (!had || (solve_is_up(s->p->objective) ? a < b : a > b))
        take(s, found, (double)now.num / (double)now.den);
}

int solve_prove(struct solve_stage *s, struct err *e)
{
    struct one_result found = {0};
    struct proof_bound bound;
    struct selection best = {0};
    int64_t value[2];
    bool forms = s->best->n_forms > 0;
    if (!suits(s) || (s->status == SOLVE_INFEASIBLE && s->proof.n_nodes > 0))
        return 0;
    int r = forms ? check_objective(s->p, s->p->objective, s->best, &value[0], &value[1], e) : 0;
    if (r < 0 || (forms && solve_is_alike(s->p->objective, value[0])))
        return r;
    if (forms && holds(s, &s->proof, value, &bound) && bound.num == value[0] && bound.den == value[1])
        return 0;
    struct work part = work_part(s->w, UNITS);
    const struct one_options o = {.seed = s->o->seed, .keep = s->keep, .any = !forms};
    if (forms)
        selection_copy(&best, s->best);
    r = one_search(s->p, &o, &part, &best, &found, e);
    work_return(s->w, &part);
    if (r == 0)
        compare(s, &found, value);
    s->nodes += found.nodes;
    selection_release(&best);
    one_result_release(&found);
    return r;
}

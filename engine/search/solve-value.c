/* SPDX-License-Identifier: Apache-2.0 */
/* How good an answer is. */
#include <math.h>

#include "engine/problem/check.h"
#include "engine/search/solve-internal.h"

bool solve_is_up(const struct objective *o)
{
    return o->kind == OBJECTIVE_MAX_SUM || o->kind == OBJECTIVE_MAXIMIN;
}

/* The proof's own word on the bound, rounded to the data's step; false: there is none. What proves nothing, since
 * a search was cut or numbers are too large, is not handed on; nor is what nobody needs, where nothing is below
 * 0. */
static bool ask_proof(struct solve_stage *s, const struct solve_reached *reached, double *ret)
{
    const int64_t incumbent[] = {reached->num, reached->den};
    struct proof_bound bound;
    struct err ignored = {0};
    if (s->keep || s->proof.n_nodes == 0)
        return false;
    if ((!solve_is_up(s->p->objective) && reached->num == 0) || proof_bound(s->p, &s->proof, incumbent, &bound, &ignored) < 0) {
        proof_release(&s->proof);
        return false;
    }
    *ret = (double)bound.num / (double)bound.den;
    return !bound.infeasible;
}

bool solve_is_alike(const struct objective *o, int64_t num)
{
    bool down = o->kind == OBJECTIVE_MINIMAX_DEV || o->kind == OBJECTIVE_MIN_RANGE;
    return o->kind == OBJECTIVE_NONE || (!solve_is_up(o) && num == 0) || (down && num <= o->indifferent);
}

double solve_gap(const struct solve_reached *r)
{
    double size = fabs(r->objective) > 1e-9 ? fabs(r->objective) : 1e-9;
    return fabs(r->objective - r->bound) / size;
}

int solve_measure(struct solve_stage *s, struct solve_reached *ret, struct err *e)
{
    const struct objective *o = s->p->objective;
    int r = check_objective(s->p, o, s->best, &ret->num, &ret->den, e);
    if (r < 0)
        return r;
    double value = (double)ret->num / (double)ret->den, bound = s->has_bound  ? s->bound
                                                                : solve_is_up(s->p->objective) ? INFINITY
                                                                              : 0;
    double proven = bound;
    bool alike = solve_is_alike(s->p->objective, ret->num), asked = ask_proof(s, ret, &proven);
    if (asked)
        bound = proven;
    if (solve_is_up(s->p->objective) ? bound <= value : bound >= value)
        bound = value;
    ret->proven = alike || (asked && bound == value);
    if (s->status == SOLVE_OPTIMAL && !alike) /* says the search */
        bound = value;
    ret->optimal = alike || bound == value;
    ret->objective = value / (double)o->unit;
    ret->bound = bound / (double)o->unit;
    ret->gap = ret->optimal ? 0 : solve_gap(ret);
    return 0;
}

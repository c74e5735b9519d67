/* SPDX-License-Identifier: Apache-2.0 */
/* Which column to branch on: stimuli before items; among them the one whose two sides cost the bound most,
 * tried by a few pivots until it is known. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/tree.h"

/* Depth first, a bound says little: fewer are tried, and fewer times. */
enum { CANDIDATES = 12, FEW = 2, KNOWN = 4, KNOWN_DEEP = 2, PIVOTS = 12, PIVOTS_DEEP = 40 };

#define FRACTION 1e-6

struct candidate {
    double score, down, up;
    uint32_t column;
};

void tree_set(struct tree *t, uint32_t column, int64_t lower, int64_t upper)
{
    struct relax *x = t->x;
    x->lower[column] = lower;
    x->upper[column] = upper;
    if (x->column_lp[column] != NOT_IN_LP)
        lp_set_bounds(x->lp, (size_t)x->column_lp[column], (double)lower, (double)upper);
}

static double mean_cost(const struct tree *t, int side)
{
    double sum = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < t->n_columns; i++) {
        sum += t->cost[t->column[i]].sum[side];
        n += t->cost[t->column[i]].n[side];
    }
    return n ? sum / n : 1;
}

static double estimate(const struct tree *t, uint32_t c, int side, double mean)
{
    const struct tree_cost *k = &t->cost[c];
    return k->n[side] ? k->sum[side] / k->n[side] : mean;
}

static double product(double down, double up)
{
    return (down > 1e-9 ? down : 1e-9) * (up > 1e-9 ? up : 1e-9);
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static size_t list_candidates(const struct tree *t, const double *v, struct candidate *ret)
{
    double mean[2] = {mean_cost(t, 0), mean_cost(t, 1)};
    size_t n = 0, items = t->x->p->n_items, all = items + t->x->p->n_stimuli;
    bool stimuli = false;
    for (size_t i = t->n_columns; i-- > 0;) { /* stimuli come last in the list */
        uint32_t c = t->column[i];
        double f = v[c] - floor(v[c]);
        if (c >= all || f < FRACTION || f > 1 - FRACTION || (stimuli && c < items))
            continue;
        stimuli = stimuli || c >= items;
        double down = f * estimate(t, c, 0, mean[0]), up = (1 - f) * estimate(t, c, 1, mean[1]);
        ret[n++] = (struct candidate){.score = product(down, up), .down = down, .up = up, .column = c};
    }
    qsort(ret, n, sizeof *ret, by_score);
    return n;
}

/* By how much the LP's cost rises on one side, as far as a few pivots tell. */
static double try_side(struct tree *t, uint32_t c, int64_t lower, int64_t upper, double now, bool *closes)
{
    struct relax *x = t->x;
    int64_t was_lower = x->lower[c], was_upper = x->upper[c];
    tree_set(t, c, lower, upper);
    tree_aim(t);
    enum lp_status s = lp_solve(x->lp, LP_DUAL, t->deep ? PIVOTS_DEEP : PIVOTS, t->w);
    double rise = s == LP_INFEASIBLE ? 1e6 : lp_value(x->lp) - now;
    if (s == LP_INFEASIBLE ||
        (t->has_cutoff && -lp_value(x->lp) * x->unit < (double)t->cutoff.num / (double)t->cutoff.den))
        *closes = s == LP_OPTIMAL || s == LP_ENOUGH || s == LP_INFEASIBLE;
    tree_set(t, c, was_lower, was_upper);
    return rise > 0 ? rise : 0;
}

static void learn(struct tree *t, uint32_t c, int side, double rise, double part)
{
    if (rise >= 1e6)
        return;
    t->cost[c].sum[side] += rise / part;
    t->cost[c].n[side]++;
}

/* True: one side is closed, nothing better need be looked for. */
static bool try_both(struct tree *t, struct candidate *k, double value, double now,
                     const unsigned char *basis)
{
    int64_t at = (int64_t)floor(value), lower = t->x->lower[k->column], upper = t->x->upper[k->column];
    double f = value - (double)at;
    bool closes = false;
    k->down = try_side(t, k->column, lower, at, now, &closes);
    lp_load_basis(t->x->lp, basis);
    k->up = try_side(t, k->column, at + 1, upper, now, &closes);
    lp_load_basis(t->x->lp, basis);
    learn(t, k->column, 0, k->down, f);
    learn(t, k->column, 1, k->up, 1 - f);
    k->score = product(k->down, k->up);
    return closes;
}

uint32_t tree_choose(struct tree *t)
{
    const double *v = t->x->value;
    struct candidate *k = mem_alloc((t->n_columns + 1) * sizeof *k);
    unsigned char *basis = mem_alloc(lp_basis_size(t->x->lp) + 1);
    size_t n = list_candidates(t, v, k), tried = 0, best = 0;
    uint32_t known = t->deep ? KNOWN_DEEP : KNOWN;
    double now = lp_value(t->x->lp);
    lp_save_basis(t->x->lp, basis);
    for (size_t i = 0; i < n && tried < (t->deep ? FEW : CANDIDATES) && !work_ended(t->w); i++) {
        const struct tree_cost *c = &t->cost[k[i].column];
        if (c->n[0] < known || c->n[1] < known) {
            tried++;
            if (try_both(t, &k[i], v[k[i].column], now, basis)) {
                best = i;
                break;
            }
        }
        best = k[i].score > k[best].score ? i : best;
    }
    uint32_t ret = n ? k[best].column : UINT32_MAX;
    free(k);
    free(basis);
    return ret;
}

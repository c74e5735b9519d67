/* SPDX-License-Identifier: Apache-2.0 */
/* The LP's prices in whole numbers, and the bound that they give exactly. */
#include "engine/search/relax-internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { TRIES = 512 };

#define LARGEST 0x1p59 /* of a multiplier, and of what they say of the objective */
#define MOST_TIMES 0x1p40

/* Only this side of a row may be paid for. */
static double allowed(const struct relax_row *r, double y)
{
    return (y > 0 && r->hi == OPEN_HI) || (y < 0 && r->lo == OPEN_LO) ? 0 : y;
}

/* What a missed wish of weight 1 costs: a wish's multiplier may be no more than that. */
static wide wish_price(const struct relax *x, const struct relax_terms *t)
{
    wide price = x->kind == OBJECTIVE_MIN_PENALTY ? t->times : 0;
    for (size_t i = 0; i < t->n; i++)
        price += x->row[t->row[i]].penalty ? t->term[i].times : 0;
    return price;
}

static void clip_wishes(const struct relax *x, struct relax_terms *t)
{
    wide price = wish_price(x, t);
    for (size_t i = 0; i < t->n; i++) {
        wide most = price * x->row[t->row[i]].weight, times = t->term[i].times;
        if (x->row[t->row[i]].weight > 0 && (times > most || times < -most))
            t->term[i].times = (int64_t)(times < 0 ? -most : most);
    }
}

static bool is_objective(const struct relax *x, size_t k)
{
    return x->row[k].requirement == x->p->n_requirements;
}

/* The weight of one unit of an objective row's multiplier in D: its last cell is the level's. */
static int64_t per_level(const struct relax *x, size_t k)
{
    size_t end = x->line.start[k + 1];
    return end > x->line.start[k] && (int)x->line.cell[end - 1].at == x->level ? -x->line.cell[end - 1].coef
                                                                               : 0;
}

/* By how much the objective's multipliers miss whole numbers if all are multiplied by `by`. */
static double miss(const double *y, size_t n, double by)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += fabs(y[i] * by - nearbyint(y[i] * by));
    return sum / by;
}

/* The factor from doubles to whole numbers: as large as they may be, and good to the objective's few, which
 * are small beside the others and must keep their ratio. */
static double factor(const struct relax *x, bool farkas)
{
    double most = 0, d = 0, few[64], best;
    size_t n = 0;
    for (size_t k = 0; k < x->n_rows; k++) {
        double y = allowed(&x->row[k], x->y[k]);
        most = fabs(y) > most ? fabs(y) : most;
        if (!is_objective(x, k) || y == 0)
            continue;
        d += fabs(y) * (double)per_level(x, k);
        if (n < 64)
            few[n++] = y;
    }
    most = d > most && !farkas ? d : most;
    if (most == 0)
        return 1;
    best = LARGEST / most;
    if (farkas || x->level == NO_ROW)
        return best < MOST_TIMES || farkas ? best : MOST_TIMES;
    double from = best, least = miss(few, n, from);
    for (int i = 1; i < TRIES && n > 1; i++) {
        double by = from * (1 - (double)i / (2 * TRIES)), m = miss(few, n, by);
        if (m < least) {
            least = m;
            best = by;
        }
    }
    return best;
}

bool relax_round(const struct relax *x, bool farkas, struct relax_terms *ret)
{
    double by = factor(x, farkas);
    *ret = (struct relax_terms){.term = mem_alloc((x->n_rows + 1) * sizeof *ret->term),
                                .row = mem_alloc((x->n_rows + 1) * sizeof *ret->row)};
    bool cost = !farkas && (x->kind == OBJECTIVE_MAX_SUM || x->kind == OBJECTIVE_MIN_PENALTY);
    ret->times = cost ? by < 1 ? 1 : (int64_t)by : 0;
    ret->d = ret->times;
    if (cost)
        by = (double)ret->times;
    for (size_t k = 0; k < x->n_rows; k++) {
        double y = nearbyint(allowed(&x->row[k], x->y[k]) * by);
        if (y == 0 || (farkas && is_objective(x, k)))
            continue;
        ret->row[ret->n] = (uint32_t)k;
        ret->term[ret->n++] = (struct proof_term){
            .requirement = x->row[k].requirement, .sub = x->row[k].sub, .times = (int64_t)y};
        if (is_objective(x, k))
            ret->d += (wide)(y < 0 ? -(int64_t)y : (int64_t)y) * per_level(x, k);
    }
    clip_wishes(x, ret);
    return farkas || ret->d > 0;
}

void relax_terms_release(struct relax_terms *t)
{
    free(t->term);
    free(t->row);
    *t = (struct relax_terms){0};
}

/* The best of profit * v over lower..upper, at `price` for each pair of uses. */
static wide best_value(wide profit, int64_t lower, int64_t upper, wide price)
{
    if (price <= 0)
        return profit * (profit > 0 ? upper : lower);
    int64_t v = profit <= 0 ? 0 : profit / price >= upper ? upper : (int64_t)(profit / price) + 1;
    v = v < lower ? lower : v > upper ? upper : v;
    return profit * v - price * v * (v - 1) / 2;
}

wide relax_exact(const struct relax *x, const struct relax_terms *t, const uint32_t *column, size_t n,
                 wide *profit)
{
    int64_t *y = mem_alloc((x->n_rows + 1) * sizeof *y);
    wide sum = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct relax_row *r = &x->row[t->row[i]];
        y[t->row[i]] = t->term[i].times;
        sum += (wide)t->term[i].times * (t->term[i].times > 0 ? r->hi : r->lo);
    }
    for (size_t k = 0; k < (column ? n : x->n_cols); k++) {
        size_t c = column ? column[k] : k;
        wide own = (int)c == x->level ? 0 : (wide)t->times * relax_profit(x, c);
        for (size_t i = x->column.start[c]; i < x->column.start[c + 1]; i++)
            own -= (wide)y[x->column.cell[i].at] * x->column.cell[i].coef;
        if (profit)
            profit[k] = own;
        wide price = x->overlap && c < x->p->n_items && x->overlap[c] != NO_ROW ? y[x->overlap[c]] : 0;
        if ((int)c != x->level)
            sum += best_value(own, x->lower[c], x->upper[c], price);
    }
    free(y);
    return sum;
}

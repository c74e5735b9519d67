/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/goal.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static int64_t gcd_of(const int64_t *v, size_t n)
{
    int64_t g = 0;
    for (size_t i = 0; i < n && g != 1; i++)
        g = gcd(g, v[i]);
    return g;
}

static void add_class(struct goal *g, int64_t step, int64_t offset, int64_t den)
{
    g->class[g->n++] = (struct goal_class){.step = step ? step : 1, .offset = offset, .den = den};
}

static void sum_class(struct goal *g, const struct problem *p)
{
    const struct objective *o = p->objective;
    int64_t step = 0;
    for (size_t i = 0; i < p->n_items && step != 1; i++) {
        int64_t c = 0;
        for (size_t k = 0; k < o->n_rows; k++)
            c += o->row[k].coef[i];
        step = gcd(step, c);
    }
    add_class(g, step, 0, 1);
}

/* What a wish costs comes in steps of this. */
static int64_t wish_step(const struct requirement *r)
{
    if (r->kind != REQUIRE_LINEAR && r->kind != REQUIRE_TOTAL)
        return r->weight;
    int64_t step = r->coef ? gcd_of(r->coef, r->n) : 1, all;
    step = r->lo == OPEN_LO ? step : gcd(step, r->lo);
    step = r->hi == OPEN_HI ? step : gcd(step, r->hi);
    return __builtin_mul_overflow(step, r->weight, &all) ? 1 : all;
}

static void penalty_class(struct goal *g, const struct problem *p)
{
    int64_t step = 0;
    for (size_t k = 0; k < p->n_requirements; k++)
        if (p->requirement[k].weight > 0)
            step = gcd(step, wish_step(&p->requirement[k]));
    add_class(g, step, 0, 1);
}

static void row_classes(struct goal *g, const struct problem *p)
{
    const struct objective *o = p->objective;
    for (size_t k = 0; k < o->n_rows; k++) {
        int64_t step = gcd_of(o->row[k].coef, p->n_items);
        if (o->kind == OBJECTIVE_MAXIMIN) {
            add_class(g, 1000 * step, 0, o->row[k].weight);
        } else {
            add_class(g, step, o->row[k].target, 1);
            add_class(g, step, -o->row[k].target, 1);
        }
    }
}

/* The largest value of the class <= a / b. */
static bool class_floor(const struct goal_class *c, wide a, int64_t b, struct fraction *ret)
{
    wide top, m;
    if (!wide_times(a, c->den, &top) || !wide_add_times(&top, -(wide)c->offset, b))
        return false;
    m = wide_floor(top, (wide)b * c->step);
    if (!wide_times(m, c->step, &top) || !wide_add(&top, c->offset))
        return false;
    ret->den = c->den;
    return wide_narrow(top, &ret->num);
}

bool fraction_less(struct fraction a, struct fraction b)
{
    return (wide)a.num * b.den < (wide)b.num * a.den;
}

bool goal_floor(const struct goal *g, wide bound, int64_t times, struct fraction *ret)
{
    struct fraction best = {0, 1}, one;
    for (size_t i = 0; i < g->n; i++) {
        if (!class_floor(&g->class[i], bound, times, &one))
            return false;
        if (i == 0 || fraction_less(best, one))
            best = one;
    }
    if (g->down && best.num > 0)
        best = (struct fraction){0, 1};
    *ret = best;
    return true;
}

static bool set_better(struct goal *g)
{
    struct fraction one;
    for (size_t i = 0; i < g->n; i++) {
        if (!class_floor(&g->class[i], g -> incumbent.num, g->incumbent.den, &one) ||
            __builtin_add_overflow(one.num, g->class[i].step, &one.num))
            return false;
        if (i == 0 || fraction_less(one, g->better))
            g->better = one;
    }
    return true;
}

bool goal_threshold(const struct goal *g, int64_t times, wide *ret)
{
    if (!g->has_best)
        return false;
    *ret = -wide_floor(-((wide)times * g->better.num), g->better.den);
    return true;
}

static bool set_incumbent(struct goal *g, const int64_t *incumbent)
{
    g->has_best = incumbent != NULL;
    if (!incumbent)
        return true;
    if (incumbent[1] <= 0 || incumbent[0] == INT64_MIN)
        return false;
    g->incumbent = (struct fraction){g->down ? -incumbent[0] : incumbent[0], incumbent[1]};
    g->better = (struct fraction){1, 1};
    return set_better(g);
}

int goal_new(struct goal *ret, const struct problem *p, const int64_t *incumbent, struct err *e)
{
    const struct objective *o = p->objective;
    *ret = (struct goal){.class = mem_alloc((2 * o->n_rows + 1) * sizeof *ret->class),
                         .down = o->kind != OBJECTIVE_MAX_SUM && o->kind != OBJECTIVE_MAXIMIN};
    if (o->kind == OBJECTIVE_MAX_SUM)
        sum_class(ret, p);
    else if (o->kind == OBJECTIVE_MIN_PENALTY)
        penalty_class(ret, p);
    else if (o->kind == OBJECTIVE_MAXIMIN || o->kind == OBJECTIVE_MINIMAX_DEV)
        row_classes(ret, p);
    if (!set_incumbent(ret, incumbent))
        return err_set(e, ERR_DATA, p->name, _("the value of the papers is out of range"));
    return 0;
}

void goal_release(struct goal *g)
{
    free(g->class);
    *g = (struct goal){0};
}

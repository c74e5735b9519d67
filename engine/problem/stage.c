/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/stage.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

typedef __int128 wide;

struct holder {
    struct problem *p;
    const struct objective *o;
    struct requirement r; /* what all of an objective have in common */
    int64_t num, den;
};

static bool fits(wide v)
{
    return v < INT64_MAX && v > INT64_MIN;
}

static bool require(struct holder *h, enum requirement_kind kind, const int64_t *coef, wide lo, wide hi)
{
    struct requirement r = h->r;
    r.kind = kind;
    r.coef = coef;
    r.lo = lo < 0 && !fits(lo) ? OPEN_LO : (int64_t)lo;
    r.hi = hi > 0 && !fits(hi) ? OPEN_HI : (int64_t)hi;
    if ((lo > 0 && !fits(lo)) || (hi < 0 && !fits(hi)))
        return false;
    problem_require(h->p, &r);
    return true;
}

static wide ceiling(wide a, wide b)
{
    return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

static bool hold_sum(struct holder *h)
{
    int64_t *coef = arena_array(h->p->arena, h->p->n_items + 1, sizeof *coef);
    for (size_t k = 0; k < h->o->n_rows; k++)
        for (size_t i = 0; i < h->p->n_items; i++)
            if (__builtin_add_overflow(coef[i], h->o->row[k].coef[i], &coef[i]))
                return false;
    return require(h, REQUIRE_TOTAL, coef, ceiling(h->num, h->den) - h->o->give, OPEN_HI);
}

/* sum >= (num / den - give) weight / 1000 */
static bool hold_least(struct holder *h)
{
    wide top = (wide)h->num - (wide)h->o->give * h->den;
    for (size_t k = 0; k < h->o->n_rows; k++) {
        int64_t weight = h->o->row[k].weight;
        if (weight <= 0 || top > ((wide)1 << 120) / weight || top < -((wide)1 << 120) / weight ||
            !require(h, REQUIRE_LINEAR, h->o->row[k].coef, ceiling(top * weight, (wide)1000 * h->den),
                     OPEN_HI))
            return false;
    }
    return true;
}

static wide worst(const struct holder *h)
{
    int64_t v = h->num / h->den;
    return (wide)(v > h->o->indifferent ? v : h->o->indifferent) + h->o->give;
}

static bool hold_rows(struct holder *h)
{
    bool range = h->o->kind == OBJECTIVE_MIN_RANGE;
    for (size_t k = 0; k < h->o->n_rows; k++) {
        wide middle = range ? 0 : h->o->row[k].target;
        wide lo = range ? OPEN_LO : middle - worst(h);
        if (!require(h, range ? REQUIRE_RANGE : REQUIRE_LINEAR, h->o->row[k].coef, lo, middle + worst(h)))
            return false;
    }
    return true;
}

static bool hold(struct holder *h)
{
    switch (h->o->kind) {
    case OBJECTIVE_NONE:
        return true;
    case OBJECTIVE_MAX_SUM:
        return hold_sum(h);
    case OBJECTIVE_MAXIMIN:
        return hold_least(h);
    case OBJECTIVE_MINIMAX_DEV:
    case OBJECTIVE_MIN_RANGE:
        return hold_rows(h);
    case OBJECTIVE_MIN_PENALTY:
        h->r.n = 0;
        return require(h, REQUIRE_PENALTY, NULL, OPEN_LO, (wide)h->num + h->o->give);
    }
    return false;
}

static struct problem *copied(const struct problem *p, const struct objective *o)
{
    struct arena *a = arena_new();
    struct problem *q = arena_copy(a, p, sizeof *p);
    size_t room = 1;
    while (room < p->n_requirements) /* as problem_require doubles it */
        room *= 2;
    q->arena = a;
    q->objective = arena_copy(a, o, sizeof *o);
    q->n_objectives = 1;
    q->requirement = mem_grow(NULL, room, sizeof *q->requirement);
    if (p->n_requirements)
        memcpy(q->requirement, p->requirement, p->n_requirements * sizeof *q->requirement);
    return q;
}

static uint32_t *all_items(struct problem *p)
{
    uint32_t *item = arena_array(p->arena, p->n_items + 1, sizeof *item);
    for (uint32_t i = 0; i < p->n_items; i++)
        item[i] = i;
    return item;
}

int problem_stage(struct problem **ret, const struct problem *p, size_t k, const int64_t *value,
                  struct err *e)
{
    struct problem *q = copied(p, &p->objective[k]);
    const uint32_t *item = k ? all_items(q) : NULL;
    for (size_t i = 0; i < k; i++) {
        const struct objective *o = &p->objective[i];
        struct holder h = {.p = q, .o = o, .num = value[2 * i], .den = value[2 * i + 1]};
        h.r = (struct requirement){.id = arena_printf(q->arena, "objective %zu", i + 1),
                                   .words = o->words ? o->words : "",
                                   .item = item,
                                   .n = q->n_items,
                                   .unit = o->unit};
        if (h.den <= 0 || !hold(&h)) {
            problem_free(q);
            return err_set(e, ERR_DATA, p->name, _("objective %zu: its numbers are too large"), i + 1);
        }
    }
    *ret = q;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/conflict-proof.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/proof/proof.h"

enum { SMALL_TIMES = 24 };

#define LARGEST 1e17 /* multiplier */

struct finder {
    const struct lots *l;
    const struct conflict *c;
    struct proof_term *term; /* of the problem's requirements */
    size_t n, room;
};

static void put(struct finder *f, uint32_t requirement, uint32_t sub, int64_t times)
{
    if (f->n == f->room) {
        f->room = f->room ? 2 * f->room : 32;
        f->term = mem_grow(f->term, f->room, sizeof *f->term);
    }
    f->term[f->n++] = (struct proof_term){requirement, sub, times};
}

/* Where an item's rows "only where its stimulus is" begin among those of the requirement. */
static uint32_t each_item(const struct problem *p, const struct requirement *r)
{
    return (uint32_t)(2 * p->n_stimuli + (r->kind == REQUIRE_STIMULI));
}

static void put_row(struct finder *f, const struct lots_row *row, int64_t times)
{
    const struct problem *p = f->l->p;
    if (row->sub < LOTS_EACH) {
        put(f, row->requirement, row->sub, times);
        return;
    }
    for (uint32_t j = 0; j < p->n_items; j++)
        if (p->stimulus[j] == row->sub - LOTS_EACH)
            put(f, row->requirement, each_item(p, &p->requirement[row->requirement]) + j, times);
}

static double of_row(const struct finder *f, struct elastic *x, size_t row)
{
    double y = f->c->in[f->l->row[row].rule] ? -elastic_dual(x, row) : 0;
    return fabs(y) * f->l->row[row].scale > 1e-9 ? y : 0;
}

/* The duals times `factor`, to whole numbers. */
static void multiply(struct finder *f, struct elastic *x, double factor)
{
    f->n = 0;
    for (size_t i = 0; i < f->l->n_rows; i++) {
        double times = round(of_row(f, x, i) * factor);
        if (times != 0 && fabs(times) < LARGEST)
            put_row(f, &f->l->row[i], (int64_t)times);
    }
}

/* The least of the duals; 0 if there are none. */
static double least(const struct finder *f, struct elastic *x)
{
    double y, min = 0;
    for (size_t i = 0; i < f->l->n_rows; i++)
        if ((y = fabs(of_row(f, x, i))) > 0 && (min == 0 || y < min))
            min = y;
    return min;
}

static bool whole(const struct finder *f, struct elastic *x, double factor)
{
    bool all = true;
    for (size_t i = 0; all && i < f->l->n_rows; i++) {
        double y = of_row(f, x, i) * factor;
        all = fabs(y - round(y)) < 1e-6 * fmax(1, fabs(y));
    }
    return all;
}

/* The rules of the conflict alone as a problem; `number`: of each requirement in it. */
static void alone(const struct finder *f, struct problem *ret, struct objective *none, uint32_t *number)
{
    const struct problem *p = f->l->p;
    *none = (struct objective){.kind = OBJECTIVE_NONE, .unit = 1};
    *ret = *p;
    ret->objective = none;
    ret->n_objectives = 1;
    ret->n_requirements = 0;
    ret->requirement = mem_alloc((p->n_requirements + 1) * sizeof *ret->requirement);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (f->l->rule_of[k] != NO_RULE && f->c->in[f->l->rule_of[k]]) {
            number[k] = (uint32_t)ret->n_requirements;
            ret->requirement[ret->n_requirements++] = p->requirement[k];
        }
}

static bool proven(const struct finder *f)
{
    struct problem p;
    struct objective none;
    uint32_t *number = mem_alloc((f->l->p->n_requirements + 1) * sizeof *number);
    struct proof_term *term = mem_alloc((f->n + 1) * sizeof *term);
    struct proof q;
    struct proof_bound b = {0};
    struct err e = {0};
    alone(f, &p, &none, number);
    for (size_t i = 0; i < f->n; i++)
        term[i] = (struct proof_term){number[f->term[i].requirement], f->term[i].sub, f->term[i].times};
    proof_init(&q);
    proof_add_terms(&q, PROOF_LEAF, term, f->n, 0);
    bool good = proof_bound(&p, &q, NULL, &b, &e) == 0 && b.infeasible;
    proof_release(&q);
    free(p.requirement);
    free(number);
    free(term);
    return good;
}

/* Whole numbers as small as they are exact, else large ones. */
static bool make(struct finder *f, struct elastic *x)
{
    double min = least(f, x);
    if (min == 0)
        return proven(f);
    for (int k = 1; k <= SMALL_TIMES; k++)
        if (whole(f, x, k / min)) {
            multiply(f, x, k / min);
            if (proven(f))
                return true;
            break;
        }
    for (double factor = 1024; factor < 1e12; factor *= 1024) {
        multiply(f, x, factor / min);
        if (proven(f))
            return true;
    }
    return false;
}

/* Of every rule one row that counts items, once. */
static bool counts_items(const struct finder *f)
{
    bool all = f->n > 0;
    for (size_t i = 0; all && i < f->n; i++) {
        const struct requirement *r = &f->l->p->requirement[f->term[i].requirement];
        all = (r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL) && !r->coef && r->unit == 1 &&
              llabs(f->term[i].times) == 1;
    }
    return all;
}

/* How often one item of the lot may be used under the rules of the conflict. */
static int64_t use_of(const struct finder *f, const struct lot *lot)
{
    int64_t use = (int64_t)f->l->p->n_forms;
    for (uint32_t i = lot->bound; i < lot->bound + lot->n_bounds; i++) {
        const struct requirement *r = &f->l->p->requirement[f->l->bound[i]];
        int64_t hi = r->kind == REQUIRE_EXCLUDE ? 0 : r->kind == REQUIRE_USE ? r->hi : use;
        if (f->c->in[f->l->rule_of[f->l->bound[i]]] && hi < use)
            use = hi;
    }
    return use;
}

static void sum_up(const struct finder *f, struct explanation *ret)
{
    const struct problem *p = f->l->p;
    int64_t *times = mem_alloc((p->n_requirements + 1) * sizeof *times);
    for (size_t i = 0; i < f->n; i++) {
        const struct requirement *r = &p->requirement[f->term[i].requirement];
        int64_t forms = r->kind == REQUIRE_TOTAL ? 1 : (int64_t)p->n_forms;
        times[f->term[i].requirement] = f->term[i].times;
        ret->needed += f->term[i].times < 0 ? r->lo * forms : 0;
        ret->possible += f->term[i].times > 0 ? r->hi * forms : 0;
    }
    for (size_t k = 0; k < f->l->n_item_lots; k++) {
        const struct lot *lot = &f->l->lot[k];
        int64_t gain = 0;
        for (uint32_t i = lot->cell; i < lot->cell + lot->n_cells; i++)
            gain -= times[f->l->row[f->l->cell[i].row].requirement];
        ret->of_bank += gain > 0 ? gain * lot->n * use_of(f, lot) : 0;
    }
    ret->possible += ret->of_bank;
    free(times);
}

void conflict_prove(struct explanation *ret, const struct lots *l, struct elastic *x, const struct conflict *c)
{
    struct finder f = {.l = l, .c = c};
    double *price = mem_alloc((l->n_rules + 1) * sizeof *price);
    for (size_t k = 0; k < l->n_rules; k++)
        price[k] = c->in[k];
    const struct elastic_ask a = {.price = price, .exact = true, .endless = c->inside};
    bool missed = elastic_ask(x, &a) == ELASTIC_MISSED;
    ret->proven = missed && make(&f, x);
    if (ret->proven && counts_items(&f))
        sum_up(&f, ret);
    ret->term = f.term;
    ret->n_terms = ret->proven ? f.n : 0;
    free(price);
}

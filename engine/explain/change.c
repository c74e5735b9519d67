/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/change.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define SOME 1e-6 /* of one item's worth: less is the arithmetic of doubles */

enum { ROUNDS = 4 };

struct changer {
    struct explanation *ret;
    const struct lots *l;
    struct elastic *x;
    double *price;
    uint32_t way;
};

static const struct requirement *first_of(const struct changer *c, uint32_t rule)
{
    return &c->l->p->requirement[c->l->rule[rule].requirement];
}

static void add(struct changer *c, struct explain_change change)
{
    struct explanation *x = c->ret;
    x->change = mem_grow(x->change, x->n_changes + 1, sizeof *x->change);
    change.way = c->way;
    x->change[x->n_changes++] = change;
}

static enum elastic_status ask(struct changer *c, uint32_t rule, double price, bool exact)
{
    for (size_t k = 0; k < c->l->n_rules; k++)
        c->price[k] = exact ? ELASTIC_HOLDS : 1;
    if (rule != NO_RULE)
        c->price[rule] = price;
    const struct elastic_ask a = {.price = c->price, .exact = exact};
    return elastic_ask(c->x, &a);
}

/* True if a number of it can be changed; else it holds or is left out. */
static bool has_numbers(const struct changer *c, uint32_t rule)
{
    const struct requirement *r = first_of(c, rule);
    return c->l->rule[rule].n == 1 &&
           (r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL || r->kind == REQUIRE_COVER ||
            r->kind == REQUIRE_STIMULI || r->kind == REQUIRE_OVERLAP);
}

/* How often a bound of the requirement is asked in all. */
static double fold(const struct problem *p, const struct requirement *r)
{
    double forms = (double)p->n_forms;
    return r->kind == REQUIRE_TOTAL ? 1 : r->kind == REQUIRE_OVERLAP ? forms * (forms - 1) / 2 : forms;
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

int64_t change_step(const struct requirement *r)
{
    int64_t step = r->coef ? 0 : 1;
    for (size_t i = 0; r->coef && step != 1 && i < r->n; i++)
        step = gcd(step, r->coef[i]);
    return step ? step : 1;
}

/* At least so many whole steps of the data beyond the bound, where `by` is missed over all forms. */
static int64_t moved(const struct problem *p, const struct requirement *r, int64_t bound, double by,
                     bool down)
{
    int64_t step = change_step(r), least = (int64_t)ceil(by / fold(p, r) - SOME * (double)step);
    int64_t to = down ? bound - least : bound + least, rest = to % step;
    if (rest < 0)
        rest += step;
    return down ? to - rest : rest ? to + step - rest : to;
}

/* What is missed in the last answer of rule, as changes of its numbers. */
static void missed(struct changer *c, uint32_t rule)
{
    const struct problem *p = c->l->p;
    uint32_t number = c->l->rule[rule].requirement;
    const struct requirement *r = &p->requirement[number];
    double low = 0, high = 0;
    for (size_t i = 0; i < c->l->n_rows; i++)
        if (c->l->row[i].rule == rule) {
            double by = elastic_missed(c->x, i);
            low += by < -SOME * c->l->row[i].scale ? -by : 0;
            high += by > SOME * c->l->row[i].scale ? by : 0;
        }
    if ((low > 0 || high > 0) && !has_numbers(c, rule)) {
        add(c, (struct explain_change){.kind = CHANGE_DROP, .requirement = number});
        return;
    }
    if (low > 0)
        add(c, (struct explain_change){.kind = CHANGE_LOW,
                                       .requirement = number,
                                       .from = r->lo,
                                       .to = moved(p, r, r->lo, low, true)});
    if (high > 0)
        add(c, (struct explain_change){.kind = CHANGE_HIGH,
                                       .requirement = number,
                                       .from = r->hi,
                                       .to = moved(p, r, r->hi, high, false)});
}

/* How often an item may be used so that it works: the least number above r->hi, or 0. */
static int64_t more_use(struct changer *c, uint32_t rule)
{
    const struct requirement *r = first_of(c, rule);
    int64_t lo = r->hi, hi = (int64_t)c->l->p->n_forms;
    while (hi - lo > 1) {
        int64_t middle = lo + (hi - lo) / 2;
        elastic_let(c->x, c->l->rule[rule].requirement, middle);
        if (ask(c, NO_RULE, 0, false) == ELASTIC_MET)
            hi = middle;
        else
            lo = middle;
    }
    elastic_let(c->x, NO_RULE, 0);
    return hi < (int64_t)c->l->p->n_forms ? hi : 0;
}

/* The least change of this rule alone. */
static void alone(struct changer *c, uint32_t rule)
{
    const struct requirement *r = first_of(c, rule);
    size_t before = c->ret->n_changes;
    if (ask(c, rule, 0, false) != ELASTIC_MET)
        return;
    if (r->kind == REQUIRE_USE || r->kind == REQUIRE_STIMULUS_USE) {
        int64_t to = more_use(c, rule);
        add(c, (struct explain_change){.kind = to ? CHANGE_HIGH : CHANGE_DROP,
                                       .requirement = c->l->rule[rule].requirement,
                                       .from = r->hi,
                                       .to = to});
    } else if (has_numbers(c, rule)) {
        ask(c, rule, 1, true);
        missed(c, rule);
    } else {
        add(c, (struct explain_change){.kind = CHANGE_DROP, .requirement = c->l->rule[rule].requirement});
    }
    c->way += c->ret->n_changes > before;
}

/* What is missed of each rule in the last answer, in items. */
static void add_up(const struct changer *c, double *ret)
{
    for (size_t k = 0; k < c->l->n_rules; k++)
        ret[k] = 0;
    for (size_t i = 0; i < c->l->n_rows; i++) {
        double by = fabs(elastic_missed(c->x, i)) / c->l->row[i].scale;
        ret[c->l->row[i].rule] += by > SOME ? by : 0;
    }
}

/* A little of a few rules: what was missed much is made cheaper, what was not stays dear (reweighting,
 * Candès, Wakin, Boyd 2008); then as little as possible of those. */
static void several(struct changer *c)
{
    double *by = mem_alloc((c->l->n_rules + 1) * sizeof *by);
    const struct elastic_ask a = {.price = c->price, .exact = true};
    enum elastic_status s = ELASTIC_MISSED;
    for (size_t k = 0; k < c->l->n_rules; k++)
        by[k] = 1;
    for (int round = 0; round <= ROUNDS && s == ELASTIC_MISSED; round++) {
        for (size_t k = 0; k < c->l->n_rules; k++)
            c->price[k] = round < ROUNDS ? 1 / (by[k] + 0.1) : by[k] > 0 ? 1 : ELASTIC_HOLDS;
        s = elastic_ask(c->x, &a);
        if (s == ELASTIC_MISSED)
            add_up(c, by);
    }
    for (uint32_t k = 0; s == ELASTIC_MISSED && k < c->l->n_rules; k++)
        missed(c, k);
    c->way++;
    free(by);
}

/* As many forms as there can be, if fewer will do. */
static void fewer_forms(struct changer *c)
{
    size_t lo = 0, hi = c->l->p->n_forms;
    for (size_t k = 0; k < c->l->n_rules; k++)
        c->price[k] = 1;
    while (hi - lo > 1) {
        size_t middle = lo + (hi - lo) / 2;
        const struct elastic_ask a = {.price = c->price, .forms = middle};
        if (elastic_ask(c->x, &a) == ELASTIC_MET)
            lo = middle;
        else
            hi = middle;
    }
    if (lo > 0)
        add(c, (struct explain_change){
                   .kind = CHANGE_FORMS, .from = (int64_t)c->l->p->n_forms, .to = (int64_t)lo});
    c->way += lo > 0;
}

void change_find(struct explanation *ret, const struct lots *l, struct elastic *x,
                 const struct conflict *conflict)
{
    struct changer c = {.ret = ret, .l = l, .x = x, .price = mem_alloc((l->n_rules + 1) * sizeof *c.price)};
    for (uint32_t k = 0; k < l->n_rules; k++)
        if (conflict->in[k])
            alone(&c, k);
    if (ret->n_changes == 0)
        several(&c);
    if (l->p->n_forms > 1 && !conflict->inside)
        fewer_forms(&c);
    if (!conflict->inside)
        ret->lack = change_write(l, x, 1, &ret->n_lacks);
    free(c.price);
}

/* In how many forms one new item of the lot can stand. */
static double uses(const struct lots *l, const struct lot *lot)
{
    return lots_overlap(l, lot) ? 1 : fmax(1, (double)lots_use(l, lot));
}

struct explain_lack *change_write(const struct lots *l, struct elastic *x, double times, size_t *ret_n)
{
    double *price = mem_alloc((l->n_rules + 1) * sizeof *price);
    struct explain_lack *lack = mem_alloc(sizeof *lack);
    for (size_t k = 0; k < l->n_rules; k++)
        price[k] = ELASTIC_HOLDS;
    const struct elastic_ask a = {.price = price, .exact = true, .item_price = 1, .times = times};
    bool met = elastic_ask(x, &a) != ELASTIC_UNKNOWN;
    *ret_n = 0;
    for (size_t i = 0; met && i < l->n_rows; i++)
        met = fabs(elastic_missed(x, i)) <= SOME * l->row[i].scale;
    for (size_t k = 0; met && k < l->n_item_lots; k++) {
        double n = elastic_further(x, k);
        if (n <= SOME)
            continue;
        lack = mem_grow(lack, *ret_n + 1, sizeof *lack);
        lack[(*ret_n)++] =
            (struct explain_lack){l->lot[k].item, (int64_t)ceil(n / uses(l, &l->lot[k]) - SOME)};
    }
    free(price);
    return lack;
}

struct problem *change_make(const struct problem *p, const struct explain_change *change, size_t n)
{
    struct problem *made = mem_alloc(sizeof *made);
    *made = *p;
    made->requirement = mem_alloc((p->n_requirements + 1) * sizeof *made->requirement);
    for (size_t k = 0; k < p->n_requirements; k++)
        made->requirement[k] = p->requirement[k];
    for (size_t i = 0; i < n; i++) {
        struct requirement *r = &made->requirement[change[i].requirement];
        if (change[i].kind == CHANGE_FORMS)
            made->n_forms = (size_t)change[i].to;
        else if (change[i].kind == CHANGE_LOW)
            r->lo = change[i].to;
        else if (change[i].kind == CHANGE_HIGH)
            r->hi = change[i].to;
    }
    return made;
}

void change_undo(struct problem *p)
{
    free(p->requirement);
    free(p);
}

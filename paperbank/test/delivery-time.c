/* SPDX-License-Identifier: Apache-2.0 */
/* Time limits: what has been spent where, and what ends with it. */
#include "paperbank/test/delivery-internal.h"

static void spend(struct delivery *d, const struct test_node *n, int64_t ms)
{
    d->ms[n->order] += ms;
    state_set_duration(d->values, n, d->ms[n->order]);
}

static void spend_on_item(struct delivery *d, int64_t ms)
{
    size_t i = (size_t)d->current;
    if (d->slot[i].fate != SLOT_OPEN)
        return;
    d->slot[i].duration_ms += ms;
    d->values->slot[i].duration_ms = d->slot[i].duration_ms;
    for (const struct plan_node *p = d->plan->slot[i].place; p->parent; p = p->parent) {
        if (p->node->kind == TEST_SECTION)
            spend(d, p->node, ms);
        for (size_t k = 0; k < p->n_mixed; k++)
            spend(d, p->mixed[k], ms);
    }
}

void delivery_pass(struct delivery *d, int64_t now_ms)
{
    int64_t ms = now_ms - d->now_ms;
    if (ms <= 0)
        return;
    d->now_ms = now_ms;
    if (d->state == DELIVERY_BEFORE || d->state == DELIVERY_ENDED)
        return;
    d->values->duration_ms += ms;
    if (d->state != DELIVERY_IN_PART)
        return;
    spend(d, d->plan->part[d->part]->node, ms);
    if (d->current >= 0)
        spend_on_item(d, ms);
}

/* A limit that ends something: late submission is not allowed. */
static bool binds(const struct test_time *t)
{
    return t->has_max && !t->late;
}

static bool over(const struct test_time *t, int64_t spent)
{
    return binds(t) && spent >= t->max_ms;
}

static void end_slots(struct delivery *d, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (d->slot[i].fate == SLOT_OPEN || d->slot[i].fate == SLOT_WAITING)
            d->slot[i].fate = SLOT_ENDED;
}

/* The outermost section around the current item whose time is over, or NULL. */
static const struct plan_node *section_over(const struct delivery *d)
{
    const struct plan_node *found = NULL;
    for (const struct plan_node *p = d->plan->slot[d->current].place; p->parent; p = p->parent)
        if (p->node->kind == TEST_SECTION && over(&p->node->time, d->ms[p->node->order]) &&
            !d->closed[p->node->order])
            found = p;
    return found;
}

static bool mixed_over(const struct delivery *d, const struct plan_node *n)
{
    for (size_t i = 0; i < n->n_mixed; i++)
        if (over(&n->mixed[i]->time, d->ms[n->mixed[i]->order]))
            return true;
    return false;
}

static int end_section(struct delivery *d, const struct plan_node *section, struct err *e)
{
    d->closed[section->node->order] = true;
    end_slots(d, section->first, section->end);
    if (delivery_linear(d))
        return delivery_walk_past(d, section, e);
    d->current = -1;
    return 0;
}

static int end_item(struct delivery *d, struct err *e)
{
    d->slot[d->current].fate = SLOT_ENDED;
    return delivery_linear(d) ? delivery_walk(d, e) : 0;
}

/* One thing that ends; *ret_more when there was one. */
static int expire_one(struct delivery *d, bool *ret_more, struct err *e)
{
    const struct plan_node *part = d->plan->part[d->part], *section;
    *ret_more = true;
    if (over(&d->plan->test->time, d->values->duration_ms)) {
        d->exiting = true;
        return delivery_close_part(d, e);
    }
    if (over(&part->node->time, d->ms[part->node->order]))
        return delivery_close_part(d, e);
    if (d->current >= 0 && (section = section_over(d)))
        return end_section(d, section, e);
    if (d->current >= 0 && d->slot[d->current].fate == SLOT_OPEN) {
        const struct plan_slot *slot = &d->plan->slot[d->current];
        if (over(&slot->item->time, d->slot[d->current].duration_ms) || mixed_over(d, slot->place))
            return end_item(d, e);
    }
    *ret_more = false;
    return 0;
}

int delivery_expire(struct delivery *d, struct err *e)
{
    bool more = true;
    int r = 0;
    while (r == 0 && more && d->state == DELIVERY_IN_PART)
        r = expire_one(d, &more, e);
    if (r == 0 && d->state == DELIVERY_BETWEEN && over(&d->plan->test->time, d->values->duration_ms))
        delivery_finish(d);
    return r;
}

static void nearest(int64_t *left, const struct test_time *t, int64_t spent)
{
    if (!binds(t))
        return;
    int64_t rest = t->max_ms > spent ? t->max_ms - spent : 0;
    if (*left < 0 || rest < *left)
        *left = rest;
}

int64_t delivery_left(const struct delivery *d, int64_t now_ms)
{
    int64_t left = -1, since = now_ms > d->now_ms ? now_ms - d->now_ms : 0;
    if (d->state != DELIVERY_IN_PART)
        return -1;
    const struct test_node *part = d->plan->part[d->part]->node;
    nearest(&left, &d->plan->test->time, d->values->duration_ms + since);
    nearest(&left, &part->time, d->ms[part->order] + since);
    if (d->current < 0 || d->slot[d->current].fate != SLOT_OPEN)
        return left;
    const struct plan_slot *slot = &d->plan->slot[d->current];
    nearest(&left, &slot->item->time, d->slot[d->current].duration_ms + since);
    for (const struct plan_node *p = slot->place; p->parent; p = p->parent) {
        if (p->node->kind == TEST_SECTION)
            nearest(&left, &p->node->time, d->ms[p->node->order] + since);
        for (size_t k = 0; k < p->n_mixed; k++)
            nearest(&left, &p->mixed[k]->time, d->ms[p->mixed[k]->order] + since);
    }
    return left;
}

static int64_t missing(const struct test_time *t, int64_t spent)
{
    return t->has_min && t->min_ms > spent ? t->min_ms - spent : 0;
}

/* Only in linear parts: minTime of the item, and of sections that end with it. */
int64_t delivery_held(const struct delivery *d, int64_t now_ms)
{
    int64_t since = now_ms > d->now_ms ? now_ms - d->now_ms : 0;
    if (d->state != DELIVERY_IN_PART || !delivery_linear(d) || d->current < 0)
        return 0;
    size_t i = (size_t)d->current;
    int64_t most = missing(&d->plan->slot[i].item->time, d->slot[i].duration_ms + since);
    for (const struct plan_node *p = d->plan->slot[i].place->parent; p && p->end == i + 1; p = p->parent) {
        int64_t rest = p->parent ? missing(&p->node->time, d->ms[p->node->order] + since) : 0;
        most = rest > most ? rest : most;
    }
    return most;
}

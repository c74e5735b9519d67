/* SPDX-License-Identifier: Apache-2.0 */
/* From item to item and from part to part: preconditions and branch rules. */
#include "paperbank/test/delivery-internal.h"

static void mark(struct delivery *d, size_t from, size_t to, enum slot_fate fate)
{
    for (size_t i = from; i < to; i++)
        if (d->slot[i].fate == SLOT_WAITING)
            d->slot[i].fate = fate;
}

static int all_hold(struct delivery *d, const struct test_node *n, bool *ret, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && *ret && i < n->n_preconditions; i++)
        r = state_holds(d->values, &n->precondition[i], ret, e);
    return r;
}

/* Its own preconditions and those of the sections that were dissolved around it. */
static int may_enter(struct delivery *d, const struct plan_node *n, bool *ret, struct err *e)
{
    int r = 0;
    *ret = true;
    for (size_t i = 0; r == 0 && i < n->n_mixed; i++)
        r = all_hold(d, n->mixed[i], ret, e);
    return r < 0 ? r : all_hold(d, n->node, ret, e);
}

static int branch_of(struct delivery *d, const struct plan_node *n, const struct test_branch **ret,
                     struct err *e)
{
    bool holds = false;
    *ret = NULL;
    for (size_t i = 0; i < n->node->n_branches; i++) {
        int r = state_holds(d->values, &n->node->branch[i].when, &holds, e);
        if (r < 0)
            return r;
        if (holds) {
            *ret = &n->node->branch[i];
            return 0;
        }
    }
    return 0;
}

static bool stands_for(const struct plan_node *n, const struct test_node *wanted)
{
    for (size_t i = 0; i < n->n_mixed; i++)
        if (n->mixed[i] == wanted)
            return true;
    return n->node == wanted;
}

/* The first of that node in the part at or after a slot, or NULL: it was not selected. */
static const struct plan_node *find(const struct plan_node *in, const struct test_node *wanted, size_t from)
{
    for (const struct plan_node *c = in->child; c; c = c->next) {
        if (c->first >= from && stands_for(c, wanted))
            return c;
        const struct plan_node *inside = c->end > from ? find(c, wanted, from) : NULL;
        if (inside)
            return inside;
    }
    return NULL;
}

static bool holds_node(const struct plan_node *outer, const struct plan_node *n)
{
    for (; n; n = n->parent)
        if (n == outer)
            return true;
    return false;
}

static int draw(struct delivery *d, size_t slot, struct err *e)
{
    struct test_variables defaults;
    const struct item *drawn = NULL;
    if (!d->host.draw || d->plan->slot[slot].item->n_defaults == 0)
        return 0;
    struct arena *a = arena_new();
    int r = delivery_template_defaults(d, slot, a, &defaults, e);
    struct item_default *start = arena_array(a, defaults.n, sizeof *start);
    for (size_t i = 0; i < defaults.n; i++)
        start[i] = (struct item_default){defaults.at[i].identifier, defaults.at[i].value};
    if (r == 0)
        r = d->host.draw(d->host.context, slot, start, defaults.n, &drawn, e);
    if (drawn)
        state_set_item(d->values, slot, drawn);
    arena_free(a);
    return r;
}

int delivery_present(struct delivery *d, size_t slot, struct err *e)
{
    struct delivery_slot *s = &d->slot[slot];
    d->current = (int64_t)slot;
    if (s->presented)
        return 0;
    int r = draw(d, slot, e);
    s->presented = true;
    s->fate = SLOT_OPEN;
    d->values->slot[slot].presented = true;
    delivery_tell_built_in(d, slot);
    d->entered[d->n_entered++] = slot;
    return r;
}

/* Where the walk stands: at `n`, which was entered, or passed over. */
struct step {
    const struct plan_node *n;
    bool entered;
};

/* Into `n`, down to its first item; *ret_done when there is one to present. */
static int enter(struct delivery *d, const struct plan_node *n, struct step *ret, bool *ret_done,
                 struct err *e)
{
    for (;;) {
        bool may;
        int r = may_enter(d, n, &may, e);
        if (r < 0)
            return r;
        *ret = (struct step){n, may};
        if (!may) {
            mark(d, n->first, n->end, SLOT_PRECONDITION);
            return 0;
        }
        if (n->node->kind == TEST_ITEM) {
            *ret_done = true;
            return delivery_present(d, n->first, e);
        }
        if (!n->child)
            return 0;
        n = n->child;
    }
}

/* To a target further on: the sections around it that are entered with it have their say first. */
static int jump(struct delivery *d, const struct plan_node *from, const struct plan_node *to,
                struct step *ret, bool *ret_done, struct err *e)
{
    const struct plan_node *outer = to;
    mark(d, from->end, to->first, SLOT_JUMPED);
    while (outer->parent && !holds_node(outer->parent, from))
        outer = outer->parent;
    while (outer != to) {
        bool may;
        int r = may_enter(d, outer, &may, e);
        if (r < 0)
            return r;
        if (!may) {
            mark(d, outer->first, outer->end, SLOT_PRECONDITION);
            *ret = (struct step){outer, false};
            return 0;
        }
        const struct plan_node *c = outer->child;
        while (!holds_node(c, to))
            c = c->next;
        outer = c;
    }
    return enter(d, to, ret, ret_done, e);
}

/* The branch of what was just finished. *ret_done: the part is over. */
static int follow(struct delivery *d, const struct test_branch *b, struct step *s, bool *ret_done,
                  bool *ret_over, struct err *e)
{
    const struct plan_node *part = d->plan->part[d->part], *to;
    switch (b->to) {
    case TARGET_EXIT_SECTION:
        mark(d, s->n->end, s->n->parent->end, SLOT_JUMPED);
        *s = (struct step){s->n->parent, true};
        return 0;
    case TARGET_NODE:
        to = b->node ? find(part, b->node, s->n->end) : NULL;
        if (to)
            return jump(d, s->n, to, s, ret_done, e);
        break;
    default:
        d->exiting = d->exiting || b->to == TARGET_EXIT_TEST;
        mark(d, s->n->end, part->end, SLOT_JUMPED);
        *ret_over = true;
    }
    return 0;
}

static int one_step(struct delivery *d, struct step *s, bool *ret_done, bool *ret_over, struct err *e)
{
    const struct test_branch *b = NULL;
    const struct plan_node *was = s->n;
    int r = 0;
    if (!s->n->parent) {
        *ret_over = true;
        return 0;
    }
    if (s->entered)
        r = branch_of(d, s->n, &b, e);
    if (r == 0 && b)
        r = follow(d, b, s, ret_done, ret_over, e);
    if (r < 0 || *ret_done || *ret_over || s->n != was)
        return r;
    if (s->n->next)
        return enter(d, s->n->next, s, ret_done, e);
    *s = (struct step){s->n->parent, true};
    return 0;
}

static int walk(struct delivery *d, struct step s, struct err *e)
{
    bool done = false, over = false;
    int r = 0;
    while (r == 0 && !done && !over)
        r = one_step(d, &s, &done, &over, e);
    return r == 0 && over ? delivery_close_part(d, e) : r;
}

int delivery_walk(struct delivery *d, struct err *e)
{
    return walk(d, (struct step){d->plan->slot[d->current].place, true}, e);
}

int delivery_walk_past(struct delivery *d, const struct plan_node *n, struct err *e)
{
    return walk(d, (struct step){n, true}, e);
}

static int begin_part(struct delivery *d, struct err *e)
{
    const struct plan_node *part = d->plan->part[d->part];
    struct step s = {part, false};
    bool done = false;
    d->state = DELIVERY_IN_PART;
    d->current = -1;
    if (part->first == part->end)
        return delivery_close_part(d, e);
    if (!delivery_linear(d))
        return 0;
    int r = enter(d, part->child, &s, &done, e);
    return r < 0 || done ? r : walk(d, s, e);
}

/* Where the part that is over leads: past the end for EXIT_TEST. */
static int after_part(struct delivery *d, int64_t *ret, struct err *e)
{
    const struct test_branch *b = NULL;
    *ret = d->part + 1;
    if (d->part < 0)
        return 0;
    int r = branch_of(d, d->plan->part[d->part], &b, e);
    if (r < 0 || !b)
        return r;
    if (b->to == TARGET_EXIT_TEST)
        *ret = (int64_t)d->plan->n_parts;
    for (size_t i = (size_t)d->part + 1; b->to == TARGET_NODE && b->node && i < d->plan->n_parts; i++)
        if (d->plan->part[i]->node == b->node)
            *ret = (int64_t)i;
    for (int64_t i = d->part + 1; b->to == TARGET_NODE && i < *ret; i++)
        mark(d, d->plan->part[i]->first, d->plan->part[i]->end, SLOT_JUMPED);
    return 0;
}

int delivery_enter_part(struct delivery *d, struct err *e)
{
    int64_t next;
    bool may = true;
    int r = after_part(d, &next, e);
    if (r < 0)
        return r;
    for (; next < (int64_t)d->plan->n_parts; next++) {
        const struct plan_node *part = d->plan->part[next];
        r = may_enter(d, part, &may, e);
        if (r < 0)
            return r;
        if (may) {
            d->part = next;
            return begin_part(d, e);
        }
        mark(d, part->first, part->end, SLOT_PRECONDITION);
    }
    delivery_finish(d);
    return 0;
}

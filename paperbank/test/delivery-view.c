/* SPDX-License-Identifier: Apache-2.0 */
/* What can be asked of a delivery. */
#include <string.h>

#include "paperbank/test/delivery-internal.h"

enum delivery_state delivery_state(const struct delivery *d)
{
    return d->state;
}

int64_t delivery_current(const struct delivery *d)
{
    return d->current;
}

int64_t delivery_part(const struct delivery *d)
{
    return d->part;
}

const struct test_plan *delivery_plan(const struct delivery *d)
{
    return d->plan;
}

const struct delivery_slot *delivery_slot_at(const struct delivery *d, size_t slot)
{
    return &d->slot[slot];
}

const size_t *delivery_entered(const struct delivery *d, size_t *ret_n)
{
    *ret_n = d->n_entered;
    return d->entered;
}

const struct test_state *delivery_values(const struct delivery *d)
{
    return d->values;
}

/* The outcome is, or holds, the identifier. */
static bool outcome_says(const struct delivery *d, const char *outcome, const char *identifier)
{
    const struct test_variable *v = test_variable_find(&d->values->outcomes, outcome);
    for (size_t i = 0; v && i < v->value.n; i++)
        if (v->value.at[i].text && strcmp(v->value.at[i].text, identifier) == 0)
            return true;
    return false;
}

bool delivery_feedback_shown(const struct delivery *d, const struct test_feedback *f,
                             const struct test_node *part)
{
    bool current = !part || (d->part >= 0 && d->plan->part[d->part]->node == part);
    bool over =
        part ? d->state == DELIVERY_BETWEEN || d->state == DELIVERY_ENDED : d->state == DELIVERY_ENDED;
    bool running = d->state == DELIVERY_IN_PART || (!part && d->state == DELIVERY_BETWEEN);
    if (!current || !(f->at_end ? over : running))
        return false;
    return outcome_says(d, f->outcome, f->identifier) == f->show;
}

static bool is_over(const struct delivery *d, size_t slot)
{
    return d->slot[slot].presented && d->slot[slot].fate == SLOT_ENDED;
}

bool delivery_may_review(const struct delivery *d, size_t slot)
{
    return is_over(d, slot) && delivery_control(d, slot)->allow_review;
}

/* Of an item that is over, or after each attempt that another may follow. */
bool delivery_may_show_feedback(const struct delivery *d, size_t slot)
{
    return d->slot[slot].scored && delivery_control(d, slot)->show_feedback;
}

bool delivery_may_show_solution(const struct delivery *d, size_t slot)
{
    return is_over(d, slot) && delivery_control(d, slot)->show_solution;
}

int delivery_template_defaults(struct delivery *d, size_t slot, struct arena *a, struct test_variables *ret,
                               struct err *e)
{
    const struct test_node *n = d->plan->slot[slot].item;
    int r = 0;
    *ret = (struct test_variables){.at = arena_array(a, n->n_defaults, sizeof *ret->at)};
    for (size_t i = 0; r == 0 && i < n->n_defaults; i++) {
        struct value v;
        r = state_value(d->values, &n->defaults[i].value, a, &v, e);
        if (r == 0)
            ret->at[ret->n++] = (struct test_variable){.identifier = n->defaults[i].identifier,
                                                       .base = v.n ? v.at[0].base : BASE_NONE,
                                                       .cardinality = v.cardinality,
                                                       .value = v};
    }
    return r;
}

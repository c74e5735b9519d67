/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/test/delivery.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/test/delivery-internal.h"

enum { MAX_COMMENT = 10000 };

int delivery_new(struct delivery **ret, const struct test_plan *plan, const struct test_item *item,
                 const struct delivery_host *host, struct err *e)
{
    struct test_state *values = NULL;
    int r = state_new(&values, plan, item, e);
    if (r < 0)
        return r;
    struct arena *a = arena_new();
    struct delivery *d = arena_alloc(a, sizeof *d);
    size_t n_nodes = plan->test->n_nodes;
    *d = (struct delivery){
        .arena = a, .plan = plan, .host = *host, .values = values, .part = -1, .current = -1};
    d->slot = arena_array(a, plan->n_slots, sizeof *d->slot);
    d->entered = arena_array(a, plan->n_slots, sizeof *d->entered);
    d->ms = arena_array(a, n_nodes, sizeof *d->ms);
    d->closed = arena_array(a, n_nodes, sizeof *d->closed);
    *ret = d;
    return 0;
}

void delivery_free(struct delivery *d)
{
    if (!d)
        return;
    state_free(d->values);
    arena_free(d->arena);
}

bool delivery_linear(const struct delivery *d)
{
    return d->plan->part[d->part]->node->navigation == NAVIGATION_LINEAR;
}

bool delivery_individual(const struct delivery *d)
{
    return d->plan->part[d->part]->node->submission == SUBMISSION_INDIVIDUAL;
}

const struct test_control *delivery_control(const struct delivery *d, size_t slot)
{
    return &d->plan->slot[slot].item->control;
}

/* What the machine itself knows of an item session. */
void delivery_tell_built_in(struct delivery *d, size_t i)
{
    struct delivery_slot *s = &d->slot[i];
    struct datum unknown = {.base = BASE_IDENTIFIER, .text = "unknown"};
    struct test_variable built_in[] = {
        {"numAttempts", BASE_INTEGER, CARDINALITY_SINGLE, value_integer(d->arena, s->attempts)},
        {"duration", BASE_FLOAT, CARDINALITY_SINGLE, value_float(d->arena, (double)s->duration_ms / 1000)},
        {"completionStatus", BASE_IDENTIFIER, CARDINALITY_SINGLE, value_of(d->arena, unknown)},
    };
    d->values->slot[i].attempts = s->attempts;
    state_set_outcomes(d->values, i, &(struct test_variables){built_in, 3});
}

int delivery_score(struct delivery *d, size_t slot, struct err *e)
{
    struct delivery_slot *s = &d->slot[slot];
    struct test_variables outcomes = {0};
    struct arena *a = arena_new();
    int r = 0;
    delivery_tell_built_in(d, slot);
    state_set_responses(d->values, slot, &s->responses);
    if (d->host.score)
        r = d->host.score(d->host.context, d, slot, &s->responses, a, &outcomes, e);
    if (r == 0)
        state_set_outcomes(d->values, slot, &outcomes);
    s->scored = r == 0 && d->host.score;
    arena_free(a);
    return r;
}

int delivery_process(struct delivery *d, struct err *e)
{
    return d->host.process ? d->host.process(d->host.context, d, d->values, e) : 0;
}

void delivery_finish(struct delivery *d)
{
    d->state = DELIVERY_ENDED;
    d->current = -1;
}

int delivery_close_part(struct delivery *d, struct err *e)
{
    const struct plan_node *part = d->plan->part[d->part];
    bool simultaneous = !delivery_individual(d), any = false;
    int r = 0;
    d->state = DELIVERY_BETWEEN;
    d->current = -1;
    for (size_t i = part->first; i < part->end; i++) {
        struct delivery_slot *s = &d->slot[i];
        if (s->fate == SLOT_OPEN)
            s->fate = SLOT_ENDED;
        if (r == 0 && simultaneous && s->presented) {
            s->attempts = 1;
            any = true;
            r = delivery_score(d, i, e);
        }
    }
    if (r == 0 && any)
        r = delivery_process(d, e);
    if (d->exiting)
        delivery_finish(d);
    return r;
}

/* Every move first lets time pass; what was open may be over by then. */
static int begin(struct delivery *d, int64_t now_ms, struct err *e)
{
    delivery_pass(d, now_ms);
    return delivery_expire(d, e);
}

/* For moves that are about the current item: they are not for the one that took its place. */
static int begin_here(struct delivery *d, int64_t now_ms, struct err *e)
{
    int64_t current = d->current;
    enum delivery_state state = d->state;
    int r = begin(d, now_ms, e);
    if (r == 0 && (d->current != current || d->state != state))
        r = delivery_refuse(e, _("the time is over, and the test has gone on"));
    return r;
}

int delivery_start(struct delivery *d, int64_t now_ms, struct err *e)
{
    if (d->state != DELIVERY_BEFORE)
        return delivery_refuse(e, _("the test has begun already"));
    d->now_ms = now_ms;
    d->state = DELIVERY_BETWEEN;
    return delivery_enter_part(d, e);
}

static bool is_empty(const struct delivery *d, size_t slot, const struct response_set *responses)
{
    const struct item *item = d->values->slot[slot].item;
    for (size_t i = 0; i < responses->n; i++) {
        const struct response *r = &responses->response[i];
        const struct item_declaration *given =
            item ? item_find(item, DECLARED_RESPONSE, r->identifier) : NULL;
        bool same = given && given->n_initial == r->n;
        for (size_t k = 0; same && k < r->n; k++)
            same = strcmp(given->initial[k].text, r->value[k]) == 0;
        if (r->n > 0 && !same)
            return false;
    }
    return true;
}

static int acceptable(const struct delivery *d, const struct response_set *responses, struct err *e)
{
    size_t slot = (size_t)d->current;
    const struct test_control *c = delivery_control(d, slot);
    if (!delivery_individual(d))
        return 0;
    if (!c->allow_skipping && is_empty(d, slot, responses))
        return delivery_refuse(e, _("this item must be answered"));
    if (c->validate_responses && d->host.valid && !d->host.valid(d->host.context, slot, responses))
        return delivery_refuse(e, _("the answer does not meet what the item asks for"));
    return 0;
}

int delivery_respond(struct delivery *d, int64_t now_ms, const struct response_set *responses, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_respond(d, e);
    if (r == 0)
        r = acceptable(d, responses, e);
    if (r < 0)
        return r;
    size_t i = (size_t)d->current;
    struct delivery_slot *s = &d->slot[i];
    int64_t most = delivery_control(d, i)->max_attempts;
    s->responses = response_copy(responses, d->arena);
    s->answered = !is_empty(d, i, responses);
    s->attempts = delivery_individual(d) ? s->attempts + 1 : 1;
    if (!delivery_individual(d))
        return 0;
    if (most > 0 && s->attempts >= most)
        s->fate = SLOT_ENDED;
    r = delivery_score(d, i, e);
    return r == 0 ? delivery_process(d, e) : r;
}

int delivery_next(struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_next(d, now_ms, e);
    if (r < 0)
        return r;
    if (d->state == DELIVERY_BETWEEN)
        return delivery_enter_part(d, e);
    if (!delivery_linear(d))
        return delivery_present(d, (size_t)delivery_neighbour(d, 1), e);
    d->slot[d->current].fate = SLOT_ENDED;
    return delivery_walk(d, e);
}

int delivery_back(struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_back(d, e);
    if (r == 0)
        r = delivery_present(d, (size_t)delivery_neighbour(d, -1), e);
    return r;
}

int delivery_select(struct delivery *d, int64_t now_ms, size_t slot, struct err *e)
{
    int r = begin(d, now_ms, e);
    if (r == 0)
        r = delivery_may_select(d, slot, e);
    if (r == 0)
        r = delivery_present(d, slot, e);
    return r;
}

int delivery_skip(struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_skip(d, now_ms, e);
    return r < 0 ? r : delivery_next(d, now_ms, e);
}

int delivery_comment(struct delivery *d, int64_t now_ms, const char *text, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_comment(d, e);
    if (r == 0 && strlen(text) > MAX_COMMENT)
        r = delivery_refuse(e, _("the comment is too long"));
    if (r == 0)
        d->slot[d->current].comment = arena_strdup(d->arena, text);
    return r;
}

int delivery_end_part(struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = begin_here(d, now_ms, e);
    if (r == 0)
        r = delivery_may_end_part(d, now_ms, e);
    return r < 0 ? r : delivery_close_part(d, e);
}

int delivery_end_test(struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = begin(d, now_ms, e);
    if (r == 0 && d->state != DELIVERY_IN_PART && d->state != DELIVERY_BETWEEN)
        r = delivery_refuse(e, _("no part of the test is open"));
    if (r == 0 && d->state == DELIVERY_IN_PART)
        r = delivery_close_part(d, e);
    if (r == 0)
        delivery_finish(d);
    return r;
}

int delivery_clock(struct delivery *d, int64_t now_ms, struct err *e)
{
    return begin(d, now_ms, e);
}

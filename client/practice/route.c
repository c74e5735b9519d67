/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "client/screens/frame.h"

struct route {
    struct deck *deck;
    struct delivery *delivery;
    struct route_host host;
    struct arena *arena;
    struct route_feedback at_end; /* room for all there is */
};

/* ---- what the test says ---- */

static size_t feedbacks(const struct deck *d)
{
    size_t n = d->test->n_feedbacks;
    for (const struct test_node *part = d->test->part; part; part = part->next)
        n += part->n_feedbacks;
    return n;
}

static bool holds(const struct route_feedback *l, const struct test_feedback *f)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->at[i] == f)
            return true;
    return false;
}

static void collect(const struct route *r, bool at_end, struct route_feedback *ret)
{
    const struct test *t = r->deck->test;
    int64_t i = delivery_part(r->delivery);
    const struct test_node *part = i < 0 ? NULL : r->deck->plan->part[i]->node;
    for (size_t k = 0; part && k < part->n_feedbacks; k++)
        if (part->feedback[k].at_end == at_end && !holds(ret, &part->feedback[k]) &&
            delivery_feedback_shown(r->delivery, &part->feedback[k], part))
            ret->at[ret->n++] = &part->feedback[k];
    for (size_t k = 0; k < t->n_feedbacks; k++)
        if (t->feedback[k].at_end == at_end && !holds(ret, &t->feedback[k]) &&
            delivery_feedback_shown(r->delivery, &t->feedback[k], NULL))
            ret->at[ret->n++] = &t->feedback[k];
}

struct route_feedback route_feedback_during(const struct route *r, struct arena *a)
{
    struct route_feedback l = {.at = arena_array(a, feedbacks(r->deck) + 1, sizeof *l.at)};
    collect(r, false, &l);
    return l;
}

const struct route_feedback *route_feedback_at_end(const struct route *r)
{
    return &r->at_end;
}

/* ---- what the delivery asks ---- */

static struct test_variable outcome_value(const struct response *r, const struct item_declaration *d,
                                          struct arena *a)
{
    struct item_value *text = arena_array(a, r->n, sizeof *text);
    for (size_t i = 0; i < r->n; i++)
        text[i] = (struct item_value){.text = r->value[i], .base = d->base};
    return (struct test_variable){.identifier = r->identifier,
                                  .base = d->base,
                                  .cardinality = d->cardinality,
                                  .value = value_parse(a, text, r->n, d->cardinality)};
}

static int score(void *context, const struct delivery *d, size_t slot, const struct response_set *responses,
                 struct arena *a, struct test_variables *ret, struct err *e)
{
    struct route *r = context;
    struct response_set outcomes = {0};
    (void)d;
    int result = r->host.judge(r->host.context, slot, responses, a, &outcomes, e);
    if (result < 0)
        return result;
    ret->at = arena_array(a, outcomes.n, sizeof *ret->at);
    for (size_t i = 0; i < outcomes.n; i++) {
        const struct response *o = &outcomes.response[i];
        const struct item_declaration *declared =
            item_find(r->deck->card[slot].shown, DECLARED_OUTCOME, o->identifier);
        if (declared)
            ret->at[ret->n++] = outcome_value(o, declared, a);
    }
    return 0;
}

static int process(void *context, const struct delivery *d, struct test_state *state, struct err *e)
{
    struct route *r = context;
    (void)d;
    return state_run(state, r->deck->test->outcome_processing, e);
}

static int draw(void *context, size_t slot, const struct item_default *start, size_t n_starts,
                const struct item **ret, struct err *e)
{
    struct route *r = context;
    struct card *c = &r->deck->card[slot];
    if (!item_is_template(c->document->item))
        return 0;
    int result = deck_redeal(c, start, n_starts, e);
    if (result < 0)
        return result;
    *ret = c->shown;
    if (r->host.dealt)
        r->host.dealt(r->host.context, slot);
    return 0;
}

/* Through what lies between parts, where the test speaks, and to the first item of a nonlinear one. */
static int settle(struct route *r, int64_t now_ms, struct err *e)
{
    int result = 0;
    collect(r, true, &r->at_end);
    while (result == 0 && delivery_state(r->delivery) != DELIVERY_ENDED &&
           delivery_current(r->delivery) < 0) {
        result = delivery_next(r->delivery, now_ms, e);
        collect(r, true, &r->at_end);
    }
    return result;
}

int route_new(struct route **ret, struct deck *d, const struct route_host *own, int64_t now_ms, struct err *e)
{
    struct route *r = mem_alloc(sizeof *r);
    struct test_item *item = mem_alloc((d->n + 1) * sizeof *item);
    *r = (struct route){.deck = d, .host = *own, .arena = arena_new()};
    r->at_end.at = arena_array(r->arena, feedbacks(d) + 1, sizeof *r->at_end.at);
    const struct delivery_host host = {
        .context = r, .score = own->judge ? score : NULL, .process = process, .draw = draw};
    for (size_t i = 0; i < d->n; i++)
        item[i].item = d->card[i].shown;
    int result = delivery_new(&r->delivery, d->plan, item, &host, e);
    free(item);
    if (result == 0)
        result = delivery_start(r->delivery, now_ms, e);
    if (result == 0)
        result = settle(r, now_ms, e);
    if (result < 0)
        route_free(r);
    else
        *ret = r;
    return result;
}

void route_free(struct route *r)
{
    if (!r)
        return;
    delivery_free(r->delivery);
    arena_free(r->arena);
    free(r);
}

/* ---- where the candidate is ---- */

int64_t route_current(const struct route *r)
{
    return delivery_current(r->delivery);
}

static const struct test_node *part_node(const struct route *r)
{
    int64_t part = delivery_part(r->delivery);
    return part < 0 ? NULL : r->deck->plan->part[part]->node;
}

bool route_linear(const struct route *r)
{
    const struct test_node *part = part_node(r);
    return part && part->navigation == NAVIGATION_LINEAR;
}

bool route_simultaneous(const struct route *r)
{
    const struct test_node *part = part_node(r);
    return part && part->submission == SUBMISSION_SIMULTANEOUS;
}

bool route_open(const struct route *r, size_t card)
{
    return delivery_slot_at(r->delivery, card)->fate == SLOT_OPEN;
}

bool route_taken(const struct route *r, size_t card)
{
    return delivery_slot_at(r->delivery, card)->attempts > 0;
}

const struct response_set *route_responses(const struct route *r, size_t card)
{
    return &delivery_slot_at(r->delivery, card)->responses;
}

/* What was refused changes nothing. A scorer that fails does not hold the candidate: the move has happened.
 */
static int finish(struct route *r, int result, int64_t now_ms, struct err *e)
{
    if (result == -ERR_NO)
        return result;
    struct err later = {0};
    int settled = settle(r, now_ms, result < 0 ? &later : e);
    return result < 0 ? result : settled;
}

int route_answer(struct route *r, const struct response_set *responses, int64_t now_ms, struct err *e)
{
    r->at_end.n = 0;
    return delivery_respond(r->delivery, now_ms, responses, e);
}

int route_go(struct route *r, size_t card, int64_t now_ms, struct err *e)
{
    const struct test_node *part = part_node(r);
    int64_t here = route_current(r);
    r->at_end.n = 0;
    if (here < 0 || !part)
        return 0;
    const struct plan_node *place = r->deck->plan->part[delivery_part(r->delivery)];
    bool forward = (int64_t)card > here;
    int result;
    if (part->navigation == NAVIGATION_LINEAR && forward)
        result = delivery_next(r->delivery, now_ms, e);
    else if (forward && card >= place->end)
        result = delivery_end_part(r->delivery, now_ms, e);
    else
        result = delivery_select(r->delivery, now_ms, card, e);
    return finish(r, result, now_ms, e);
}

int route_clock(struct route *r, int64_t now_ms, struct err *e)
{
    r->at_end.n = 0;
    if (delivery_state(r->delivery) == DELIVERY_ENDED)
        return 0;
    return finish(r, delivery_clock(r->delivery, now_ms, e), now_ms, e);
}

int64_t route_left(const struct route *r, int64_t now_ms)
{
    return delivery_state(r->delivery) == DELIVERY_ENDED ? -1 : delivery_left(r->delivery, now_ms);
}

const char *route_outcomes(const struct route *r, char *buf, size_t size)
{
    const struct test_variables *v = &delivery_values(r->delivery)->outcomes;
    struct arena *a = arena_new();
    size_t n = 0;
    buf[0] = '\0';
    for (size_t i = 0; i < v->n && n + 2 < size; i++) {
        const struct value *x = &v->at[i].value;
        say(buf + n, size - n, "%s%s %s", n ? "   " : "", v->at[i].identifier,
            x->n ? datum_text(a, &x->at[0]) : "-");
        n += strlen(buf + n);
    }
    arena_free(a);
    return buf;
}

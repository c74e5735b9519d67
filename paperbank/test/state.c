/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/test/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/test/state-internal.h"

const struct test_variable *test_variable_find(const struct test_variables *v, const char *identifier)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->at[i].identifier, identifier) == 0)
            return &v->at[i];
    return NULL;
}

struct value state_seconds(struct arena *a, int64_t ms)
{
    return value_float(a, (double)ms / 1000);
}

/* A numeric outcome without a default starts at 0; all others at their default. */
static struct value start_of(struct arena *a, const struct item_declaration *d)
{
    bool number = d->cardinality == CARDINALITY_SINGLE && (d->base == BASE_INTEGER || d->base == BASE_FLOAT);
    if (d->what == DECLARED_OUTCOME && d->n_initial == 0 && number)
        return d->base == BASE_FLOAT ? value_float(a, 0) : value_integer(a, 0);
    return value_parse(a, d->initial, d->n_initial, d->cardinality);
}

static struct test_variable declared(struct arena *a, const struct item_declaration *d)
{
    return (struct test_variable){d->identifier, d->base, d->cardinality, start_of(a, d)};
}

static struct test_variable built_in(const char *name, enum item_base base, struct value v)
{
    return (struct test_variable){name, base, CARDINALITY_SINGLE, v};
}

static struct test_variables variables_of(struct arena *a, const struct test_item *from)
{
    size_t n = from->item ? from->item->n_declarations : from->given.n;
    struct test_variables v = {.at = arena_array(a, n + 3, sizeof *v.at)};
    struct datum unknown = {.base = BASE_IDENTIFIER, .text = "not_attempted"};
    for (size_t i = 0; i < n; i++) {
        if (from->item) {
            v.at[v.n++] = declared(a, &from->item->declaration[i]);
            continue;
        }
        v.at[v.n] = from->given.at[i];
        v.at[v.n].identifier = arena_strdup(a, from->given.at[i].identifier);
        v.at[v.n].value = value_copy(a, &from->given.at[i].value);
        v.n++;
    }
    if (!test_variable_find(&v, "completionStatus"))
        v.at[v.n++] = built_in("completionStatus", BASE_IDENTIFIER, value_of(a, unknown));
    if (!test_variable_find(&v, "duration"))
        v.at[v.n++] = built_in("duration", BASE_FLOAT, value_float(a, 0));
    if (!test_variable_find(&v, "numAttempts"))
        v.at[v.n++] = built_in("numAttempts", BASE_INTEGER, value_integer(a, 0));
    return v;
}

static void fill_slot(struct test_state *s, size_t i, const struct test_item *from)
{
    struct state_slot *slot = &s->slot[i];
    *slot = (struct state_slot){.item = from->item, .variables = variables_of(s->arena, from)};
    slot->initial = arena_array(s->arena, slot->variables.n, sizeof *slot->initial);
    slot->plain = arena_array(s->arena, slot->variables.n, sizeof *slot->plain);
    slot->numbered = arena_array(s->arena, slot->variables.n, sizeof *slot->numbered);
    for (size_t k = 0; k < slot->variables.n; k++)
        slot->initial[k] = slot->variables.at[k].value;
}

static void fill_outcomes(struct test_state *s)
{
    const struct item *scope = s->plan->test->scope;
    s->outcomes.at = arena_array(s->arena, scope->n_declarations, sizeof *s->outcomes.at);
    for (size_t i = 0; i < scope->n_declarations; i++)
        s->outcomes.at[s->outcomes.n++] = declared(s->arena, &scope->declaration[i]);
}

static void fill_durations(struct test_state *s)
{
    const struct test *t = s->plan->test;
    s->duration = arena_array(s->arena, t->n_nodes, sizeof *s->duration);
    for (size_t i = 0; i < t->n_nodes; i++)
        if (t->node[i]->kind != TEST_ITEM)
            s->duration[s->n_durations++].node = t->node[i];
}

int state_new(struct test_state **ret, const struct test_plan *plan, const struct test_item *item,
              struct err *e)
{
    struct arena *a = arena_new();
    struct test_state *s = arena_alloc(a, sizeof *s);
    size_t variables = 0;
    *s = (struct test_state){.arena = a, .plan = plan};
    s->slot = arena_array(a, plan->n_slots, sizeof *s->slot);
    s->latest = arena_array(a, plan->test->n_nodes, sizeof *s->latest);
    s->scope = arena_array(a, plan->test->n_documents, sizeof(struct scope *));
    for (size_t i = plan->n_slots; i-- > 0;) {
        fill_slot(s, i, &item[i]);
        variables += s->slot[i].variables.n;
        s->latest[plan->slot[i].item->order] = i;
    }
    fill_outcomes(s);
    fill_durations(s);
    if (variables > SCOPE_MAX_VARIABLES / 4) {
        state_free(s);
        return err_set(e, ERR_DATA, plan->test->name, _("the items of this test have too many variables"));
    }
    *ret = s;
    return 0;
}

void state_free(struct test_state *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->plan->test->n_documents; i++)
        scope_free(s->scope[i]);
    free(s->program);
    arena_free(s->arena);
}

static void set(struct test_state *s, struct test_variables *all, const struct test_variables *some)
{
    for (size_t i = 0; i < some->n; i++)
        for (size_t k = 0; k < all->n; k++)
            if (strcmp(all->at[k].identifier, some->at[i].identifier) == 0) {
                struct value v = value_as(s->arena, &some->at[i].value, all->at[k].base);
                all->at[k].value = value_copy(s->arena, &v);
                all->at[k].value.cardinality = all->at[k].cardinality;
            }
}

void state_set_outcomes(struct test_state *s, size_t slot, const struct test_variables *outcomes)
{
    set(s, &s->slot[slot].variables, outcomes);
    s->latest[s->plan->slot[slot].item->order] = slot;
}

void state_set_item(struct test_state *s, size_t slot, const struct item *item)
{
    struct state_slot *to = &s->slot[slot];
    struct test_item from = {.item = item};
    struct test_variables starts = variables_of(s->arena, &from);
    to->item = item;
    set(s, &to->variables, &starts);
    for (size_t k = 0; k < to->variables.n; k++)
        to->initial[k] = to->variables.at[k].value;
}

void state_set_test(struct test_state *s, const struct test_variables *outcomes)
{
    set(s, &s->outcomes, outcomes);
}

static bool at_default(const struct state_slot *slot, size_t k)
{
    const struct value *v = &slot->variables.at[k].value, *was = &slot->initial[k];
    if (v->n == 0 || was->n == 0)
        return v->n == was->n;
    return value_equal(v, was);
}

static bool is_response(const struct state_slot *slot, const char *identifier)
{
    return !slot->item || item_find(slot->item, DECLARED_RESPONSE, identifier);
}

void state_set_responses(struct test_state *s, size_t slot, const struct response_set *responses)
{
    struct state_slot *at = &s->slot[slot];
    at->responded = false;
    for (size_t i = 0; i < responses->n; i++) {
        const struct response *r = &responses->response[i];
        at->responded |= !at->item && r->n > 0;
        for (size_t k = 0; k < at->variables.n; k++) {
            struct test_variable *v = &at->variables.at[k];
            if (strcmp(v->identifier, r->identifier) != 0 || !is_response(at, v->identifier))
                continue;
            struct item_value *text = arena_array(s->arena, r->n, sizeof *text);
            for (size_t t = 0; t < r->n; t++)
                text[t] = (struct item_value){.text = r->value[t], .base = v->base};
            v->value = value_parse(s->arena, text, r->n, v->cardinality);
            at->responded |= !at_default(at, k);
        }
    }
    s->latest[s->plan->slot[slot].item->order] = slot;
}

void state_set_duration(struct test_state *s, const struct test_node *node, int64_t ms)
{
    for (size_t i = 0; i < s->n_durations; i++)
        if (s->duration[i].node == node)
            s->duration[i].ms = ms;
}

const struct test_variable *state_variable(const struct test_state *s, size_t slot, const char *identifier)
{
    const struct test_node *n = s->plan->slot[slot].item;
    for (size_t i = 0; i < n->n_mappings; i++)
        if (strcmp(n->mapping[i].target, identifier) == 0)
            return test_variable_find(&s->slot[slot].variables, n->mapping[i].source);
    return test_variable_find(&s->slot[slot].variables, identifier);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions over a test's variables: names to places once, values before each run. */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/test/state-internal.h"

static size_t add(struct scope *scope, const char *name, const struct test_variable *v,
                  const struct item_declaration *d)
{
    struct scope_variable variable = {.identifier = name,
                                      .base = v->base,
                                      .cardinality = v->cardinality,
                                      .declaration = d,
                                      .value = v->value,
                                      .initial = v->value};
    return scope_add(scope, &variable);
}

/* The name that the test gives a variable of an item. */
static const char *mapped(const struct test_node *item, const char *identifier)
{
    for (size_t i = 0; i < item->n_mappings; i++)
        if (strcmp(item->mapping[i].source, identifier) == 0)
            return item->mapping[i].target;
    return identifier;
}

static void add_slot(struct test_state *s, struct scope *scope, size_t i)
{
    const struct plan_slot *from = &s->plan->slot[i];
    struct state_slot *slot = &s->slot[i];
    for (size_t k = 0; k < slot->variables.n; k++) {
        const struct test_variable *v = &slot->variables.at[k];
        const char *id = from->item->identifier, *name = mapped(from->item, v->identifier);
        slot->plain[k] = add(scope, arena_printf(s->arena, "%s.%s", id, name), v, NULL);
        slot->numbered[k] =
            add(scope, arena_printf(s->arena, "%s.%u.%s", id, from->place->instance, name), v, NULL);
    }
}

/* In this order in every scope, so that places are the same in all. */
static void add_all(struct test_state *s, struct scope *scope)
{
    const struct test *t = s->plan->test;
    struct test_variable seconds = {"duration", BASE_FLOAT, CARDINALITY_SINGLE, value_float(s->arena, 0)};
    for (size_t i = 0; i < s->outcomes.n; i++)
        add(scope, s->outcomes.at[i].identifier, &s->outcomes.at[i], &t->scope->declaration[i]);
    add(scope, "duration", &seconds, NULL);
    add(scope, arena_printf(s->arena, "%s.duration", t->identifier), &seconds, NULL);
    for (size_t i = 0; i < s->n_durations; i++)
        s->duration[i].place = add(
            scope, arena_printf(s->arena, "%s.duration", s->duration[i].node->identifier), &seconds, NULL);
    for (size_t i = 0; i < s->plan->n_slots; i++)
        add_slot(s, scope, i);
}

static struct scope *scope_for(struct test_state *s, const struct xml_doc *doc)
{
    const struct test *t = s->plan->test;
    size_t i = 0;
    while (i + 1 < t->n_documents && t->document[i] != doc)
        i++;
    if (!s->scope[i]) {
        s->scope[i] = scope_new(doc, true);
        add_all(s, s->scope[i]);
        scope_set_test(s->scope[i], &state_calls);
    }
    return s->scope[i];
}

static const struct program *compiled(struct test_state *s, const struct xml_doc *doc,
                                      const struct xml_node *n, bool rules)
{
    struct scope *scope = scope_for(s, doc);
    for (size_t i = 0; i < s->n_programs; i++)
        if (s->program[i].node == n)
            return s->program[i].program;
    if (s->n_programs == s->room_programs) {
        s->room_programs = s->room_programs ? 2 * s->room_programs : 16;
        s->program = mem_grow(s->program, s->room_programs, sizeof *s->program);
    }
    struct state_program *p = &s->program[s->n_programs++];
    *p = (struct state_program){n, rules ? program_rules(scope, n) : program_expression(scope, n)};
    return p->program;
}

static void load_slot(const struct test_state *s, struct run *r, size_t i)
{
    const struct state_slot *slot = &s->slot[i];
    bool latest = s->latest[s->plan->slot[i].item->order] == i;
    for (size_t k = 0; k < slot->variables.n; k++) {
        r->variable[slot->numbered[k]].value = slot->variables.at[k].value;
        if (latest)
            r->variable[slot->plain[k]].value = slot->variables.at[k].value;
    }
}

/* The first of one name counts in a scope: the places of the others are never looked at. */
static void load(struct test_state *s, struct run *r, const struct scope *scope, struct arena *a)
{
    run_begin(r, scope, a, NULL);
    r->context = s;
    for (size_t i = 0; i < s->outcomes.n; i++)
        r->variable[i].value = s->outcomes.at[i].value;
    r->variable[s->outcomes.n].value = state_seconds(a, s->duration_ms);
    r->variable[s->outcomes.n + 1].value = r->variable[s->outcomes.n].value;
    for (size_t i = 0; i < s->n_durations; i++)
        r->variable[s->duration[i].place].value = state_seconds(a, s->duration[i].ms);
    for (size_t i = 0; i < s->plan->n_slots; i++)
        load_slot(s, r, i);
}

int state_value(struct test_state *s, const struct test_expression *x, struct arena *a, struct value *ret,
                struct err *e)
{
    struct run r;
    *ret = value_null();
    if (!x->node)
        return 0;
    const struct program *p = compiled(s, x->doc, x->node, false);
    load(s, &r, scope_for(s, x->doc), a);
    return run_expression(&r, p, ret, e);
}

int state_holds(struct test_state *s, const struct test_expression *x, bool *ret, struct err *e)
{
    struct arena *a = arena_new();
    struct value v = value_null();
    int r = state_value(s, x, a, &v, e);
    *ret = r == 0 && value_is_true(&v);
    arena_free(a);
    return r;
}

static void reset(struct test_state *s, struct run *r)
{
    for (size_t i = 0; i < s->outcomes.n; i++)
        r->variable[i].value = scope_variable(r->scope, i)->value;
}

int state_run(struct test_state *s, const struct xml_node *rules, struct err *e)
{
    struct run r;
    if (!rules)
        return 0;
    const struct xml_doc *doc = s->plan->test->doc;
    struct arena *a = arena_new();
    const struct program *p = compiled(s, doc, rules, true);
    load(s, &r, scope_for(s, doc), a);
    reset(s, &r);
    int status = run_rules(&r, p, e);
    for (size_t i = 0; status == 0 && i < s->outcomes.n; i++) {
        struct value v = value_as(s->arena, &r.variable[i].value, s->outcomes.at[i].base);
        s->outcomes.at[i].value = value_copy(s->arena, &v);
    }
    arena_free(a);
    return status;
}

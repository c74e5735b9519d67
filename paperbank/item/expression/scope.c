/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "paperbank/item/expression/program-internal.h"

struct scope *scope_new(const struct xml_doc *doc, bool unknown_is_null)
{
    struct scope *s = mem_alloc(sizeof *s);
    *s = (struct scope){.arena = arena_new(), .doc = doc, .unknown_is_null = unknown_is_null};
    return s;
}

void scope_free(struct scope *s)
{
    if (!s)
        return;
    arena_free(s->arena);
    free(s->variable);
    free(s->mapping);
    free(s);
}

size_t scope_add(struct scope *s, const struct scope_variable *v)
{
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 8;
        s->variable = mem_grow(s->variable, s->room, sizeof *s->variable);
        s->mapping = mem_grow(s->mapping, s->room, sizeof *s->mapping);
    }
    s->variable[s->n] = *v;
    s->mapping[s->n] = NULL;
    return s->n++;
}

void scope_set_test(struct scope *s, const struct test_calls *calls)
{
    s->test = calls;
}

size_t scope_find(const struct scope *s, const char *identifier)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->variable[i].identifier, identifier) == 0)
            return i;
    return SIZE_MAX;
}

size_t scope_count(const struct scope *s)
{
    return s->n;
}

const struct scope_variable *scope_variable(const struct scope *s, size_t index)
{
    return &s->variable[index];
}

void scope_set_default(struct scope *s, size_t index, const struct value *v)
{
    struct scope_variable *to = &s->variable[index];
    struct value own = value_as(s->arena, v, to->base);
    to->initial = value_copy(s->arena, &own);
    to->initial.cardinality = to->cardinality;
    to->value = to->initial;
}

static void normalize_texts(struct scope *s, struct value *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->at[i].text && !v->at[i].second_text)
            v->at[i].text = text_normalize_answer(s->arena, v->at[i].text);
}

static struct value zero(struct arena *a, enum item_base base)
{
    return base == BASE_FLOAT ? value_float(a, 0) : value_integer(a, 0);
}

/* A numeric outcome without a default starts at 0; all others at their default. */
static void declare(struct scope *s, const struct item *item, const struct item_declaration *d)
{
    const struct item_interaction *i = item_interaction_for(item, d->identifier);
    struct scope_variable v = {.identifier = d->identifier,
                               .base = d->base,
                               .cardinality = d->cardinality,
                               .declaration = d,
                               .normalize = d->what == DECLARED_RESPONSE && i && i->normalize};
    v.initial = value_parse(s->arena, d->initial, d->n_initial, d->cardinality);
    v.correct = value_parse(s->arena, d->correct, d->n_correct, d->cardinality);
    if (v.normalize)
        normalize_texts(s, &v.correct);
    bool numeric = d->base == BASE_INTEGER || d->base == BASE_FLOAT;
    bool from_zero = d->what == DECLARED_OUTCOME && d->n_initial == 0 && d->cardinality == CARDINALITY_SINGLE;
    v.value = from_zero && numeric ? zero(s->arena, d->base) : v.initial;
    scope_add(s, &v);
}

static void built_in(struct scope *s, const char *identifier, enum item_base base, struct value value)
{
    struct scope_variable v = {.identifier = identifier,
                               .base = base,
                               .cardinality = value.cardinality,
                               .value = value,
                               .initial = value};
    if (scope_find(s, identifier) == SIZE_MAX)
        scope_add(s, &v);
}

struct scope *scope_of_item(const struct item *item)
{
    struct scope *s = scope_new(item->doc, false);
    for (size_t i = 0; i < item->n_declarations; i++)
        declare(s, item, &item->declaration[i]);
    built_in(s, "numAttempts", BASE_INTEGER, value_integer(s->arena, 1));
    built_in(s, "duration", BASE_DURATION, value_of(s->arena, (struct datum){.base = BASE_DURATION}));
    struct value unknown = value_of(s->arena, (struct datum){.base = BASE_IDENTIFIER, .text = "unknown"});
    built_in(s, "completionStatus", BASE_IDENTIFIER, unknown);
    built_in(s, "completion_status", BASE_IDENTIFIER, unknown); /* its name in QTI 2.0 */
    built_in(s, "QTI_CONTEXT", BASE_NONE,
             (struct value){.cardinality = CARDINALITY_RECORD}); /* QTI 3.0's, empty here */
    return s;
}

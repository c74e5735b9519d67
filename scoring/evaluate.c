/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/evaluate.h"

#include <string.h>

#include "base/text.h"
#include "paperbank/item/expression/expression-internal.h"

/* The candidate's texts as values of the declared type. */
static struct value read_response(struct evaluation *ev, const struct item_declaration *d,
                                  const struct response *r)
{
    const struct item_interaction *i = item_interaction_for(ev->item, d->identifier);
    struct item_value *v = arena_array(ev->arena, r->n, sizeof *v);
    for (size_t k = 0; k < r->n; k++) {
        const char *plain = i && i->normalize ? text_normalize_answer(ev->arena, r->value[k]) : NULL;
        v[k] = (struct item_value){.text = plain ? plain : r->value[k], .base = d->base};
    }
    return value_parse(ev->arena, v, r->n, d->cardinality);
}

static void normalize_correct(struct evaluation *ev, struct variable *v)
{
    const struct item_interaction *i = item_interaction_for(ev->item, v->identifier);
    for (size_t k = 0; i && i->normalize && k < v->correct.n; k++)
        if (v->correct.at[k].text && !v->correct.at[k].second_text)
            v->correct.at[k].text = text_normalize_answer(ev->arena, v->correct.at[k].text);
}

static bool is_numeric(enum item_base base)
{
    return base == BASE_INTEGER || base == BASE_FLOAT;
}

static void declare(struct evaluation *ev, const struct item_declaration *d)
{
    struct variable *v = &ev->variable[ev->n_variables++];
    *v = (struct variable){
        .declaration = d, .identifier = d->identifier, .base = d->base, .cardinality = d->cardinality};
    v->initial = value_parse(ev->arena, d->initial, d->n_initial, d->cardinality);
    v->correct = value_parse(ev->arena, d->correct, d->n_correct, d->cardinality);
    if (d->what == DECLARED_RESPONSE)
        normalize_correct(ev, v);
    bool starts_at_zero = d->what == DECLARED_OUTCOME && d->n_initial == 0 &&
                          d->cardinality == CARDINALITY_SINGLE && is_numeric(d->base);
    v->value = starts_at_zero && d->base == BASE_FLOAT ? value_float(ev->arena, 0)
               : starts_at_zero                        ? value_integer(ev->arena, 0)
                                                       : v->initial;
}

static void built_in(struct evaluation *ev, const char *identifier, enum item_base base, struct value value)
{
    if (!variable_find(ev, identifier))
        ev->variable[ev->n_variables++] =
            (struct variable){.identifier = identifier, .base = base, .value = value, .initial = value};
}

static void declare_all(struct evaluation *ev)
{
    const struct item *item = ev->item;
    ev->variable = arena_array(ev->arena, item->n_declarations + 3, sizeof *ev->variable);
    for (size_t i = 0; i < item->n_declarations; i++)
        declare(ev, &item->declaration[i]);
    built_in(ev, "numAttempts", BASE_INTEGER, value_integer(ev->arena, 1));
    built_in(ev, "duration", BASE_DURATION, value_of(ev->arena, (struct datum){.base = BASE_DURATION}));
    built_in(ev, "completionStatus", BASE_IDENTIFIER,
             value_of(ev->arena, (struct datum){.base = BASE_IDENTIFIER, .text = "unknown"}));
}

static void bind_responses(struct evaluation *ev, const struct response_set *responses)
{
    for (size_t i = 0; i < responses->n; i++) {
        const struct response *r = &responses->response[i];
        struct variable *v =
            variable_find(ev, strcmp(r->identifier, "num_attempts") == 0 ? "numAttempts" : r->identifier);
        struct datum d;
        if (v && v->declaration && v->declaration->what == DECLARED_RESPONSE)
            v->value = read_response(ev, v->declaration, r);
        else if (v && !v->declaration && r->n && datum_parse(ev->arena, r->value[0], v->base, &d))
            v->value = value_of(ev->arena, d);
    }
}

/* templateProcessing; a constraint that fails starts it again, 100 times at most. */
static void run_templates(struct evaluation *ev)
{
    for (int i = 0; i < 100 && ev->item->template_processing; i++) {
        ev->retry = ev->left = false;
        run_rules(ev, ev->item->template_processing);
        if (!ev->retry)
            break;
    }
    ev->left = false;
}

static void collect(struct evaluation *ev, struct outcome_set *ret)
{
    ret->outcome = arena_array(ev->arena, ev->n_variables, sizeof *ret->outcome);
    for (size_t i = 0; i < ev->n_variables; i++) {
        const struct variable *v = &ev->variable[i];
        bool built = !v->declaration && strcmp(v->identifier, "completionStatus") == 0;
        if (built || (v->declaration && v->declaration->what == DECLARED_OUTCOME))
            ret->outcome[ret->n++] = (struct outcome){v->identifier, v->base, v->cardinality, v->value};
    }
}

static void complete(struct evaluation *ev)
{
    struct variable *v = variable_find(ev, "completionStatus");
    if (!ev->item->adaptive && !v->declaration)
        v->value = value_of(ev->arena, (struct datum){.base = BASE_IDENTIFIER, .text = "completed"});
}

int evaluate_item(const struct item *item, const struct response_set *responses, uint64_t seed,
                  struct arena *a, struct outcome_set *ret, struct err *e)
{
    struct err unwanted;
    struct evaluation ev = {.item = item, .arena = a, .e = e ? e : &unwanted};
    struct outcome_set set = {0};
    rng_seed(&ev.rng, seed);
    declare_all(&ev);
    run_templates(&ev);
    for (size_t i = 0; i < ev.n_variables; i++)
        if (ev.variable[i].declaration && ev.variable[i].declaration->what == DECLARED_RESPONSE)
            ev.variable[i].value = ev.variable[i].initial;
    bind_responses(&ev, responses);
    if (!ev.failed)
        run_response_processing(&ev);
    if (ev.failed)
        return -ERR_DATA;
    complete(&ev);
    collect(&ev, &set);
    *ret = set;
    return 0;
}

const struct outcome *outcome_find(const struct outcome_set *set, const char *identifier)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->outcome[i].identifier, identifier) == 0)
            return &set->outcome[i];
    return NULL;
}

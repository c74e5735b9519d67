/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions that only a test knows (QTI 2.2, 5.3): over all items, those of a section, or by category. */
#include <string.h>

#include "paperbank/item/item-internal.h"
#include "paperbank/test/state-internal.h"

static bool in_section(const struct test_node *item, const char *section)
{
    for (const struct test_node *n = item->parent; n; n = n->parent)
        if (strcmp(n->identifier, section) == 0)
            return true;
    return false;
}

static bool has_category(const struct test_node *item, const char *list)
{
    for (size_t i = 0; i < item->n_categories; i++)
        if (item_has_word(list, item->category[i]))
            return true;
    return false;
}

static bool wanted(const struct test_state *s, size_t slot, const struct test_query *q)
{
    const struct test_node *item = s->plan->slot[slot].item;
    if (q->section && *q->section && !in_section(item, q->section))
        return false;
    if (q->include && *q->include && !has_category(item, q->include))
        return false;
    return !(q->exclude && *q->exclude && has_category(item, q->exclude));
}

/* False where the item has no weight of that name: it counts as 1 and changes no type. */
static bool weight_of(const struct test_node *item, const char *name, struct arena *a, double *ret)
{
    struct datum d;
    *ret = 1;
    for (size_t i = 0; name && i < item->n_weights; i++)
        if (strcmp(item->weight[i].identifier, name) == 0 &&
            datum_parse(a, item->weight[i].value, BASE_FLOAT, &d)) {
            *ret = d.number;
            return true;
        }
    return false;
}

static bool is_number(enum item_base base)
{
    return base == BASE_INTEGER || base == BASE_FLOAT;
}

/* integer is taken where float is asked for. */
static bool fits(enum item_base base, enum item_base asked)
{
    return asked == BASE_NONE || base == asked || (asked == BASE_FLOAT && base == BASE_INTEGER);
}

static struct value test_variables_of(struct test_state *s, const struct test_query *q, struct arena *a)
{
    struct value all = {.cardinality = CARDINALITY_MULTIPLE,
                        .at = arena_array(a, s->plan->n_slots, sizeof *all.at)};
    bool floats = q->base == BASE_FLOAT;
    for (size_t i = 0; i < s->plan->n_slots; i++) {
        double weight;
        const struct test_variable *v =
            q->variable && wanted(s, i, q) ? state_variable(s, i, q->variable) : NULL;
        if (!v || v->cardinality != CARDINALITY_SINGLE || v->value.n != 1 ||
            !fits(v->value.at[0].base, q->base))
            continue;
        struct datum d = v->value.at[0];
        if (q->weight && is_number(d.base)) {
            double number = d.base == BASE_INTEGER ? (double)d.integer : d.number;
            weight_of(s->plan->slot[i].item, q->weight, a, &weight);
            d = (struct datum){.base = BASE_FLOAT, .number = number * weight};
        }
        floats |= d.base == BASE_FLOAT;
        all.at[all.n++] = d;
    }
    return floats ? value_as(a, &all, BASE_FLOAT) : all;
}

static const char *bound(const struct item *item, const char *outcome, bool maximum)
{
    for (const struct xml_node *c = xml_first_element(xml_root(item->doc)); c; c = xml_next_element(c)) {
        const char *id = xml_attr(item->doc, c, "identifier");
        if (xml_named(c, "outcomeDeclaration") && id && strcmp(id, outcome) == 0)
            return xml_attr(item->doc, c, maximum ? "normalMaximum" : "normalMinimum");
    }
    return NULL;
}

static const char *source_name(const struct test_node *n, const char *identifier)
{
    for (size_t i = 0; i < n->n_mappings; i++)
        if (strcmp(n->mapping[i].target, identifier) == 0)
            return n->mapping[i].source;
    return identifier;
}

/* The sum of what is declared; an item without a maximum makes the whole NULL, one without a minimum is
 * passed over. */
static struct value outcome_bound(struct test_state *s, const struct test_query *q, struct arena *a)
{
    bool maximum = q->what == TEST_OUTCOME_MAXIMUM;
    double sum = 0, weight;
    for (size_t i = 0; i < s->plan->n_slots; i++) {
        const struct test_node *n = s->plan->slot[i].item;
        struct datum d;
        if (!q->variable || !wanted(s, i, q) || !state_variable(s, i, q->variable))
            continue;
        const struct item *item = s->slot[i].item;
        const char *text = item ? bound(item, source_name(n, q->variable), maximum) : NULL;
        if (!text || !datum_parse(a, text, BASE_FLOAT, &d)) {
            if (maximum)
                return value_null();
            continue;
        }
        weight_of(n, q->weight, a, &weight);
        sum += d.number * weight;
    }
    return value_float(a, sum);
}

/* 1 all responses are as declared correct, 0 one is not, -1 not all responses have a correct value. */
static int correctness(const struct state_slot *slot, struct arena *a)
{
    int all = 1;
    bool any = false;
    for (size_t i = 0; slot->item && i < slot->item->n_declarations; i++) {
        const struct item_declaration *d = &slot->item->declaration[i];
        if (d->what != DECLARED_RESPONSE)
            continue;
        if (d->n_correct == 0)
            return -1;
        any = true;
        struct value correct = value_parse(a, d->correct, d->n_correct, d->cardinality);
        const struct test_variable *v = test_variable_find(&slot->variables, d->identifier);
        if (!v || v->value.n == 0 || !value_equal(&v->value, &correct))
            all = 0;
    }
    return any ? all : -1;
}

static bool counts(const struct test_state *s, size_t i, const struct test_query *q, struct arena *a)
{
    const struct state_slot *slot = &s->slot[i];
    if (!wanted(s, i, q))
        return false;
    switch (q->what) {
    case TEST_NUMBER_CORRECT:
        return correctness(slot, a) == 1;
    case TEST_NUMBER_INCORRECT:
        return slot->attempts > 0 && correctness(slot, a) == 0;
    case TEST_NUMBER_PRESENTED:
        return slot->presented;
    case TEST_NUMBER_RESPONDED:
        return slot->responded;
    default:
        return true;
    }
}

static struct value query(void *context, const struct test_query *q, struct arena *a)
{
    struct test_state *s = context;
    int64_t n = 0;
    if (q->what == TEST_VARIABLES)
        return test_variables_of(s, q, a);
    if (q->what == TEST_OUTCOME_MINIMUM || q->what == TEST_OUTCOME_MAXIMUM)
        return outcome_bound(s, q, a);
    for (size_t i = 0; i < s->plan->n_slots; i++)
        n += counts(s, i, q, a);
    return value_integer(a, n);
}

static double weight(void *context, const char *variable, const char *name)
{
    const struct test_state *s = context;
    size_t length = strcspn(variable, ".");
    struct arena *a = arena_new();
    double ret = 1;
    for (size_t i = 0; i < s->plan->n_slots; i++) {
        const struct test_node *n = s->plan->slot[i].item;
        if (strncmp(n->identifier, variable, length) == 0 && n->identifier[length] == '\0' &&
            weight_of(n, name, a, &ret))
            break;
    }
    arena_free(a);
    return ret;
}

const struct test_calls state_calls = {.query = query, .weight = weight};

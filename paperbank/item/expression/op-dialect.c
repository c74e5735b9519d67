/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions that are not QTI's own, but found in items that other programs write. A custom operator that is
 * not in the table here is NULL, as QTI has it for operators that an engine does not know; sealed exams
 * refuse all of them. */
#include <string.h>

#include "base/text.h"
#include "paperbank/item/expression/expression-internal.h"

/* isNotNull, notEqual: the other way round; NULL stays NULL. */
static struct value op_not_of(struct evaluation *ev, const char *name, const struct xml_node *n,
                              const struct value *arg, size_t count)
{
    struct value v = operator_find(name)->run(ev, n, arg, count);
    return value_is_null(&v) ? v : value_boolean(ev->arena, !value_is_true(&v));
}

static struct value op_is_not_null(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                   size_t count)
{
    return op_not_of(ev, "isNull", n, arg, count);
}

static struct value op_not_equal(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                 size_t count)
{
    return op_not_of(ev, "equal", n, arg, count);
}

/* anyN without a lower bound. */
static struct value op_all_n(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    int64_t max, truths = 0, nulls = 0;
    if (!attr_integer(ev, n, "max", &max))
        return value_null();
    for (size_t i = 0; i < count; i++) {
        truths += value_is_true(&arg[i]);
        nulls += value_is_null(&arg[i]);
    }
    if (truths > max)
        return value_boolean(ev->arena, false);
    return truths + nulls <= max ? value_boolean(ev->arena, true) : value_null();
}

/* Truth without NULL: a number is true when it is not 0. */
static struct value op_pre_condition(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                     size_t count)
{
    double x = 0;
    (void)n, (void)count;
    return value_boolean(ev->arena, value_is_true(&arg[0]) || (value_number(&arg[0], &x) && x != 0));
}

/* A record written out: each child names its field and holds one expression. */
static struct value op_record(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                              size_t count)
{
    struct value v = {.cardinality = CARDINALITY_RECORD};
    size_t fields = 0;
    (void)arg, (void)count;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        fields++;
    v.at = evaluate_space(ev, n, fields);
    for (const struct xml_node *c = xml_first_element(n); v.at && c && !ev->failed; c = xml_next_element(c)) {
        const char *field = xml_attr(ev->item->doc, c, "fieldIdentifier");
        struct value one = evaluate_only(ev, c);
        if (!field || one.n != 1)
            continue;
        v.at[v.n] = one.at[0];
        v.at[v.n++].field = field;
    }
    return v;
}

/* A match table written into the expression: the value, then the table. */
static struct value op_lookup_table(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                    size_t count)
{
    const struct xml_node *first = xml_first_element(n), *table = first ? xml_next_element(first) : NULL;
    struct value v = first ? evaluate(ev, first) : value_null();
    (void)arg, (void)count;
    if (!table || !xml_named(table, "matchTable") || ev->failed)
        return value_null();
    const char *found = xml_attr(ev->item->doc, table, "defaultValue");
    struct datum d;
    for (const struct xml_node *c = xml_first_element(table); c && v.n == 1; c = xml_next_element(c)) {
        const char *source = xml_attr(ev->item->doc, c, "sourceValue");
        if (source && datum_parse(ev->arena, source, v.at[0].base, &d) && datum_equal(&d, &v.at[0])) {
            found = xml_attr(ev->item->doc, c, "targetValue");
            break;
        }
    }
    if (!found)
        return value_null();
    bool number = datum_parse(ev->arena, found, BASE_FLOAT, &d);
    return number || datum_parse(ev->arena, found, BASE_STRING, &d) ? value_of(ev->arena, d) : value_null();
}

/* Cito's: a text with a decimal comma as a float. */
static struct value parse_comma_decimal(struct evaluation *ev, const struct value *arg, size_t count)
{
    struct datum d;
    if (count != 1 || arg[0].n != 1 || !arg[0].at[0].text)
        return value_null();
    char *s = text_trim(ev->arena, arg[0].at[0].text), *comma = strchr(s, ',');
    if (comma)
        *comma = '.';
    return datum_parse(ev->arena, s, BASE_FLOAT, &d) ? value_of(ev->arena, d) : value_null();
}

static const struct {
    const char *definition;
    struct value (*run)(struct evaluation *ev, const struct value *arg, size_t count);
} custom[] = {
    {"questify:ParseCommaDecimal", parse_comma_decimal},
};

static struct value op_custom(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                              size_t count)
{
    const char *definition = xml_attr(ev->item->doc, n, "definition"),
               *name = xml_attr(ev->item->doc, n, "class");
    for (size_t i = 0; i < sizeof custom / sizeof *custom; i++)
        if ((definition && strcmp(definition, custom[i].definition) == 0) ||
            (name && strcmp(name, custom[i].definition) == 0))
            return custom[i].run(ev, arg, count);
    return value_null();
}

const struct operator_row dialect_operators[] = {
    {.name = "isNotNull", .min = 1, .max = 1, .run = op_is_not_null},
    {.name = "notEqual", .min = 2, .max = 2, .run = op_not_equal},
    {.name = "allN", .min = 1, .max = -1, .run = op_all_n},
    {.name = "preCondition", .min = 1, .max = 1, .run = op_pre_condition},
    {.name = "record", .min = 0, .max = -1, .run = op_record, .lazy = true},
    {.name = "lookupTable", .min = 2, .max = 2, .run = op_lookup_table, .lazy = true},
    {.name = "customOperator", .min = 0, .max = -1, .run = op_custom},
    {0},
};

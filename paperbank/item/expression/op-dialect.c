/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions that are not QTI's own, but found in items that other programs write. A custom operator that is
 * not in the table here is NULL, as QTI has it for operators that an engine does not know; sealed exams
 * refuse all of them. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/item/expression/program-internal.h"

static struct value negated(struct run *r, struct value v)
{
    return value_is_null(&v) ? v : value_boolean(r->arena, !value_is_true(&v));
}

static struct value op_is_not_null(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    return value_boolean(r->arena, !value_is_null(&arg[0]));
}

static struct value op_not_equal(struct run *r, const struct expr *x, const struct value *arg)
{
    return negated(r, operator_find("equal")->run(r, x, arg));
}

static void prepare_not_equal(struct compiler *c, struct expr *x)
{
    operator_find("equal")->prepare(c, x);
}

/* statsOperator by the name of what it works out. */
static struct value op_named_stats(struct run *r, const struct expr *x, const struct value *arg)
{
    return operator_find("statsOperator")->run(r, x, arg);
}

static void prepare_named_stats(struct compiler *c, struct expr *x)
{
    operator_find("statsOperator")->prepare(c, x);
}

/* What is left over, with the sign of the first number. */
static struct value op_mod(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    if (!value_number(&arg[0], &a) || !value_number(&arg[1], &b) || b == 0 || !isfinite(a))
        return value_null();
    return value_float(r->arena, fmod(a, b));
}

/* A value and the name of a base type. */
static struct value op_is_type_of(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    if (value_is_null(&arg[0]) || arg[1].n != 1)
        return value_boolean(r->arena, false);
    return value_boolean(r->arena, item_base_named(datum_text(r->arena, &arg[1].at[0])) == arg[0].at[0].base);
}

/* Truth without NULL: a number is true when it is not 0. */
static struct value op_pre_condition(struct run *r, const struct expr *x, const struct value *arg)
{
    double number = 0;
    (void)x;
    return value_boolean(r->arena, value_is_true(&arg[0]) || (value_number(&arg[0], &number) && number != 0));
}

/* A record written out: each child names its field and holds one expression. */
static void prepare_record(struct compiler *c, struct expr *x)
{
    const char **field = arena_array(c->arena, x->count, sizeof *field);
    size_t fields = 0;
    x->arg = arena_array(c->arena, x->count, sizeof *x->arg);
    for (const struct xml_node *n = xml_first_element(x->n); n; n = xml_next_element(n)) {
        const struct xml_node *first = xml_first_element(n);
        field[fields] = xml_attr(c->scope->doc, n, "fieldIdentifier");
        if (first && field[fields])
            compile_expression(c, first, &x->arg[fields++]);
    }
    x->count = fields;
    x->data = field;
}

static struct value op_record(struct run *r, const struct expr *x, const struct value *arg)
{
    const char *const *field = x->data;
    struct value v = {.cardinality = CARDINALITY_RECORD, .at = run_space(r, x->n, x->count)};
    for (size_t i = 0; v.at && i < x->count; i++) {
        if (arg[i].n != 1)
            continue;
        v.at[v.n] = arg[i].at[0];
        v.at[v.n++].field = field[i];
    }
    return v;
}

struct inline_table {
    const char *fallback;
    struct item_lookup_entry *row;
    size_t n;
};

/* A match table written into the expression: the value, then the table. */
static void prepare_lookup_table(struct compiler *c, struct expr *x)
{
    const struct xml_node *first = xml_first_element(x->n), *table = xml_next_element(first);
    struct inline_table *t = arena_alloc(c->arena, sizeof *t);
    x->arg = arena_alloc(c->arena, sizeof *x->arg);
    x->count = 1;
    x->data = t;
    compile_expression(c, first, x->arg);
    if (!xml_named(table, "matchTable"))
        return;
    for (const struct xml_node *n = xml_first_element(table); n; n = xml_next_element(n))
        t->n++;
    t->row = arena_array(c->arena, t->n, sizeof *t->row);
    t->n = 0;
    t->fallback = xml_attr(c->scope->doc, table, "defaultValue");
    for (const struct xml_node *n = xml_first_element(table); n; n = xml_next_element(n)) {
        struct item_lookup_entry row = {xml_attr(c->scope->doc, n, "sourceValue"),
                                        xml_attr(c->scope->doc, n, "targetValue"), false};
        if (row.source)
            t->row[t->n++] = row;
    }
}

static struct value op_lookup_table(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct inline_table *t = x->data;
    const char *found = t->fallback;
    struct datum d;
    for (size_t i = 0; arg[0].n == 1 && i < t->n; i++)
        if (datum_parse(r->arena, t->row[i].source, arg[0].at[0].base, &d) &&
            datum_equal(&d, &arg[0].at[0])) {
            found = t->row[i].target;
            break;
        }
    if (!found)
        return value_null();
    bool fits = datum_parse(r->arena, found, BASE_FLOAT, &d) || datum_parse(r->arena, found, BASE_STRING, &d);
    return fits ? value_of(r->arena, d) : value_null();
}

static struct value text_value(struct run *r, const char *s)
{
    struct datum d;
    return s && datum_parse(r->arena, s, BASE_STRING, &d) ? value_of(r->arena, d) : value_null();
}

/* The one text that Cito's operators take; NULL for anything else. */
static const char *only_text(const struct expr *x, const struct value *arg)
{
    return x->count == 1 && arg[0].n == 1 && !arg[0].at[0].second_text ? arg[0].at[0].text : NULL;
}

/* A text with a decimal comma as a float; what is a number already stays. */
static struct value op_comma_decimal(struct run *r, const struct expr *x, const struct value *arg)
{
    struct datum d;
    double number;
    if (x->count == 1 && value_number(&arg[0], &number))
        return value_float(r->arena, number);
    if (!only_text(x, arg))
        return value_null();
    char *s = text_trim(r->arena, only_text(x, arg)), *comma = strchr(s, ',');
    if (comma)
        *comma = '.';
    return datum_parse(r->arena, s, BASE_FLOAT, &d) ? value_of(r->arena, d) : value_null();
}

static struct value op_trim(struct run *r, const struct expr *x, const struct value *arg)
{
    const char *text = only_text(x, arg);
    return text ? text_value(r, text_trim(r->arena, text)) : value_null();
}

/* Letters without their diacritics. */
static struct value op_to_ascii(struct run *r, const struct expr *x, const struct value *arg)
{
    const char *text = only_text(x, arg);
    return text ? text_value(r, text_strip_marks(r->arena, text)) : value_null();
}

static struct value op_custom(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)r, (void)x, (void)arg;
    return value_null();
}

/* Cito's operators go by three prefixes. */
static operator_fn *known_operator(const char *definition)
{
    static const char *const prefixes[] = {"questify:", "depcp:", "qade:"};
    static const struct {
        const char *name;
        operator_fn *run;
    } known[] = {{"ParseCommaDecimal", op_comma_decimal}, {"Trim", op_trim}, {"ToAscii", op_to_ascii}};
    for (size_t p = 0; definition && p < sizeof prefixes / sizeof *prefixes; p++) {
        size_t n = strlen(prefixes[p]);
        for (size_t i = 0; strncmp(definition, prefixes[p], n) == 0 && i < sizeof known / sizeof *known; i++)
            if (strcmp(definition + n, known[i].name) == 0)
                return known[i].run;
    }
    return NULL;
}

static void prepare_custom(struct compiler *c, struct expr *x)
{
    operator_fn *by_definition = known_operator(compile_attr(c, x, "definition")),
                *by_class = known_operator(compile_attr(c, x, "class"));
    x->run = by_definition ? by_definition : by_class ? by_class : op_custom;
}

const struct operator_row dialect_operators[] = {
    {.name = "isNotNull", .min = 1, .max = 1, .run = op_is_not_null},
    {.name = "notEqual", .min = 2, .max = 2, .run = op_not_equal, .prepare = prepare_not_equal},
    {.name = "mean", .min = 1, .max = 1, .run = op_named_stats, .prepare = prepare_named_stats},
    {.name = "sampleVariance", .min = 1, .max = 1, .run = op_named_stats, .prepare = prepare_named_stats},
    {.name = "sampleSD", .min = 1, .max = 1, .run = op_named_stats, .prepare = prepare_named_stats},
    {.name = "popVariance", .min = 1, .max = 1, .run = op_named_stats, .prepare = prepare_named_stats},
    {.name = "popSD", .min = 1, .max = 1, .run = op_named_stats, .prepare = prepare_named_stats},
    {.name = "mod", .min = 2, .max = 2, .run = op_mod},
    {.name = "isTypeOf", .min = 2, .max = 2, .run = op_is_type_of},
    {.name = "preCondition", .min = 1, .max = 1, .run = op_pre_condition},
    {.name = "record", .min = 0, .max = -1, .run = op_record, .prepare = prepare_record, .own = true},
    {.name = "lookupTable",
     .min = 2,
     .max = 2,
     .run = op_lookup_table,
     .prepare = prepare_lookup_table,
     .own = true},
    {.name = "customOperator", .min = 0, .max = -1, .run = op_custom, .prepare = prepare_custom},
    {0},
};

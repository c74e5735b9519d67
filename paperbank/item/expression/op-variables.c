/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/expression/program-internal.h"

static struct value op_null(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)r, (void)x, (void)arg;
    return value_null();
}

static struct value op_base_value(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)r, (void)arg;
    return *(const struct value *)x->data;
}

static void prepare_base_value(struct compiler *c, struct expr *x)
{
    const char *base = compile_attr(c, x, "baseType"), *text = xml_content(x->n, c->arena);
    struct value *constant = arena_alloc(c->arena, sizeof *constant);
    struct datum d;
    x->data = constant;
    if (item_base_named(base) == BASE_NONE)
        compile_fault(c, x, _("baseType \"%.40s\" is not one of QTI's"), base ? base : "");
    else if (datum_parse(c->arena, text, item_base_named(base), &d))
        *constant = value_of(c->arena, d);
    else if (*text_trim(c->arena, text) != '\0' && item_base_named(base) != BASE_STRING)
        compile_fault(c, x, _("\"%.60s\" does not fit baseType %s"), text, base);
}

static struct value op_variable(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)arg;
    return r->variable[x->index].value;
}

struct weighted {
    const char *identifier, *weight;
};

/* A numeric variable of an item times that item's weight. */
static struct value op_weighted(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct weighted *w = x->data;
    const struct value *v = &r->variable[x->index].value;
    double number;
    (void)arg;
    if (!value_number(v, &number))
        return *v;
    return value_float(r->arena, number * r->scope->test->weight(r->context, w->identifier, w->weight));
}

static void prepare_variable(struct compiler *c, struct expr *x)
{
    struct weighted w = {compile_attr(c, x, "identifier"), compile_attr(c, x, "weightIdentifier")};
    if (!compile_named(c, x) || !w.weight || !c->scope->test)
        return;
    x->run = op_weighted;
    x->data = arena_copy(c->arena, &w, sizeof w);
}

static void prepare_named(struct compiler *c, struct expr *x)
{
    compile_named(c, x);
}

static struct value op_correct(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)arg;
    return r->variable[x->index].correct;
}

static struct value op_default(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)arg;
    return r->variable[x->index].initial;
}

static void prepare_mapping(struct compiler *c, struct expr *x)
{
    if (compile_named(c, x))
        x->data = compile_mapping(c, x->index);
}

static struct value op_map_response(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct value *v = &r->variable[x->index].value;
    (void)arg;
    if (!run_charge(r, x->n, v->n, v->n))
        return value_null();
    return value_float(r->arena, mapping_sum(x->data, v, r->arena));
}

static struct value op_map_response_point(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct value *v = &r->variable[x->index].value;
    (void)arg;
    if (!run_charge(r, x->n, v->n, v->n))
        return value_null();
    return value_float(r->arena, mapping_points(x->data, v, r->arena));
}

struct range {
    struct number_ref min, max, step;
};

static void prepare_range(struct compiler *c, struct expr *x)
{
    struct range range = {compile_number(c, compile_attr(c, x, "min")),
                          compile_number(c, compile_attr(c, x, "max")),
                          compile_number(c, compile_attr(c, x, "step"))};
    x->data = arena_copy(c->arena, &range, sizeof range);
}

static struct value op_random_integer(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct range *range = x->data;
    int64_t min = 0, max, step = 1;
    (void)arg;
    if ((range->min.given && !integer_of(r, &range->min, &min)) ||
        (range->step.given && !integer_of(r, &range->step, &step)) || !integer_of(r, &range->max, &max) ||
        max < min || step < 1)
        return value_null();
    return value_integer(r->arena,
                         min + (int64_t)rng_below(&r->rng, (uint64_t)((max - min) / step) + 1) * step);
}

static struct value op_random_float(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct range *range = x->data;
    double min = 0, max;
    (void)arg;
    if ((range->min.given && !number_of(r, &range->min, &min)) || !number_of(r, &range->max, &max) ||
        !(max >= min))
        return value_null();
    return value_float(r->arena, min + rng_unit(&r->rng) * (max - min));
}

const struct operator_row variable_operators[] = {
    {.name = "null", .min = 0, .max = 0, .run = op_null},
    {.name = "baseValue", .min = 0, .max = 0, .run = op_base_value, .prepare = prepare_base_value},
    {.name = "variable", .min = 0, .max = 0, .run = op_variable, .prepare = prepare_variable},
    {.name = "correct", .min = 0, .max = 0, .run = op_correct, .prepare = prepare_named},
    {.name = "default", .min = 0, .max = 0, .run = op_default, .prepare = prepare_named},
    {.name = "mapResponse", .min = 0, .max = 0, .run = op_map_response, .prepare = prepare_mapping},
    {.name = "mapResponsePoint",
     .min = 0,
     .max = 0,
     .run = op_map_response_point,
     .prepare = prepare_mapping},
    {.name = "randomInteger", .min = 0, .max = 0, .run = op_random_integer, .prepare = prepare_range},
    {.name = "randomFloat", .min = 0, .max = 0, .run = op_random_float, .prepare = prepare_range},
    {0},
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/expression/expression-internal.h"

static struct value op_null(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                            size_t count)
{
    (void)ev, (void)n, (void)arg, (void)count;
    return value_null();
}

static struct value op_base_value(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                  size_t count)
{
    const char *base = xml_attr(ev->item->doc, n, "baseType"), *text = xml_content(n, ev->arena);
    struct datum d;
    (void)arg, (void)count;
    if (item_base_named(base) == BASE_NONE)
        return evaluate_fail(ev, n, _("baseType \"%.40s\" is not one of QTI's"), base ? base : "");
    if (datum_parse(ev->arena, text, item_base_named(base), &d))
        return value_of(ev->arena, d);
    if (*text_trim(ev->arena, text) == '\0' || item_base_named(base) == BASE_STRING)
        return value_null();
    return evaluate_fail(ev, n, _("\"%.60s\" does not fit baseType %s"), text, base);
}

static const struct variable *named(struct evaluation *ev, const struct xml_node *n)
{
    const char *id = xml_attr(ev->item->doc, n, "identifier");
    const struct variable *v = id ? variable_find(ev, id) : NULL;
    if (!v)
        evaluate_fail(ev, n, _("<%s> names \"%.60s\", which is not declared"), xml_name(n), id ? id : "");
    return v;
}

static struct value op_variable(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                size_t count)
{
    const struct variable *v = named(ev, n);
    (void)arg, (void)count;
    return v ? v->value : value_null();
}

static struct value op_correct(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                               size_t count)
{
    const struct variable *v = named(ev, n);
    (void)arg, (void)count;
    return v ? v->correct : value_null();
}

static struct value op_default(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                               size_t count)
{
    const struct variable *v = named(ev, n);
    (void)arg, (void)count;
    return v ? v->initial : value_null();
}

static struct value op_map_response(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                    size_t count)
{
    const struct variable *v = named(ev, n);
    (void)arg, (void)count;
    return v ? map_response(ev, v) : value_null();
}

static struct value op_map_response_point(struct evaluation *ev, const struct xml_node *n,
                                          const struct value *arg, size_t count)
{
    const struct variable *v = named(ev, n);
    (void)arg, (void)count;
    return v ? map_response_point(ev, v) : value_null();
}

static struct value op_random_integer(struct evaluation *ev, const struct xml_node *n,
                                      const struct value *arg, size_t count)
{
    int64_t min = 0, max, step = 1;
    (void)arg, (void)count;
    attr_integer(ev, n, "min", &min);
    attr_integer(ev, n, "step", &step);
    if (!attr_integer(ev, n, "max", &max) || max < min || step < 1)
        return value_null();
    return value_integer(ev->arena,
                         min + (int64_t)rng_below(&ev->rng, (uint64_t)((max - min) / step) + 1) * step);
}

static struct value op_random_float(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                    size_t count)
{
    double min = 0, max;
    (void)arg, (void)count;
    attr_number(ev, n, "min", &min);
    if (!attr_number(ev, n, "max", &max) || max < min)
        return value_null();
    return value_float(ev->arena, min + rng_unit(&ev->rng) * (max - min));
}

const struct operator_row variable_operators[] = {
    {.name = "null", .min = 0, .max = 0, .run = op_null},
    {.name = "baseValue", .min = 0, .max = 0, .run = op_base_value},
    {.name = "variable", .min = 0, .max = 0, .run = op_variable},
    {.name = "correct", .min = 0, .max = 0, .run = op_correct},
    {.name = "default", .min = 0, .max = 0, .run = op_default},
    {.name = "mapResponse", .min = 0, .max = 0, .run = op_map_response},
    {.name = "mapResponsePoint", .min = 0, .max = 0, .run = op_map_response_point},
    {.name = "randomInteger", .min = 0, .max = 0, .run = op_random_integer},
    {.name = "randomFloat", .min = 0, .max = 0, .run = op_random_float},
    {0},
};

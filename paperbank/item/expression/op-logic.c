/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued logic: true, false, NULL. */
#include <stdint.h>

#include "paperbank/item/expression/expression-internal.h"

static void tally(const struct value *arg, size_t count, size_t *ret_true, size_t *ret_null)
{
    *ret_true = *ret_null = 0;
    for (size_t i = 0; i < count; i++) {
        bool truth = value_is_true(&arg[i]);
        *ret_true += truth;
        *ret_null += !truth && !value_is_false(&arg[i]);
    }
}

static struct value op_and(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    size_t truths, nulls;
    (void)n;
    tally(arg, count, &truths, &nulls);
    if (truths + nulls < count)
        return value_boolean(ev->arena, false);
    return nulls ? value_null() : value_boolean(ev->arena, true);
}

static struct value op_or(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                          size_t count)
{
    size_t truths, nulls;
    (void)n;
    tally(arg, count, &truths, &nulls);
    if (truths)
        return value_boolean(ev->arena, true);
    return nulls ? value_null() : value_boolean(ev->arena, false);
}

static struct value op_not(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    (void)n, (void)count;
    if (value_is_true(&arg[0]))
        return value_boolean(ev->arena, false);
    return value_is_false(&arg[0]) ? value_boolean(ev->arena, true) : value_null();
}

static struct value op_any_n(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    size_t truths, nulls;
    int64_t min = 0, max = (int64_t)count;
    tally(arg, count, &truths, &nulls);
    if (!attr_integer(ev, n, "min", &min) || !attr_integer(ev, n, "max", &max))
        return value_null();
    int64_t least = (int64_t)truths, most = (int64_t)(truths + nulls);
    if (least >= min && most <= max)
        return value_boolean(ev->arena, true);
    return least > max || most < min ? value_boolean(ev->arena, false) : value_null();
}

const struct operator_row logic_operators[] = {
    {.name = "and", .min = 1, .max = -1, .run = op_and},
    {.name = "or", .min = 1, .max = -1, .run = op_or},
    {.name = "not", .min = 1, .max = 1, .run = op_not},
    {.name = "anyN", .min = 1, .max = -1, .run = op_any_n},
    {0},
};

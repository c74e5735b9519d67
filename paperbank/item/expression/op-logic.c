/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued logic: true, false, NULL. */
#include "paperbank/item/expression/program-internal.h"

static void tally(const struct value *arg, size_t count, size_t *ret_true, size_t *ret_null)
{
    *ret_true = *ret_null = 0;
    for (size_t i = 0; i < count; i++) {
        bool truth = value_is_true(&arg[i]);
        *ret_true += truth;
        *ret_null += !truth && !value_is_false(&arg[i]);
    }
}

static struct value op_and(struct run *r, const struct expr *x, const struct value *arg)
{
    size_t truths, nulls;
    tally(arg, x->count, &truths, &nulls);
    if (truths + nulls < x->count)
        return value_boolean(r->arena, false);
    return nulls ? value_null() : value_boolean(r->arena, true);
}

static struct value op_or(struct run *r, const struct expr *x, const struct value *arg)
{
    size_t truths, nulls;
    tally(arg, x->count, &truths, &nulls);
    if (truths)
        return value_boolean(r->arena, true);
    return nulls ? value_null() : value_boolean(r->arena, false);
}

static struct value op_not(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    if (value_is_true(&arg[0]))
        return value_boolean(r->arena, false);
    return value_is_false(&arg[0]) ? value_boolean(r->arena, true) : value_null();
}

struct bounds {
    struct number_ref min, max;
};

static void prepare_bounds(struct compiler *c, struct expr *x)
{
    struct bounds b = {compile_number(c, compile_attr(c, x, "min")),
                       compile_number(c, compile_attr(c, x, "max"))};
    x->data = arena_copy(c->arena, &b, sizeof b);
}

static struct value op_any_n(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct bounds *b = x->data;
    size_t truths, nulls;
    int64_t min, max;
    tally(arg, x->count, &truths, &nulls);
    if (!integer_of(r, &b->min, &min) || !integer_of(r, &b->max, &max))
        return value_null();
    int64_t least = (int64_t)truths, most = (int64_t)(truths + nulls);
    if (least >= min && most <= max)
        return value_boolean(r->arena, true);
    return least > max || most < min ? value_boolean(r->arena, false) : value_null();
}

/* A dialect's anyN without a lower bound. */
static struct value op_all_n(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct bounds *b = x->data;
    size_t truths, nulls;
    int64_t max;
    tally(arg, x->count, &truths, &nulls);
    if (!integer_of(r, &b->max, &max))
        return value_null();
    if ((int64_t)truths > max)
        return value_boolean(r->arena, false);
    return (int64_t)(truths + nulls) <= max ? value_boolean(r->arena, true) : value_null();
}

const struct operator_row logic_operators[] = {
    {.name = "and", .min = 1, .max = -1, .run = op_and},
    {.name = "or", .min = 1, .max = -1, .run = op_or},
    {.name = "not", .min = 1, .max = 1, .run = op_not},
    {.name = "anyN", .min = 1, .max = -1, .run = op_any_n, .prepare = prepare_bounds},
    {.name = "allN", .min = 1, .max = -1, .run = op_all_n, .prepare = prepare_bounds},
    {0},
};

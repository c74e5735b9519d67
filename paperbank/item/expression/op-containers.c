/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

/* All members of all sub-expressions; NULLs are passed over. */
static struct value joined(struct run *r, const struct expr *x, const struct value *arg, size_t count,
                           enum item_cardinality cardinality)
{
    struct value v = {.cardinality = cardinality};
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += arg[i].n;
    v.at = run_space(r, x->n, total);
    for (size_t i = 0; v.at && i < count; i++)
        for (size_t k = 0; k < arg[i].n; k++)
            v.at[v.n++] = arg[i].at[k];
    return v;
}

static struct value op_multiple(struct run *r, const struct expr *x, const struct value *arg)
{
    return joined(r, x, arg, x->count, CARDINALITY_MULTIPLE);
}

static struct value op_ordered(struct run *r, const struct expr *x, const struct value *arg)
{
    return joined(r, x, arg, x->count, CARDINALITY_ORDERED);
}

static struct value op_size(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    return value_integer(r->arena, (int64_t)arg[0].n);
}

static struct value member_of(struct run *r, struct datum d)
{
    d.field = NULL;
    return value_of(r->arena, d);
}

static void prepare_index(struct compiler *c, struct expr *x)
{
    struct number_ref n = compile_number(c, compile_attr(c, x, "n"));
    x->data = arena_copy(c->arena, &n, sizeof n);
}

static struct value op_index(struct run *r, const struct expr *x, const struct value *arg)
{
    int64_t i;
    bool second = x->count == 2 && arg[1].n == 1 && arg[1].at[0].base == BASE_INTEGER; /* a dialect's form */
    if (second)
        i = arg[1].at[0].integer;
    else if (!integer_of(r, x->data, &i))
        return value_null();
    if (i < 1 || (uint64_t)i > arg[0].n)
        return value_null();
    return member_of(r, arg[0].at[i - 1]);
}

static void prepare_field(struct compiler *c, struct expr *x)
{
    x->data = compile_attr(c, x, "fieldIdentifier");
}

static struct value op_field(struct run *r, const struct expr *x, const struct value *arg)
{
    const char *field = x->data;
    for (size_t i = 0; field && i < arg[0].n; i++)
        if (arg[0].at[i].field && strcmp(arg[0].at[i].field, field) == 0)
            return member_of(r, arg[0].at[i]);
    return value_null();
}

static struct value op_random(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    return arg[0].n ? member_of(r, arg[0].at[rng_below(&r->rng, arg[0].n)]) : value_null();
}

static size_t occurrences(const struct datum *d, const struct value *in)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++)
        n += datum_equal(d, &in->at[i]);
    return n;
}

static struct value op_member(struct run *r, const struct expr *x, const struct value *arg)
{
    if (value_is_null(&arg[0]) || value_is_null(&arg[1]) ||
        !run_charge(r, x->n, arg[0].n + arg[1].n, arg[1].n))
        return value_null();
    return value_boolean(r->arena, occurrences(&arg[0].at[0], &arg[1]) > 0);
}

/* QTI names the value first and the container second; found the other way round too, and clear from
 * cardinality. */
static struct value op_delete(struct run *r, const struct expr *x, const struct value *arg)
{
    bool swapped = arg[0].cardinality != CARDINALITY_SINGLE && arg[1].cardinality == CARDINALITY_SINGLE;
    const struct value *out = &arg[swapped], *from = &arg[!swapped];
    struct value v = {.cardinality = from->cardinality};
    if (value_is_null(&arg[0]) || value_is_null(&arg[1]) ||
        !run_charge(r, x->n, arg[0].n + arg[1].n, arg[1].n))
        return value_null();
    v.at = run_space(r, x->n, from->n);
    for (size_t i = 0; v.at && i < from->n; i++)
        if (!datum_equal(&out->at[0], &from->at[i]))
            v.at[v.n++] = from->at[i];
    return v;
}

/* Every member of b as often in a. */
static bool contains_bag(const struct value *a, const struct value *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (occurrences(&b->at[i], a) < occurrences(&b->at[i], b))
            return false;
    return true;
}

/* b in one piece within a. */
static bool contains_run(const struct value *a, const struct value *b)
{
    for (size_t start = 0; start + b->n <= a->n; start++) {
        size_t same = 0;
        while (same < b->n && datum_equal(&a->at[start + same], &b->at[same]))
            same++;
        if (same == b->n)
            return true;
    }
    return false;
}

static struct value op_contains(struct run *r, const struct expr *x, const struct value *arg)
{
    if (value_is_null(&arg[0]) || value_is_null(&arg[1]) ||
        !run_charge(r, x->n, arg[0].n + arg[1].n, arg[1].n))
        return value_null();
    bool ordered = arg[0].cardinality == CARDINALITY_ORDERED;
    return value_boolean(r->arena, ordered ? contains_run(&arg[0], &arg[1]) : contains_bag(&arg[0], &arg[1]));
}

static void prepare_repeat(struct compiler *c, struct expr *x)
{
    struct number_ref n = compile_number(c, compile_attr(c, x, "numberRepeats"));
    x->data = arena_copy(c->arena, &n, sizeof n);
}

static struct value op_repeat(struct run *r, const struct expr *x, const struct value *arg)
{
    int64_t times;
    size_t at = 0;
    (void)arg;
    if (!integer_of(r, x->data, &times) || times < 1)
        return value_null();
    if (times > PROGRAM_MAX_VALUES || (size_t)times * x->count > PROGRAM_MAX_VALUES)
        return run_fail(r, x->n, _("more values than the limit"));
    struct value *each = arena_array(r->arena, (size_t)times * x->count, sizeof *each);
    for (int64_t i = 0; i < times; i++)
        for (size_t k = 0; k < x->count && !r->failed; k++)
            each[at++] = expr_value(r, &x->arg[k]);
    return joined(r, x, each, at, CARDINALITY_ORDERED);
}

const struct operator_row container_operators[] = {
    {.name = "multiple", .min = 0, .max = -1, .run = op_multiple},
    {.name = "ordered", .min = 0, .max = -1, .run = op_ordered},
    {.name = "containerSize", .min = 1, .max = 1, .run = op_size},
    {.name = "index", .min = 1, .max = 2, .run = op_index, .prepare = prepare_index},
    {.name = "fieldValue", .min = 1, .max = 1, .run = op_field, .prepare = prepare_field},
    {.name = "random", .min = 1, .max = 1, .run = op_random},
    {.name = "member", .min = 2, .max = 2, .run = op_member},
    {.name = "delete", .min = 2, .max = 2, .run = op_delete},
    {.name = "contains", .min = 2, .max = 2, .run = op_contains},
    {.name = "repeat", .min = 1, .max = -1, .run = op_repeat, .prepare = prepare_repeat, .lazy = true},
    {0},
};

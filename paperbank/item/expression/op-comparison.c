/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

static struct value op_match(struct run *r, const struct expr *x, const struct value *arg)
{
    if (value_is_null(&arg[0]) || value_is_null(&arg[1]) || !run_charge(r, x->n, arg[0].n, arg[1].n))
        return value_null();
    return value_boolean(r->arena, value_equal(&arg[0], &arg[1]));
}

static struct value op_is_null(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    return value_boolean(r->arena, value_is_null(&arg[0]));
}

/* A number, or a single text that is one from end to end: a text entry declared as string, compared with a
 * number. */
static bool readable(struct run *r, const struct value *v, double *ret)
{
    struct datum d;
    if (value_number(v, ret))
        return true;
    return v->n == 1 && v->at[0].base == BASE_STRING &&
           datum_parse(r->arena, v->at[0].text, BASE_FLOAT, &d) && datum_number(&d, ret) && isfinite(*ret);
}

/* Two numbers, of which one may be written as a text; or false. */
static bool both(struct run *r, const struct value *arg, double *a, double *b)
{
    if (!value_number(&arg[0], a) && !value_number(&arg[1], b))
        return false;
    return readable(r, &arg[0], a) && readable(r, &arg[1], b);
}

static struct value op_lt(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    return both(r, arg, &a, &b) ? value_boolean(r->arena, a < b) : value_null();
}

static struct value op_gt(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    return both(r, arg, &a, &b) ? value_boolean(r->arena, a > b) : value_null();
}

static struct value op_lte(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    return both(r, arg, &a, &b) ? value_boolean(r->arena, a <= b) : value_null();
}

static struct value op_gte(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    return both(r, arg, &a, &b) ? value_boolean(r->arena, a >= b) : value_null();
}

enum tolerance_mode { TOLERANCE_EXACT, TOLERANCE_ABSOLUTE, TOLERANCE_RELATIVE };

struct tolerance {
    enum tolerance_mode mode;
    struct number_ref below, above;
    bool include_below, include_above;
};

/* One number or variable, or two; the second is the first where it is not given. */
static bool read_tolerance(struct compiler *c, struct expr *x, struct tolerance *t)
{
    const char *text = compile_attr(c, x, "tolerance");
    struct number_ref *part[] = {&t->below, &t->above};
    size_t found = 0;
    for (const char *p = text; p && *p && found < 2;) {
        p += strspn(p, " \t\n");
        size_t n = strcspn(p, " \t\n");
        if (n)
            *part[found++] = compile_number(c, arena_strndup(c->arena, p, n));
        p += n;
    }
    if (found == 1)
        t->above = t->below;
    return t->below.given && t->above.given;
}

static void prepare_equal(struct compiler *c, struct expr *x)
{
    static const char *const names[] = {"exact", "absolute", "relative"};
    const char *mode = compile_attr(c, x, "toleranceMode");
    struct tolerance *t = arena_alloc(c->arena, sizeof *t);
    t->include_below = compile_true(c, x, "includeLowerBound", true);
    t->include_above = compile_true(c, x, "includeUpperBound", true);
    x->data = t;
    for (size_t i = 0; mode && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], mode) == 0) {
            t->mode = (enum tolerance_mode)i;
            mode = NULL;
        }
    if (mode)
        compile_fault(c, x, _("toleranceMode=\"%.40s\" is not known"), mode);
    else if (t->mode != TOLERANCE_EXACT && !read_tolerance(c, x, t))
        compile_fault(c, x, _("<equal> has a toleranceMode, but no tolerance"));
}

static bool within(const struct tolerance *t, double y, double lower, double upper)
{
    if (lower > upper) {
        double swap = lower;
        lower = upper;
        upper = swap;
    }
    return (t->include_below ? y >= lower : y > lower) && (t->include_above ? y <= upper : y < upper);
}

/* The first sub-expression gives the interval, the second must lie in it. */
static struct value op_equal(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct tolerance *t = x->data;
    double a, b, below, above;
    if (!both(r, arg, &a, &b))
        return op_match(r, x, arg);
    if (t->mode == TOLERANCE_EXACT)
        return value_boolean(r->arena, a == b);
    if (!number_of(r, &t->below, &below) || !number_of(r, &t->above, &above))
        return value_null();
    if (t->mode == TOLERANCE_ABSOLUTE)
        return value_boolean(r->arena, within(t, b, a - below, a + above));
    return value_boolean(r->arena, within(t, b, a - a * below / 100, a + a * above / 100));
}

static void prepare_inside(struct compiler *c, struct expr *x)
{
    x->data = shape_new(c->arena, compile_attr(c, x, "shape"), compile_attr(c, x, "coords"));
}

static struct value op_inside(struct run *r, const struct expr *x, const struct value *arg)
{
    bool inside = false;
    if (value_is_null(&arg[0]))
        return value_null();
    for (size_t i = 0; i < arg[0].n; i++) {
        const struct datum *d = &arg[0].at[i];
        inside |= d->base == BASE_POINT && shape_contains(x->data, d->number, d->second_number);
    }
    return value_boolean(r->arena, inside);
}

const struct operator_row comparison_operators[] = {
    {.name = "match", .min = 2, .max = 2, .run = op_match},
    {.name = "equal", .min = 2, .max = 2, .run = op_equal, .prepare = prepare_equal},
    {.name = "isNull", .min = 1, .max = 1, .run = op_is_null},
    {.name = "lt", .min = 2, .max = 2, .run = op_lt},
    {.name = "gt", .min = 2, .max = 2, .run = op_gt},
    {.name = "lte", .min = 2, .max = 2, .run = op_lte},
    {.name = "gte", .min = 2, .max = 2, .run = op_gte},
    {.name = "durationLT", .min = 2, .max = 2, .run = op_lt},
    {.name = "durationGTE", .min = 2, .max = 2, .run = op_gte},
    {.name = "inside", .min = 1, .max = 1, .run = op_inside, .prepare = prepare_inside},
    {0},
};

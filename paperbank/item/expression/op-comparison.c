/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/expression-internal.h"

static struct value op_match(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    (void)n, (void)count;
    if (value_is_null(&arg[0]) || value_is_null(&arg[1]))
        return value_null();
    return value_boolean(ev->arena, value_equal(&arg[0], &arg[1]));
}

static struct value op_is_null(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                               size_t count)
{
    (void)n, (void)count;
    return value_boolean(ev->arena, value_is_null(&arg[0]));
}

/* Two numbers, or false. */
static bool both(const struct value *arg, double *x, double *y)
{
    return value_number(&arg[0], x) && value_number(&arg[1], y);
}

static struct value op_lt(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                          size_t count)
{
    double x, y;
    (void)n, (void)count;
    return both(arg, &x, &y) ? value_boolean(ev->arena, x < y) : value_null();
}

static struct value op_gt(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                          size_t count)
{
    double x, y;
    (void)n, (void)count;
    return both(arg, &x, &y) ? value_boolean(ev->arena, x > y) : value_null();
}

static struct value op_lte(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    double x, y;
    (void)n, (void)count;
    return both(arg, &x, &y) ? value_boolean(ev->arena, x <= y) : value_null();
}

static struct value op_gte(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    double x, y;
    (void)n, (void)count;
    return both(arg, &x, &y) ? value_boolean(ev->arena, x >= y) : value_null();
}

/* One number or variable of the attribute "tolerance"; the second is the first where it is not given. */
static bool tolerances(struct evaluation *ev, const struct xml_node *n, double *lower, double *upper)
{
    const char *text = xml_attr(ev->item->doc, n, "tolerance");
    double t[2];
    size_t found = 0;
    for (const char *p = text; p && *p && found < 2; found++) {
        p += strspn(p, " ");
        size_t length = strcspn(p, " ");
        const char *word = arena_strndup(ev->arena, p, length);
        struct datum d;
        if (length > 2 && word[0] == '{')
            word = arena_strndup(ev->arena, word + 1, length - 2);
        const struct variable *v = variable_find(ev, word);
        if (datum_parse(ev->arena, word, BASE_FLOAT, &d))
            t[found] = d.number;
        else if (!v || !value_number(&v->value, &t[found]))
            return false;
        p += length;
    }
    *lower = found ? t[0] : 0;
    *upper = found == 2 ? t[1] : *lower;
    return found > 0;
}

static bool within(struct evaluation *ev, const struct xml_node *n, double x, double y, double lower,
                   double upper)
{
    bool low = attr_true(ev, n, "includeLowerBound", true),
         high = attr_true(ev, n, "includeUpperBound", true);
    if (lower > upper) {
        double swap = lower;
        lower = upper;
        upper = swap;
    }
    return (low ? y >= lower : y > lower) && (high ? y <= upper : y < upper) && !isnan(x);
}

/* The first sub-expression gives the interval, the second must lie in it. */
static struct value op_equal(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    const char *mode = xml_attr(ev->item->doc, n, "toleranceMode");
    double x, y, t0, t1;
    if (!both(arg, &x, &y))
        return op_match(ev, n, arg, count);
    if (!mode || strcmp(mode, "exact") == 0)
        return value_boolean(ev->arena, x == y);
    if (!tolerances(ev, n, &t0, &t1))
        return evaluate_fail(ev, n, _("<equal> has a toleranceMode, but no tolerance"));
    if (strcmp(mode, "absolute") == 0)
        return value_boolean(ev->arena, within(ev, n, x, y, x - t0, x + t1));
    if (strcmp(mode, "relative") == 0)
        return value_boolean(ev->arena, within(ev, n, x, y, x - x * t0 / 100, x + x * t1 / 100));
    return evaluate_fail(ev, n, _("toleranceMode=\"%.40s\" is not known"), mode);
}

static bool point_inside(const struct evaluation *ev, const struct xml_node *n, const struct datum *d)
{
    const char *shape = xml_attr(ev->item->doc, n, "shape"), *coords = xml_attr(ev->item->doc, n, "coords");
    return d->base == BASE_POINT &&
           shape_contains(shape ? shape : "", coords ? coords : "", d->number, d->second_number);
}

static struct value op_inside(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                              size_t count)
{
    bool inside = false;
    (void)count;
    if (value_is_null(&arg[0]))
        return value_null();
    for (size_t i = 0; i < arg[0].n; i++)
        inside |= point_inside(ev, n, &arg[0].at[i]);
    return value_boolean(ev->arena, inside);
}

const struct operator_row comparison_operators[] = {
    {.name = "match", .min = 2, .max = 2, .run = op_match},
    {.name = "equal", .min = 2, .max = 2, .run = op_equal},
    {.name = "isNull", .min = 1, .max = 1, .run = op_is_null},
    {.name = "lt", .min = 2, .max = 2, .run = op_lt},
    {.name = "gt", .min = 2, .max = 2, .run = op_gt},
    {.name = "lte", .min = 2, .max = 2, .run = op_lte},
    {.name = "gte", .min = 2, .max = 2, .run = op_gte},
    {.name = "durationLT", .min = 2, .max = 2, .run = op_lt},
    {.name = "durationGTE", .min = 2, .max = 2, .run = op_gte},
    {.name = "inside", .min = 1, .max = 1, .run = op_inside},
    {0},
};

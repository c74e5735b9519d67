/* SPDX-License-Identifier: Apache-2.0 */
/* The one place for functions that C libraries do not round correctly: two machines may differ in the last
 * bit, so sealed exams refuse them (operator_sealed). Definitions after QTI 2.2, "mathOperator". */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/expression-internal.h"

static double f_sec(double x)
{
    return 1 / cos(x);
}

static double f_csc(double x)
{
    return 1 / sin(x);
}

static double f_cot(double x)
{
    return 1 / tan(x);
}

static double f_asec(double x)
{
    return acos(1 / x);
}

static double f_acsc(double x)
{
    return asin(1 / x);
}

static double f_acot(double x)
{
    return x == 0 ? M_PI / 2 : atan(1 / x);
}

static double f_sech(double x)
{
    return 1 / cosh(x);
}

static double f_csch(double x)
{
    return 1 / sinh(x);
}

static double f_coth(double x)
{
    return 1 / tanh(x);
}

static double f_signum(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x;
}

static double f_to_degrees(double x)
{
    return x * 180 / M_PI;
}

static double f_to_radians(double x)
{
    return x * M_PI / 180;
}

static const struct {
    const char *name;
    double (*f)(double);
} functions[] = {
    {"sin", sin},
    {"cos", cos},
    {"tan", tan},
    {"sec", f_sec},
    {"csc", f_csc},
    {"cot", f_cot},
    {"asin", asin},
    {"acos", acos},
    {"atan", atan},
    {"asec", f_asec},
    {"acsc", f_acsc},
    {"acot", f_acot},
    {"sinh", sinh},
    {"cosh", cosh},
    {"tanh", tanh},
    {"sech", f_sech},
    {"csch", f_csch},
    {"coth", f_coth},
    {"log", log10},
    {"ln", log},
    {"exp", exp},
    {"abs", fabs},
    {"signum", f_signum},
    {"floor", floor},
    {"ceil", ceil},
    {"toDegrees", f_to_degrees},
    {"toRadians", f_to_radians},
};

static struct value result(struct evaluation *ev, const char *name, double v)
{
    if (isnan(v))
        return value_null();
    bool whole = strcmp(name, "floor") == 0 || strcmp(name, "ceil") == 0;
    return whole && fabs(v) < 9e15 ? value_integer(ev->arena, (int64_t)v) : value_float(ev->arena, v);
}

static struct value op_math(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                            size_t count)
{
    const char *name = xml_attr(ev->item->doc, n, "name");
    double x, y;
    if (!name)
        return evaluate_fail(ev, n, _("<%s> has no attribute \"%s\""), "mathOperator", "name");
    if (!value_number(&arg[0], &x))
        return value_null();
    if (strcmp(name, "atan2") == 0)
        return count == 2 && value_number(&arg[1], &y) ? result(ev, name, atan2(x, y)) : value_null();
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return result(ev, name, functions[i].f(x));
    return evaluate_fail(ev, n, _("mathOperator \"%.40s\" is not known"), name);
}

static struct value op_power(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    double x, y;
    (void)n, (void)count;
    if (!value_number(&arg[0], &x) || !value_number(&arg[1], &y))
        return value_null();
    double v = pow(x, y);
    return isnan(v) ? value_null() : value_float(ev->arena, v);
}

static struct value op_constant(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                size_t count)
{
    const char *name = xml_attr(ev->item->doc, n, "name");
    (void)arg, (void)count;
    if (name && strcmp(name, "pi") == 0)
        return value_float(ev->arena, M_PI);
    if (name && strcmp(name, "e") == 0)
        return value_float(ev->arena, M_E);
    return evaluate_fail(ev, n, _("mathConstant \"%.40s\" is not known"), name ? name : "");
}

const struct operator_row inexact_operators[] = {
    {.name = "mathOperator", .min = 1, .max = 2, .run = op_math},
    {.name = "power", .min = 2, .max = 2, .run = op_power},
    {.name = "mathConstant", .min = 0, .max = 0, .run = op_constant},
    {0},
};

/* SPDX-License-Identifier: Apache-2.0 */
/* The one place for functions that C libraries do not round correctly: two machines may differ in the last
 * bit, so sealed exams refuse them (operator_sealed). Definitions after QTI 2.2, "mathOperator". */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

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

enum result { RESULT_FLOAT, RESULT_INTEGER };

struct function {
    double (*f)(double);
    enum result result;
};

static struct value result(struct run *r, double v, enum result as)
{
    if (isnan(v))
        return value_null();
    return as == RESULT_INTEGER && fabs(v) < 9e15 ? value_integer(r->arena, (int64_t)v)
                                                  : value_float(r->arena, v);
}

static struct value op_math(struct run *r, const struct expr *x, const struct value *arg)
{
    const struct function *f = x->data;
    double v;
    return value_number(&arg[0], &v) ? result(r, f->f(v), f->result) : value_null();
}

static struct value op_atan2(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    if (x->count != 2 || !value_number(&arg[0], &a) || !value_number(&arg[1], &b))
        return value_null();
    return result(r, atan2(a, b), RESULT_FLOAT);
}

static void prepare_math(struct compiler *c, struct expr *x)
{
    const char *name = compile_attr(c, x, "name");
    if (!name) {
        compile_fault(c, x, _("<%s> has no attribute \"%s\""), "mathOperator", "name");
        return;
    }
    if (strcmp(name, "atan2") == 0) {
        x->run = op_atan2;
        return;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0) {
            bool whole = strcmp(name, "floor") == 0 || strcmp(name, "ceil") == 0;
            struct function f = {functions[i].f, whole ? RESULT_INTEGER : RESULT_FLOAT};
            x->data = arena_copy(c->arena, &f, sizeof f);
            return;
        }
    compile_fault(c, x, _("mathOperator \"%.40s\" is not known"), name);
}

static struct value op_power(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    if (!value_number(&arg[0], &a) || !value_number(&arg[1], &b))
        return value_null();
    return result(r, pow(a, b), RESULT_FLOAT);
}

static struct value op_constant(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)r, (void)arg;
    return *(const struct value *)x->data;
}

static void prepare_constant(struct compiler *c, struct expr *x)
{
    const char *name = compile_attr(c, x, "name");
    bool pi = name && strcmp(name, "pi") == 0, e = name && strcmp(name, "e") == 0;
    struct value v = value_float(c->arena, pi ? M_PI : M_E);
    x->data = arena_copy(c->arena, &v, sizeof v);
    if (!pi && !e)
        compile_fault(c, x, _("mathConstant \"%.40s\" is not known"), name ? name : "");
}

const struct operator_row inexact_operators[] = {
    {.name = "mathOperator", .min = 1, .max = 2, .run = op_math, .prepare = prepare_math},
    {.name = "power", .min = 2, .max = 2, .run = op_power},
    {.name = "mathConstant", .min = 0, .max = 0, .run = op_constant, .prepare = prepare_constant},
    {0},
};

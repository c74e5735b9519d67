/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic that every machine rounds alike: + - * / and comparisons of IEEE 754 doubles, integers with
 * overflow checked (an overflow is NULL). */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

/* All numbers of all sub-expressions, in order. */
struct numbers {
    const struct datum **at;
    size_t n;
    bool integers; /* all are */
};

/* False where QTI's answer is NULL: a sub-expression is NULL or not numeric. */
static bool flatten(struct run *r, const struct expr *x, const struct value *arg, struct numbers *ret)
{
    size_t n = 0;
    double unused;
    for (size_t i = 0; i < x->count; i++)
        n += arg[i].n;
    if (!run_charge(r, x->n, n, 1))
        return false;
    *ret = (struct numbers){.at = arena_array(r->arena, n, sizeof *ret->at), .integers = true};
    for (size_t i = 0; i < x->count; i++) {
        if (value_is_null(&arg[i]))
            return false;
        for (size_t k = 0; k < arg[i].n; k++) {
            if (!datum_number(&arg[i].at[k], &unused))
                return false;
            ret->integers &= arg[i].at[k].base == BASE_INTEGER;
            ret->at[ret->n++] = &arg[i].at[k];
        }
    }
    return ret->n > 0;
}

static double number(const struct datum *d)
{
    double v = 0;
    return datum_number(d, &v) ? v : 0;
}

static struct value op_sum(struct run *r, const struct expr *x, const struct value *arg)
{
    struct numbers all;
    int64_t whole = 0;
    double sum = 0;
    bool overflow = false;
    if (!flatten(r, x, arg, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++) {
        overflow |= all.integers && __builtin_add_overflow(whole, all.at[i]->integer, &whole);
        sum += number(all.at[i]);
    }
    if (!all.integers)
        return value_float(r->arena, sum);
    return overflow ? value_null() : value_integer(r->arena, whole);
}

static struct value op_product(struct run *r, const struct expr *x, const struct value *arg)
{
    struct numbers all;
    int64_t whole = 1;
    double product = 1;
    bool overflow = false;
    if (!flatten(r, x, arg, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++) {
        overflow |= all.integers && __builtin_mul_overflow(whole, all.at[i]->integer, &whole);
        product *= number(all.at[i]);
    }
    if (!all.integers)
        return value_float(r->arena, product);
    return overflow ? value_null() : value_integer(r->arena, whole);
}

static struct value op_subtract(struct run *r, const struct expr *x, const struct value *arg)
{
    struct numbers all;
    int64_t whole;
    if (!flatten(r, x, arg, &all) || all.n != 2)
        return value_null();
    if (!all.integers)
        return value_float(r->arena, number(all.at[0]) - number(all.at[1]));
    return __builtin_sub_overflow(all.at[0]->integer, all.at[1]->integer, &whole)
               ? value_null()
               : value_integer(r->arena, whole);
}

static struct value op_divide(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    (void)x;
    if (!value_number(&arg[0], &a) || !value_number(&arg[1], &b) || b == 0)
        return value_null();
    return value_float(r->arena, a / b);
}

/* Quotient rounded down and what remains (with the divisor's sign). */
static bool floor_divide(const struct value *arg, int64_t *quotient, int64_t *rest)
{
    if (arg[0].n != 1 || arg[1].n != 1 || arg[0].at[0].base != BASE_INTEGER ||
        arg[1].at[0].base != BASE_INTEGER)
        return false;
    int64_t x = arg[0].at[0].integer, y = arg[1].at[0].integer;
    if (y == 0 || (x == INT64_MIN && y == -1))
        return false;
    *quotient = x / y;
    *rest = x % y;
    if (*rest != 0 && (*rest < 0) != (y < 0)) {
        *quotient -= 1;
        *rest += y;
    }
    return true;
}

static struct value op_integer_divide(struct run *r, const struct expr *x, const struct value *arg)
{
    int64_t quotient, rest;
    (void)x;
    return floor_divide(arg, &quotient, &rest) ? value_integer(r->arena, quotient) : value_null();
}

static struct value op_integer_modulus(struct run *r, const struct expr *x, const struct value *arg)
{
    int64_t quotient, rest;
    (void)x;
    return floor_divide(arg, &quotient, &rest) ? value_integer(r->arena, rest) : value_null();
}

static struct value op_integer_to_float(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)x;
    return value_as(r->arena, &arg[0], BASE_FLOAT);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The greatest common divisor or least common multiple of all, negative signs dropped. */
static struct value divisors(struct run *r, const struct expr *x, const struct value *arg, bool multiple)
{
    struct numbers all;
    if (!flatten(r, x, arg, &all) || !all.integers)
        return value_null();
    int64_t v = multiple ? 1 : 0;
    for (size_t i = 0; i < all.n; i++) {
        int64_t d = all.at[i]->integer;
        if (d == INT64_MIN)
            return value_null();
        d = d < 0 ? -d : d;
        if (!multiple)
            v = gcd(v, d);
        else if (d == 0 || v == 0)
            v = 0;
        else if (__builtin_mul_overflow(v / gcd(v, d), d, &v))
            return value_null();
    }
    return value_integer(r->arena, v);
}

static struct value op_gcd(struct run *r, const struct expr *x, const struct value *arg)
{
    return divisors(r, x, arg, false);
}

static struct value op_lcm(struct run *r, const struct expr *x, const struct value *arg)
{
    return divisors(r, x, arg, true);
}

static struct value extreme(struct run *r, const struct expr *x, const struct value *arg, double sign)
{
    struct numbers all;
    if (!flatten(r, x, arg, &all))
        return value_null();
    const struct datum *best = all.at[0];
    for (size_t i = 1; i < all.n; i++)
        if (sign * number(all.at[i]) > sign * number(best))
            best = all.at[i];
    return all.integers ? value_integer(r->arena, best->integer) : value_float(r->arena, number(best));
}

static struct value op_max(struct run *r, const struct expr *x, const struct value *arg)
{
    return extreme(r, x, arg, 1);
}

static struct value op_min(struct run *r, const struct expr *x, const struct value *arg)
{
    return extreme(r, x, arg, -1);
}

enum statistic {
    STAT_MEAN,
    STAT_SAMPLE_VARIANCE,
    STAT_SAMPLE_SD,
    STAT_POP_VARIANCE,
    STAT_POP_SD,
    STAT_UNKNOWN
};

/* The attribute "name"; in a dialect the element itself. */
static void prepare_stats(struct compiler *c, struct expr *x)
{
    static const char *const names[] = {"mean", "sampleVariance", "sampleSD", "popVariance", "popSD"};
    const char *name = xml_named(x->n, "statsOperator") ? compile_attr(c, x, "name") : xml_name(x->n);
    enum statistic *which = arena_alloc(c->arena, sizeof *which);
    while (*which < STAT_UNKNOWN && (!name || strcmp(names[*which], name) != 0))
        ++*which;
    x->data = which;
    if (*which == STAT_UNKNOWN)
        compile_fault(c, x, _("statsOperator \"%.40s\" is not known"), name ? name : "");
}

/* mean, variances and standard deviations of one container; sqrt is correctly rounded. */
static struct value op_stats(struct run *r, const struct expr *x, const struct value *arg)
{
    enum statistic which = *(const enum statistic *)x->data;
    struct numbers all;
    double mean = 0, squares = 0;
    if (!flatten(r, x, arg, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++)
        mean += number(all.at[i]);
    mean /= (double)all.n;
    if (which == STAT_MEAN)
        return value_float(r->arena, mean);
    for (size_t i = 0; i < all.n; i++)
        squares += (number(all.at[i]) - mean) * (number(all.at[i]) - mean);
    bool sample = which == STAT_SAMPLE_VARIANCE || which == STAT_SAMPLE_SD;
    if (sample && all.n < 2)
        return value_null();
    double variance = squares / (double)(sample ? all.n - 1 : all.n);
    bool deviation = which == STAT_SAMPLE_SD || which == STAT_POP_SD;
    return value_float(r->arena, deviation ? sqrt(variance) : variance);
}

const struct operator_row arithmetic_operators[] = {
    {.name = "sum", .min = 1, .max = -1, .run = op_sum},
    {.name = "product", .min = 1, .max = -1, .run = op_product},
    {.name = "subtract", .min = 2, .max = 2, .run = op_subtract},
    {.name = "divide", .min = 2, .max = 2, .run = op_divide},
    {.name = "integerDivide", .min = 2, .max = 2, .run = op_integer_divide},
    {.name = "integerModulus", .min = 2, .max = 2, .run = op_integer_modulus},
    {.name = "integerToFloat", .min = 1, .max = 1, .run = op_integer_to_float},
    {.name = "gcd", .min = 1, .max = -1, .run = op_gcd},
    {.name = "lcm", .min = 1, .max = -1, .run = op_lcm},
    {.name = "max", .min = 1, .max = -1, .run = op_max},
    {.name = "min", .min = 1, .max = -1, .run = op_min},
    {.name = "statsOperator", .min = 1, .max = 1, .run = op_stats, .prepare = prepare_stats},
    {0},
};

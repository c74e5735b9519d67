/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic that every machine rounds alike: + - * / and comparisons of IEEE 754 doubles, integers with
 * overflow checked (an overflow is NULL). */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "paperbank/item/expression/expression-internal.h"

/* All numbers of all sub-expressions, in order. */
struct numbers {
    const struct datum **at;
    size_t n;
    bool integers; /* all are */
};

/* False where QTI's answer is NULL: a sub-expression is NULL or not numeric. */
static bool flatten(struct evaluation *ev, const struct value *arg, size_t count, struct numbers *ret)
{
    size_t n = 0;
    double unused;
    for (size_t i = 0; i < count; i++)
        n += arg[i].n;
    *ret = (struct numbers){.at = arena_array(ev->arena, n, sizeof *ret->at), .integers = true};
    for (size_t i = 0; i < count; i++) {
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

static struct value op_sum(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    struct numbers all;
    int64_t whole = 0;
    double sum = 0;
    bool overflow = false;
    (void)n;
    if (!flatten(ev, arg, count, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++) {
        overflow |= all.integers && __builtin_add_overflow(whole, all.at[i]->integer, &whole);
        sum += number(all.at[i]);
    }
    if (!all.integers)
        return value_float(ev->arena, sum);
    return overflow ? value_null() : value_integer(ev->arena, whole);
}

static struct value op_product(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                               size_t count)
{
    struct numbers all;
    int64_t whole = 1;
    double product = 1;
    bool overflow = false;
    (void)n;
    if (!flatten(ev, arg, count, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++) {
        overflow |= all.integers && __builtin_mul_overflow(whole, all.at[i]->integer, &whole);
        product *= number(all.at[i]);
    }
    if (!all.integers)
        return value_float(ev->arena, product);
    return overflow ? value_null() : value_integer(ev->arena, whole);
}

static struct value op_subtract(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                size_t count)
{
    struct numbers all;
    int64_t whole;
    (void)n;
    if (!flatten(ev, arg, count, &all) || all.n != 2)
        return value_null();
    if (!all.integers)
        return value_float(ev->arena, number(all.at[0]) - number(all.at[1]));
    return __builtin_sub_overflow(all.at[0]->integer, all.at[1]->integer, &whole)
               ? value_null()
               : value_integer(ev->arena, whole);
}

static struct value op_divide(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                              size_t count)
{
    double x, y;
    (void)n, (void)count;
    if (!value_number(&arg[0], &x) || !value_number(&arg[1], &y) || y == 0)
        return value_null();
    return value_float(ev->arena, x / y);
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

static struct value op_integer_divide(struct evaluation *ev, const struct xml_node *n,
                                      const struct value *arg, size_t count)
{
    int64_t quotient, rest;
    (void)n, (void)count;
    return floor_divide(arg, &quotient, &rest) ? value_integer(ev->arena, quotient) : value_null();
}

static struct value op_integer_modulus(struct evaluation *ev, const struct xml_node *n,
                                       const struct value *arg, size_t count)
{
    int64_t quotient, rest;
    (void)n, (void)count;
    return floor_divide(arg, &quotient, &rest) ? value_integer(ev->arena, rest) : value_null();
}

/* A whole double as an integer; NaN and what is beyond stay floats. */
static struct value whole_value(struct evaluation *ev, double v)
{
    if (!(fabs(v) < 9e15))
        return isnan(v) ? value_null() : value_float(ev->arena, v);
    return value_integer(ev->arena, (int64_t)v);
}

static struct value op_truncate(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                size_t count)
{
    double x;
    (void)n, (void)count;
    return value_number(&arg[0], &x) ? whole_value(ev, trunc(x)) : value_null();
}

/* n with n - 0.5 <= x < n + 0.5 */
static double half_up(double x)
{
    double below = floor(x);
    return x - below >= 0.5 ? below + 1 : below;
}

static struct value op_round(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    double x;
    (void)n, (void)count;
    return value_number(&arg[0], &x) ? whole_value(ev, half_up(x)) : value_null();
}

/* Exact up to 10^22. */
static double power_of_ten(int64_t k)
{
    double p = 1;
    while (k-- > 0)
        p *= 10;
    return p;
}

/* Digits before the decimal point of a positive number; 0 for 0.1 to below 1, negative for less. */
static int64_t magnitude(double x)
{
    int64_t k = 0;
    while (k < 310 && x >= power_of_ten(k))
        k++;
    while (k > -310 && k <= 0 && x * power_of_ten(1 - k) < 1)
        k--;
    return k;
}

/* Rounded to `places` decimals (negative: to tens, hundreds, …), half up. */
static double round_places(double x, int64_t places)
{
    if (places > 22 || !isfinite(x))
        return x;
    if (places < 0)
        return half_up(x / power_of_ten(-places)) * power_of_ten(-places);
    double scaled = x * power_of_ten(places);
    return isfinite(scaled) ? half_up(scaled) / power_of_ten(places) : x;
}

static bool round_to(struct evaluation *ev, const struct xml_node *n, double x, double *ret)
{
    const char *mode = xml_attr(ev->item->doc, n, "roundingMode");
    bool significant = !mode || strcmp(mode, "significantFigures") == 0;
    int64_t figures;
    if (!attr_integer(ev, n, "figures", &figures) || figures < (significant ? 1 : 0) || figures > 300)
        return false;
    if (significant && x != 0 && isfinite(x))
        figures -= magnitude(fabs(x));
    *ret = x == 0 ? 0 : round_places(x, figures);
    return true;
}

static struct value op_round_to(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                size_t count)
{
    double x;
    (void)count;
    if (!value_number(&arg[0], &x) || isnan(x) || !round_to(ev, n, x, &x))
        return value_null();
    return value_float(ev->arena, x);
}

static struct value op_equal_rounded(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                     size_t count)
{
    double x, y;
    (void)count;
    if (!value_number(&arg[0], &x) || !value_number(&arg[1], &y) || !round_to(ev, n, x, &x) ||
        !round_to(ev, n, y, &y))
        return value_null();
    return value_boolean(ev->arena, x == y);
}

static struct value op_integer_to_float(struct evaluation *ev, const struct xml_node *n,
                                        const struct value *arg, size_t count)
{
    (void)n, (void)count;
    return value_as(ev->arena, &arg[0], BASE_FLOAT);
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
static struct value divisors(struct evaluation *ev, const struct value *arg, size_t count, bool multiple)
{
    struct numbers all;
    if (!flatten(ev, arg, count, &all) || !all.integers)
        return value_null();
    int64_t v = multiple ? 1 : 0;
    for (size_t i = 0; i < all.n; i++) {
        int64_t x = all.at[i]->integer;
        if (x == INT64_MIN)
            return value_null();
        x = x < 0 ? -x : x;
        if (!multiple)
            v = gcd(v, x);
        else if (x == 0 || v == 0)
            v = 0;
        else if (__builtin_mul_overflow(v / gcd(v, x), x, &v))
            return value_null();
    }
    return value_integer(ev->arena, v);
}

static struct value op_gcd(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    (void)n;
    return divisors(ev, arg, count, false);
}

static struct value op_lcm(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    (void)n;
    return divisors(ev, arg, count, true);
}

static struct value extreme(struct evaluation *ev, const struct value *arg, size_t count, double sign)
{
    struct numbers all;
    if (!flatten(ev, arg, count, &all))
        return value_null();
    const struct datum *best = all.at[0];
    for (size_t i = 1; i < all.n; i++)
        if (sign * number(all.at[i]) > sign * number(best))
            best = all.at[i];
    return all.integers ? value_integer(ev->arena, best->integer) : value_float(ev->arena, number(best));
}

static struct value op_max(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    (void)n;
    return extreme(ev, arg, count, 1);
}

static struct value op_min(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                           size_t count)
{
    (void)n;
    return extreme(ev, arg, count, -1);
}

/* mean, variances and standard deviations of one container; sqrt is correctly rounded. */
static struct value op_stats(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                             size_t count)
{
    const char *name = xml_attr(ev->item->doc, n, "name");
    struct numbers all;
    double mean = 0, squares = 0;
    if (!name || !flatten(ev, arg, count, &all))
        return value_null();
    for (size_t i = 0; i < all.n; i++)
        mean += number(all.at[i]);
    mean /= (double)all.n;
    for (size_t i = 0; i < all.n; i++)
        squares += (number(all.at[i]) - mean) * (number(all.at[i]) - mean);
    bool sample = strncmp(name, "sample", 6) == 0;
    if (strcmp(name, "mean") == 0)
        return value_float(ev->arena, mean);
    if (sample && all.n < 2)
        return value_null();
    double variance = squares / (double)(sample ? all.n - 1 : all.n);
    if (strcmp(name, "sampleVariance") == 0 || strcmp(name, "popVariance") == 0)
        return value_float(ev->arena, variance);
    if (strcmp(name, "sampleSD") == 0 || strcmp(name, "popSD") == 0)
        return value_float(ev->arena, sqrt(variance));
    return value_null();
}

const struct operator_row arithmetic_operators[] = {
    {.name = "sum", .min = 1, .max = -1, .run = op_sum},
    {.name = "product", .min = 1, .max = -1, .run = op_product},
    {.name = "subtract", .min = 2, .max = 2, .run = op_subtract},
    {.name = "divide", .min = 2, .max = 2, .run = op_divide},
    {.name = "integerDivide", .min = 2, .max = 2, .run = op_integer_divide},
    {.name = "integerModulus", .min = 2, .max = 2, .run = op_integer_modulus},
    {.name = "truncate", .min = 1, .max = 1, .run = op_truncate},
    {.name = "round", .min = 1, .max = 1, .run = op_round},
    {.name = "roundTo", .min = 1, .max = 1, .run = op_round_to},
    {.name = "equalRounded", .min = 2, .max = 2, .run = op_equal_rounded},
    {.name = "integerToFloat", .min = 1, .max = 1, .run = op_integer_to_float},
    {.name = "gcd", .min = 1, .max = -1, .run = op_gcd},
    {.name = "lcm", .min = 1, .max = -1, .run = op_lcm},
    {.name = "max", .min = 1, .max = -1, .run = op_max},
    {.name = "min", .min = 1, .max = -1, .run = op_min},
    {.name = "statsOperator", .min = 1, .max = 1, .run = op_stats},
    {0},
};

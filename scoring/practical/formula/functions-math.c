/* SPDX-License-Identifier: Apache-2.0 */
/* Sums, rounding, SUMPRODUCT, SUBTOTAL. */
#include "scoring/practical/formula/compute.h"

#include <math.h>
#include <string.h>

#include "scoring/practical/formula/decimal.h"
#include "scoring/practical/formula/statistics.h"

/* ---- one number ---- */

static value abs_(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    return to_number(r, &arg[0], &x, &error) ? value_number(fabs(x)) : error;
}

static value sign(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    return to_number(r, &arg[0], &x, &error) ? value_number((x > 0) - (x < 0)) : error;
}

static value sqrt_(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    if (!to_number(r, &arg[0], &x, &error))
        return error;
    return x < 0 ? value_error(ERROR_NUM) : value_number(sqrt(x));
}

static value int_(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    return to_number(r, &arg[0], &x, &error) ? value_number(decimal_floor(x)) : error;
}

static value fact(struct run *r, value *arg, uint32_t n)
{
    int32_t x;
    value error;
    double product = 1;
    (void)n;
    if (!to_whole(r, &arg[0], &x, &error))
        return error;
    if (x < 0 || x > 170)
        return value_error(ERROR_NUM);
    for (int32_t i = 2; i <= x; i++)
        product *= i;
    return value_number(product);
}

/* To the next even (odd) whole number away from zero. */
static value next_whole(struct run *r, const value *v, int parity)
{
    double x;
    value error;
    if (!to_number(r, v, &x, &error))
        return error;
    double whole = -decimal_floor(-fabs(x));
    if ((fmod(whole, 2) != 0) != parity)
        whole++;
    return value_number(x < 0 ? -whole : whole);
}

static value even(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return next_whole(r, &arg[0], 0);
}

static value odd(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return next_whole(r, &arg[0], 1);
}

static value pi(struct run *r, value *arg, uint32_t n)
{
    (void)r, (void)arg, (void)n;
    return value_number(3.14159265358979);
}

/* ---- rounding ---- */

static value rounded(struct run *r, value *arg, uint32_t n, enum decimal_rounding how)
{
    double x;
    int32_t places = 0;
    value error;
    if (!to_number(r, &arg[0], &x, &error) || (n > 1 && !to_whole(r, &arg[1], &places, &error)))
        return error;
    places = places > 400 ? 400 : places < -400 ? -400 : places;
    return checked(decimal_round(x, places, how));
}

static value round_(struct run *r, value *arg, uint32_t n)
{
    return rounded(r, arg, n, DECIMAL_NEAREST);
}

static value roundup(struct run *r, value *arg, uint32_t n)
{
    return rounded(r, arg, n, DECIMAL_UP);
}

static value rounddown(struct run *r, value *arg, uint32_t n)
{
    return rounded(r, arg, n, DECIMAL_DOWN);
}

static bool two_numbers(struct run *r, value *arg, uint32_t n, double otherwise, double *x, double *y,
                        value *error)
{
    *y = otherwise;
    return to_number(r, &arg[0], x, error) && (n < 2 || to_number(r, &arg[1], y, error));
}

/* Multiples of y: up towards +infinity (ceiling), or down. 15 digits of x/y count. */
static double multiple(double x, double y, bool up)
{
    double q = decimal_15(x / y);
    return decimal_15((up ? -floor(-q) : floor(q)) * y);
}

static value ceiling(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (x == 0 || y == 0)
        return value_number(0);
    if (x > 0 && y < 0)
        return value_error(ERROR_NUM);
    return checked(multiple(x, y, true));
}

static value floor_(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (x == 0)
        return value_number(0);
    if (y == 0)
        return value_error(ERROR_DIV0);
    if (x > 0 && y < 0)
        return value_error(ERROR_NUM);
    return checked(multiple(x, y, false));
}

/* CEILING.MATH and FLOOR.MATH: the sign of y does not matter; `mode` turns negative numbers the other way. */
static value multiple_math(struct run *r, value *arg, uint32_t n, bool up)
{
    double x, y = 1, mode = 0;
    value error;
    if (!to_number(r, &arg[0], &x, &error) ||
        (n > 1 && arg[1].kind != VALUE_MISSING && !to_number(r, &arg[1], &y, &error)) ||
        (n > 2 && !to_number(r, &arg[2], &mode, &error)))
        return error;
    if (x == 0 || y == 0)
        return value_number(0);
    return checked(multiple(x, fabs(y), x < 0 && mode != 0 ? !up : up));
}

static value ceiling_math(struct run *r, value *arg, uint32_t n)
{
    return multiple_math(r, arg, n, true);
}

static value floor_math(struct run *r, value *arg, uint32_t n)
{
    return multiple_math(r, arg, n, false);
}

static value mround(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (x == 0 || y == 0)
        return value_number(0);
    if ((x < 0) != (y < 0))
        return value_error(ERROR_NUM);
    return checked(decimal_15(decimal_round(x / y, 0, DECIMAL_NEAREST) * y));
}

static value mod(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (y == 0)
        return value_error(ERROR_DIV0);
    if (fabs(x / y) > 1e15)
        return value_error(ERROR_NUM);
    if (x == floor(x) && y == floor(y)) {
        double rest = fmod(x, y);
        return value_number(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest == 0 ? 0 : rest);
    }
    double rest = x - y * decimal_floor(x / y);
    return checked(fabs(rest) < fabs(x) * 1e-15 ? 0 : decimal_15(rest));
}

static value quotient(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (y == 0)
        return value_error(ERROR_DIV0);
    return value_number(x / y < 0 ? -decimal_floor(-x / y) : decimal_floor(x / y));
}

static value power_(struct run *r, value *arg, uint32_t n)
{
    double x, y;
    value error;
    if (!two_numbers(r, arg, n, 1, &x, &y, &error))
        return error;
    if (x == 0 && y <= 0)
        return value_error(y == 0 ? ERROR_NUM : ERROR_DIV0);
    if (y == floor(y) && fabs(y) <= 1e9)
        return checked(decimal_power(x, (int)y));
    if (y == 0.5 && x >= 0)
        return value_number(sqrt(x));
    return x < 0 ? value_error(ERROR_NUM)
                 : formula_run_fail(r, "a power with the exponent %g is not computed", y);
}

/* ---- many numbers ---- */

static value sum(struct run *r, value *arg, uint32_t n)
{
    return statistic(r, STATISTIC_SUM, arg, n);
}

static value product(struct run *r, value *arg, uint32_t n)
{
    return statistic(r, STATISTIC_PRODUCT, arg, n);
}

static value sumsq(struct run *r, value *arg, uint32_t n)
{
    double *x, total = 0;
    size_t count;
    value error;
    if (!gather(r, arg, n, &x, &count, &error))
        return error;
    for (size_t i = 0; i < count; i++)
        total += x[i] * x[i];
    return checked(total);
}

static double gcd_of(double x, double y)
{
    while (y != 0) {
        double rest = fmod(x, y);
        x = y;
        y = rest;
    }
    return x;
}

static value common(struct run *r, value *arg, uint32_t n, bool multiple_of)
{
    double *x, result = multiple_of ? 1 : 0;
    size_t count;
    value error;
    if (!gather(r, arg, n, &x, &count, &error))
        return error;
    for (size_t i = 0; i < count; i++) {
        double whole_part = decimal_floor(x[i]);
        if (whole_part < 0 || whole_part >= 9007199254740992.0)
            return value_error(ERROR_NUM);
        if (!multiple_of)
            result = gcd_of(result, whole_part);
        else
            result = whole_part == 0 ? 0 : result / gcd_of(result, whole_part) * whole_part;
    }
    return checked(result);
}

static value gcd(struct run *r, value *arg, uint32_t n)
{
    return common(r, arg, n, false);
}

static value lcm(struct run *r, value *arg, uint32_t n)
{
    return common(r, arg, n, true);
}

/* Numbers multiply; anything else in an array is 0. */
static value sumproduct(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns, other_rows, other_columns;
    double total = 0;
    extent_of(&arg[0], &rows, &columns);
    for (uint32_t i = 1; i < n; i++) {
        extent_of(&arg[i], &other_rows, &other_columns);
        if (other_rows != rows || other_columns != columns)
            return arg[i].kind == VALUE_ERROR ? arg[i] : value_error(ERROR_VALUE);
    }
    for (int32_t i = 0; i < rows; i++)
        for (int32_t k = 0; k < columns; k++) {
            double factor = 1;
            for (uint32_t j = 0; j < n && run_step(r, 1); j++) {
                value v = item_at(&arg[j], i, k);
                if (v.kind == VALUE_ERROR)
                    return v;
                factor *= v.kind == VALUE_NUMBER ? v.number : 0;
            }
            total += factor;
        }
    return checked(total);
}

/* ---- SUBTOTAL ---- */

struct subtotal {
    double *x;
    size_t n, filled;
    value error;
    bool all_hidden;
};

static bool counts_row(struct run *r, int32_t sheet, int32_t row, bool all_hidden)
{
    bool filtered = false;
    if (!r->book->row_hidden || !r->book->row_hidden(r->book->context, sheet, row, &filtered))
        return true;
    return !filtered && !all_hidden;
}

static bool subtotal_cell(struct run *r, struct subtotal *s, size_t cap, int32_t sheet, int32_t row,
                          int32_t column)
{
    value v = run_cell(r, sheet, row, column);
    if (v.kind == VALUE_BLANK || run_cell_calls(r, sheet, row, column, "SUBTOTAL"))
        return !run_failed(r);
    s->filled++;
    if (v.kind == VALUE_ERROR && s->error.kind != VALUE_ERROR)
        s->error = v;
    if (v.kind == VALUE_NUMBER && s->n < cap)
        s->x[s->n++] = v.number;
    return !run_failed(r);
}

static bool subtotal_area(struct run *r, struct subtotal *s, const struct value_area *a)
{
    int32_t rows, columns, last_row, last_column;
    r->book->extent(r->book->context, a->sheet, &last_row, &last_column);
    rows = a->row + a->rows - 1 < last_row ? a->row + a->rows - 1 : last_row;
    columns = a->column + a->columns - 1 < last_column ? a->column + a->columns - 1 : last_column;
    if (rows < a->row || columns < a->column)
        return true;
    size_t cap = (size_t)(rows - a->row + 1) * (size_t)(columns - a->column + 1);
    if (!run_step(r, cap))
        return false;
    double *wider = arena_array(r->a, s->n + cap, sizeof *wider);
    if (s->n)
        memcpy(wider, s->x, s->n * sizeof *wider);
    s->x = wider;
    cap += s->n;
    for (int32_t row = a->row; row <= rows; row++)
        for (int32_t column = a->column; column <= columns && counts_row(r, a->sheet, row, s->all_hidden);
             column++)
            if (!subtotal_cell(r, s, cap, a->sheet, row, column))
                return false;
    return true;
}

static value subtotal(struct run *r, value *arg, uint32_t n)
{
    static const enum statistic kinds[] = {STATISTIC_AVERAGE, STATISTIC_COUNT,  STATISTIC_COUNTA,
                                           STATISTIC_MAX,     STATISTIC_MIN,    STATISTIC_PRODUCT,
                                           STATISTIC_STDEV,   STATISTIC_STDEVP, STATISTIC_SUM,
                                           STATISTIC_VAR,     STATISTIC_VARP};
    struct subtotal s = {0};
    int32_t kind;
    value error;
    if (!to_whole(r, &arg[0], &kind, &error))
        return error;
    s.all_hidden = kind > 100;
    kind -= s.all_hidden ? 100 : 0;
    if (kind < 1 || kind > 11)
        return value_error(ERROR_VALUE);
    for (uint32_t i = 1; i < n; i++) {
        if (arg[i].kind != VALUE_AREA)
            return arg[i].kind == VALUE_ERROR ? arg[i] : value_error(ERROR_VALUE);
        for (const struct value_area *a = arg[i].area; a; a = a->next)
            if (!subtotal_area(r, &s, a))
                return value_error(ERROR_NA);
    }
    enum statistic which = kinds[kind - 1];
    if (which == STATISTIC_COUNTA)
        return value_number((double)s.filled);
    if (s.error.kind == VALUE_ERROR && which != STATISTIC_COUNT)
        return s.error;
    return statistic_of(which, s.x, s.n);
}

const struct function math_functions[] = {
    {"ABS", 1, 1, "v", abs_, NULL},
    {"SIGN", 1, 1, "v", sign, NULL},
    {"SQRT", 1, 1, "v", sqrt_, NULL},
    {"INT", 1, 1, "v", int_, NULL},
    {"FACT", 1, 1, "v", fact, NULL},
    {"EVEN", 1, 1, "v", even, NULL},
    {"ODD", 1, 1, "v", odd, NULL},
    {"PI", 0, 0, "", pi, NULL},
    {"ROUND", 2, 2, "v", round_, NULL},
    {"ROUNDUP", 2, 2, "v", roundup, NULL},
    {"ROUNDDOWN", 2, 2, "v", rounddown, NULL},
    {"TRUNC", 1, 2, "v", rounddown, NULL},
    {"CEILING", 1, 2, "v", ceiling, NULL},
    {"FLOOR", 1, 2, "v", floor_, NULL},
    {"CEILING.MATH", 1, 3, "v", ceiling_math, NULL},
    {"FLOOR.MATH", 1, 3, "v", floor_math, NULL},
    {"MROUND", 2, 2, "v", mround, NULL},
    {"MOD", 2, 2, "v", mod, NULL},
    {"QUOTIENT", 2, 2, "v", quotient, NULL},
    {"POWER", 2, 2, "v", power_, NULL},
    {"SUM", 1, 255, "r", sum, NULL},
    {"PRODUCT", 1, 255, "r", product, NULL},
    {"SUMSQ", 1, 255, "r", sumsq, NULL},
    {"GCD", 1, 255, "r", gcd, NULL},
    {"LCM", 1, 255, "r", lcm, NULL},
    {"SUMPRODUCT", 1, 255, "a", sumproduct, NULL},
    {"SUBTOTAL", 2, 255, "vr", subtotal, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};

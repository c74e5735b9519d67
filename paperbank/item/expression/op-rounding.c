/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding. roundTo and equalRounded round the digits that people write: the shortest decimal that is the
 * number, half away from zero, so that 2.675 to two places is 2.68. truncate and round are as QTI writes
 * them: n - 0.5 <= x < n + 0.5. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

/* A whole double as an integer; what is beyond stays a float. */
static struct value whole_value(struct run *r, double v)
{
    if (!(fabs(v) < 9e15))
        return isnan(v) ? value_null() : value_float(r->arena, v);
    return value_integer(r->arena, (int64_t)v);
}

static struct value op_truncate(struct run *r, const struct expr *x, const struct value *arg)
{
    double v;
    (void)x;
    return value_number(&arg[0], &v) ? whole_value(r, trunc(v)) : value_null();
}

static double half_up(double v)
{
    double below = floor(v);
    return v - below >= 0.5 ? below + 1 : below;
}

static struct value op_round(struct run *r, const struct expr *x, const struct value *arg)
{
    double v;
    (void)x;
    return value_number(&arg[0], &v) ? whole_value(r, half_up(v)) : value_null();
}

/* The number is 0.DIGITS times ten to the power `point`. */
struct decimal {
    char digits[20];
    int n, point;
};

static struct decimal decimal_of(double v)
{
    struct decimal d = {0};
    char text[40];
    for (int places = 0; places <= 16; places++) {
        snprintf(text, sizeof text, "%.*e", places, v);
        if (strtod(text, NULL) == v)
            break;
    }
    for (const char *p = text; *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            d.digits[d.n++] = *p;
    d.point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
    return d;
}

/* `keep` digits from the first one on; at least 0. */
static double rounded(const struct decimal *d, int keep)
{
    char text[48] = "0";
    bool up = d->digits[keep] >= '5';
    memcpy(text + 1, d->digits, (size_t)keep);
    for (int i = keep; up && i >= 0; i--) {
        up = text[i] == '9';
        text[i] = up ? '0' : (char)(text[i] + 1);
    }
    snprintf(text + 1 + keep, sizeof text - 1 - (size_t)keep, "e%d", d->point - keep);
    return strtod(text, NULL);
}

double significant_figures(double v, int figures)
{
    if (v == 0 || !isfinite(v))
        return v;
    struct decimal d = decimal_of(fabs(v));
    return figures >= d.n ? v : copysign(rounded(&d, figures), v);
}

double decimal_places(double v, int places)
{
    if (v == 0 || !isfinite(v))
        return v;
    struct decimal d = decimal_of(fabs(v));
    int keep = places + d.point;
    return keep >= d.n ? v : keep < 0 ? 0 : copysign(rounded(&d, keep), v);
}

struct rounding {
    struct number_ref figures;
    bool significant;
};

/* Some write the mode in the singular. */
static bool mode_is(const char *mode, const char *name)
{
    size_t n = strlen(name);
    return strncmp(mode, name, n) == 0 && (!mode[n] || strcmp(mode + n, "s") == 0);
}

static void prepare_rounding(struct compiler *c, struct expr *x)
{
    const char *mode = compile_attr(c, x, "roundingMode");
    struct rounding r = {compile_number(c, compile_attr(c, x, "figures")),
                         !mode || mode_is(mode, "significantFigure")};
    x->data = arena_copy(c->arena, &r, sizeof r);
    if (!r.significant && !mode_is(mode, "decimalPlace"))
        compile_fault(c, x, _("roundingMode=\"%.40s\" is not known"), mode);
}

/* False where QTI says NULL. */
static bool round_to(struct run *r, const struct rounding *to, double v, double *ret)
{
    int64_t figures;
    if (!integer_of(r, &to->figures, &figures) || figures < (to->significant ? 1 : 0) || isnan(v))
        return false;
    *ret = v;
    if (v == 0 || isinf(v))
        return true;
    struct decimal d = decimal_of(fabs(v));
    int64_t keep = to->significant ? figures : figures + d.point;
    if (keep < d.n)
        *ret = keep < 0 ? 0 : copysign(rounded(&d, (int)keep), v);
    return true;
}

static struct value op_round_to(struct run *r, const struct expr *x, const struct value *arg)
{
    double v;
    return value_number(&arg[0], &v) && round_to(r, x->data, v, &v) ? value_float(r->arena, v) : value_null();
}

static struct value op_equal_rounded(struct run *r, const struct expr *x, const struct value *arg)
{
    double a, b;
    if (!value_number(&arg[0], &a) || !value_number(&arg[1], &b) || !round_to(r, x->data, a, &a) ||
        !round_to(r, x->data, b, &b))
        return value_null();
    return value_boolean(r->arena, a == b);
}

const struct operator_row rounding_operators[] = {
    {.name = "truncate", .min = 1, .max = 1, .run = op_truncate},
    {.name = "round", .min = 1, .max = 1, .run = op_round},
    {.name = "roundTo", .min = 1, .max = 1, .run = op_round_to, .prepare = prepare_rounding},
    {.name = "equalRounded", .min = 2, .max = 2, .run = op_equal_rounded, .prepare = prepare_rounding},
    {0},
};

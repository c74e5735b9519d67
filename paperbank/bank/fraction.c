/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/fraction.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 15 };
static const int64_t digits_limit = INT64_C(1000000000000000);

static int64_t gcd(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    while (b) {
        int64_t t = a % b;
        a = b;
        b = t;
    }
    return a;
}

int64_t fraction_lcm(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return 0;
    int64_t step = a / gcd(a, b);
    return step > INT64_C(1000000000) / b ? 0 : step * b;
}

static struct fraction lowest(int64_t num, int64_t den)
{
    int64_t g = gcd(num, den);
    return g ? (struct fraction){num / g, den / g} : (struct fraction){0, 1};
}

bool fraction_of_percent(const char *text, struct fraction *ret)
{
    enum { MILLION_PER_CENT = 100000000 }; /* percent in millionths make 10^8 of the whole */
    struct decimal d;
    if (!decimal_parse(text, &d))
        return false;
    for (; d.scale > 6; d.scale--)
        d.digits /= 10;
    for (; d.scale < 6; d.scale++) {
        if (llabs(d.digits) > MILLION_PER_CENT)
            return false;
        d.digits *= 10;
    }
    if (llabs(d.digits) > MILLION_PER_CENT)
        return false;
    for (int64_t q = 1; q <= 20; q++) {
        int64_t scaled = llabs(d.digits) * q, p = (scaled + MILLION_PER_CENT / 2) / MILLION_PER_CENT;
        if (llabs(scaled - p * MILLION_PER_CENT) <= 5000 * q) {
            *ret = lowest(d.digits < 0 ? -p : p, q);
            return true;
        }
    }
    *ret = lowest(d.digits, MILLION_PER_CENT);
    return true;
}

static bool exponent(const char *p, int *ret)
{
    *ret = 0;
    if (*p == '\0')
        return true;
    if (*p != 'e' && *p != 'E')
        return false;
    p++;
    int sign = *p == '-' ? -1 : 1, value = 0;
    p += *p == '-' || *p == '+';
    if (*p < '0' || *p > '9' || strlen(p) > 2)
        return false;
    for (; *p >= '0' && *p <= '9'; p++)
        value = value * 10 + (*p - '0');
    *ret = sign * value;
    return *p == '\0';
}

static void shorten(struct decimal *d)
{
    while (d->scale > 0 && d->digits % 10 == 0) {
        d->digits /= 10;
        d->scale--;
    }
}

bool decimal_parse(const char *text, struct decimal *ret)
{
    struct decimal d = {0};
    const char *p = text;
    bool minus = *p == '-', point = false, any = false;
    int ten;
    p += *p == '-' || *p == '+';
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        if (d.digits >= digits_limit / 10)
            return false;
        d.digits = d.digits * 10 + (*p - '0');
        d.scale += point;
        any = true;
    }
    if (!any || !exponent(p, &ten))
        return false;
    d.scale -= ten;
    shorten(&d);
    for (; d.scale < 0; d.scale++) {
        if (d.digits >= digits_limit / 10)
            return false;
        d.digits *= 10;
    }
    if (d.scale > DIGITS_MAX)
        return false;
    if (minus)
        d.digits = -d.digits;
    *ret = d;
    return true;
}

static bool to_scale(struct decimal *d, int scale)
{
    for (; d->scale < scale; d->scale++) {
        if (llabs(d->digits) >= digits_limit)
            return false;
        d->digits *= 10;
    }
    return true;
}

bool decimal_sum(struct decimal a, struct decimal b, bool minus, struct decimal *ret)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    if (!to_scale(&a, scale) || !to_scale(&b, scale))
        return false;
    *ret = (struct decimal){.digits = minus ? a.digits - b.digits : a.digits + b.digits, .scale = scale};
    shorten(ret);
    return llabs(ret->digits) < digits_limit;
}

bool decimal_product(struct decimal a, struct decimal b, struct decimal *ret)
{
    struct decimal d = {.scale = a.scale + b.scale};
    if (__builtin_mul_overflow(a.digits, b.digits, &d.digits))
        return false;
    shorten(&d);
    *ret = d;
    return llabs(d.digits) < digits_limit && d.scale <= DIGITS_MAX;
}

struct decimal decimal_half(struct decimal a)
{
    struct decimal d = {.digits = a.digits * 5, .scale = a.scale + 1};
    shorten(&d);
    return d;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    struct decimal d;
    if (!decimal_sum(a, b, true, &d))
        return a.digits < b.digits ? -1 : 1;
    return (d.digits > 0) - (d.digits < 0);
}

const char *decimal_text(struct arena *a, struct decimal d)
{
    char *digits = arena_printf(a, "%0*lld", d.scale + 1, llabs(d.digits));
    size_t whole = strlen(digits) - (size_t)d.scale;
    return arena_printf(a, "%s%.*s%s%s", d.digits < 0 ? "-" : "", (int)whole, digits, d.scale ? "." : "",
                        digits + whole);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/expression/printed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "paperbank/item/expression/program-internal.h"

enum { MAX_WIDTH = 100, MAX_PRECISION = 60 };

struct conversion {
    const char *before, *after; /* the text around */
    size_t n_before;
    bool left, plus, space, zero, alternative;
    size_t width;
    int precision; /* -1: not given */
    char letter;
};

static bool read_number(const char **p, int max, int *ret)
{
    char *end;
    long v = strtol(*p, &end, 10);
    *p = end;
    *ret = (int)v;
    return v >= 0 && v <= max;
}

/* The first % that is not doubled; false without a conversion that is known. */
static bool read_format(const char *format, struct conversion *c)
{
    int width = 0;
    *c = (struct conversion){.before = format, .precision = -1};
    const char *p = format;
    while (*p && (*p != '%' || p[1] == '%'))
        p += *p == '%' ? 2 : 1;
    if (!*p)
        return false;
    c->n_before = (size_t)(p++ - format);
    for (; *p && strchr("-+ 0#", *p); p++) {
        c->left |= *p == '-';
        c->plus |= *p == '+';
        c->space |= *p == ' ';
        c->zero |= *p == '0';
        c->alternative |= *p == '#';
    }
    if (*p >= '0' && *p <= '9' && !read_number(&p, MAX_WIDTH, &width))
        return false;
    if (*p == '.') {
        p++;
        c->precision = 0;
        if (*p >= '0' && *p <= '9' && !read_number(&p, MAX_PRECISION, &c->precision))
            return false;
    }
    c->width = (size_t)width;
    c->letter = *p;
    c->after = *p ? p + 1 : p;
    return *p && strchr("dioxXeEfFgGrRs", *p);
}

static char *whole_digits(struct arena *a, uint64_t v, uint64_t base, bool upper)
{
    const char *digits =
        upper ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "0123456789abcdefghijklmnopqrstuvwxyz";
    char text[72], *p = text + sizeof text;
    *--p = '\0';
    do
        *--p = digits[v % base];
    while (v /= base);
    return arena_strdup(a, p);
}

static uint64_t base_of(const struct conversion *c, int64_t base)
{
    switch (c->letter) {
    case 'o':
        return 8;
    case 'x':
    case 'X':
        return 16;
    case 'i':
        return base >= 2 && base <= 36 ? (uint64_t)base : 10;
    default:
        return 10;
    }
}

/* What # puts before a number. */
static const char *prefix_of(const struct conversion *c, uint64_t v)
{
    if (!c->alternative || v == 0)
        return "";
    return c->letter == 'o' ? "0" : c->letter == 'x' ? "0x" : c->letter == 'X' ? "0X" : "";
}

static const char *whole(struct arena *a, const struct conversion *c, uint64_t v, int64_t base)
{
    const char *digits = whole_digits(a, v, base_of(c, base), c->letter == 'X');
    int missing = c->precision - (int)strlen(digits);
    const char *zeros = missing > 0 ? arena_printf(a, "%0*d", missing, 0) : "";
    return arena_printf(a, "%s%s%s", prefix_of(c, v), zeros, digits);
}

/* The exponent as a power of ten: "1.5e+03" becomes "1.5 × 10³". */
static const char *with_power(struct arena *a, const char *text)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    size_t n = strcspn(text, "eE");
    if (!text[n])
        return text;
    struct bytes all = {0};
    bytes_add(&all, text, n);
    bytes_str(&all, " × 10");
    long exponent = strtol(text + n + 1, NULL, 10);
    if (exponent < 0)
        bytes_str(&all, "⁻");
    for (const char *p = arena_printf(a, "%ld", labs(exponent)); *p; p++)
        bytes_str(&all, raised[*p - '0']);
    char *copy = arena_strdup(a, (const char *)all.p);
    bytes_release(&all);
    return copy;
}

static const char *magnitude(struct arena *a, const struct conversion *c, double v, bool power)
{
    int precision = c->precision < 0 ? 6 : c->precision;
    bool exponent = c->letter == 'e' || c->letter == 'E';
    const char *text;
    if (c->letter != 'f' && c->letter != 'F')
        v = significant_figures(v, exponent ? precision + 1 : precision ? precision : 1);
    switch (c->letter) {
    case 'f':
    case 'F':
        return arena_printf(a, "%.*f", precision, decimal_places(v, precision));
    case 'e':
        text = arena_printf(a, "%.*e", precision, v);
        break;
    case 'E':
        text = arena_printf(a, "%.*E", precision, v);
        break;
    case 'r':
        text = arena_printf(a, "%#.*g", precision ? precision : 1, v);
        break;
    case 'R':
        text = arena_printf(a, "%#.*G", precision ? precision : 1, v);
        break;
    case 'G':
        text =
            c->alternative ? arena_printf(a, "%#.*G", precision, v) : arena_printf(a, "%.*G", precision, v);
        break;
    default:
        text =
            c->alternative ? arena_printf(a, "%#.*g", precision, v) : arena_printf(a, "%.*g", precision, v);
        break;
    }
    size_t n = strlen(text);
    if ((c->letter == 'r' || c->letter == 'R') && text[n - 1] == '.')
        text = arena_strndup(a, text, n - 1);
    return power ? with_power(a, text) : text;
}

/* Sign and width. */
static const char *padded(struct arena *a, const struct conversion *c, const char *digits, bool negative,
                          bool number)
{
    const char *sign = negative ? "-" : !number ? "" : c->plus ? "+" : c->space ? " " : "";
    size_t have = strlen(sign) + strlen(digits);
    size_t fill = c->width > have ? c->width - have : 0;
    char *spaces = arena_alloc(a, fill + 1);
    bool zeros = c->zero && !c->left && number;
    memset(spaces, zeros ? '0' : ' ', fill);
    if (c->left)
        return arena_printf(a, "%s%s%s", sign, digits, spaces);
    return zeros ? arena_printf(a, "%s%s%s", sign, spaces, digits)
                 : arena_printf(a, "%s%s%s", spaces, sign, digits);
}

static const char *converted(struct arena *a, const struct conversion *c, const struct datum *d,
                             const struct print_form *form)
{
    double v = 0;
    bool number = datum_number(d, &v), integer = d->base == BASE_INTEGER;
    if (c->letter == 's' || !number || !isfinite(v))
        return padded(a, c, datum_text(a, d), false, false);
    if (!strchr("dioxX", c->letter))
        return padded(a, c, magnitude(a, c, fabs(v), form->power), signbit(v) && v != 0, true);
    if (!integer && fabs(v) >= 9e15)
        return padded(a, c, datum_text(a, d), false, false);
    int64_t n = integer ? d->integer : (int64_t)floor(v + 0.5);
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    return padded(a, c, whole(a, c, size, form->base), n < 0, true);
}

/* The text around a conversion, %% being one. */
static void add_literal(struct bytes *out, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bytes_add(out, p + i, 1);
        i += p[i] == '%' && i + 1 < n && p[i + 1] == '%';
    }
}

static void add_datum(struct bytes *out, struct arena *a, const struct datum *d,
                      const struct print_form *form)
{
    struct conversion c;
    if (!form->format || !read_format(form->format, &c)) {
        const char *text = datum_text(a, d);
        bytes_str(out, form->power && (d->base == BASE_FLOAT) ? with_power(a, text) : text);
        return;
    }
    add_literal(out, c.before, c.n_before);
    bytes_str(out, converted(a, &c, d, form));
    add_literal(out, c.after, strlen(c.after));
}

const char *print_value(struct arena *a, const struct value *v, const struct print_form *form)
{
    struct bytes out = {0};
    bool first = true;
    for (size_t i = 0; i < v->n; i++) {
        const struct datum *d = &v->at[i];
        if ((form->index && (int64_t)i + 1 != form->index) ||
            (form->field && (!d->field || strcmp(d->field, form->field) != 0)))
            continue;
        if (!first)
            bytes_str(&out, form->delimiter ? form->delimiter : ";");
        if (v->cardinality == CARDINALITY_RECORD && !form->field && d->field) {
            bytes_str(&out, d->field);
            bytes_str(&out, form->equals ? form->equals : "=");
        }
        add_datum(&out, a, d, form);
        first = false;
    }
    char *text = out.n ? arena_strndup(a, (const char *)out.p, out.n) : arena_strdup(a, "");
    bytes_release(&out);
    return text;
}

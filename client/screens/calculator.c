/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/calculator.h"

#include <stdint.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"

enum { MOST_DEPTH = 32, MOST_DECIMALS = 15 };
typedef __int128 wide;

/* A fraction in lowest terms; d > 0. */
struct fraction {
    wide n, d;
};

struct reader {
    char text[4 * FIELD_MAX];
    const char *p;
    int depth;
};

/* ---- fractions ---- */

static wide common(wide a, wide b)
{
    a = a < 0 ? -a : a;
    while (b) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a ? a : 1;
}

static int too_long(struct err *e)
{
    return err_set(e, ERR_NO, NULL, _("the numbers are too long for this calculator"));
}

static int set(struct fraction *ret, wide n, wide d)
{
    wide c = common(n, d);
    *ret = (struct fraction){.n = n / c, .d = d / c};
    return 0;
}

static int multiply(struct fraction *a, struct fraction b, struct err *e)
{
    struct fraction x, y;
    wide n, d;
    if (set(&x, a->n, b.d) < 0 || set(&y, b.n, a->d) < 0)
        return -ERR_BUG;
    if (__builtin_mul_overflow(x.n, y.n, &n) || __builtin_mul_overflow(x.d, y.d, &d))
        return too_long(e);
    return set(a, n, d);
}

static int add(struct fraction *a, struct fraction b, struct err *e)
{
    wide c = common(a->d, b.d), left, right, n, d;
    if (__builtin_mul_overflow(a->n, b.d / c, &left) || __builtin_mul_overflow(b.n, a->d / c, &right) ||
        __builtin_add_overflow(left, right, &n) || __builtin_mul_overflow(a->d, b.d / c, &d))
        return too_long(e);
    return set(a, n, d);
}

static int divide(struct fraction *a, struct fraction b, struct err *e)
{
    if (b.n == 0)
        return err_set(e, ERR_NO, NULL, _("division by zero"));
    struct fraction turned = {.n = b.n < 0 ? -b.d : b.d, .d = b.n < 0 ? -b.n : b.n};
    return multiply(a, turned, e);
}

/* ---- reading ---- */

static char plain_sign(uint32_t ch)
{
    switch (ch) {
    case 0xD7:
        return '*';
    case 0xF7:
    case 0x3001: /* the enumeration comma */
        return '/';
    case 0x3002: /* the Chinese full stop */
        return '.';
    case 0x2212:
        return '-';
    default:
        ch = key_plain(key_char(ch)).ch;
        return ch < 0x80 ? (char)ch : '?';
    }
}

/* Plain signs without blanks, in r->text. */
static void take_in(struct reader *r, const char *expression)
{
    const char *end = expression + strnlen(expression, FIELD_MAX);
    size_t n = 0;
    while (expression < end) {
        char c = plain_sign(utf8_next(&expression, end));
        if (c != ' ')
            r->text[n++] = c;
    }
    r->text[n] = '\0';
    r->p = r->text;
}

static int not_understood(const struct reader *r, struct err *e)
{
    if (*r->p)
        return err_set(e, ERR_NO, NULL, _("not understood from \"%.20s\" on"), r->p);
    return err_set(e, ERR_NO, NULL, _("something is missing at the end"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int read_number(struct reader *r, struct fraction *ret, struct err *e)
{
    wide n = 0, d = 1;
    int whole = 0, decimals = 0;
    for (; is_digit(*r->p); r->p++) {
        if (whole <= CALCULATOR_DIGITS)
            n = n * 10 + (*r->p - '0');
        whole += n > 0;
    }
    if (*r->p == '.')
        for (r->p++; is_digit(*r->p) && decimals <= MOST_DECIMALS; r->p++, decimals++) {
            n = n * 10 + (*r->p - '0');
            d *= 10;
        }
    if (whole > CALCULATOR_DIGITS || decimals > MOST_DECIMALS)
        return too_long(e);
    return set(ret, n, d);
}

static int read_sum(struct reader *r, struct fraction *ret, struct err *e);

static int read_group(struct reader *r, struct fraction *ret, struct err *e)
{
    r->p++;
    int result = read_sum(r, ret, e);
    if (result < 0)
        return result;
    if (*r->p != ')')
        return *r->p ? not_understood(r, e) : err_set(e, ERR_NO, NULL, _("a closing bracket is missing"));
    r->p++;
    return 0;
}

static int read_value(struct reader *r, struct fraction *ret, struct err *e)
{
    if (*r->p == '(')
        return read_group(r, ret, e);
    if (is_digit(*r->p) || (*r->p == '.' && is_digit(r->p[1])))
        return read_number(r, ret, e);
    return not_understood(r, e);
}

/* A value with the signs before it and the % behind it. */
static int read_factor(struct reader *r, struct fraction *ret, struct err *e)
{
    const struct fraction hundredth = {.n = 1, .d = 100};
    bool minus = false;
    for (; *r->p == '+' || *r->p == '-'; r->p++)
        minus ^= *r->p == '-';
    if (r->depth >= MOST_DEPTH)
        return err_set(e, ERR_NO, NULL, _("too many brackets within brackets"));
    r->depth++;
    int result = read_value(r, ret, e);
    r->depth--;
    for (; result == 0 && *r->p == '%'; r->p++)
        result = multiply(ret, hundredth, e);
    if (minus)
        ret->n = -ret->n;
    return result;
}

static int read_product(struct reader *r, struct fraction *ret, struct err *e)
{
    int result = read_factor(r, ret, e);
    while (result == 0 && (*r->p == '*' || *r->p == '/')) {
        bool times = *r->p++ == '*';
        struct fraction next = {.d = 1};
        result = read_factor(r, &next, e);
        if (result == 0)
            result = times ? multiply(ret, next, e) : divide(ret, next, e);
    }
    return result;
}

static int read_sum(struct reader *r, struct fraction *ret, struct err *e)
{
    int result = read_product(r, ret, e);
    while (result == 0 && (*r->p == '+' || *r->p == '-')) {
        bool plus = *r->p++ == '+';
        struct fraction next = {.d = 1};
        result = read_product(r, &next, e);
        next.n = plus ? next.n : -next.n;
        if (result == 0)
            result = add(ret, next, e);
    }
    return result;
}

/* ---- writing ---- */

static int write_result(struct fraction f, struct calculator_result *ret, struct err *e)
{
    wide scale = 1, most = 1;
    for (int i = 0; i < CALCULATOR_DECIMALS; i++)
        scale *= 10;
    for (int i = 0; i < CALCULATOR_DIGITS; i++)
        most *= 10;
    wide n = f.n < 0 ? -f.n : f.n, whole = n / f.d, rest = n % f.d, scaled;
    if (whole >= most || __builtin_mul_overflow(rest, scale, &scaled))
        return too_long(e);
    wide decimals = scaled / f.d, left = scaled % f.d;
    ret->rounded = left != 0;
    decimals += left >= f.d - left;
    whole += decimals / scale;
    decimals %= scale;
    const char *sign = f.n < 0 && (whole || decimals) ? "-" : "";
    say(ret->text, sizeof ret->text, "%s%lld.%0*lld", sign, (long long)whole, (int)CALCULATOR_DECIMALS,
        (long long)decimals);
    size_t end = strlen(ret->text);
    while (ret->text[end - 1] == '0')
        end--;
    ret->text[ret->text[end - 1] == '.' ? end - 1 : end] = '\0';
    return 0;
}

int calculator_run(const char *expression, struct calculator_result *ret, struct err *e)
{
    struct reader r = {0};
    struct fraction value = {.d = 1};
    take_in(&r, expression);
    int result = read_sum(&r, &value, e);
    if (result == 0 && *r.p)
        result = not_understood(&r, e);
    return result < 0 ? result : write_result(value, ret, e);
}

/* ---- typing ---- */

static void compute(struct calculator *c)
{
    struct calculator_line line = {0};
    struct err e = {0};
    if (c->line.n == 0)
        return;
    if (calculator_run(c->line.text, &line.result, &e) < 0) {
        say_error(c->complaint, sizeof c->complaint, &e);
        return;
    }
    say(line.expression, sizeof line.expression, "%s", c->line.text);
    if (c->n == CALCULATOR_HISTORY) {
        memmove(&c->history[0], &c->history[1], (CALCULATOR_HISTORY - 1) * sizeof c->history[0]);
        c->n--;
    }
    c->history[c->n++] = line;
    field_clear(&c->line);
}

bool calculator_key(struct calculator *c, struct key k)
{
    bool used = true;
    c->complaint[0] = '\0';
    if (k.code == K_ENTER)
        compute(c);
    else if (k.code == K_UP && c->n > 0)
        field_set(&c->line, c->history[c->n - 1].expression);
    else if (k.code == K_CHAR && text_width(c->line.text) + (size_t)char_width(k.ch) > CALCULATOR_COLUMNS)
        say(c->complaint, sizeof c->complaint, "%s", _("The line is full."));
    else
        return field_key(&c->line, k, &used) || used;
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/number-format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/formula/decimal.h"
#include "scoring/practical/formula/format-section.h"

enum { SHOW_DIGITS = 400 };

/* ---- General ---- */

static void trim_zeros(char *s)
{
    char *point = strchr(s, '.'), *end = s + strlen(s);
    if (!point)
        return;
    while (end[-1] == '0')
        end--;
    end -= end[-1] == '.';
    *end = '\0';
}

/* 1.23457E+11 */
static void put_scientific(struct bytes *out, double x)
{
    char digits[20], text[40];
    int exponent;
    decimal_digits(digits, 6, &exponent, x);
    snprintf(text, sizeof text, "%c.%s", digits[0], digits + 1);
    trim_zeros(text);
    bytes_printf(out, "%sE%c%02d", text, exponent < 1 ? '-' : '+',
                 exponent < 1 ? 1 - exponent : exponent - 1);
}

/* What a cell shows: 11 characters without the sign. */
static void put_general(struct bytes *out, double x)
{
    char digits[20], text[64];
    int exponent;
    double size = fabs(x);
    bytes_str(out, x < 0 ? "-" : "");
    decimal_digits(digits, 15, &exponent, size);
    int places = exponent > 1 ? 10 - exponent : 9;
    double shown = decimal_round(size, places < 0 ? 0 : places, DECIMAL_NEAREST);
    bool small = exponent < -3 && decimal_order(shown, size) != 0;
    if (size != 0 && (exponent > 11 || small || shown >= 1e11)) {
        put_scientific(out, size);
        return;
    }
    snprintf(text, sizeof text, "%.*f", places < 0 ? 0 : places, shown);
    trim_zeros(text);
    bytes_str(out, text);
}

/* ---- numbers ---- */

/* Digits of a number that is already rounded: `whole` of them before the point. */
struct figures {
    char digit[SHOW_DIGITS];
    int whole;
};

static void figures_of(struct figures *f, double x, int decimals)
{
    char digits[20];
    int exponent;
    x = decimal_round(x, decimals, DECIMAL_NEAREST);
    decimal_digits(digits, 15, &exponent, x);
    f->whole = x != 0 && exponent > 0 ? exponent : 0;
    for (int i = 0; i < f->whole + decimals && i < SHOW_DIGITS; i++) {
        int from = x == 0 ? -1 : f->whole ? i : i + exponent;
        f->digit[i] = from >= 0 && from < 15 ? digits[from] : '0';
    }
}

struct number_place {
    const struct section *s;
    struct figures f;
    int before, after; /* places written so far */
    int trailing;      /* decimals up to the last that is not 0 */
};

static void put_whole(struct bytes *out, const struct section *s, const struct figures *f, int place)
{
    bytes_u8(out, (uint8_t)f->digit[f->whole - 1 - place]);
    if (s->thousands && place > 0 && place % 3 == 0)
        bytes_str(out, ",");
}

/* A place before the point: the first takes all digits that have none. */
static void put_before(struct bytes *out, struct number_place *n, char letter)
{
    int place = n->s->integers - 1 - n->before++;
    if (place == n->s->integers - 1)
        for (int i = n->f.whole - 1; i > place; i--)
            put_whole(out, n->s, &n->f, i);
    if (place < n->f.whole) {
        put_whole(out, n->s, &n->f, place);
        return;
    }
    if (letter == '#')
        return;
    bytes_str(out, letter == '0' ? "0" : " ");
    if (n->s->thousands && place > 0 && place % 3 == 0)
        bytes_str(out, letter == '0' ? "," : " ");
}

/* .00 has no place before the point, and 12.5 is 12.50 under it all the same. */
static void put_point(struct bytes *out, const struct number_place *n)
{
    for (int i = n->f.whole - 1; n->s->integers == 0 && i >= 0; i--)
        put_whole(out, n->s, &n->f, i);
    bytes_str(out, ".");
}

static void put_after(struct bytes *out, struct number_place *n, char letter)
{
    int i = n->after++;
    if (letter == '0' || i < n->trailing)
        bytes_u8(out, (uint8_t)n->f.digit[n->f.whole + i]);
    else if (letter == '?')
        bytes_str(out, " ");
}

static void put_exponent(struct bytes *out, const struct section *s, size_t *i, int exponent)
{
    size_t first = *i + 1, digits = 0;
    while (first + digits < s->n && s->token[first + digits].kind == TOKEN_DIGIT)
        digits++;
    bytes_printf(out, "E%s%0*d",
                 exponent < 0                 ? "-"
                 : s->token[*i].letter == '+' ? "+"
                                              : "",
                 (int)digits, exponent < 0 ? -exponent : exponent);
    *i += digits;
}

/* Of 1234 under 0.00E+00: 1.234 and 3; ##0.0E+0 takes exponents in threes. */
static double mantissa(const struct section *s, double x, int *ret_exponent)
{
    char digits[20];
    int exponent, step = s->integers > 1 ? s->integers : 1;
    *ret_exponent = 0;
    if (x == 0)
        return 0;
    decimal_digits(digits, 15, &exponent, x);
    exponent--;
    int down = ((exponent % step) + step) % step;
    double m = decimal_15(x / decimal_power(10, exponent - down));
    if (exponent - down < -300)
        m = decimal_15(x * decimal_power(10, 200) / decimal_power(10, exponent - down + 200));
    if (decimal_round(m, s->decimals, DECIMAL_NEAREST) >= decimal_power(10, step)) {
        m /= decimal_power(10, step);
        down -= step;
    }
    *ret_exponent = exponent - down;
    return m;
}

static double scaled(const struct section *s, double x)
{
    for (int i = 0; i < s->percents && x < 1e300; i++)
        x *= 100;
    for (int i = 0; i < s->scale && i < 8; i++)
        x /= 1000;
    return decimal_15(x);
}

static void put_number(struct bytes *out, const struct section *s, double x)
{
    struct number_place n = {.s = s};
    int exponent = 0, decimals = s->decimals > 30 ? 30 : s->decimals;
    bool after = false;
    x = scaled(s, x);
    figures_of(&n.f, s->exponent ? mantissa(s, x, &exponent) : x, decimals);
    for (n.trailing = decimals; n.trailing > 0 && n.f.digit[n.f.whole + n.trailing - 1] == '0';)
        n.trailing--;
    for (size_t i = 0; i < s->n; i++) {
        const struct token *t = &s->token[i];
        if (t->kind == TOKEN_DIGIT && !after)
            put_before(out, &n, t->letter);
        else if (t->kind == TOKEN_DIGIT && n.after < decimals)
            put_after(out, &n, t->letter);
        else if (t->kind == TOKEN_POINT)
            put_point(out, &n);
        else if (t->kind == TOKEN_PERCENT)
            bytes_str(out, "%");
        else if (t->kind == TOKEN_EXPONENT)
            put_exponent(out, s, &i, exponent);
        else if (t->kind == TOKEN_LITERAL)
            bytes_str(out, t->text);
        else if (t->kind == TOKEN_GENERAL)
            put_general(out, x);
        after |= t->kind == TOKEN_POINT;
    }
}

/* ---- fractions ---- */

static void put_padded(struct bytes *out, long n, int width, bool left)
{
    bytes_printf(out, left ? "%-*ld" : "%*ld", width, n);
}

/* # ?/?, # ??/??, # ?/8: the nearest with so many digits below. */
static void put_fraction(struct bytes *out, const struct section *s, double x)
{
    size_t slash = 0;
    int above = 0, below = 0;
    long fixed = 0, most = 1, best_n = 0, best_d = 1;
    if (x > 1e12) {
        put_general(out, x);
        return;
    }
    while (s->token[slash].kind != TOKEN_SLASH)
        slash++;
    for (size_t i = slash; i > 0 && s->token[i - 1].kind == TOKEN_DIGIT; i--)
        above++;
    for (size_t i = slash + 1; i < s->n && s->token[i].kind == TOKEN_DIGIT && below < 4; i++, below++)
        most *= 10;
    for (size_t i = slash + 1; below == 0 && i < s->n && s->token[i].kind == TOKEN_LITERAL && fixed < 100000;
         i++)
        if (s->token[i].text[0] >= '0' && s->token[i].text[0] <= '9')
            fixed = fixed * 10 + s->token[i].text[0] - '0';
    bool mixed = s->integers > above + below, zero = false;
    for (size_t i = 0; i + (size_t)above < slash; i++)
        zero |= s->token[i].kind == TOKEN_DIGIT && s->token[i].letter == '0';
    double whole_part = mixed ? floor(x) : 0, rest = x - whole_part, best = 2;
    for (long d = fixed ? fixed : 1; d <= (fixed ? fixed : most - 1); d++) {
        double n = floor(rest * (double)d + 0.5), miss = fabs(rest - n / (double)d);
        if (miss < best - 1e-12) {
            best = miss;
            best_n = (long)n;
            best_d = d;
        }
    }
    if (mixed && best_n == best_d) {
        whole_part++;
        best_n = 0;
    }
    if (mixed && (whole_part != 0 || best_n == 0 || zero))
        bytes_printf(out, "%.0f", whole_part);
    if (mixed && best_n == 0) {
        bytes_printf(out, "%*s", above + below + 2, "");
        return;
    }
    bytes_str(out, mixed ? " " : "");
    put_padded(out, best_n, above, false);
    bytes_str(out, "/");
    put_padded(out, best_d, below, true);
}

/* ---- which section ---- */

static bool meets(const struct section *s, double x)
{
    switch (s->condition) {
    case CONDITION_BELOW:
        return x < s->bound;
    case CONDITION_AT_MOST:
        return x <= s->bound;
    case CONDITION_ABOVE:
        return x > s->bound;
    case CONDITION_AT_LEAST:
        return x >= s->bound;
    case CONDITION_EQUAL:
        return x == s->bound;
    default:
        return s->condition == CONDITION_UNEQUAL && x != s->bound;
    }
}

/* Sections for numbers: without one of their own for texts. */
static size_t number_sections(const struct sections *s)
{
    const struct section *last = &s->section[s->n - 1];
    return s->n == 4 || (s->n > 1 && last->text) ? s->n - 1 : s->n;
}

/* *bare: the section stands for negative numbers and shows them without a sign. */
static const struct section *choose(const struct sections *s, double x, bool *bare)
{
    size_t n = number_sections(s);
    bool conditions = s->section[0].condition || (n > 1 && s->section[1].condition);
    *bare = false;
    if (conditions) {
        for (size_t i = 0; i < n && i < 2; i++)
            if (s->section[i].condition ? meets(&s->section[i], x) : i == 1 && n > 2 && x < 0) {
                *bare = i == 1 && !s->section[i].condition;
                return &s->section[i];
            }
        return &s->section[n > 2 ? 2 : n - 1];
    }
    if (x < 0 && n > 1) {
        *bare = true;
        return &s->section[1];
    }
    return x == 0 && n > 2 ? &s->section[2] : &s->section[0];
}

static void put_text(struct bytes *out, const struct sections *s, const char *text)
{
    const struct section *last = &s->section[s->n - 1];
    if (!last->text) {
        bytes_str(out, s->n == 4 ? "" : text);
        for (size_t i = 0; s->n == 4 && i < last->n; i++)
            bytes_str(out, last->token[i].kind == TOKEN_LITERAL ? last->token[i].text : "");
        return;
    }
    for (size_t i = 0; i < last->n; i++)
        bytes_str(out, last->token[i].kind == TOKEN_LITERAL ? last->token[i].text
                       : last->token[i].kind == TOKEN_TEXT  ? text
                                                            : "");
}

static bool put_value(struct bytes *out, const struct section *s, double x, bool bare, bool date1904)
{
    if (s->date || s->time)
        return section_put_date(out, s, x, date1904);
    if (s->text && !s->integers) {
        put_general(out, x);
        return true;
    }
    bytes_str(out, x < 0 && !bare ? "-" : "");
    if (s->fraction)
        put_fraction(out, s, fabs(x));
    else
        put_number(out, s, fabs(x));
    return true;
}

static int show_number(const struct sections *s, double x, bool date1904, struct bytes *out,
                       const char **ret_color, struct err *e)
{
    bool bare;
    const struct section *chosen = choose(s, x, &bare);
    *ret_color = chosen->color;
    if (chosen->unknown)
        return err_set(e, ERR_NO, NULL, "the number format's %s is not known", chosen->unknown);
    if (!put_value(out, chosen, x, bare, date1904))
        return err_set(e, ERR_DATA, NULL, "a number that is no date");
    return 0;
}

int number_format_show(const char *code, const struct formula_value *v, bool date1904, struct arena *a,
                       const char **ret, const char **ret_color, struct err *e)
{
    struct sections s;
    struct bytes out = {0};
    const char *color = NULL;
    int r = sections_read(&s, a, code, e);
    if (r == 0 && v->kind == VALUE_NUMBER)
        r = show_number(&s, v->number, date1904, &out, &color, e);
    else if (r == 0 && v->kind == VALUE_TEXT)
        put_text(&out, &s, v->text);
    else if (r == 0)
        bytes_str(&out, formula_value_text(v, a));
    if (r == 0) {
        *ret = arena_strndup(a, out.p ? (const char *)out.p : "", out.n);
        if (ret_color)
            *ret_color = color;
    }
    bytes_release(&out);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Texts made of something else, and back: letters' case, characters and their numbers, numbers as texts. */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/decimal.h"
#include "scoring/practical/formula/number-format.h"

/* ---- letters ---- */

enum letters { LETTERS_UPPER, LETTERS_LOWER, LETTERS_PROPER };

static bool other_letter(const char *s)
{
    return (unsigned char)*s >= 0xc3 && (unsigned char)*s < 0xe3;
}

static value letters(struct run *r, const value *v, enum letters how)
{
    const char *s;
    value error;
    bool inside = false;
    if (!to_text(r, v, &s, &error))
        return error;
    char *out = arena_strdup(r->a, s);
    for (char *c = out; *c; c++) {
        bool letter = (*c | 32) >= 'a' && (*c | 32) <= 'z';
        if (other_letter(c))
            return formula_run_fail(r, "upper and lower case of \"%s\" is not computed", s);
        if (letter)
            *c = how == LETTERS_UPPER || (how == LETTERS_PROPER && !inside) ? (char)(*c & ~32)
                                                                            : (char)(*c | 32);
        inside = letter;
    }
    return value_text(out);
}

static value upper(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return letters(r, &arg[0], LETTERS_UPPER);
}

static value lower(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return letters(r, &arg[0], LETTERS_LOWER);
}

static value proper(struct run *r, value *arg, uint32_t n)
{
    (void)n;
    return letters(r, &arg[0], LETTERS_PROPER);
}

/* ---- characters ---- */

static value char_(struct run *r, value *arg, uint32_t n)
{
    int32_t c;
    value error;
    (void)n;
    if (!to_whole(r, &arg[0], &c, &error))
        return error;
    if (c < 1 || c > 255)
        return value_error(ERROR_VALUE);
    return c < 128 ? value_text(arena_printf(r->a, "%c", (char)c))
                   : formula_run_fail(r, "CHAR(%d) depends on the office program's language", c);
}

static value unichar(struct run *r, value *arg, uint32_t n)
{
    int32_t c;
    char buf[5] = "";
    value error;
    (void)n;
    if (!to_whole(r, &arg[0], &c, &error))
        return error;
    if (c < 1 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return value_error(ERROR_VALUE);
    buf[utf8_put(buf, (uint32_t)c)] = '\0';
    return value_text(arena_strdup(r->a, buf));
}

static value unicode(struct run *r, value *arg, uint32_t n)
{
    const char *s;
    value error;
    (void)n;
    if (!to_text(r, &arg[0], &s, &error))
        return error;
    return *s ? value_number(utf8_next(&s, s + strlen(s))) : value_error(ERROR_VALUE);
}

static value code(struct run *r, value *arg, uint32_t n)
{
    value v = unicode(r, arg, n);
    if (v.kind == VALUE_NUMBER && v.number >= 128)
        return formula_run_fail(r,
                                "CODE of a character beyond ASCII depends on the office program's language");
    return v;
}

/* ---- numbers and texts ---- */

static value value_(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error, one = settle_one(r, arg[0]);
    (void)n;
    if (one.kind == VALUE_BOOL)
        return value_error(ERROR_VALUE);
    return to_number(r, &one, &x, &error) ? value_number(x) : error;
}

static value shown(struct run *r, const char *format, const value *v)
{
    const char *s;
    struct err e = {0};
    int result = number_format_show(format, v, r->book->date1904, r->a, &s, NULL, &e);
    if (result == -ERR_NO)
        return formula_run_fail(r, "%s", e.what);
    return result < 0 ? value_error(ERROR_VALUE) : value_text(s);
}

static value text_(struct run *r, value *arg, uint32_t n)
{
    const char *format;
    double x;
    value error, one = settle_one(r, arg[0]);
    (void)n;
    if (!to_text(r, &arg[1], &format, &error))
        return error;
    if (!*format)
        return value_text("");
    if (one.kind == VALUE_BLANK || one.kind == VALUE_MISSING)
        one = value_number(0);
    if (one.kind == VALUE_TEXT && text_number(one.text, r->book->date1904, &x) == READS_NUMBER)
        one = value_number(x);
    return one.kind == VALUE_BOOL || one.kind == VALUE_ERROR ? value_text(formula_value_text(&one, r->a))
                                                             : shown(r, format, &one);
}

static value fixed(struct run *r, value *arg, uint32_t n)
{
    double x;
    int32_t places = 2;
    bool plain = false;
    value error;
    if (!to_number(r, &arg[0], &x, &error) || (n > 1 && !to_whole(r, &arg[1], &places, &error)) ||
        (n > 2 && !to_bool(r, &arg[2], &plain, &error)))
        return error;
    if (places > 127)
        return value_error(ERROR_VALUE);
    x = decimal_round(x, places, DECIMAL_NEAREST);
    value v = value_number(x);
    int zeros = places < 0 ? 0 : places;
    const char *format =
        arena_printf(r->a, "%s0%s%.*s", plain ? "" : "#,##", zeros ? "." : "", zeros,
                     "00000000000000000000000000000000000000000000000000000000000000000000000000"
                     "000000000000000000000000000000000000000000000000000000000");
    return shown(r, format, &v);
}

const struct function conversion_functions[] = {
    {"UPPER", 1, 1, "v", upper, NULL},     {"LOWER", 1, 1, "v", lower, NULL},
    {"PROPER", 1, 1, "v", proper, NULL},   {"CHAR", 1, 1, "v", char_, NULL},
    {"CODE", 1, 1, "v", code, NULL},       {"UNICHAR", 1, 1, "v", unichar, NULL},
    {"UNICODE", 1, 1, "v", unicode, NULL}, {"VALUE", 1, 1, "v", value_, NULL},
    {"TEXT", 2, 2, "xv", text_, NULL},     {"FIXED", 1, 3, "v", fixed, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};

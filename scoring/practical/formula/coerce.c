/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/compute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/calendar.h"
#include "scoring/practical/formula/decimal.h"

value checked(double x)
{
    return isfinite(x) ? value_number(x) : value_error(ERROR_NUM);
}

/* ---- numbers in texts ---- */

static bool skip_any(const char **s, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(*s, *words, strlen(*words)) == 0) {
            *s += strlen(*words);
            return true;
        }
    return false;
}

static size_t digits_at(const char *s, int32_t *ret)
{
    size_t n = strspn(s, "0123456789");
    *ret = n && n < 8 ? (int32_t)strtol(s, NULL, 10) : -1;
    return n;
}

/* 1,234.5e6: thousands in threes. Moves *s; false: no number there. */
static bool plain_number(const char **s, double *ret)
{
    char text[80];
    size_t n = 0, group = 0, digits = 0;
    bool commas = false;
    const char *p = *s;
    for (; n < sizeof text - 12 && ((*p >= '0' && *p <= '9') || (*p == ',' && digits)); p++) {
        if (*p == ',') {
            if (commas && group != 3)
                return false;
            commas = true;
            group = 0;
            continue;
        }
        text[n++] = *p;
        digits++;
        group++;
    }
    if (commas && group != 3)
        return false;
    if (*p == '.') {
        text[n++] = *p++;
        for (; n < sizeof text - 10 && *p >= '0' && *p <= '9'; digits++)
            text[n++] = *p++;
    }
    const char *e = p;
    if (digits && (*e | 32) == 'e') {
        e += 1 + (e[1] == '+' || e[1] == '-');
        size_t k = strspn(e, "0123456789");
        if (k && k < 4) {
            memcpy(text + n, p, (size_t)(e - p) + k);
            n += (size_t)(e - p) + k;
            p = e + k;
        }
    }
    text[n] = '\0';
    *s = p;
    *ret = digits ? strtod(text, NULL) : 0;
    return digits > 0 && isfinite(*ret);
}

static const char *const currencies[] = {"¥", "￥", "$", "€", "£", NULL};

static bool amount(const char *s, double *ret)
{
    bool negative = *s == '-', bracket = *s == '(';
    s += *s == '-' || *s == '+' || *s == '(';
    if (skip_any(&s, currencies) && *s == '-' && !negative && !bracket)
        negative = *s++ == '-';
    if (!plain_number(&s, ret))
        return false;
    while (*s == '%') {
        *ret /= 100;
        s++;
    }
    if (bracket && *s++ != ')')
        return false;
    *ret = negative || bracket ? -*ret : *ret;
    return !*s;
}

/* 12:30, 12:30:45, 1:30 PM: a part of a day. */
static bool clock_time(const char *s, double *ret)
{
    int32_t hour, minute = 0, second = 0;
    size_t n = digits_at(s, &hour);
    if (!n || s[n] != ':' || hour < 0 || hour > 9999)
        return false;
    s += n + 1;
    n = digits_at(s, &minute);
    if (!n || n > 2 || minute > 59)
        return false;
    s += n;
    if (*s == ':' && (n = digits_at(s + 1, &second)) > 0 && n < 3 && second < 60)
        s += 1 + n;
    s += strspn(s, " ");
    bool pm = ascii_casecmp(s, "pm") == 0, am = ascii_casecmp(s, "am") == 0;
    if ((*s && !pm && !am) || ((am || pm) && (hour < 1 || hour > 12)))
        return false;
    hour = am || pm ? hour % 12 + (pm ? 12 : 0) : hour;
    *ret = (hour * 3600 + minute * 60 + second) / 86400.0;
    return true;
}

/* 2024-1-5, 2024/1/5, 2024.1.5 not, 2024年1月5日; moves *s. */
static enum reads_as calendar_date(const char **s, bool date1904, double *ret)
{
    static const char *const separators[] = {"-", "/", NULL}, *const years[] = {"年", NULL},
                             *const months[] = {"月", NULL}, *const days[] = {"日", NULL};
    int32_t part[3] = {0, 0, 1}, serial;
    const char *p = *s;
    bool chinese = false;
    size_t n = digits_at(p, &part[0]), first = n;
    p += n;
    if (!n || !((chinese = skip_any(&p, years)) || skip_any(&p, separators)))
        return READS_NO;
    n = digits_at(p, &part[1]);
    p += n;
    if (!n || n > 2)
        return READS_NO;
    bool third = chinese ? skip_any(&p, months) : skip_any(&p, separators);
    n = third ? digits_at(p, &part[2]) : 0;
    p += n;
    if ((third && !chinese && !n) || n > 4 || (chinese && !third))
        return READS_NO;
    if (chinese && n && !skip_any(&p, days))
        return READS_NO;
    part[2] = n ? part[2] : 1;
    *s = p;
    if (first != 4)
        return !*p ? READS_UNSURE : READS_NO;
    if (!calendar_valid(part[0], part[1], part[2]) ||
        !calendar_serial(part[0], part[1], part[2], date1904, &serial))
        return READS_NO;
    *ret = serial;
    return READS_NUMBER;
}

enum reads_as text_number(const char *s, bool date1904, double *ret)
{
    char trimmed[80];
    double time = 0;
    s += strspn(s, " \t\r\n");
    size_t n = strlen(s);
    while (n && strchr(" \t\r\n", s[n - 1]))
        n--;
    if (n == 0 || n >= sizeof trimmed)
        return READS_NO;
    memcpy(trimmed, s, n);
    trimmed[n] = '\0';
    if (amount(trimmed, ret) || clock_time(trimmed, ret))
        return READS_NUMBER;
    const char *p = trimmed;
    enum reads_as date = calendar_date(&p, date1904, ret);
    if (date != READS_NUMBER || !*p)
        return date;
    size_t spaces = strspn(p, " ");
    if (!clock_time(p + spaces, &time))
        return READS_NO;
    *ret += time;
    return READS_NUMBER;
}

/* ---- one kind as another ---- */

bool to_number(struct run *r, const value *v, double *ret, value *ret_error)
{
    value one = settle_one(r, *v);
    *ret_error = one.kind == VALUE_ERROR ? one : value_error(ERROR_VALUE);
    switch (one.kind) {
    case VALUE_NUMBER:
        *ret = one.number;
        return true;
    case VALUE_BOOL:
        *ret = one.truth;
        return true;
    case VALUE_BLANK:
    case VALUE_MISSING:
        *ret = 0;
        return true;
    case VALUE_TEXT: {
        enum reads_as reads = text_number(one.text, r->book->date1904, ret);
        if (reads == READS_UNSURE)
            formula_run_fail(r, "the date \"%s\" has no certain order or year", one.text);
        return reads == READS_NUMBER;
    }
    default:
        return false;
    }
}

bool to_whole(struct run *r, const value *v, int32_t *ret, value *ret_error)
{
    double x;
    if (!to_number(r, v, &x, ret_error))
        return false;
    x = x < 0 ? -decimal_floor(-x) : decimal_floor(x);
    *ret = x > 2e9 ? 2000000000 : x < -2e9 ? -2000000000 : (int32_t)x;
    return true;
}

bool to_bool(struct run *r, const value *v, bool *ret, value *ret_error)
{
    value one = settle_one(r, *v);
    *ret_error = one.kind == VALUE_ERROR ? one : value_error(ERROR_VALUE);
    if (one.kind == VALUE_TEXT) {
        *ret = ascii_casecmp(one.text, "TRUE") == 0;
        return *ret || ascii_casecmp(one.text, "FALSE") == 0;
    }
    *ret = one.kind == VALUE_BOOL ? one.truth : one.kind == VALUE_NUMBER && one.number != 0;
    return one.kind != VALUE_ERROR;
}

bool to_text(struct run *r, const value *v, const char **ret, value *ret_error)
{
    value one = settle_one(r, *v);
    *ret_error = one;
    *ret = one.kind == VALUE_ERROR ? "" : formula_value_text(&one, r->a);
    return one.kind != VALUE_ERROR;
}

/* ---- order ---- */

static int rank_of(const value *v)
{
    return v->kind == VALUE_TEXT ? 1 : v->kind == VALUE_BOOL ? 2 : v->kind == VALUE_ERROR ? 3 : 0;
}

static value blank_like(const value *v, const value *other)
{
    if (v->kind != VALUE_BLANK && v->kind != VALUE_MISSING)
        return *v;
    return other->kind == VALUE_TEXT   ? value_text("")
           : other->kind == VALUE_BOOL ? value_bool(false)
                                       : value_number(0);
}

static const char *folded(struct run *r, const char *s)
{
    const char *f = run_step(r, strlen(s) / 16) ? text_fold_case(r->a, s) : NULL;
    return f ? f : s;
}

/* ASCII, and what has no case (Chinese, say): no Unicode folding is needed. */
static bool caseless(const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if ((c >= 0xc0 && c < 0xe3) || c == 0xef || c > 0xf0)
            return false;
    }
    return true;
}

static bool same_text(struct run *r, const char *x, const char *y)
{
    if (caseless(x) && caseless(y))
        return ascii_casecmp(x, y) == 0;
    return strcmp(x, y) == 0 || strcmp(folded(r, x), folded(r, y)) == 0;
}

static int text_order(struct run *r, const char *x, const char *y)
{
    x = folded(r, x);
    y = folded(r, y);
    size_t i = 0;
    while (x[i] && x[i] == y[i])
        i++;
    if (((unsigned char)x[i] | (unsigned char)y[i]) >= 0x80 && x[i] && y[i])
        formula_run_fail(r, "the order of \"%s\" and \"%s\" depends on the office program's language", x, y);
    return (unsigned char)x[i] < (unsigned char)y[i] ? -1 : x[i] != y[i];
}

int value_order(struct run *r, const value *x, const value *y)
{
    value a = blank_like(x, y), b = blank_like(y, x);
    if (rank_of(&a) != rank_of(&b))
        return rank_of(&a) < rank_of(&b) ? -1 : 1;
    if (a.kind == VALUE_TEXT)
        return text_order(r, a.text, b.text);
    if (a.kind == VALUE_BOOL)
        return (int)a.truth - (int)b.truth;
    return a.kind == VALUE_NUMBER ? decimal_order(a.number, b.number) : 0;
}

bool formula_value_equal(struct run *r, const value *x, const value *y)
{
    value a = blank_like(x, y), b = blank_like(y, x);
    if (a.kind != b.kind)
        return false;
    if (a.kind == VALUE_TEXT)
        return same_text(r, a.text, b.text);
    if (a.kind == VALUE_ERROR)
        return a.error == b.error;
    return value_order(r, &a, &b) == 0;
}

/* ---- wildcards ---- */

bool has_wildcard(const char *s)
{
    return strpbrk(s, "*?~") != NULL;
}

/* Greedy with one place to come back to: linear in practice, never exponential. */
bool wildcard_match(struct run *r, const char *pattern, const char *text)
{
    const char *p = folded(r, pattern), *t = folded(r, text), *star = NULL, *back = NULL;
    const char *end = t + strlen(t);
    while (t < end) {
        bool escaped = *p == '~' && (p[1] == '*' || p[1] == '?' || p[1] == '~');
        if (*p == '*') {
            star = ++p;
            back = t;
        } else if (*p == '?') {
            p++;
            utf8_next(&t, end);
        } else if (*(p + escaped) == *t) {
            p += 1 + escaped;
            t++;
        } else if (star && run_step(r, 1)) {
            p = star;
            utf8_next(&back, end);
            t = back;
        } else {
            return false;
        }
    }
    while (*p == '*')
        p++;
    return !*p;
}

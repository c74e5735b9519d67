/* SPDX-License-Identifier: Apache-2.0 */
/* COUNTIF and its kin: what a criterion like ">=60" means. */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/decimal.h"

enum compare { SAME, OTHER, BELOW, ABOVE, AT_MOST, AT_LEAST };

struct criterion {
    enum compare compare;
    value wanted; /* NUMBER, TEXT, BOOL, ERROR; BLANK: an empty cell ("=") */
    bool empty;   /* "": a blank or an empty text */
    bool wild;
};

static const char *comparison(const char *s, enum compare *ret)
{
    static const struct {
        const char *text;
        enum compare compare;
    } signs[] = {{"<>", OTHER}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"<", BELOW}, {">", ABOVE}, {"=", SAME}};
    *ret = SAME;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(s, signs[i].text, strlen(signs[i].text)) == 0) {
            *ret = signs[i].compare;
            return s + strlen(signs[i].text);
        }
    return s;
}

static value typed(struct run *r, const char *s)
{
    double x;
    if (text_number(s, r->book->date1904, &x) == READS_NUMBER)
        return value_number(x);
    if (ascii_casecmp(s, "TRUE") == 0 || ascii_casecmp(s, "FALSE") == 0)
        return value_bool((s[0] | 32) == 't');
    return formula_error_of(s) ? value_error(formula_error_of(s)) : value_text(s);
}

static struct criterion criterion(struct run *r, const value *v)
{
    struct criterion c = {.compare = SAME, .wanted = *v};
    if (v->kind == VALUE_BLANK || v->kind == VALUE_MISSING)
        c.wanted = value_number(0);
    if (v->kind != VALUE_TEXT)
        return c;
    const char *s = comparison(v->text, &c.compare);
    c.empty = !*s && s == v->text;
    c.wanted = *s ? typed(r, s) : (value){.kind = VALUE_BLANK};
    c.wild = c.wanted.kind == VALUE_TEXT && (c.compare == SAME || c.compare == OTHER) && has_wildcard(s);
    return c;
}

static bool same(struct run *r, const struct criterion *c, const value *v)
{
    double x;
    if (c->wanted.kind == VALUE_BLANK)
        return v->kind == VALUE_BLANK || (c->empty && v->kind == VALUE_TEXT && !v->text[0]);
    if (c->wild)
        return v->kind == VALUE_TEXT && wildcard_match(r, c->wanted.text, v->text);
    if (c->wanted.kind == VALUE_NUMBER && v->kind == VALUE_TEXT)
        return text_number(v->text, r->book->date1904, &x) == READS_NUMBER &&
               decimal_order(x, c->wanted.number) == 0;
    return v->kind == c->wanted.kind && formula_value_equal(r, v, &c->wanted);
}

static bool meets(struct run *r, const struct criterion *c, const value *v)
{
    if (c->compare == SAME)
        return same(r, c, v);
    if (c->compare == OTHER)
        return !same(r, c, v);
    if (v->kind != c->wanted.kind || v->kind == VALUE_ERROR || v->kind == VALUE_BLANK)
        return false;
    int order = value_order(r, v, &c->wanted);
    return c->compare == BELOW     ? order < 0
           : c->compare == ABOVE   ? order > 0
           : c->compare == AT_MOST ? order <= 0
                                   : order >= 0;
}

/* ---- ranges side by side ---- */

enum aim { AIM_COUNT, AIM_SUM, AIM_AVERAGE, AIM_MAX, AIM_MIN };

struct conditions {
    const value *range; /* every second argument: range, criterion, range, criterion … */
    struct criterion *criterion;
    uint32_t n;
    int32_t rows, columns; /* of each range */
    int32_t used_rows, used_columns;
};

static void widen(struct run *r, struct conditions *c, const value *range)
{
    int32_t last_row = c->rows, last_column = c->columns;
    if (range->kind == VALUE_AREA) {
        r->book->extent(r->book->context, range->area->sheet, &last_row, &last_column);
        last_row -= range->area->row - 1;
        last_column -= range->area->column - 1;
    }
    last_row = last_row < c->rows ? last_row : c->rows;
    last_column = last_column < c->columns ? last_column : c->columns;
    c->used_rows = last_row > c->used_rows ? last_row : c->used_rows;
    c->used_columns = last_column > c->used_columns ? last_column : c->used_columns;
}

/* False: the ranges differ in size, or one is no range. */
static bool prepare(struct run *r, struct conditions *c, const value *arg, uint32_t n)
{
    *c = (struct conditions){.range = arg, .n = n / 2};
    c->criterion = arena_array(r->a, c->n, sizeof *c->criterion);
    extent_of(&arg[0], &c->rows, &c->columns);
    for (uint32_t i = 0; i < c->n; i++) {
        int32_t rows, columns;
        extent_of(&arg[2 * i], &rows, &columns);
        if (arg[2 * i].kind != VALUE_AREA || arg[2 * i].area->next || rows != c->rows ||
            columns != c->columns)
            return false;
        widen(r, c, &arg[2 * i]);
        value one = settle_one(r, arg[2 * i + 1]);
        c->criterion[i] = criterion(r, &one);
    }
    return true;
}

static bool holds(struct run *r, const struct conditions *c, int32_t row, int32_t column)
{
    for (uint32_t i = 0; i < c->n; i++) {
        value v = at(r, &c->range[2 * i], row, column);
        if (run_failed(r) || !meets(r, &c->criterion[i], &v))
            return false;
    }
    return true;
}

struct total {
    double sum, best;
    size_t n;
    value error;
};

static void take(struct total *t, const value *v, enum aim aim)
{
    if (v->kind == VALUE_ERROR && t->error.kind != VALUE_ERROR)
        t->error = *v;
    if (v->kind != VALUE_NUMBER)
        return;
    t->sum += v->number;
    if (t->n == 0 || (aim == AIM_MAX ? v->number > t->best : v->number < t->best))
        t->best = v->number;
    t->n++;
}

/* Cells beyond the used ones are blank: all of them count where a blank does. */
static double unused(struct run *r, const struct conditions *c)
{
    const value blank = {.kind = VALUE_BLANK};
    for (uint32_t i = 0; i < c->n; i++)
        if (!meets(r, &c->criterion[i], &blank))
            return 0;
    return (double)c->rows * c->columns -
           (double)(c->used_rows < 0 ? 0 : c->used_rows) * (c->used_columns < 0 ? 0 : c->used_columns);
}

static value outcome(const struct total *t, enum aim aim)
{
    if (t->error.kind == VALUE_ERROR)
        return t->error;
    if (aim == AIM_SUM)
        return checked(t->sum);
    if (aim == AIM_AVERAGE)
        return t->n ? checked(t->sum / (double)t->n) : value_error(ERROR_DIV0);
    return value_number(t->n ? t->best : 0);
}

static value with_conditions(struct run *r, enum aim aim, const value *what, const value *arg, uint32_t n)
{
    struct conditions c;
    struct total t = {.error = {.kind = VALUE_BLANK}};
    size_t matches = 0;
    if (n % 2 || !prepare(r, &c, arg, n))
        return value_error(ERROR_VALUE);
    if (what && what->kind != VALUE_AREA)
        return value_error(ERROR_VALUE);
    for (int32_t row = 0; row < c.used_rows; row++)
        for (int32_t column = 0; column < c.used_columns && !run_failed(r); column++)
            if (holds(r, &c, row, column)) {
                matches++;
                value v = what ? at(r, what, row, column) : value_number(0);
                take(&t, &v, aim);
            }
    return aim == AIM_COUNT ? value_number((double)matches + unused(r, &c)) : outcome(&t, aim);
}

static value countifs(struct run *r, value *arg, uint32_t n)
{
    return with_conditions(r, AIM_COUNT, NULL, arg, n);
}

/* SUMIF's third range has the first one's size, whatever its own. */
static value one_condition(struct run *r, enum aim aim, value *arg, uint32_t n)
{
    return with_conditions(r, aim, n > 2 && arg[2].kind != VALUE_MISSING ? &arg[2] : &arg[0], arg, 2);
}

static value sumif(struct run *r, value *arg, uint32_t n)
{
    return one_condition(r, AIM_SUM, arg, n);
}

static value averageif(struct run *r, value *arg, uint32_t n)
{
    return one_condition(r, AIM_AVERAGE, arg, n);
}

static value many(struct run *r, enum aim aim, value *arg, uint32_t n)
{
    int32_t rows, columns, of_rows, of_columns;
    extent_of(&arg[0], &rows, &columns);
    extent_of(&arg[1], &of_rows, &of_columns);
    if (rows != of_rows || columns != of_columns)
        return value_error(ERROR_VALUE);
    return with_conditions(r, aim, &arg[0], arg + 1, n - 1);
}

static value sumifs(struct run *r, value *arg, uint32_t n)
{
    return many(r, AIM_SUM, arg, n);
}

static value averageifs(struct run *r, value *arg, uint32_t n)
{
    return many(r, AIM_AVERAGE, arg, n);
}

static value maxifs(struct run *r, value *arg, uint32_t n)
{
    return many(r, AIM_MAX, arg, n);
}

static value minifs(struct run *r, value *arg, uint32_t n)
{
    return many(r, AIM_MIN, arg, n);
}

#define PAIRS "rxrxrxrxrxrxrxrxrxrxrxrxrxrxrxrx"
const struct function condition_functions[] = {
    {"COUNTIF", 2, 2, "rx", countifs, NULL},
    {"COUNTIFS", 2, 30, PAIRS, countifs, NULL},
    {"SUMIF", 2, 3, "rxr", sumif, NULL},
    {"AVERAGEIF", 2, 3, "rxr", averageif, NULL},
    {"SUMIFS", 3, 31, "r" PAIRS, sumifs, NULL},
    {"AVERAGEIFS", 3, 31, "r" PAIRS, averageifs, NULL},
    {"MAXIFS", 3, 31, "r" PAIRS, maxifs, NULL},
    {"MINIFS", 3, 31, "r" PAIRS, minifs, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};

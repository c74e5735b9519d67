/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/formula.h"

#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/formula/scan.h"

bool word_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '\\' || c == '?' || (unsigned char)c >= 0x80;
}

bool scan_quoted(const char **p, char quote, struct arena *a, const char **ret)
{
    struct bytes text = {0};
    const char *s = *p;
    if (*s++ != quote)
        return false;
    for (; *s && (*s != quote || s[1] == quote); s++) {
        bytes_add(&text, s, 1);
        s += *s == quote;
    }
    bool closed = *s == quote;
    if (closed) {
        *ret = arena_strndup(a, text.p ? (const char *)text.p : "", text.n);
        *p = s + 1;
    }
    bytes_release(&text);
    return closed;
}

/* ---- corners ---- */

static int32_t scan_column(const char **p)
{
    int32_t column = 0;
    const char *s = *p;
    for (; (*s | 32) >= 'a' && (*s | 32) <= 'z' && s - *p < 4; s++)
        column = column * 26 + (*s | 32) - 'a' + 1;
    if (column < 1 || column > FORMULA_MAX_COLUMNS)
        return 0;
    *p = s;
    return column;
}

static int32_t scan_row(const char **p)
{
    int32_t row = 0;
    const char *s = *p;
    for (; *s >= '0' && *s <= '9' && s - *p < 8; s++)
        row = row * 10 + *s - '0';
    if (row < 1 || row > FORMULA_MAX_ROWS)
        return 0;
    *p = s;
    return row;
}

/* $A$1, or only a column or only a row (the other is 0). */
static bool scan_corner(const char **p, struct formula_corner *ret)
{
    const char *s = *p;
    struct formula_corner c = {0};
    bool dollar = *s == '$';
    s += dollar;
    if ((c.column = scan_column(&s)) != 0) {
        c.column_fixed = dollar;
        dollar = *s == '$';
        s += dollar;
    }
    if ((c.row = scan_row(&s)) != 0)
        c.row_fixed = dollar;
    else if (dollar && c.column)
        return false;
    if ((!c.row && !c.column) || word_byte(*s) || *s == '$')
        return false;
    *p = s;
    *ret = c;
    return true;
}

/* Two corners, or one: whole columns and rows get their ends. False for a pair that makes no sense. */
static bool settle(struct formula_reference *r)
{
    if (!r->range)
        return r->from.row && r->from.column;
    if (!r->from.row != !r->to.row || !r->from.column != !r->to.column)
        return false;
    r->whole_columns = !r->from.row || (r->from.column && r->from.row == 1 && r->to.row == FORMULA_MAX_ROWS);
    r->whole_rows = !r->whole_columns &&
                    (!r->from.column || (r->from.column == 1 && r->to.column == FORMULA_MAX_COLUMNS));
    if (r->whole_columns) {
        r->from.row = 1, r->to.row = FORMULA_MAX_ROWS;
        r->from.row_fixed = r->to.row_fixed = true;
    }
    if (r->whole_rows) {
        r->from.column = 1, r->to.column = FORMULA_MAX_COLUMNS;
        r->from.column_fixed = r->to.column_fixed = true;
    }
    return true;
}

static bool scan_lost(const char **p, struct formula_reference *r)
{
    if (strncmp(*p, "#REF!", 5) != 0)
        return false;
    r->lost = true;
    *p += 5;
    return true;
}

/* ---- Excel ---- */

/* "[1]Sheet" and "First:Last" into their parts. */
static void split_sheet(struct arena *a, const char *name, struct formula_reference *r)
{
    const char *close = strrchr(name, ']');
    if (close) {
        r->book = arena_strndup(a, name, (size_t)(close + 1 - name));
        name = close + 1;
    }
    const char *colon = strchr(name, ':');
    r->sheet = colon ? arena_strndup(a, name, (size_t)(colon - name)) : name;
    r->sheet_to = colon ? colon + 1 : NULL;
}

static bool scan_sheet(const char **p, struct arena *a, struct formula_reference *r)
{
    const char *s = *p, *name = NULL;
    if (*s == '\'') {
        if (!scan_quoted(&s, '\'', a, &name) || *s != '!')
            return false;
    } else {
        if (*s == '[' && !(s = strchr(s, ']')))
            return false;
        for (s += *s == ']'; word_byte(*s) || *s == ':'; s++)
            ;
        if (*s != '!' || s == *p)
            return false;
        name = arena_strndup(a, *p, (size_t)(s - *p));
    }
    split_sheet(a, name, r);
    *p = s + 1;
    return true;
}

bool scan_excel_reference(const char **p, struct arena *a, struct formula_reference *ret)
{
    struct formula_reference r = {0};
    const char *s = *p;
    bool sheet = scan_sheet(&s, a, &r);
    if (sheet && scan_lost(&s, &r)) {
        *p = s;
        *ret = r;
        return true;
    }
    if (!scan_corner(&s, &r.from) || *s == '(' || *s == '!' || *s == '[')
        return false;
    const char *second = s + 1;
    if (*s == ':' && scan_corner(&second, &r.to) && *second != '(' && *second != '!' &&
        !r.from.row == !r.to.row && !r.from.column == !r.to.column) {
        r.range = true;
        s = second;
    } else {
        r.to = r.from;
    }
    if (!settle(&r))
        return false;
    *p = s;
    *ret = r;
    return true;
}

/* ---- ODF ---- */

/* "Sheet1." or "$'Sheet 1'." or "." before a corner. */
static bool scan_odf_sheet(const char **p, const char *end, struct arena *a, const char **ret)
{
    const char *s = *p + (**p == '$'), *name = NULL;
    if (*s == '\'') {
        if (!scan_quoted(&s, '\'', a, &name))
            return false;
    } else {
        const char *dot = s;
        for (; dot < end && *dot != '.' && *dot != ':'; dot++)
            ;
        if (dot > s)
            name = arena_strndup(a, s, (size_t)(dot - s));
        s = dot;
    }
    if (s >= end || *s != '.')
        return false;
    *p = s + 1;
    *ret = name;
    return true;
}

/* 'file:///a.ods'# before the sheet. */
static void scan_source(const char **p, struct arena *a, struct formula_reference *r)
{
    const char *s = *p, *book;
    if (*s == '\'' && scan_quoted(&s, '\'', a, &book) && *s == '#') {
        r->book = book;
        *p = s + 1;
    }
}

static bool scan_odf_corner(const char **p, struct formula_corner *c, struct formula_reference *r)
{
    bool lost = false;
    while (scan_lost(p, r))
        lost = true;
    return lost || scan_corner(p, c);
}

bool scan_odf_reference(const char **p, const char *end, struct arena *a, struct formula_reference *ret)
{
    struct formula_reference r = {0};
    const char *s = *p, *second = NULL;
    scan_source(&s, a, &r);
    if (!scan_lost(&s, &r) && (!scan_odf_sheet(&s, end, a, &r.sheet) || !scan_odf_corner(&s, &r.from, &r)))
        return false;
    r.to = r.from;
    if (s < end && *s == ':') {
        s++;
        if (!scan_odf_sheet(&s, end, a, &second) || !scan_odf_corner(&s, &r.to, &r))
            return false;
        r.range = true;
        if (second && (!r.sheet || strcmp(second, r.sheet) != 0))
            r.sheet_to = second;
    }
    if (s != end || (!r.lost && !settle(&r)))
        return false;
    *p = s;
    *ret = r;
    return true;
}

bool formula_reference_read(struct formula_reference *ret, struct arena *a, const char *text,
                            enum formula_dialect dialect)
{
    if (dialect == FORMULA_EXCEL)
        return scan_excel_reference(&text, a, ret) && !*text;
    const char *end = text + strlen(text);
    if (*text == '[' && end > text + 1 && end[-1] == ']')
        text++, end--;
    return scan_odf_reference(&text, end, a, ret);
}

/* ---- what they are ---- */

enum formula_fixed formula_fixed(const struct formula_reference *r)
{
    const struct formula_corner *corner[2] = {&r->from, &r->to};
    unsigned parts = 0, fixed = 0;
    for (int i = 0; i < 2; i++) {
        if (!r->whole_columns) {
            parts++;
            fixed += corner[i]->row_fixed;
        }
        if (!r->whole_rows) {
            parts++;
            fixed += corner[i]->column_fixed;
        }
    }
    return fixed == 0 ? FORMULA_RELATIVE : fixed == parts ? FORMULA_ABSOLUTE : FORMULA_MIXED;
}

const char *formula_fixed_name(enum formula_fixed fixed)
{
    static const char *const names[] = {"relative", "absolute", "mixed"};
    return names[fixed];
}

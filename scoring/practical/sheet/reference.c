/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/reference.h"

#include <string.h>

#include "base/bytes.h"

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t take_column(const char **p)
{
    uint32_t x = 0;
    const char *s = *p;
    for (; is_letter(*s); s++) {
        x = 26 * x + (uint32_t)((*s | 32) - 'a' + 1);
        if (x > SHEET_COLUMNS)
            return 0;
    }
    *p = s;
    return x;
}

static uint32_t take_row(const char **p)
{
    uint32_t x = 0;
    const char *s = *p;
    for (; is_digit(*s); s++) {
        x = 10 * x + (uint32_t)(*s - '0');
        if (x > SHEET_ROWS)
            return 0;
    }
    *p = s;
    return x;
}

/* One corner: a cell, or a column alone (row 0), or a row alone (column 0). */
static bool take_corner(const char **p, uint32_t *row, uint32_t *column)
{
    *row = *column = 0;
    if (**p == '$')
        ++*p;
    if (is_letter(**p)) {
        *column = take_column(p);
        if (*column == 0)
            return false;
        if (**p == '$')
            ++*p;
        if (!is_digit(**p))
            return true;
    }
    if (!is_digit(**p))
        return false;
    *row = take_row(p);
    return *row != 0;
}

bool sheet_reference_cell(const char *text, uint32_t *ret_row, uint32_t *ret_column)
{
    uint32_t row, column;
    if (!take_corner(&text, &row, &column) || row == 0 || column == 0 || *text != '\0')
        return false;
    *ret_row = row;
    *ret_column = column;
    return true;
}

static void order(uint32_t *a, uint32_t *b)
{
    if (*a > *b) {
        uint32_t x = *a;
        *a = *b;
        *b = x;
    }
}

static bool take_range(const char **p, struct sheet_range *ret)
{
    struct sheet_range r;
    if (!take_corner(p, &r.row, &r.column))
        return false;
    r.last_row = r.row;
    r.last_column = r.column;
    if (**p == ':') {
        ++*p;
        if (!take_corner(p, &r.last_row, &r.last_column))
            return false;
    } else if (r.row == 0 || r.column == 0) {
        return false;
    }
    if ((r.row == 0) != (r.last_row == 0) || (r.column == 0) != (r.last_column == 0))
        return false;
    order(&r.row, &r.last_row);
    order(&r.column, &r.last_column);
    if (r.row == 0) {
        r.row = 1;
        r.last_row = SHEET_ROWS;
    }
    if (r.column == 0) {
        r.column = 1;
        r.last_column = SHEET_COLUMNS;
    }
    *ret = r;
    return true;
}

bool reference_range(const char *text, struct sheet_range *ret)
{
    struct sheet_range r;
    if (!take_range(&text, &r) || *text != '\0')
        return false;
    *ret = r;
    return true;
}

static bool separates(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r';
}

bool reference_next(const char **p, struct sheet_range *ret)
{
    for (;;) {
        while (separates(**p))
            ++*p;
        if (**p == '\0')
            return false;
        bool whole = take_range(p, ret) && (**p == '\0' || separates(**p));
        if (whole)
            return true;
        while (**p != '\0' && !separates(**p))
            ++*p;
    }
}

/* The last "!" outside quotes, or NULL. */
static const char *sheet_end(const char *text)
{
    bool quoted = false;
    const char *end = NULL;
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            quoted = !quoted;
        else if (*p == '!' && !quoted)
            end = p;
    }
    return end;
}

static const char *unquoted(struct arena *a, const char *text, size_t n)
{
    char *name = arena_strndup(a, text, n);
    if (n < 2 || name[0] != '\'' || name[n - 1] != '\'')
        return name;
    name[n - 1] = '\0';
    char *to = name;
    for (const char *from = name + 1; *from; from++) {
        *to++ = *from;
        if (from[0] == '\'' && from[1] == '\'')
            from++;
    }
    *to = '\0';
    return name;
}

bool reference_full(const char *text, struct arena *a, const char **ret_sheet, struct sheet_range *ret)
{
    const char *end = sheet_end(text);
    if (!reference_range(end ? end + 1 : text, ret))
        return false;
    *ret_sheet = end ? unquoted(a, text, (size_t)(end - text)) : NULL;
    return true;
}

uint32_t reference_column(const char *letters)
{
    uint32_t x = take_column(&letters);
    return *letters == '\0' ? x : 0;
}

static char *column_letters(char out[8], uint32_t column)
{
    char *p = out + 7;
    *p = '\0';
    for (; column > 0 && p > out; column = (column - 1) / 26)
        *--p = (char)('A' + (column - 1) % 26);
    return p;
}

char *reference_column_name(struct arena *a, uint32_t column)
{
    char name[8];
    return arena_strdup(a, column_letters(name, column));
}

char *reference_cell_name(struct arena *a, uint32_t row, uint32_t column)
{
    char name[8];
    return arena_printf(a, "%s%u", column_letters(name, column), row);
}

char *reference_range_name(struct arena *a, const struct sheet_range *r)
{
    char first[8], last[8];
    const char *from = column_letters(first, r->column), *to = column_letters(last, r->last_column);
    if (r->row == 0)
        return arena_strdup(a, "");
    if (r->row == r->last_row && r->column == r->last_column)
        return arena_printf(a, "%s%u", from, r->row);
    if (r->row == 1 && r->last_row == SHEET_ROWS)
        return arena_printf(a, "%s:%s", from, to);
    if (r->column == 1 && r->last_column == SHEET_COLUMNS)
        return arena_printf(a, "%u:%u", r->row, r->last_row);
    return arena_printf(a, "%s%u:%s%u", from, r->row, to, r->last_row);
}

char *reference_plain(struct arena *a, const char *text)
{
    const char *sheet;
    struct sheet_range r;
    if (!reference_full(text, a, &sheet, &r))
        return arena_strdup(a, text);
    const char *range = reference_range_name(a, &r);
    return sheet ? arena_printf(a, "%s!%s", sheet, range) : arena_strdup(a, range);
}

bool range_holds(const struct sheet_range *r, uint32_t row, uint32_t column)
{
    return row >= r->row && row <= r->last_row && column >= r->column && column <= r->last_column;
}

bool range_equal(const struct sheet_range *a, const struct sheet_range *b)
{
    return a->row == b->row && a->column == b->column && a->last_row == b->last_row &&
           a->last_column == b->last_column;
}

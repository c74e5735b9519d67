/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/kinds.h"

static const struct sheet_range *merge_equal(const struct sheet *s, const struct sheet_range *r)
{
    for (size_t i = 0; i < s->n_merges; i++)
        if (range_equal(&s->merge[i], r))
            return &s->merge[i];
    return NULL;
}

int sheet_merged_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    bool one = w.range.row == w.range.last_row && w.range.column == w.range.last_column;
    bool merged = one ? sheet_merge_at(w.sheet, w.range.row, w.range.column) : merge_equal(w.sheet, &w.range);
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, merged);
}

int sheet_merges_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < w.sheet->n_merges; i++)
        text_list_add(&list, a, reference_range_name(a, &w.sheet->merge[i]));
    return fact_list_of(ret, sheet_place(&w, a), list.item, list.n);
}

int sheet_merge_of_kind(const struct check_target *t, const struct locator *at, const char *argument,
                        struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_CELL, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_range *m = sheet_merge_at(w.sheet, w.range.row, w.range.column);
    if (!m)
        return fact_absent(ret, sheet_place(&w, a), "the cell is not merged");
    return fact_text_of(ret, sheet_place(&w, a), FACT_TEXT, reference_range_name(a, m));
}

/* "合并后居中": exactly this range, and its first cell centred. */
int sheet_merge_center_kind(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_style *s = sheet_style_at(w.book, w.sheet, w.range.row, w.range.column);
    bool both = merge_equal(w.sheet, &w.range) && strcmp(s->horizontal, "center") == 0;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, both);
}

/* ---- widths and heights ---- */

static double width_at(const struct sheet *s, uint32_t column)
{
    const struct sheet_column *c = sheet_column_at(s, column);
    if (c && c->width >= 0)
        return c->width;
    return s->default_width >= 0 ? s->default_width : 9.140625; /* 64 px */
}

int sheet_width_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    double first = width_at(w.sheet, w.range.column);
    for (uint32_t column = w.range.column; column <= w.range.last_column; column++)
        if (width_at(w.sheet, column) != first)
            return fact_absent(ret, sheet_place(&w, a),
                               arena_printf(a, "its columns differ in width: %s from those before",
                                            reference_column_name(a, column)));
    return fact_number_of(ret, sheet_place(&w, a), first);
}

static int64_t height_at(const struct sheet *s, uint32_t row)
{
    const struct sheet_row *r = sheet_row_at(s, row);
    if (r && r->height >= 0)
        return r->height;
    return s->default_height >= 0 ? s->default_height : 15 * 12700;
}

int sheet_height_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    int64_t first = height_at(w.sheet, w.range.row);
    for (uint32_t row = w.range.row; row <= w.range.last_row; row++)
        if (height_at(w.sheet, row) != first)
            return fact_absent(ret, sheet_place(&w, a),
                               arena_printf(a, "its rows differ in height: %u from those before", row));
    return fact_integer_of(ret, sheet_place(&w, a), FACT_LENGTH, first);
}

/* ---- hidden and grouped ---- */

int sheet_row_hidden_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    bool hidden = true;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (uint32_t row = w.range.row; row <= w.range.last_row && hidden; row++) {
        const struct sheet_row *x = sheet_row_at(w.sheet, row);
        hidden = x && (x->hidden || x->filtered || x->height == 0);
    }
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, hidden);
}

int sheet_column_hidden_kind(const struct check_target *t, const struct locator *at, const char *argument,
                             struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    bool hidden = true;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (uint32_t column = w.range.column; column <= w.range.last_column && hidden; column++) {
        const struct sheet_column *x = sheet_column_at(w.sheet, column);
        hidden = x && (x->hidden || x->width == 0);
    }
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, hidden);
}

/* The deepest level of the rows (of the columns, where whole columns are named). */
int sheet_outline_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    int level = 0;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    bool columns = locator_get(at, "column") || locator_get(at, "column-text");
    for (size_t i = 0; i < w.sheet->n_rows && !columns; i++) {
        const struct sheet_row *x = &w.sheet->row[i];
        if (x->first <= w.range.last_row && x->last >= w.range.row && x->outline > level)
            level = x->outline;
    }
    for (size_t i = 0; i < w.sheet->n_columns && columns; i++) {
        const struct sheet_column *x = &w.sheet->column[i];
        if (x->first <= w.range.last_column && x->last >= w.range.column && x->outline > level)
            level = x->outline;
    }
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, level);
}

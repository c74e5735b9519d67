/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/kinds.h"

/* ---- the book ---- */

int sheet_book_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list names = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_BOOK, a, &w, ret, e);
    if (r != 0)
        return r;
    const char *place = sheet_place(&w, a);
    if (sheet_kind_is(t, "count"))
        return fact_integer_of(ret, place, FACT_INTEGER, (int64_t)w.book->n_sheets);
    if (sheet_kind_is(t, "book-protected"))
        return fact_integer_of(ret, place, FACT_BOOL, w.book->protects_structure || w.book->protects_windows);
    if (sheet_kind_is(t, "date1904"))
        return fact_integer_of(ret, place, FACT_BOOL, w.book->date1904);
    for (size_t i = 0; i < w.book->n_sheets; i++)
        text_list_add(&names, a, w.book->sheet[i].name);
    return fact_list_of(ret, place, names.item, names.n);
}

int sheet_exists_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r < 0)
        return r;
    return fact_integer_of(ret, r ? ret->place : sheet_place(&w, a), FACT_BOOL, r == 0);
}

int sheet_position_kind(const struct check_target *t, const struct locator *at, const char *argument,
                        struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, w.sheet - w.book->sheet + 1);
}

/* ---- a sheet ---- */

static int freeze_fact(const struct sheet *s, const char *place, struct arena *a, struct fact *ret)
{
    if (!s->frozen)
        return fact_absent(ret, place, "no panes are frozen");
    return fact_text_of(ret, place, FACT_TEXT, reference_cell_name(a, s->freeze_row, s->freeze_column));
}

int sheet_sheet_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet *s = w.sheet;
    const char *place = sheet_place(&w, a);
    if (sheet_kind_is(t, "sheet-name"))
        return fact_text_of(ret, place, FACT_TEXT, s->name);
    if (sheet_kind_is(t, "hidden"))
        return fact_integer_of(ret, place, FACT_BOOL, s->hidden);
    if (sheet_kind_is(t, "tab-color"))
        return fact_integer_of(ret, place, FACT_COLOR, s->tab.rgb);
    if (sheet_kind_is(t, "protected"))
        return fact_integer_of(ret, place, FACT_BOOL, s->is_protected);
    if (sheet_kind_is(t, "zoom"))
        return fact_integer_of(ret, place, FACT_INTEGER, s->zoom);
    if (sheet_kind_is(t, "gridlines"))
        return fact_integer_of(ret, place, FACT_BOOL, s->shows_gridlines);
    if (sheet_kind_is(t, "pictures"))
        return fact_integer_of(ret, place, FACT_INTEGER, (int64_t)s->n_pictures);
    return freeze_fact(s, place, a, ret);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/formula/number-format.h"
#include "scoring/practical/sheet/kinds.h"

struct one_cell {
    struct sheet_where at;
    const struct sheet_cell *c;
    const char *place;
};

static int locate_cell(const struct check_target *t, const struct locator *at, struct arena *a,
                       struct one_cell *x, struct fact *ret, struct err *e)
{
    int r = sheet_locate(t, at, NEED_CELL, a, &x->at, ret, e);
    if (r != 0)
        return r;
    x->c = sheet_cell_at(x->at.sheet, x->at.range.row, x->at.range.column);
    x->place = sheet_place(&x->at, a);
    return 0;
}

static int empty(struct fact *ret, const char *place)
{
    return fact_absent(ret, place, "the cell is empty");
}

static int other_type(const struct one_cell *x, const char *wanted, struct arena *a, struct fact *ret)
{
    static const char *const names[] = {"nothing",         "the number", "the text",
                                        "the truth value", "the error",  "the date"};
    const char *text = sheet_value_text(x->at.book, x->c, a);
    return fact_absent(ret, x->place, arena_printf(a, "it holds %s %s, %s", names[x->c->type], text, wanted));
}

static bool without_result(const struct sheet_cell *c)
{
    return c && c->formula && (c->flags & CELL_NO_RESULT);
}

int sheet_text_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (without_result(x.c))
        return sheet_result_text_kind(t, at, NULL, a, ret, e);
    if (!x.c || x.c->type == CELL_EMPTY)
        return empty(ret, x.place);
    if (sheet_is_date(x.at.book, x.at.sheet, x.c, x.at.range.row, x.at.range.column, a))
        return fact_text_of(ret, x.place, FACT_TEXT,
                            sheet_date_text(x.c->value.number, x.at.book->date1904, a));
    return fact_text_of(ret, x.place, FACT_TEXT, sheet_value_text(x.at.book, x.c, a));
}

int sheet_number_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (without_result(x.c))
        return sheet_result_kind(t, at, NULL, a, ret, e);
    if (!x.c || x.c->type == CELL_EMPTY)
        return empty(ret, x.place);
    if (x.c->type != CELL_NUMBER && x.c->type != CELL_DATE)
        return other_type(&x, "no number", a, ret);
    return fact_number_of(ret, x.place, x.c->value.number);
}

int sheet_boolean_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!x.c || x.c->type == CELL_EMPTY)
        return empty(ret, x.place);
    if (x.c->type != CELL_BOOL)
        return other_type(&x, "no truth value", a, ret);
    return fact_integer_of(ret, x.place, FACT_BOOL, x.c->value.number != 0);
}

int sheet_error_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!x.c || x.c->type == CELL_EMPTY)
        return empty(ret, x.place);
    if (x.c->type != CELL_ERROR)
        return other_type(&x, "no error", a, ret);
    return fact_text_of(ret, x.place, FACT_TOKEN, x.c->value.text->text);
}

int sheet_date_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!x.c || x.c->type == CELL_EMPTY)
        return empty(ret, x.place);
    if (!sheet_is_date(x.at.book, x.at.sheet, x.c, x.at.range.row, x.at.range.column, a))
        return other_type(&x, "which is not shown as a date", a, ret);
    return fact_text_of(ret, x.place, FACT_TEXT, sheet_date_text(x.c->value.number, x.at.book->date1904, a));
}

int sheet_type_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    static const char *const names[] = {"empty", "number", "text", "boolean", "error", "date"};
    struct one_cell x;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    enum sheet_type type = x.c ? (enum sheet_type)x.c->type : CELL_EMPTY;
    if (sheet_is_date(x.at.book, x.at.sheet, x.c, x.at.range.row, x.at.range.column, a))
        type = CELL_DATE;
    return fact_text_of(ret, x.place, FACT_TOKEN, names[type]);
}

/* As the number format shows it. */
int sheet_shown_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct one_cell x;
    struct err why;
    const char *how, *text, *color;
    struct formula_value v;
    (void)argument;
    int r = locate_cell(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    uint32_t row = x.at.range.row, column = x.at.range.column;
    if (sheet_result(x.at.book, x.at.sheet, row, column, NULL, a, &v, &how, &why) < 0)
        return fact_unknown(ret, x.place, arena_strdup(a, why.what));
    const struct sheet_style *s = sheet_style_at(x.at.book, x.at.sheet, row, column);
    if (number_format_show(s->number_format, &v, x.at.book->date1904, a, &text, &color, &why) < 0)
        return fact_unknown(ret, x.place, arena_strdup(a, why.what));
    return fact_text_of(ret, x.place, FACT_TEXT, text);
}

/* ---- of a range ---- */

static const char *seen_text(const struct sheet_where *w, uint32_t row, uint32_t column, struct arena *a)
{
    const struct sheet_cell *c = sheet_cell_at(w->sheet, row, column);
    struct formula_value v;
    const char *how;
    struct err e;
    if (sheet_is_date(w->book, w->sheet, c, row, column, a))
        return sheet_date_text(c->value.number, w->book->date1904, a);
    if (c && c->formula && (c->flags & CELL_NO_RESULT) &&
        sheet_result(w->book, w->sheet, row, column, NULL, a, &v, &how, &e) == 0)
        return formula_value_text(&v, a);
    return sheet_value_text(w->book, c, a);
}

static bool too_many(const struct sheet_range *r)
{
    return (uint64_t)(r->last_row - r->row + 1) * (r->last_column - r->column + 1) > SHEET_MAX_LOOKED_AT;
}

int sheet_values_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (too_many(&w.range))
        return fact_unknown(ret, sheet_place(&w, a), "the range is too large to be compared");
    for (uint32_t row = w.range.row; row <= w.range.last_row; row++)
        for (uint32_t column = w.range.column; column <= w.range.last_column; column++)
            text_list_add(&list, a, seen_text(&w, row, column, a));
    return fact_list_of(ret, sheet_place(&w, a), list.item, list.n);
}

static const char *row_text(const struct sheet_where *w, uint32_t row, struct arena *a)
{
    struct bytes text = {0};
    for (uint32_t column = w->range.column; column <= w->range.last_column; column++) {
        if (column > w->range.column)
            bytes_str(&text, " / ");
        bytes_str(&text, seen_text(w, row, column, a));
    }
    const char *copy = arena_strndup(a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return copy;
}

int sheet_rows_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (too_many(&w.range))
        return fact_unknown(ret, sheet_place(&w, a), "the range is too large to be compared");
    for (uint32_t row = w.range.row; row <= w.range.last_row; row++)
        text_list_add(&list, a, row_text(&w, row, a));
    return fact_list_of(ret, sheet_place(&w, a), list.item, list.n);
}

static int place_of_text(const struct check_target *t, const struct locator *at, const char *argument,
                         bool row, struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct locator_key key[2] = {{row ? "row-text" : "column-text", argument ? argument : ""},
                                 {"sheet", locator_get(at, "sheet")}};
    struct locator by_text = {.key = key, .n = key[1].value ? 2 : 1};
    if (!argument || !*argument)
        return err_set(e, ERR_DATA, NULL, _("%s needs the text to look for"), t->kind->name);
    int r = sheet_locate(t, &by_text, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, row ? w.range.row : w.range.column);
}

int sheet_row_of_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    return place_of_text(t, at, argument, true, a, ret, e);
}

int sheet_column_of_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    return place_of_text(t, at, argument, false, a, ret, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/practical/formula-book.h"

#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

#include "scoring/practical/formula/decimal.h"

static int32_t find_sheet(void *context, const char *name)
{
    struct test_book *b = context;
    for (int32_t i = 0; i < b->n_sheets; i++)
        if (strcasecmp(b->sheet[i], name) == 0)
            return i;
    return -1;
}

static void find_cell(void *context, int32_t sheet, int32_t row, int32_t column, struct evaluator_cell *ret)
{
    struct test_book *b = context;
    *ret = (struct evaluator_cell){0};
    for (size_t i = b->n; i > 0; i--)
        if (b->cell[i - 1].sheet == sheet && b->cell[i - 1].row == row && b->cell[i - 1].column == column) {
            *ret = b->cell[i - 1].cell;
            return;
        }
}

static void extent(void *context, int32_t sheet, int32_t *ret_row, int32_t *ret_column)
{
    struct test_book *b = context;
    *ret_row = *ret_column = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->cell[i].sheet == sheet) {
            *ret_row = b->cell[i].row > *ret_row ? b->cell[i].row : *ret_row;
            *ret_column = b->cell[i].column > *ret_column ? b->cell[i].column : *ret_column;
        }
}

static const char *find_name(void *context, const char *name, int32_t sheet, int32_t row, int32_t column)
{
    struct test_book *b = context;
    (void)sheet, (void)row, (void)column;
    for (size_t i = 0; i < b->n_names; i++)
        if (strcmp(b->name[i], name) == 0)
            return b->refers[i];
    return NULL;
}

static bool row_hidden(void *context, int32_t sheet, int32_t row, bool *ret_filtered)
{
    struct test_book *b = context;
    (void)sheet;
    for (size_t i = 0; i < b->n_hidden; i++)
        if (b->hidden[i] == row)
            return true;
    for (size_t i = 0; i < b->n_filtered; i++)
        *ret_filtered |= b->filtered[i] == row;
    return *ret_filtered;
}

void test_book_open(struct test_book *b)
{
    *b = (struct test_book){.arena = arena_new(), .sheet = {"Sheet1"}, .n_sheets = 1};
    b->cell = arena_array(b->arena, BOOK_MAX, sizeof *b->cell);
    b->book = (struct evaluator_book){.context = b,
                                      .sheet = find_sheet,
                                      .cell = find_cell,
                                      .extent = extent,
                                      .name = find_name,
                                      .row_hidden = row_hidden,
                                      .now = 45000.5};
}

void test_book_close(struct test_book *b)
{
    arena_free(b->arena);
}

struct formula_value test_value(struct arena *a, const char *text)
{
    char *end;
    double x = strtod(text, &end);
    if (*text && !*end)
        return value_number(x);
    if (strcmp(text, "TRUE") == 0 || strcmp(text, "FALSE") == 0)
        return value_bool(text[0] == 'T');
    if (formula_error_of(text))
        return value_error(formula_error_of(text));
    return value_text(arena_strdup(a, text + (text[0] == '\'')));
}

static void add_cells(struct test_book *b, const char *where, const char *text, bool formula, bool array)
{
    struct formula_reference r;
    assert_true(formula_reference_read(&r, b->arena, where, FORMULA_EXCEL));
    for (int32_t row = r.from.row; row <= r.to.row; row++)
        for (int32_t column = r.from.column; column <= r.to.column; column++) {
            assert_true(b->n < BOOK_MAX);
            struct test_cell *c = &b->cell[b->n++];
            *c = (struct test_cell){.sheet = b->n_sheets - 1, .row = row, .column = column};
            c->cell.formula = formula ? arena_strdup(b->arena, text) : NULL;
            c->cell.value = formula ? (struct formula_value){0} : test_value(b->arena, text);
            c->cell.array = array;
            c->cell.anchor_row = r.from.row;
            c->cell.anchor_column = r.from.column;
        }
}

void test_book_line(struct test_book *b, const char *line)
{
    char *copy = arena_strdup(b->arena, line), *equals = strstr(copy, " = ");
    if (copy[0] == '[') {
        copy[strlen(copy) - 1] = '\0';
        b->sheet[b->n_sheets++] = copy + 1;
    } else if (strncmp(copy, "name ", 5) == 0) {
        *equals = '\0';
        b->name[b->n_names] = copy + 5;
        b->refers[b->n_names++] = equals + 3;
    } else if (strncmp(copy, "hidden ", 7) == 0) {
        b->hidden[b->n_hidden++] = (int32_t)strtol(copy + 7, NULL, 10);
    } else if (strncmp(copy, "filtered ", 9) == 0) {
        b->filtered[b->n_filtered++] = (int32_t)strtol(copy + 9, NULL, 10);
    } else if (strcmp(copy, "date1904") == 0) {
        b->book.date1904 = true;
    } else {
        bool array = strncmp(copy, "array ", 6) == 0;
        char *where = copy + (array ? 6 : 0), *formula = strstr(copy, " == ");
        equals = formula ? formula : equals;
        assert_non_null(equals);
        *equals = '\0';
        add_cells(b, where, equals + (formula ? 4 : 3), formula != NULL, array);
    }
}

const char *test_result(struct test_book *b, const char *formula, const char *at)
{
    struct evaluator *ev = formula_evaluator_new(&b->book);
    struct formula_reference r;
    struct formula_value v;
    struct err e = {0};
    char buf[DECIMAL_TEXT];
    bool array = formula[0] == '{';
    char *text = arena_strdup(b->arena, formula + array);
    if (array && text[0] == '=')
        text[strlen(text) - 1] = '\0';
    else
        text = arena_strdup(b->arena, formula);
    assert_true(formula_reference_read(&r, b->arena, at, FORMULA_EXCEL));
    int result =
        evaluator_formula(ev, text, array && text[0] == '=', 0, r.from.row, r.from.column, b->arena, &v, &e);
    formula_evaluator_free(ev);
    if (result < 0)
        return arena_printf(b->arena, "! %s", e.what);
    if (v.kind == VALUE_TEXT)
        return arena_printf(b->arena, "\"%s\"", v.text);
    return v.kind == VALUE_NUMBER ? arena_strdup(b->arena, decimal_general(buf, v.number))
                                  : formula_value_text(&v, b->arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Finding things in tables, and references made by functions. */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "scoring/practical/formula/decimal.h"

/* A row or a column of a table: where things are looked for. */
struct line {
    const value *table;
    int32_t row, column, n; /* first item, from 0; length */
    bool across;
};

static value line_at(struct run *r, const struct line *l, int32_t i)
{
    return at(r, l->table, l->row + (l->across ? 0 : i), l->column + (l->across ? i : 0));
}

/* The items of a table's row or column that are used. */
static struct line line_of(struct run *r, const value *table, bool across, int32_t which)
{
    int32_t rows, columns, last_row, last_column;
    extent_of(table, &rows, &columns);
    if (table->kind == VALUE_AREA) {
        r->book->extent(r->book->context, table->area->sheet, &last_row, &last_column);
        last_row -= table->area->row - 1;
        last_column -= table->area->column - 1;
        rows = last_row < rows ? last_row : rows;
        columns = last_column < columns ? last_column : columns;
    }
    return (struct line){.table = table,
                         .across = across,
                         .row = across ? which : 0,
                         .column = across ? 0 : which,
                         .n = across ? columns : rows};
}

static bool equals(struct run *r, const value *wanted, const value *v, bool wild)
{
    if (v->kind == VALUE_BLANK || v->kind != wanted->kind)
        return false;
    return wild ? wildcard_match(r, wanted->text, v->text) : formula_value_equal(r, wanted, v);
}

static int32_t find_exact(struct run *r, const value *wanted, const struct line *l, bool wildcards,
                          bool backwards)
{
    bool wild = wildcards && wanted->kind == VALUE_TEXT && has_wildcard(wanted->text);
    for (int32_t i = 0; i < l->n && !run_failed(r); i++) {
        int32_t place = backwards ? l->n - 1 - i : i;
        value v = line_at(r, l, place);
        if (equals(r, wanted, &v, wild))
            return place;
    }
    return -1;
}

/* Halving, as Excel does it: what is of another kind is passed over. The last that is not beyond. */
static int32_t find_sorted(struct run *r, const value *wanted, const struct line *l, bool falling)
{
    int32_t low = 0, high = l->n, found = -1;
    while (low < high && !run_failed(r)) {
        int32_t middle = low + (high - low) / 2, m = middle;
        value v = line_at(r, l, m);
        while (v.kind != wanted->kind && ++m < high && !run_failed(r))
            v = line_at(r, l, m);
        if (m >= high) {
            high = middle;
            continue;
        }
        int order = value_order(r, &v, wanted);
        if (falling ? order >= 0 : order <= 0) {
            found = m;
            low = m + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

static value wanted_of(const value *v)
{
    return v->kind == VALUE_BLANK || v->kind == VALUE_MISSING ? value_number(0) : *v;
}

static value table_lookup(struct run *r, value *arg, uint32_t n, bool across)
{
    int32_t which, rows, columns;
    bool sorted = true;
    value error, wanted = wanted_of(&arg[0]);
    if (wanted.kind == VALUE_ERROR)
        return wanted;
    if (!to_whole(r, &arg[2], &which, &error) || (n > 3 && !to_bool(r, &arg[3], &sorted, &error)))
        return error;
    if (arg[1].kind != VALUE_AREA && arg[1].kind != VALUE_ARRAY)
        return arg[1].kind == VALUE_ERROR ? arg[1] : value_error(ERROR_NA);
    extent_of(&arg[1], &rows, &columns);
    if (which < 1)
        return value_error(ERROR_VALUE);
    if (which > (across ? rows : columns))
        return value_error(ERROR_REF);
    struct line l = line_of(r, &arg[1], across, 0);
    int32_t place = sorted ? find_sorted(r, &wanted, &l, false) : find_exact(r, &wanted, &l, true, false);
    if (place < 0)
        return value_error(ERROR_NA);
    return across ? at(r, &arg[1], which - 1, place) : at(r, &arg[1], place, which - 1);
}

static value vlookup(struct run *r, value *arg, uint32_t n)
{
    return table_lookup(r, arg, n, false);
}

static value hlookup(struct run *r, value *arg, uint32_t n)
{
    return table_lookup(r, arg, n, true);
}

static value vector_at(struct run *r, const value *vector, int32_t i)
{
    int32_t rows, columns;
    extent_of(vector, &rows, &columns);
    if (i >= (rows > columns ? rows : columns))
        return value_error(ERROR_NA);
    return rows > 1 || columns == 1 ? at(r, vector, i, 0) : at(r, vector, 0, i);
}

/* With two arguments: looks in the longer side, gives from the last row or column. */
static value lookup(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns;
    value wanted = wanted_of(&arg[0]);
    if (wanted.kind == VALUE_ERROR)
        return wanted;
    extent_of(&arg[1], &rows, &columns);
    bool across = columns > rows;
    struct line l = line_of(r, &arg[1], across, 0);
    int32_t place = find_sorted(r, &wanted, &l, false);
    if (place < 0)
        return value_error(ERROR_NA);
    if (n > 2)
        return vector_at(r, &arg[2], place);
    return across ? at(r, &arg[1], rows - 1, place) : at(r, &arg[1], place, columns - 1);
}

static value match(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns, place;
    double kind = 1;
    value error, wanted = wanted_of(&arg[0]);
    if (wanted.kind == VALUE_ERROR)
        return wanted;
    if (n > 2 && !to_number(r, &arg[2], &kind, &error))
        return error;
    extent_of(&arg[1], &rows, &columns);
    if (rows > 1 && columns > 1)
        return value_error(ERROR_NA);
    struct line l = line_of(r, &arg[1], columns > 1, 0);
    if (kind == 0)
        place = find_exact(r, &wanted, &l, true, false);
    else
        place = find_sorted(r, &wanted, &l, kind < 0);
    return place < 0 ? value_error(ERROR_NA) : value_number(place + 1);
}

/* ---- XLOOKUP, XMATCH ---- */

/* The nearest above or below where none is equal; -1: none. */
static int32_t find_nearest(struct run *r, const value *wanted, const struct line *l, bool larger)
{
    int32_t best = -1;
    value nearest = {.kind = VALUE_BLANK};
    for (int32_t i = 0; i < l->n && !run_failed(r); i++) {
        value v = line_at(r, l, i);
        if (v.kind != wanted->kind)
            continue;
        int order = value_order(r, &v, wanted);
        if (order == 0)
            return i;
        if ((order > 0) != larger)
            continue;
        int against = best < 0 ? 0 : value_order(r, &v, &nearest);
        if (best < 0 || (larger ? against < 0 : against > 0)) {
            best = i;
            nearest = v;
        }
    }
    return best;
}

static int32_t find_x(struct run *r, const value *wanted, const struct line *l, double kind, double way)
{
    if (kind == 0 || kind == 2)
        return find_exact(r, wanted, l, kind == 2, way == -1);
    return find_nearest(r, wanted, l, kind > 0);
}

static value xmatch(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns;
    double kind = 0, way = 1;
    value error, wanted = wanted_of(&arg[0]);
    if (wanted.kind == VALUE_ERROR)
        return wanted;
    if ((n > 2 && !to_number(r, &arg[2], &kind, &error)) || (n > 3 && !to_number(r, &arg[3], &way, &error)))
        return error;
    extent_of(&arg[1], &rows, &columns);
    if (rows > 1 && columns > 1)
        return value_error(ERROR_VALUE);
    struct line l = line_of(r, &arg[1], columns > 1, 0);
    int32_t place = find_x(r, &wanted, &l, kind, way);
    return place < 0 ? value_error(ERROR_NA) : value_number(place + 1);
}

/* A row or a column of a reference stays one; of an array it is copied. */
static value slice(struct run *r, const value *v, int32_t row, int32_t column, int32_t rows, int32_t columns)
{
    value out;
    if (v->kind == VALUE_AREA) {
        struct value_area *a = arena_copy(r->a, v->area, sizeof *a);
        a->row += row;
        a->column += column;
        a->rows = rows;
        a->columns = columns;
        return (value){.kind = VALUE_AREA, .area = a};
    }
    if (rows == 1 && columns == 1)
        return item_at(v, row, column);
    value *item = new_array(r, rows, columns, &out);
    for (int32_t i = 0; item && i < rows; i++)
        for (int32_t k = 0; k < columns; k++)
            item[(size_t)i * (size_t)columns + (size_t)k] = item_at(v, row + i, column + k);
    return out;
}

static value xlookup(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns, of_rows, of_columns;
    double kind = 0, way = 1;
    value error, wanted = wanted_of(&arg[0]);
    if (wanted.kind == VALUE_ERROR)
        return wanted;
    if ((n > 4 && !to_number(r, &arg[4], &kind, &error)) || (n > 5 && !to_number(r, &arg[5], &way, &error)))
        return error;
    extent_of(&arg[1], &rows, &columns);
    extent_of(&arg[2], &of_rows, &of_columns);
    bool across = columns > 1;
    if ((rows > 1 && columns > 1) || (across ? of_columns != columns : of_rows != rows))
        return value_error(ERROR_VALUE);
    struct line l = line_of(r, &arg[1], across, 0);
    int32_t place = find_x(r, &wanted, &l, kind, way);
    if (place < 0)
        return n > 3 && arg[3].kind != VALUE_MISSING ? arg[3] : value_error(ERROR_NA);
    return across ? slice(r, &arg[2], 0, place, of_rows, 1) : slice(r, &arg[2], place, 0, 1, of_columns);
}

/* ---- INDEX, OFFSET, INDIRECT ---- */

static value index_(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns, row, column = 0;
    value error, table = arg[0];
    if (table.kind == VALUE_ERROR)
        return table;
    if (n > 3)
        return formula_run_fail(r, "INDEX over several areas is not computed");
    if (!to_whole(r, &arg[1], &row, &error) || (n > 2 && !to_whole(r, &arg[2], &column, &error)))
        return error;
    extent_of(&table, &rows, &columns);
    if (n == 2 && rows == 1 && columns > 1) {
        column = row;
        row = 0;
    }
    if (row < 0 || column < 0)
        return value_error(ERROR_VALUE);
    if (row > rows || column > columns)
        return value_error(ERROR_REF);
    return slice(r, &table, row ? row - 1 : 0, column ? column - 1 : 0, row ? 1 : rows, column ? 1 : columns);
}

static value offset(struct run *r, value *arg, uint32_t n)
{
    int32_t down, right, rows, columns;
    value error;
    if (arg[0].kind != VALUE_AREA || arg[0].area->next)
        return arg[0].kind == VALUE_ERROR ? arg[0] : value_error(ERROR_VALUE);
    struct value_area *a = arena_copy(r->a, arg[0].area, sizeof *a);
    rows = a->rows;
    columns = a->columns;
    if (!to_whole(r, &arg[1], &down, &error) || !to_whole(r, &arg[2], &right, &error) ||
        (n > 3 && arg[3].kind != VALUE_MISSING && !to_whole(r, &arg[3], &rows, &error)) ||
        (n > 4 && arg[4].kind != VALUE_MISSING && !to_whole(r, &arg[4], &columns, &error)))
        return error;
    int64_t row = (int64_t)a->row + down + (rows < 0 ? rows + 1 : 0);
    int64_t column = (int64_t)a->column + right + (columns < 0 ? columns + 1 : 0);
    int64_t height = rows < 0 ? -(int64_t)rows : rows, width = columns < 0 ? -(int64_t)columns : columns;
    if (row < 1 || column < 1 || height < 1 || width < 1 || row + height - 1 > FORMULA_MAX_ROWS ||
        column + width - 1 > FORMULA_MAX_COLUMNS)
        return value_error(ERROR_REF);
    *a = (struct value_area){a->sheet, (int32_t)row, (int32_t)column, (int32_t)height, (int32_t)width, NULL};
    return (value){.kind = VALUE_AREA, .area = a};
}

static value indirect(struct run *r, value *arg, uint32_t n)
{
    const char *text;
    struct formula_reference ref;
    bool a1 = true;
    value error;
    if (!to_text(r, &arg[0], &text, &error) || (n > 1 && !to_bool(r, &arg[1], &a1, &error)))
        return error;
    if (!a1)
        return formula_run_fail(r, "INDIRECT with R1C1 text is not computed");
    if (!formula_reference_read(&ref, r->a, text, FORMULA_EXCEL) || ref.lost || ref.sheet_to)
        return run_name(r, text);
    if (ref.book)
        return formula_run_fail(r, "it uses another file: %s", ref.book);
    int32_t sheet = ref.sheet ? r->book->sheet(r->book->context, ref.sheet) : r->sheet;
    if (sheet < 0)
        return value_error(ERROR_REF);
    const struct value_area area = {.sheet = sheet,
                                    .row = ref.from.row,
                                    .column = ref.from.column,
                                    .rows = ref.to.row - ref.from.row + 1,
                                    .columns = ref.to.column - ref.from.column + 1};
    if (area.rows < 1 || area.columns < 1)
        return value_error(ERROR_REF);
    return (value){.kind = VALUE_AREA, .area = arena_copy(r->a, &area, sizeof area)};
}

/* ---- ROW, COLUMN, TRANSPOSE ---- */

static value places(struct run *r, value *arg, uint32_t n, bool across)
{
    value out;
    if (n == 0)
        return value_number(across ? r->column : r->row);
    if (arg[0].kind != VALUE_AREA)
        return arg[0].kind == VALUE_ERROR ? arg[0] : value_error(ERROR_VALUE);
    int32_t first = across ? arg[0].area->column : arg[0].area->row;
    int32_t count = across ? arg[0].area->columns : arg[0].area->rows;
    if (count == 1 || !r->array)
        return value_number(first);
    value *item = new_array(r, across ? 1 : count, across ? count : 1, &out);
    for (int32_t i = 0; item && i < count; i++)
        item[i] = value_number(first + i);
    return out;
}

static value row_(struct run *r, value *arg, uint32_t n)
{
    return places(r, arg, n, false);
}

static value column_(struct run *r, value *arg, uint32_t n)
{
    return places(r, arg, n, true);
}

static value rows_(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns;
    (void)r, (void)n;
    extent_of(&arg[0], &rows, &columns);
    return arg[0].kind == VALUE_ERROR ? arg[0] : value_number(rows);
}

static value columns_(struct run *r, value *arg, uint32_t n)
{
    int32_t rows, columns;
    (void)r, (void)n;
    extent_of(&arg[0], &rows, &columns);
    return arg[0].kind == VALUE_ERROR ? arg[0] : value_number(columns);
}

static value transpose(struct run *r, value *arg, uint32_t n)
{
    value out;
    int32_t rows, columns;
    (void)n;
    extent_of(&arg[0], &rows, &columns);
    value *item = new_array(r, columns, rows, &out);
    for (int32_t i = 0; item && i < columns; i++)
        for (int32_t k = 0; k < rows; k++)
            item[(size_t)i * (size_t)rows + (size_t)k] = item_at(&arg[0], k, i);
    return out;
}

const struct function lookup_functions[] = {
    {"VLOOKUP", 3, 4, "vrv", vlookup, NULL}, {"HLOOKUP", 3, 4, "vrv", hlookup, NULL},
    {"LOOKUP", 2, 3, "vaa", lookup, NULL},   {"MATCH", 2, 3, "vrv", match, NULL},
    {"XMATCH", 2, 4, "vrv", xmatch, NULL},   {"XLOOKUP", 3, 6, "vrrxv", xlookup, NULL},
    {"INDEX", 2, 4, "rv", index_, NULL},     {"OFFSET", 3, 5, "rv", offset, NULL},
    {"INDIRECT", 1, 2, "v", indirect, NULL}, {"ROW", 0, 1, "r", row_, NULL},
    {"COLUMN", 0, 1, "r", column_, NULL},    {"ROWS", 1, 1, "r", rows_, NULL},
    {"COLUMNS", 1, 1, "r", columns_, NULL},  {"TRANSPOSE", 1, 1, "a", transpose, NULL},
    {NULL, 0, 0, NULL, NULL, NULL},
};

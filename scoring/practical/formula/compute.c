/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/compute.h"

#include <math.h>
#include <string.h>

#include "scoring/practical/formula/decimal.h"

/* ---- arrays and areas ---- */

value *new_array(struct run *r, int32_t rows, int32_t columns, value *ret)
{
    if ((int64_t)rows * columns > COMPUTE_MAX_ITEMS || rows < 1 || columns < 1) {
        *ret =
            formula_run_fail(r, "an array of %d rows and %d columns is larger than allowed", rows, columns);
        return NULL;
    }
    value *item = arena_array(r->a, (size_t)rows * (size_t)columns, sizeof *item);
    if (!run_step(r, (size_t)rows * (size_t)columns))
        return NULL;
    *ret = (value){.kind = VALUE_ARRAY, .rows = rows, .columns = columns, .item = item};
    return item;
}

value item_at(const value *v, int32_t row, int32_t column)
{
    if (v->kind != VALUE_ARRAY)
        return *v;
    row = v->rows == 1 ? 0 : row;
    column = v->columns == 1 ? 0 : column;
    if (row >= v->rows || column >= v->columns)
        return value_error(ERROR_NA);
    return v->item[(size_t)row * (size_t)v->columns + (size_t)column];
}

value whole(struct run *r, value v)
{
    value out = v;
    int32_t rows, columns;
    if (v.kind != VALUE_AREA)
        return v;
    used_extent_of(r, &v, &rows, &columns);
    value *item = new_array(r, rows < 1 ? 1 : rows, columns < 1 ? 1 : columns, &out);
    for (int32_t i = 0; item && i < rows; i++)
        for (int32_t k = 0; k < columns && !run_failed(r); k++)
            item[(size_t)i * (size_t)columns + (size_t)k] = at(r, &v, i, k);
    return out;
}

/* The cell of a row or column of cells that lies beside this formula. */
static value intersect(struct run *r, const struct value_area *area)
{
    int32_t row = r->row, column = r->column;
    if (area->next)
        return value_error(ERROR_VALUE);
    if (area->rows == 1)
        row = area->row;
    if (area->columns == 1)
        column = area->column;
    if ((area->rows > 1 && area->columns > 1) || row < area->row || row >= area->row + area->rows ||
        column < area->column || column >= area->column + area->columns)
        return value_error(ERROR_VALUE);
    return run_cell(r, area->sheet, row, column);
}

value settle(struct run *r, value v)
{
    if (v.kind != VALUE_AREA)
        return v;
    if (v.area->rows == 1 && v.area->columns == 1 && !v.area->next)
        return run_cell(r, v.area->sheet, v.area->row, v.area->column);
    return r->array ? whole(r, v) : intersect(r, v.area);
}

value settle_one(struct run *r, value v)
{
    v = settle(r, v);
    return v.kind == VALUE_ARRAY ? v.item[0] : v;
}

static bool taken_apart(uint32_t one, uint32_t i)
{
    return one >> (i > 31 ? 31 : i) & 1;
}

value lift(struct run *r, compute_fn *fn, value *arg, uint32_t n, uint32_t one)
{
    int32_t rows = 0, columns = 0;
    value out;
    for (uint32_t i = 0; i < n; i++)
        if (taken_apart(one, i) && arg[i].kind == VALUE_ARRAY) {
            rows = arg[i].rows > rows ? arg[i].rows : rows;
            columns = arg[i].columns > columns ? arg[i].columns : columns;
        }
    if (rows == 0)
        return fn(r, arg, n);
    value *item = new_array(r, rows, columns, &out), *single = arena_array(r->a, n, sizeof *single);
    for (int32_t i = 0; item && i < rows; i++)
        for (int32_t k = 0; k < columns && !run_failed(r); k++) {
            for (uint32_t j = 0; j < n; j++)
                single[j] = taken_apart(one, j) ? item_at(&arg[j], i, k) : arg[j];
            value v = settle_one(r, fn(r, single, n));
            item[(size_t)i * (size_t)columns + (size_t)k] = v;
        }
    return item ? out : value_error(ERROR_NA);
}

/* ---- references ---- */

static bool sheets_of(struct run *r, const struct formula_reference *ref, int32_t *first, int32_t *last)
{
    *first = ref->sheet ? r->book->sheet(r->book->context, ref->sheet) : r->sheet;
    *last = ref->sheet_to ? r->book->sheet(r->book->context, ref->sheet_to) : *first;
    if (*first > *last && *last >= 0) {
        int32_t swap = *first;
        *first = *last;
        *last = swap;
    }
    return *first >= 0 && *last >= 0;
}

static value cells(struct run *r, const struct formula_reference *ref)
{
    int32_t first, last;
    struct value_area *list = NULL;
    const struct formula_corner *f = &ref->from, *t = &ref->to;
    if (ref->book)
        return formula_run_fail(r, "it uses another file: %s", ref->book);
    if (ref->lost || !sheets_of(r, ref, &first, &last))
        return value_error(ERROR_REF);
    for (; last >= first && run_step(r, 1); last--) {
        struct value_area *a = arena_alloc(r->a, sizeof *a);
        a->sheet = last;
        a->row = f->row < t->row ? f->row : t->row;
        a->column = f->column < t->column ? f->column : t->column;
        a->rows = (f->row > t->row ? f->row : t->row) - a->row + 1;
        a->columns = (f->column > t->column ? f->column : t->column) - a->column + 1;
        a->next = list;
        list = a;
    }
    return (value){.kind = VALUE_AREA, .area = list};
}

static value span_of_areas(struct run *r, const struct value_area *x, const struct value_area *y)
{
    struct value_area *a = arena_copy(r->a, x, sizeof *x);
    if (x->next || y->next || x->sheet != y->sheet)
        return value_error(ERROR_REF);
    int32_t last_row = x->row + x->rows > y->row + y->rows ? x->row + x->rows : y->row + y->rows;
    int32_t last_column =
        x->column + x->columns > y->column + y->columns ? x->column + x->columns : y->column + y->columns;
    a->row = x->row < y->row ? x->row : y->row;
    a->column = x->column < y->column ? x->column : y->column;
    a->rows = last_row - a->row;
    a->columns = last_column - a->column;
    return (value){.kind = VALUE_AREA, .area = a};
}

static value common_area(struct run *r, const struct value_area *x, const struct value_area *y)
{
    struct value_area *a = arena_copy(r->a, x, sizeof *x);
    int32_t row = x->row + x->rows < y->row + y->rows ? x->row + x->rows : y->row + y->rows;
    int32_t column =
        x->column + x->columns < y->column + y->columns ? x->column + x->columns : y->column + y->columns;
    a->row = x->row > y->row ? x->row : y->row;
    a->column = x->column > y->column ? x->column : y->column;
    a->rows = row - a->row;
    a->columns = column - a->column;
    a->next = NULL;
    if (x->next || y->next || x->sheet != y->sheet || a->rows < 1 || a->columns < 1)
        return value_error(ERROR_NULL);
    return (value){.kind = VALUE_AREA, .area = a};
}

static value united(struct run *r, const struct value_area *x, const struct value_area *y)
{
    struct value_area *first = NULL, **tail = &first;
    for (; x; x = x->next, tail = (struct value_area **)&(*tail)->next)
        *tail = arena_copy(r->a, x, sizeof *x);
    *tail = (struct value_area *)y;
    return (value){.kind = VALUE_AREA, .area = first};
}

static value reference_operator(struct run *r, char op, value x, value y)
{
    if (x.kind == VALUE_ERROR)
        return x;
    if (y.kind == VALUE_ERROR)
        return y;
    if (x.kind != VALUE_AREA || y.kind != VALUE_AREA)
        return value_error(ERROR_VALUE);
    return op == ':'                       ? span_of_areas(r, x.area, y.area)
           : op == FORMULA_OP_INTERSECTION ? common_area(r, x.area, y.area)
                                           : united(r, x.area, y.area);
}

/* ---- operators ---- */

/* a + b or a - b, where what is left of digits beyond the 15th is nothing: 0.5-0.4-0.1 is 0. */
static double near_zero(double sum, double x, double y)
{
    double large = fabs(x) > fabs(y) ? fabs(x) : fabs(y);
    return fabs(sum) < large * 1e-15 ? 0 : sum;
}

static value power(struct run *r, double x, double y)
{
    if (x == 0 && y <= 0)
        return value_error(y == 0 ? ERROR_NUM : ERROR_DIV0);
    if (y == floor(y) && fabs(y) <= 1e9)
        return checked(decimal_power(x, (int)y));
    if (x < 0)
        return value_error(ERROR_NUM);
    if (y == 0.5)
        return value_number(sqrt(x));
    return formula_run_fail(r, "a power with the exponent %g is not computed", y);
}

static value arithmetic(struct run *r, char op, double x, double y)
{
    switch (op) {
    case '+':
        return checked(x + y);
    case '-':
        return checked(x - y);
    case '*':
        return checked(x * y);
    case '/':
        return y == 0 ? value_error(ERROR_DIV0) : checked(x / y);
    default:
        return power(r, x, y);
    }
}

static value arithmetic_values(struct run *r, char op, const value *arg)
{
    double x, y;
    value error;
    if (!to_number(r, &arg[0], &x, &error) || !to_number(r, &arg[1], &y, &error))
        return error;
    return arithmetic(r, op, x, y);
}

static value compare_values(struct run *r, char op, const value *arg)
{
    for (int i = 0; i < 2; i++)
        if (arg[i].kind == VALUE_ERROR)
            return arg[i];
    if (op == '=' || op == FORMULA_OP_UNEQUAL)
        return value_bool(formula_value_equal(r, &arg[0], &arg[1]) == (op == '='));
    int order = value_order(r, &arg[0], &arg[1]);
    return value_bool(op == '<'                  ? order < 0
                      : op == '>'                ? order > 0
                      : op == FORMULA_OP_AT_MOST ? order <= 0
                                                 : order >= 0);
}

static value join_values(struct run *r, const value *arg)
{
    const char *x, *y;
    value error;
    if (!to_text(r, &arg[0], &x, &error) || !to_text(r, &arg[1], &y, &error))
        return error;
    if (strlen(x) + strlen(y) > 4 * COMPUTE_MAX_TEXT)
        return value_error(ERROR_VALUE);
    return value_text(arena_printf(r->a, "%s%s", x, y));
}

static value operate(struct run *r, char op, const value *arg)
{
    if (op == '&')
        return join_values(r, arg);
    if (strchr("+-*/^", op))
        return arithmetic_values(r, op, arg);
    return compare_values(r, op, arg);
}

/* Item by item where an operand is an array. */
static value operate_all(struct run *r, char op, value *arg)
{
    int32_t rows = 0, columns = 0;
    value out;
    for (int i = 0; i < 2; i++)
        if (arg[i].kind == VALUE_ARRAY) {
            rows = arg[i].rows > rows ? arg[i].rows : rows;
            columns = arg[i].columns > columns ? arg[i].columns : columns;
        }
    if (rows == 0)
        return operate(r, op, arg);
    value *item = new_array(r, rows, columns, &out);
    for (int32_t i = 0; item && i < rows; i++)
        for (int32_t k = 0; k < columns && !run_failed(r); k++) {
            value pair[2] = {item_at(&arg[0], i, k), item_at(&arg[1], i, k)};
            item[(size_t)i * (size_t)columns + (size_t)k] = operate(r, op, pair);
        }
    return item ? out : value_error(ERROR_NA);
}

static value binary(struct run *r, const struct formula_node *n, value left)
{
    value right = compute(r, n->first->next), arg[2];
    if (strchr(": ,", n->op))
        return reference_operator(r, n->op, left, right);
    arg[0] = settle(r, left);
    arg[1] = settle(r, right);
    value v = operate_all(r, n->op, arg);
    if (n == r->root && (n->op == '+' || n->op == '-') && v.kind == VALUE_NUMBER) {
        double x = 0, y = 0;
        value error;
        if (to_number(r, &arg[0], &x, &error) && to_number(r, &arg[1], &y, &error))
            v.number = near_zero(v.number, x, y);
    }
    return v;
}

static value negative(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    return to_number(r, &arg[0], &x, &error) ? value_number(x == 0 ? 0 : -x) : error;
}

static value hundredth(struct run *r, value *arg, uint32_t n)
{
    double x;
    value error;
    (void)n;
    return to_number(r, &arg[0], &x, &error) ? value_number(x / 100) : error;
}

static value unary(struct run *r, const struct formula_node *n, value inner)
{
    bool array = r->array;
    if (n->op == '+')
        return inner;
    if (n->op == '#')
        return formula_run_fail(r, "a spilled range (#) is not computed");
    r->array = array && n->op != '@';
    value v = settle(r, inner);
    r->array = array;
    return n->op == '@' ? v : lift(r, n->op == '-' ? negative : hundredth, &v, 1, 1);
}

/* ---- nodes ---- */

static value constant_array(struct run *r, const struct formula_node *n)
{
    value out;
    uint32_t i = 0;
    value *item = new_array(r, (int32_t)(n->n / n->columns), (int32_t)n->columns, &out);
    for (const struct formula_node *c = n->first; item && c; c = c->next)
        item[i++] = compute(r, c);
    return item ? out : value_error(ERROR_NA);
}

static value arguments(struct run *r, const struct function *f, const struct formula_node *n)
{
    value *arg = arena_array(r->a, n->n + 1, sizeof *arg);
    uint32_t i = 0, one = 0;
    size_t last = strlen(f->takes);
    for (const struct formula_node *c = n->first; c && !run_failed(r); c = c->next, i++) {
        char takes = last == 0 ? 'v' : f->takes[i < last ? i : last - 1];
        arg[i] = takes == 'a' ? compute_array(r, c) : compute(r, c);
        if (takes == 'v' || takes == 'x') {
            arg[i] = settle(r, arg[i]);
            one |= i < 31 ? UINT32_C(1) << i : UINT32_C(1) << 31;
        }
        if (takes == 'v' && arg[i].kind == VALUE_ERROR)
            return arg[i];
    }
    return run_failed(r) ? value_error(ERROR_NA) : lift(r, f->fn, arg, n->n, one);
}

static value call(struct run *r, const struct formula_node *n)
{
    const struct function *f = function_find(n->text);
    if (!f)
        return formula_run_fail(r, "the function %s is not known", n->text);
    if (n->n < f->least || (f->most != 255 && n->n > f->most))
        return formula_run_fail(r, "the function %s has a wrong number of arguments", n->text);
    return f->lazy ? f->lazy(r, n) : arguments(r, f, n);
}

static value leaf(struct run *r, const struct formula_node *n)
{
    switch (n->kind) {
    case NODE_NUMBER:
        return value_number(n->number);
    case NODE_TEXT:
        return value_text(n->text);
    case NODE_BOOL:
        return value_bool(n->number != 0);
    case NODE_ERROR:
        return value_error(formula_error_of(n->text));
    case NODE_CELLS:
        return cells(r, n->reference);
    case NODE_NAME:
        return run_name(r, n->text);
    case NODE_CALL:
        return call(r, n);
    case NODE_ARRAY:
        return constant_array(r, n);
    default:
        return (value){.kind = VALUE_MISSING};
    }
}

static bool on_spine(const struct formula_node *n)
{
    return n->kind == NODE_BINARY || n->kind == NODE_POSTFIX || n->kind == NODE_PREFIX ||
           n->kind == NODE_GROUP;
}

/* 1+1+1+… is as deep on its left as it is long: that way goes without recursion. */
value compute(struct run *r, const struct formula_node *n)
{
    size_t depth = 0;
    for (const struct formula_node *d = n; on_spine(d); d = d->first)
        depth++;
    if (run_failed(r) || !run_step(r, 1 + depth))
        return value_error(ERROR_NA);
    if (depth == 0)
        return leaf(r, n);
    const struct formula_node **spine = arena_array(r->a, depth + 1, sizeof *spine);
    size_t i = 0;
    for (; i < depth; n = n->first)
        spine[i++] = n;
    value v = leaf(r, n);
    while (i > 0 && !run_failed(r)) {
        const struct formula_node *up = spine[--i];
        v = up->kind == NODE_BINARY ? binary(r, up, v) : up->kind == NODE_GROUP ? v : unary(r, up, v);
    }
    return v;
}

value compute_array(struct run *r, const struct formula_node *n)
{
    bool before = r->array;
    r->array = true;
    value v = whole(r, compute(r, n));
    r->array = before;
    return v;
}

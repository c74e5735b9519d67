/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/compute.h"

#include <string.h>

void extent_of(const value *v, int32_t *rows, int32_t *columns)
{
    bool area = v->kind == VALUE_AREA;
    *rows = area ? v->area->rows : v->kind == VALUE_ARRAY ? v->rows : 1;
    *columns = area ? v->area->columns : v->kind == VALUE_ARRAY ? v->columns : 1;
}

static void used_of_area(struct run *r, const struct value_area *a, int32_t *rows, int32_t *columns)
{
    int32_t last_row = 0, last_column = 0;
    r->book->extent(r->book->context, a->sheet, &last_row, &last_column);
    *rows = last_row - a->row + 1 < a->rows ? last_row - a->row + 1 : a->rows;
    *columns = last_column - a->column + 1 < a->columns ? last_column - a->column + 1 : a->columns;
    *rows = *rows < 0 ? 0 : *rows;
    *columns = *columns < 0 ? 0 : *columns;
}

void used_extent_of(struct run *r, const value *v, int32_t *rows, int32_t *columns)
{
    extent_of(v, rows, columns);
    /* an area of an ordinary size keeps it, so that arrays fit one another */
    if (v->kind == VALUE_AREA && (*rows > 65536 || *columns > 1024))
        used_of_area(r, v->area, rows, columns);
}

value at(struct run *r, const value *v, int32_t row, int32_t column)
{
    if (v->kind != VALUE_AREA)
        return item_at(v, row, column);
    return run_cell(r, v->area->sheet, v->area->row + row, v->area->column + column);
}

static bool visit_area(struct run *r, const struct value_area *a, visit_fn *fn, void *context)
{
    int32_t rows, columns;
    used_of_area(r, a, &rows, &columns);
    for (int32_t i = 0; i < rows; i++)
        for (int32_t k = 0; k < columns; k++) {
            value v = run_cell(r, a->sheet, a->row + i, a->column + k);
            if (run_failed(r) || !fn(r, context, &v, false))
                return false;
        }
    return true;
}

static bool visit_array(struct run *r, const value *v, visit_fn *fn, void *context)
{
    for (int64_t i = 0; i < (int64_t)v->rows * v->columns; i++)
        if (!run_step(r, 1) || !fn(r, context, &v->item[i], false))
            return false;
    return true;
}

void visit(struct run *r, const value *arg, uint32_t n, visit_fn *fn, void *context)
{
    for (uint32_t i = 0; i < n; i++) {
        bool on = true;
        if (arg[i].kind == VALUE_AREA)
            for (const struct value_area *a = arg[i].area; a && on; a = a->next)
                on = visit_area(r, a, fn, context);
        else if (arg[i].kind == VALUE_ARRAY)
            on = visit_array(r, &arg[i], fn, context);
        else
            on = fn(r, context, &arg[i], true);
        if (!on)
            return;
    }
}

struct gathering {
    double *x;
    size_t n, cap;
    value *error;
    bool failed;
};

static bool gather_one(struct run *r, void *context, const value *v, bool direct)
{
    struct gathering *g = context;
    double x = v->kind == VALUE_NUMBER ? v->number : 0;
    if (v->kind == VALUE_ERROR || (direct && !to_number(r, v, &x, g->error))) {
        *g->error = v->kind == VALUE_ERROR ? *v : *g->error;
        g->failed = true;
        return false;
    }
    if (v->kind != VALUE_NUMBER && !direct)
        return true;
    if (g->n == g->cap) {
        size_t cap = g->cap ? 2 * g->cap : 64;
        double *wider = arena_array(r->a, cap, sizeof *wider);
        if (g->n)
            memcpy(wider, g->x, g->n * sizeof *wider);
        g->x = wider;
        g->cap = cap;
    }
    g->x[g->n++] = x;
    return true;
}

bool gather(struct run *r, const value *arg, uint32_t n, double **ret, size_t *ret_n, value *ret_error)
{
    struct gathering g = {.error = ret_error};
    *ret_error = value_error(ERROR_NA);
    visit(r, arg, n, gather_one, &g);
    *ret = g.x;
    *ret_n = g.n;
    return !g.failed && !run_failed(r);
}

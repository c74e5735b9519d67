/* SPDX-License-Identifier: Apache-2.0 */
/* Columns, rows and their cells, whatever they mean. */
#include "engine/search/model-internal.h"

#include <float.h>

#include "base/mem.h"

int model_column(struct model *m, double lower, double upper, bool integer)
{
    if (m->n_cols == m->room_cols) {
        m->room_cols = m->room_cols ? 2 * m->room_cols : 256;
        m->lower = mem_grow(m->lower, m->room_cols, sizeof *m->lower);
        m->upper = mem_grow(m->upper, m->room_cols, sizeof *m->upper);
        m->cost = mem_grow(m->cost, m->room_cols, sizeof *m->cost);
        m->integer = mem_grow(m->integer, m->room_cols, sizeof *m->integer);
    }
    m->lower[m->n_cols] = lower;
    m->upper[m->n_cols] = upper;
    m->cost[m->n_cols] = 0;
    m->integer[m->n_cols] = integer;
    return (int)m->n_cols++;
}

void model_cell(struct model *m, int col, double value)
{
    if (m->n_cells == m->room_cells) {
        m->room_cells = m->room_cells ? 2 * m->room_cells : 1024;
        m->index = mem_grow(m->index, m->room_cells, sizeof *m->index);
        m->value = mem_grow(m->value, m->room_cells, sizeof *m->value);
    }
    m->index[m->n_cells] = col;
    m->value[m->n_cells++] = value;
}

void model_row(struct model *m, double lo, double hi)
{
    if (m->n_rows + 2 > m->room_rows) {
        m->room_rows = m->room_rows ? 2 * m->room_rows : 256;
        m->lo = mem_grow(m->lo, m->room_rows, sizeof *m->lo);
        m->hi = mem_grow(m->hi, m->room_rows, sizeof *m->hi);
        m->start = mem_grow(m->start, m->room_rows + 1, sizeof *m->start);
        m->start[0] = 0;
    }
    if (m->n_cells == m->start[m->n_rows]) { /* 0 within lo..hi, or never */
        m->sure_infeasible = m->sure_infeasible || lo > 0 || hi < 0;
        return;
    }
    m->lo[m->n_rows] = lo;
    m->hi[m->n_rows] = hi;
    m->start[++m->n_rows] = m->n_cells;
}

int model_x(const struct model *m, uint32_t item, size_t form)
{
    return m->x[(size_t)item * m->n_forms + form];
}

/* Adds value * x; an excluded item adds nothing. */
void model_x_cell(struct model *m, uint32_t item, size_t form, double value)
{
    int col = model_x(m, item, form);
    if (col >= 0 && value != 0)
        model_cell(m, col, value);
}

double model_low(int64_t v, int64_t unit)
{
    return v == OPEN_LO ? -DBL_MAX : (double)v / (double)unit;
}

double model_high(int64_t v, int64_t unit)
{
    return v == OPEN_HI ? DBL_MAX : (double)v / (double)unit;
}

int64_t model_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct matrix *matrix_new(size_t n)
{
    struct matrix *m = mem_alloc(sizeof *m);
    m->n = n;
    m->var = mem_alloc((n + 1) * sizeof *m->var);
    m->start = mem_alloc((n + 2) * sizeof *m->start);
    return m;
}

static void make_room(struct matrix *m, size_t entries)
{
    m->row = mem_alloc((entries + 1) * sizeof *m->row);
    m->coef = mem_alloc((entries + 1) * sizeof *m->coef);
}

void matrix_free(struct matrix *m)
{
    if (!m)
        return;
    free(m->var);
    free(m->start);
    free(m->row);
    free(m->coef);
    free(m);
}

static void count(void *context, uint32_t var, uint32_t row, int64_t coef)
{
    struct matrix *m = context;
    (void)row;
    (void)coef;
    m->start[var + 2]++;
}

static void fill(void *context, uint32_t var, uint32_t row, int64_t coef)
{
    struct matrix *m = context;
    size_t at = m->start[var + 1]++;
    m->row[at] = row;
    m->coef[at] = coef;
}

struct matrix *matrix_of_rows(const struct rows *r)
{
    struct matrix *m = matrix_new(r->n_vars);
    for (uint32_t v = 0; v < r->n_vars; v++)
        m->var[v] = v;
    rows_each(r, count, m);
    for (size_t v = 1; v <= r->n_vars; v++)
        m->start[v + 1] += m->start[v];
    make_room(m, m->start[r->n_vars + 1]);
    rows_each(r, fill, m);
    return m;
}

struct matrix *matrix_of_open(struct matrix *m, const int32_t *lo, const int32_t *hi)
{
    size_t n = 0, entries = 0;
    for (size_t i = 0; i < m->n; i++)
        if (lo[m->var[i]] < hi[m->var[i]]) {
            entries += m->start[i + 1] - m->start[i];
            n++;
        }
    struct matrix *to = matrix_new(n);
    make_room(to, entries);
    to->parent = m;
    n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (lo[m->var[i]] < hi[m->var[i]]) {
            size_t length = m->start[i + 1] - m->start[i], at = to->start[n];
            to->var[n] = m->var[i];
            memcpy(to->row + at, m->row + m->start[i], length * sizeof *m->row);
            memcpy(to->coef + at, m->coef + m->start[i], length * sizeof *m->coef);
            to->start[++n] = at + length;
        }
    return to;
}

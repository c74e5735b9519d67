/* SPDX-License-Identifier: Apache-2.0 */
#include "base/print/print-internal.h"

enum { CELL_SIZE = 8, CELL_PAD = 3 };

struct table {
    struct print *p;
    const struct print_column *column;
    size_t n;
    double x[PRINT_MAX_COLUMNS + 1];
};

static void place_columns(struct table *t)
{
    int all = 0, so_far = 0;
    for (size_t i = 0; i < t->n; i++)
        all += t->column[i].share;
    for (size_t i = 0; i < t->n; i++) {
        t->x[i] = PRINT_MARGIN + print_width(t->p) * so_far / (all ? all : 1);
        so_far += t->column[i].share;
    }
    t->x[t->n] = PRINT_MARGIN + print_width(t->p);
}

static PangoLayout *cell_of(const struct table *t, size_t i, const char *text, bool bold)
{
    PangoLayout *layout = print_layout(t->p, text, CELL_SIZE, bold, t->x[i + 1] - t->x[i] - 2 * CELL_PAD);
    if (t->column[i].right)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    return layout;
}

static void put_row(struct table *t, const char *const *text, bool bold)
{
    PangoLayout *cell[PRINT_MAX_COLUMNS];
    double height = 0, top = t->p->y;
    for (size_t i = 0; i < t->n; i++) {
        cell[i] = cell_of(t, i, text[i] ? text[i] : "", bold);
        double h = print_layout_height(cell[i]) + 2 * CELL_PAD;
        height = h > height ? h : height;
    }
    for (size_t i = 0; i < t->n; i++) {
        print_layout_at(t->p, cell[i], t->x[i] + CELL_PAD, top + CELL_PAD);
        g_object_unref(cell[i]);
    }
    for (size_t i = 0; i <= t->n; i++)
        print_rule(t->p, t->x[i], top, t->x[i], top + height);
    print_rule(t->p, t->x[0], top, t->x[t->n], top);
    print_rule(t->p, t->x[0], top + height, t->x[t->n], top + height);
    t->p->y += height;
}

static void put_titles(struct table *t)
{
    const char *title[PRINT_MAX_COLUMNS];
    for (size_t i = 0; i < t->n; i++)
        title[i] = t->column[i].title;
    put_row(t, title, true);
}

static double row_height(const struct table *t, const char *const *text)
{
    double height = 0;
    for (size_t i = 0; i < t->n; i++) {
        PangoLayout *layout = cell_of(t, i, text[i] ? text[i] : "", false);
        double h = print_layout_height(layout) + 2 * CELL_PAD;
        height = h > height ? h : height;
        g_object_unref(layout);
    }
    return height;
}

void print_table(struct print *p, const struct print_column *column, size_t n_columns,
                 const char *const *cell, size_t n_rows)
{
    struct table t = {
        .p = p, .column = column, .n = n_columns < PRINT_MAX_COLUMNS ? n_columns : PRINT_MAX_COLUMNS};
    place_columns(&t);
    for (size_t i = 0; i < n_rows; i++) {
        const char *const *row = cell + i * n_columns;
        size_t page = p->pages;
        double height = row_height(&t, row);
        print_need(p, i == 0 ? height + 3 * CELL_SIZE : height);
        if (i == 0 || p->pages != page)
            put_titles(&t);
        put_row(&t, row, false);
    }
    if (n_rows == 0)
        put_titles(&t);
    p->y += PRINT_GAP;
}

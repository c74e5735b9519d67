/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as ASCII: columns as wide as their widest cell, the widest ones narrowed until the table fits. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/body.h"

enum { MAX_COLUMNS = 16, LEAST_COLUMN = 4 };

struct table {
    struct arena *arena;
    int width[MAX_COLUMNS];
    int n;
};

/* The next node of that kind, `n` itself included: white space stands between rows and cells. */
static const struct item_node *of_kind(const struct item_node *n, enum item_node_kind kind)
{
    while (n && n->kind != kind)
        n = n->next;
    return n;
}

static const struct item_node *first_row(const struct item_node *table)
{
    return of_kind(table->child, NODE_ROW);
}

static const struct item_node *next_row(const struct item_node *row)
{
    return of_kind(row->next, NODE_ROW);
}

static const struct item_node *first_cell(const struct item_node *row)
{
    return of_kind(row->child, NODE_CELL);
}

static const struct item_node *next_cell(const struct item_node *cell)
{
    return of_kind(cell->next, NODE_CELL);
}

static void widen(struct table *t, const struct item_node *row)
{
    int column = 0;
    for (const struct item_node *cell = first_cell(row); cell && column < MAX_COLUMNS;
         cell = next_cell(cell)) {
        int w = (int)text_width(item_node_text(cell, t->arena)),
            span = cell->number > 1 ? (int)cell->number : 1;
        if (span == 1 && w > t->width[column])
            t->width[column] = w;
        column += span;
    }
    if (column > MAX_COLUMNS)
        column = MAX_COLUMNS;
    if (column > t->n)
        t->n = column;
}

static int total(const struct table *t)
{
    int sum = 1;
    for (int i = 0; i < t->n; i++)
        sum += t->width[i] + 3;
    return sum;
}

static void narrow(struct table *t, int room)
{
    while (total(t) > room) {
        int widest = 0;
        for (int i = 1; i < t->n; i++)
            if (t->width[i] > t->width[widest])
                widest = i;
        if (t->width[widest] <= LEAST_COLUMN)
            return;
        t->width[widest]--;
    }
}

/* Columns that a cell covers, the bars between them included. */
static int cell_width(const struct table *t, int column, int span)
{
    int w = t->width[column];
    for (int i = 1; i < span && column + i < t->n; i++)
        w += t->width[column + i] + 3;
    return w;
}

static void draw_rule(struct sheet *s, const struct table *t, int indent)
{
    struct bytes line = {0};
    bytes_str(&line, "+");
    for (int i = 0; i < t->n; i++) {
        for (int k = 0; k < t->width[i] + 2; k++)
            bytes_str(&line, "-");
        bytes_str(&line, "+");
    }
    sheet_verbatim(s, indent, LOOK_FRAME, (const char *)line.p, line.n);
    bytes_release(&line);
}

struct cell_lines {
    struct sheet sheet;
    int width;
};

static int lay_cells(const struct table *t, const struct item_node *row, struct cell_lines *cell,
                     size_t *ret_height)
{
    int n = 0, column = 0;
    for (const struct item_node *c = first_cell(row); c && n < MAX_COLUMNS && column < t->n;
         c = next_cell(c)) {
        int span = c->number > 1 ? (int)c->number : 1;
        cell[n].width = cell_width(t, column, span);
        sheet_init(&cell[n].sheet, cell[n].width);
        sheet_text(&cell[n].sheet, c->header ? LOOK_STRONG : LOOK_TEXT, item_node_text(c, t->arena));
        sheet_end(&cell[n].sheet, 0, cell[n].sheet.width - cell[n].width, (struct target){0});
        if (cell[n].sheet.n_lines > *ret_height)
            *ret_height = cell[n].sheet.n_lines;
        column += span;
        n++;
    }
    return n;
}

static void add_cell_line(struct bytes *out, const struct cell_lines *c, size_t i)
{
    int used = 0;
    bytes_str(out, "| ");
    if (i < c->sheet.n_lines) {
        const struct line *l = &c->sheet.line[i];
        for (size_t k = 0; k < l->n; k++) {
            char utf8[8];
            bytes_add(out, utf8, utf8_put(utf8, c->sheet.glyph[l->first + k].ch));
        }
        used = sheet_line_width(&c->sheet, l);
    }
    for (; used < c->width + 1; used++)
        bytes_str(out, " ");
}

static void draw_row(struct sheet *s, const struct table *t, const struct item_node *row, int indent)
{
    struct cell_lines cell[MAX_COLUMNS] = {0};
    size_t height = 1;
    int n = lay_cells(t, row, cell, &height);
    for (size_t i = 0; i < height; i++) {
        struct bytes line = {0};
        for (int c = 0; c < n; c++)
            add_cell_line(&line, &cell[c], i);
        bytes_str(&line, "|");
        sheet_verbatim(s, indent, LOOK_TEXT, (const char *)line.p, line.n);
        bytes_release(&line);
    }
    for (int c = 0; c < n; c++)
        sheet_release(&cell[c].sheet);
}

static bool is_heading(const struct item_node *row)
{
    const struct item_node *cell = first_cell(row);
    return cell && cell->header && next_row(row);
}

static void draw_caption(struct sheet *s, const struct table *t, const struct item_node *caption, int indent)
{
    if (!caption)
        return;
    sheet_text(s, LOOK_STRONG, item_node_text(caption, t->arena));
    sheet_end(s, indent, 0, (struct target){0});
}

void body_table(struct sheet *s, const struct item_node *node, int indent)
{
    struct table t = {.arena = arena_new()};
    for (const struct item_node *row = first_row(node); row; row = next_row(row))
        widen(&t, row);
    narrow(&t, s->width - indent);
    draw_caption(s, &t, of_kind(node->child, NODE_CAPTION), indent);
    if (t.n > 0)
        draw_rule(s, &t, indent);
    for (const struct item_node *row = first_row(node); row && t.n > 0; row = next_row(row)) {
        draw_row(s, &t, row, indent);
        if (is_heading(row) || !next_row(row))
            draw_rule(s, &t, indent);
    }
    arena_free(t.arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as ASCII: columns as wide as their widest cell, the widest ones narrowed until the table fits. */
#include <string.h>

#include "base/text.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

enum { MAX_COLUMNS = 16, LEAST_COLUMN = 4 };

struct table {
    struct body_writer *w;
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

static void lay_cell(const struct table *t, const struct item_node *cell, int width, struct sheet *ret)
{
    sheet_init(ret, width);
    struct body_writer own = {.sheet = ret,
                              .question = t->w->question,
                              .part = t->w->part,
                              .focus = t->w->focus,
                              .look = cell->header ? LOOK_STRONG : LOOK_TEXT};
    body_nodes(&own, cell->child);
    body_flush(&own);
}

/* The columns that a cell takes where it has all the room. */
static int natural_width(const struct table *t, const struct item_node *cell)
{
    struct sheet s;
    int most = 0;
    lay_cell(t, cell, t->w->sheet->width - t->w->indent - 4, &s);
    for (size_t i = 0; i < s.n_lines; i++) {
        int w = s.line[i].indent + sheet_line_width(&s, &s.line[i]) +
                (s.line[i].sign.shown ? BODY_CHOICE_MARGIN : 0);
        most = w > most ? w : most;
    }
    sheet_release(&s);
    return most;
}

static void widen(struct table *t, const struct item_node *row)
{
    int column = 0;
    for (const struct item_node *cell = first_cell(row); cell && column < MAX_COLUMNS;
         cell = next_cell(cell)) {
        int w = natural_width(t, cell), span = cell->number > 1 ? (int)cell->number : 1;
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

static void draw_rule(const struct table *t)
{
    struct bytes line = {0};
    bytes_str(&line, "+");
    for (int i = 0; i < t->n; i++) {
        for (int k = 0; k < t->width[i] + 2; k++)
            bytes_str(&line, "-");
        bytes_str(&line, "+");
    }
    sheet_verbatim(t->w->sheet, t->w->indent, LOOK_FRAME, (const char *)line.p, line.n);
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
        lay_cell(t, c, cell[n].width, &cell[n].sheet);
        if (cell[n].sheet.n_lines > *ret_height)
            *ret_height = cell[n].sheet.n_lines;
        column += span;
        n++;
    }
    return n;
}

/* A line of a cell: its indent, in which a choice has its sign, then its text. Returns the columns used. */
static int add_line(struct sheet *s, const struct cell_lines *c, const struct line *l)
{
    char lead[40], word[sizeof l->sign.word + 2];
    int used = l->indent + sheet_line_width(&c->sheet, l);
    size_t first = s->n_glyphs;
    if (l->sign.shown)
        say(lead, sizeof lead, "  %s %s%*s", l->sign.focus ? ">" : " ", l->sign.label, l->indent, "");
    else
        say(lead, sizeof lead, "%*s", l->indent, "");
    lead[l->indent < (int)sizeof lead ? l->indent : (int)sizeof lead - 1] = '\0';
    sheet_text(s, LOOK_TEXT, lead);
    sheet_bind(s, first, l->owner);
    sheet_copy(s, &c->sheet, l);
    say(word, sizeof word, " %s", l->sign.word);
    if (l->sign.word[0] && used + (int)text_width(word) <= c->width) {
        sheet_text(s, LOOK_CHOSEN, word);
        used += (int)text_width(word);
    }
    return used;
}

static void spaces(struct sheet *s, int n)
{
    for (int i = 0; i < n; i++)
        sheet_text(s, LOOK_TEXT, " ");
}

static void draw_row(const struct table *t, const struct item_node *row)
{
    struct cell_lines cell[MAX_COLUMNS] = {0};
    struct sheet *s = t->w->sheet;
    size_t height = 1;
    int n = lay_cells(t, row, cell, &height);
    for (size_t i = 0; i < height; i++) {
        size_t first = s->n_glyphs;
        for (int c = 0; c < n; c++) {
            sheet_text(s, LOOK_TEXT, "| ");
            int used = i < cell[c].sheet.n_lines ? add_line(s, &cell[c], &cell[c].sheet.line[i]) : 0;
            spaces(s, cell[c].width + 1 - used);
        }
        sheet_text(s, LOOK_TEXT, "|");
        for (size_t k = first; k < s->n_glyphs; k++)
            s->glyph[k].glued = true;
        sheet_end(s, t->w->indent, 0, (struct target){0});
    }
    for (int c = 0; c < n; c++)
        sheet_release(&cell[c].sheet);
}

static bool is_heading(const struct item_node *row)
{
    for (const struct item_node *cell = first_cell(row); cell; cell = next_cell(cell))
        if (!cell->header)
            return false;
    return first_cell(row) && next_row(row);
}

static void draw_caption(struct body_writer *w, const struct item_node *caption)
{
    if (!caption)
        return;
    struct arena *a = arena_new();
    sheet_text(w->sheet, LOOK_STRONG, item_node_text(caption, a));
    sheet_end(w->sheet, w->indent, 0, (struct target){0});
    arena_free(a);
}

void body_table(struct body_writer *w, const struct item_node *node)
{
    struct table t = {.w = w};
    for (const struct item_node *row = first_row(node); row; row = next_row(row))
        widen(&t, row);
    narrow(&t, w->sheet->width - w->indent);
    draw_caption(w, of_kind(node->child, NODE_CAPTION));
    if (t.n > 0)
        draw_rule(&t);
    for (const struct item_node *row = first_row(node); row && t.n > 0; row = next_row(row)) {
        draw_row(&t, row);
        if (is_heading(row) || !next_row(row))
            draw_rule(&t);
    }
}

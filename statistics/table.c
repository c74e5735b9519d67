/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/html.h"
#include "base/mem.h"
#include "base/text.h"

struct table *table_new(const struct table_column *column, size_t n_columns, size_t max_rows)
{
    struct arena *a = arena_new();
    struct table *t = arena_alloc(a, sizeof *t);
    *t = (struct table){.arena = a, .column = column, .n_columns = n_columns};
    t->row = arena_array(a, max_rows + 1, sizeof *t->row);
    return t;
}

void table_free(struct table *t)
{
    if (t)
        arena_free(t->arena);
}

struct table_row *table_add(struct table *t, int level)
{
    struct table_row *row = &t->row[t->n_rows++];
    row->level = level;
    row->cell = arena_array(t->arena, t->n_columns, sizeof *row->cell);
    row->bar = arena_array(t->arena, t->n_columns, sizeof *row->bar);
    for (size_t c = 0; c < t->n_columns; c++) {
        row->cell[c] = "";
        row->bar[c] = -1;
    }
    return row;
}

static const char *percent_sign(const struct table_column *c, const char *cell)
{
    return c->kind == TABLE_PERCENT && cell[0] ? "%" : "";
}

static bool on_terminal(const struct table_column *c)
{
    return c->use == TABLE_EVERYWHERE || c->use == TABLE_FOR_PEOPLE || c->use == TABLE_ON_SCREEN;
}

static bool on_paper(const struct table_column *c)
{
    return c->use != TABLE_FOR_DATA && c->use != TABLE_ON_SCREEN;
}

static bool in_data(const struct table_column *c)
{
    return c->use != TABLE_FOR_PEOPLE && c->use != TABLE_ON_SCREEN;
}

static void pad(struct bytes *out, size_t columns)
{
    while (columns--)
        bytes_str(out, " ");
}

static size_t cell_width(const struct table *t, const struct table_row *row, size_t c)
{
    size_t indent = c == 0 && t->nested ? 2 * (size_t)row->level : 0;
    return indent + text_width(row->cell[c]) + strlen(percent_sign(&t->column[c], row->cell[c]));
}

static size_t *column_widths(const struct table *t)
{
    size_t *width = mem_alloc((t->n_columns + 1) * sizeof *width);
    for (size_t c = 0; c < t->n_columns; c++) {
        width[c] = text_width(t->column[c].head);
        for (size_t r = 0; r < t->n_rows; r++) {
            size_t w = cell_width(t, &t->row[r], c);
            width[c] = w > width[c] ? w : width[c];
        }
    }
    return width;
}

static void text_cell(struct bytes *out, const char *cell, const char *sign, size_t width, size_t own,
                      bool right)
{
    if (right)
        pad(out, width - own);
    bytes_str(out, cell);
    bytes_str(out, sign);
    if (!right)
        pad(out, width - own);
}

static void end_line(struct bytes *out)
{
    while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
    bytes_str(out, "\n");
}

static void text_head(const struct table *t, const size_t *width, struct bytes *out)
{
    size_t total = 0;
    for (size_t c = 0; c < t->n_columns; c++) {
        const struct table_column *col = &t->column[c];
        if (!on_terminal(col))
            continue;
        pad(out, total ? 2 : 0);
        text_cell(out, col->head, "", width[c], text_width(col->head), col->kind != TABLE_TEXT);
        total += width[c] + (total ? 2 : 0);
    }
    end_line(out);
    for (size_t i = 0; i < total; i++)
        bytes_str(out, "-");
    bytes_str(out, "\n");
}

void table_text(const struct table *t, struct bytes *out)
{
    size_t *width = column_widths(t);
    text_head(t, width, out);
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct table_row *row = &t->row[r];
        bool first = true;
        for (size_t c = 0; c < t->n_columns; c++) {
            const struct table_column *col = &t->column[c];
            if (!on_terminal(col))
                continue;
            pad(out, first ? 0 : 2);
            first = false;
            size_t indent = c == 0 && t->nested ? 2 * (size_t)row->level : 0;
            pad(out, indent);
            text_cell(out, row->cell[c], percent_sign(col, row->cell[c]), width[c] - indent,
                      cell_width(t, row, c) - indent, col->kind != TABLE_TEXT);
        }
        end_line(out);
    }
    free(width);
}

static void csv_line(const struct table *t, const struct table_row *row, struct bytes *out)
{
    int first = 1;
    for (size_t c = 0; c < t->n_columns; c++) {
        const struct table_column *col = &t->column[c];
        if (!in_data(col))
            continue;
        const char *head_sign = col->kind == TABLE_PERCENT ? " %" : "";
        char *head = row ? NULL : mem_printf("%s%s", col->head, head_sign);
        csv_add(out, row ? row->cell[c] : head, first);
        free(head);
        first = 0;
    }
    csv_end(out);
}

void table_csv(const struct table *t, struct bytes *out)
{
    bytes_str(out, "\xEF\xBB\xBF");
    table_csv_rows(t, out);
}

void table_csv_rows(const struct table *t, struct bytes *out)
{
    csv_line(t, NULL, out);
    for (size_t r = 0; r < t->n_rows; r++)
        csv_line(t, &t->row[r], out);
}

void table_json_text(struct bytes *out, const char *text)
{
    bytes_str(out, "\"");
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            bytes_printf(out, "\\%c", c);
        else if (c < 0x20)
            bytes_printf(out, "\\u%04x", c);
        else
            bytes_add(out, p, 1);
    }
    bytes_str(out, "\"");
}

static void json_row(const struct table *t, const struct table_row *row, struct bytes *out)
{
    bool first = true;
    bytes_str(out, "{");
    for (size_t c = 0; c < t->n_columns; c++) {
        const struct table_column *col = &t->column[c];
        if (!in_data(col))
            continue;
        bytes_printf(out, "%s\"%s\":", first ? "" : ",", col->key);
        first = false;
        if (col->kind == TABLE_TEXT)
            table_json_text(out, row->cell[c]);
        else
            bytes_str(out, row->cell[c][0] ? row->cell[c] : "null");
    }
    bytes_str(out, "}");
}

void table_json(const struct table *t, int indent, struct bytes *out)
{
    bytes_str(out, "[");
    for (size_t r = 0; r < t->n_rows; r++) {
        bytes_str(out, r ? ",\n" : "\n");
        pad(out, (size_t)indent + 2);
        json_row(t, &t->row[r], out);
    }
    bytes_str(out, t->n_rows ? "\n" : "");
    pad(out, t->n_rows ? (size_t)indent : 0);
    bytes_str(out, "]");
}

void svg_bar(struct bytes *out, int64_t hundredths)
{
    bytes_printf(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 10000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        "<rect class=\"track\" width=\"10000\" height=\"10\"/><rect width=\"%lld\" height=\"10\"/></svg>",
        (long long)hundredths);
}

static void html_cell(const struct table *t, const struct table_row *row, size_t c, bool first,
                      struct bytes *out)
{
    const struct table_column *col = &t->column[c];
    const char *tag = first ? "th scope=\"row\"" : col->kind == TABLE_TEXT ? "td class=\"text\"" : "td";
    bytes_printf(out, "<%s>", tag);
    html_text(out, row->cell[c]);
    bytes_str(out, percent_sign(col, row->cell[c]));
    if (col->bar && row->bar[c] >= 0)
        svg_bar(out, row->bar[c]);
    bytes_str(out, first ? "</th>" : "</td>");
}

void table_html(const struct table *t, struct bytes *out)
{
    bytes_str(out, "<table>\n<thead><tr>");
    for (size_t c = 0; c < t->n_columns; c++) {
        if (!on_paper(&t->column[c]))
            continue;
        bytes_printf(out, "<th scope=\"col\"%s>", t->column[c].kind == TABLE_TEXT ? " class=\"text\"" : "");
        html_text(out, t->column[c].head);
        bytes_str(out, "</th>");
    }
    bytes_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < t->n_rows; r++) {
        bool first = true;
        if (t->nested)
            bytes_printf(out, "<tr class=\"level%d\">", t->row[r].level);
        else
            bytes_str(out, "<tr>");
        for (size_t c = 0; c < t->n_columns; c++)
            if (on_paper(&t->column[c])) {
                html_cell(t, &t->row[r], c, first, out);
                first = false;
            }
        bytes_str(out, "</tr>\n");
    }
    bytes_str(out, "</tbody>\n</table>\n");
}

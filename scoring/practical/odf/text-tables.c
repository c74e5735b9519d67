/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a text document, in the form OOXML gives them: a cell that spans columns stands for all of them,
 * and what it covers in rows below is one covered cell. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_COLUMNS = 1024, MAX_ROWS = 20000 };

/* What spans down into the rows that follow. */
struct down {
    uint32_t rows, span; /* rows still to come; columns of the cell above */
};
struct table {
    struct text_reader *r;
    struct word_table *t;
    const char *cell_style[MAX_COLUMNS]; /* of a column's cells that name none */
    int32_t width[MAX_COLUMNS];
    uint32_t n;
    struct down down[MAX_COLUMNS];
};

static const struct odf_style *style_of(struct text_reader *r, const char *family,
                                        const struct xml_tree_node *n)
{
    return odf_style_find(r->p->styles, r->part, family, xml_tree_attr(n, NS_TABLE, "style-name"));
}

static void read_column(struct table *t, const struct xml_tree_node *n)
{
    const struct odf_style *s = style_of(t->r, "table-column", n);
    int32_t width = text_emu(odf_style_attr(s, "table-column-properties", NS_STYLE, "column-width"), 0);
    for (int64_t i = odf_integer(xml_tree_attr(n, NS_TABLE, "number-columns-repeated"), 1, MAX_COLUMNS, 1);
         i > 0 && t->n < MAX_COLUMNS; i--) {
        t->cell_style[t->n] = xml_tree_attr(n, NS_TABLE, "default-cell-style-name");
        t->width[t->n++] = width;
    }
}

static bool group(const struct xml_tree_node *n, const char *what)
{
    size_t length = strlen(n->name);
    return n->ns == NS_TABLE && strncmp(n->name, "table-", 6) == 0 && strstr(n->name, what) &&
           (n->name[length - 1] == 's' || strcmp(n->name + length - 5, "group") == 0);
}

static void read_columns(struct table *t, const struct xml_tree_node *holder)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n; n = xml_tree_next_element(n))
        if (xml_tree_is(n, NS_TABLE, "table-column"))
            read_column(t, n);
        else if (group(n, "column"))
            read_columns(t, n);
}

static int32_t widths(const struct table *t, uint32_t column, uint32_t span)
{
    int64_t all = 0;
    for (uint32_t i = column; i < column + span && i < t->n; i++)
        all += t->width[i];
    return all < INT32_MAX ? (int32_t)all : INT32_MAX;
}

static void look(struct table *t, struct word_cell *c, const struct xml_tree_node *n, const char *otherwise,
                 const struct odf_style *row)
{
    const char *name = xml_tree_attr(n, NS_TABLE, "style-name");
    const struct odf_style *s =
        odf_style_find(t->r->p->styles, t->r->part, "table-cell", name ? name : otherwise);
    const char *group = "table-cell-properties";
    for (int i = 0; i < 4; i++)
        c->border[i].kind = "none";
    for (const struct odf_style *at = s; at; at = at->parent)
        if (odf_style_group(at, group)) {
            text_borders(odf_style_group(at, group), c->border);
            break;
        }
    const char *background = odf_style_attr(s, group, NS_FO, "background-color");
    if (!background || odf_color(background) < 0)
        background = odf_style_attr(row, "table-row-properties", NS_FO, "background-color");
    c->shading = background && odf_color(background) >= 0 ? odf_color(background) : t->t->shading;
    const char *align = odf_style_attr(s, group, NS_STYLE, "vertical-align");
    c->valign = odf_is(align, "middle") ? "center" : odf_is(align, "bottom") ? "bottom" : "top";
    c->formula = text_keep(t->r, xml_tree_attr(n, NS_TABLE, "formula"));
}

static void read_cell(struct table *t, struct word_row *row, const struct xml_tree_node *n,
                      const struct xml_tree_node *row_node, const struct odf_style *row_style)
{
    struct word_cell *c = word_cell_add(t->r->d, row);
    const char *row_cells = xml_tree_attr(row_node, NS_TABLE, "default-cell-style-name");
    uint32_t rest = c->column < MAX_COLUMNS ? MAX_COLUMNS - c->column : 1;
    c->span = (uint32_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-columns-spanned"), 1, rest, 1);
    uint32_t rows = (uint32_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-spanned"), 1, MAX_ROWS, 1);
    const char *of_column = c->column < t->n ? t->cell_style[c->column] : NULL;
    look(t, c, n, row_cells ? row_cells : of_column, row_style);
    c->row_span = rows;
    c->width = widths(t, c->column, c->span);
    if (rows > 1 && c->column < MAX_COLUMNS)
        t->down[c->column] = (struct down){rows - 1, c->span};
    text_blocks(t->r, n, &c->flow, NULL);
}

/* The rest of a merge downwards: one covered cell as wide as what is above. */
static void covered_below(struct table *t, struct word_row *row, struct down *d)
{
    struct word_cell *c = word_cell_add(t->r->d, row);
    c->covered = true;
    c->span = d->span;
    c->width = widths(t, c->column, c->span);
    for (int i = 0; i < 4; i++)
        c->border[i].kind = "none";
    d->rows--;
}

static uint32_t next_column(const struct word_row *row)
{
    return row->last ? row->last->column + row->last->span : 0;
}

/* `column` counts every cell of the file, covered ones too. */
static void read_cells(struct table *t, struct word_row *row, const struct xml_tree_node *n)
{
    const struct odf_style *style = style_of(t->r, "table-row", n);
    uint32_t column = 0;
    for (const struct xml_tree_node *c = xml_tree_first_element(n); c && !text_over(t->r);
         c = xml_tree_next_element(c)) {
        bool covered = xml_tree_is(c, NS_TABLE, "covered-table-cell");
        if (!covered && !xml_tree_is(c, NS_TABLE, "table-cell"))
            continue;
        int64_t repeated =
            odf_integer(xml_tree_attr(c, NS_TABLE, "number-columns-repeated"), 1, MAX_COLUMNS, 1);
        for (; repeated > 0 && column < MAX_COLUMNS && !text_over(t->r); repeated--, column++) {
            if (column < next_column(row))
                continue;
            struct down *d = &t->down[column];
            if (covered && d->rows > 0)
                covered_below(t, row, d);
            else
                read_cell(t, row, c, n, style);
        }
    }
}

static void read_row(struct table *t, const struct xml_tree_node *n, bool header)
{
    const struct odf_style *s = style_of(t->r, "table-row", n);
    const char *group = "table-row-properties";
    const char *exact = odf_style_attr(s, group, NS_STYLE, "row-height");
    const char *least = odf_style_attr(s, group, NS_STYLE, "min-row-height");
    for (int64_t i = odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-repeated"), 1, MAX_ROWS, 1);
         i > 0 && t->t->n_rows < MAX_ROWS && !text_over(t->r); i--) {
        struct word_row *row = word_row_add(t->r->d, t->t);
        row->header = header;
        row->height = text_emu(exact ? exact : least, 0);
        row->height_rule = exact ? "exact" : least ? "atLeast" : "auto";
        row->may_break = !odf_is(odf_style_attr(s, group, NS_FO, "keep-together"), "always");
        read_cells(t, row, n);
    }
}

static void read_rows(struct table *t, const struct xml_tree_node *holder, bool header)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n && !text_over(t->r);
         n = xml_tree_next_element(n))
        if (xml_tree_is(n, NS_TABLE, "table-row"))
            read_row(t, n, header);
        else if (group(n, "row"))
            read_rows(t, n, header || strcmp(n->name, "table-header-rows") == 0);
}

/* ---- borders that two cells share are written at one of them ---- */

static bool none(const struct word_border *b)
{
    return !b->kind || strcmp(b->kind, "none") == 0;
}

static void meet(struct word_border *a, struct word_border *b)
{
    if (none(a) && !none(b))
        *a = *b;
    else if (none(b) && !none(a))
        *b = *a;
}

static void meet_row(struct word_row *row)
{
    for (struct word_cell *c = row->first; c && c->next; c = c->next)
        meet(&c->border[WORD_RIGHT], &c->next->border[WORD_LEFT]);
}

static void meet_rows(struct word_row *above, struct word_row *below)
{
    struct word_cell *b = below->first;
    for (struct word_cell *a = above->first; a; a = a->next) {
        while (b && b->column < a->column)
            b = b->next;
        if (b && b->column == a->column && !b->covered && !a->covered)
            meet(&a->border[WORD_BOTTOM], &b->border[WORD_TOP]);
    }
}

static void whole_borders(struct word_table *t)
{
    for (struct word_row *row = t->first; row; row = row->next) {
        meet_row(row);
        if (row->next)
            meet_rows(row, row->next);
    }
    struct word_cell *first = t->first ? t->first->first : NULL;
    if (!first || !t->last->first)
        return;
    t->border[WORD_TOP] = first->border[WORD_TOP];
    t->border[WORD_LEFT] = first->border[WORD_LEFT];
    t->border[WORD_RIGHT] = t->first->last->border[WORD_RIGHT];
    t->border[WORD_BOTTOM] = t->last->first->border[WORD_BOTTOM];
    if (t->n_rows > 1)
        t->border[WORD_INSIDE_H] = first->border[WORD_BOTTOM];
    if (t->n_columns > 1)
        t->border[WORD_INSIDE_V] = t->last->last->border[WORD_LEFT];
}

static void table_look(struct text_reader *r, struct word_table *t, const struct xml_tree_node *n)
{
    const struct odf_style *s = style_of(r, "table", n);
    const char *group = "table-properties", *template = xml_tree_attr(n, NS_TABLE, "template-name");
    const char *align = odf_style_attr(s, group, NS_TABLE, "align");
    int64_t part;
    t->align = odf_is(align, "center") ? "center" : odf_is(align, "right") ? "right" : "left";
    t->width = text_emu(odf_style_attr(s, group, NS_STYLE, "width"), 0);
    if (odf_percent(odf_style_attr(s, group, NS_STYLE, "rel-width"), &part) && part <= 10000)
        t->width_percent = (int32_t)part;
    t->indent = text_emu(odf_style_attr(s, group, NS_FO, "margin-left"), 0);
    t->shading = odf_color(odf_style_attr(s, group, NS_FO, "background-color"));
    const struct odf_style *named = odf_style_common(s);
    t->style = text_keep(r, template ? template : named ? odf_style_shown(named, r->p->arena) : NULL);
}

static void section_of(struct text_reader *r, const struct xml_tree_node *n, const struct word_flow *flow)
{
    if (flow != &r->d->body)
        return;
    const struct odf_style *s = style_of(r, "table", n);
    const char *master = s ? xml_tree_attr(s->node, NS_STYLE, "master-page-name") : NULL;
    if (!r->section || (master && *master))
        text_page_begin(r, master && *master ? master : NULL,
                        odf_style_direct(s, "table-properties", NS_STYLE, "page-number"));
    text_section_use(r);
}

void text_table(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow)
{
    section_of(r, n, flow);
    struct table *t = mem_alloc(sizeof *t);
    t->r = r;
    t->t = word_table_add(r->d, flow);
    table_look(r, t->t, n);
    read_columns(t, n);
    word_table_grid(r->d, t->t, t->width, t->n);
    read_rows(t, n, false);
    whole_borders(t->t);
    free(t);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* w:tc: its place in the grid, and which conditions of the table's style it meets. */
#include <string.h>

#include "scoring/practical/word/docx-table.h"

static int64_t column_count(const struct docx_table *t, const struct word_cell *c)
{
    return t->table->n_columns ? t->table->n_columns : c->column + c->span;
}

/* In the order in which they lie over each other. */
static unsigned conditions(const struct docx_table *t, const struct word_cell *c, enum docx_condition *ret)
{
    uint32_t row = c->row->number - 1, column = c->column;
    bool top = t->first_row && row == 0, bottom = t->last_row && row + 1 == t->n_rows;
    bool left = t->first_col && column == 0;
    bool right = t->last_col && (int64_t)column + c->span >= column_count(t, c);
    unsigned n = 0;
    ret[n++] = COND_WHOLE;
    if (t->bands_v && !left && !right)
        ret[n++] = (column - t->first_col) / t->col_band % 2 ? COND_BAND2_VERT : COND_BAND1_VERT;
    if (t->bands_h && !top && !bottom)
        ret[n++] = (row - t->first_row) / t->row_band % 2 ? COND_BAND2_HORZ : COND_BAND1_HORZ;
    if (left)
        ret[n++] = COND_FIRST_COL;
    if (right)
        ret[n++] = COND_LAST_COL;
    if (top)
        ret[n++] = COND_FIRST_ROW;
    if (bottom)
        ret[n++] = COND_LAST_ROW;
    if (top && left)
        ret[n++] = COND_NW;
    if (top && right)
        ret[n++] = COND_NE;
    if (bottom && left)
        ret[n++] = COND_SW;
    if (bottom && right)
        ret[n++] = COND_SE;
    return n;
}

struct cell {
    struct docx_rpr r;
    struct docx_ppr p;
    struct docx_cell_look look;
    struct docx_look text;
};

static void condition_over(struct docx_table *t, const struct docx_condition_look *l, struct cell *c)
{
    if (l->r)
        docx_rpr_over(&c->r, l->r);
    if (l->p)
        docx_ppr_over(t->x, &c->p, l->p, true);
    docx_cell_look_over(&c->look, &l->cell);
}

static void style_over(struct docx_table *t, const struct word_cell *model, struct cell *c)
{
    enum docx_condition met[CONDITIONS];
    unsigned n = conditions(t, model, met);
    for (size_t i = 0; i < t->n_chain; i++) {
        if (t->chain[i]->r)
            docx_rpr_over(&c->r, t->chain[i]->r);
        if (t->chain[i]->p)
            docx_ppr_over(t->x, &c->p, t->chain[i]->p, true);
    }
    for (unsigned k = 0; k < n; k++)
        for (size_t i = 0; i < t->n_chain; i++)
            if (t->chain[i]->look && t->chain[i]->look[met[k]])
                condition_over(t, t->chain[i]->look[met[k]], c);
}

/* The cell's own, else its condition's, else the table's: outer where the cell lies at the edge. */
static void borders_resolve(const struct docx_table *t, struct word_cell *c, const struct docx_cell_look *own,
                            const struct docx_cell_look *style)
{
    bool edge[4] = {c->row->number == 1, c->column == 0, c->row->number == t->n_rows,
                    (int64_t)c->column + c->span >= column_count(t, c)};
    static const uint8_t inside[4] = {WORD_INSIDE_H, WORD_INSIDE_V, WORD_INSIDE_H, WORD_INSIDE_V};
    for (int i = 0; i < 4; i++) {
        int side = edge[i] ? i : inside[i];
        if (own->borders & 1 << i)
            c->border[i] = own->border[i];
        else if (t->own_borders & 1 << side)
            c->border[i] = t->look.border[side];
        else if (style->borders & 1 << i)
            c->border[i] = style->border[i];
        else if (t->look.borders & 1 << side)
            c->border[i] = t->look.border[side];
    }
}

static void look_resolve(struct docx_table *t, node *properties, struct word_cell *model, struct cell *c)
{
    struct docx_cell_look own, all = t->look;
    docx_cell_look_read(t->x, properties, "tcBorders", &own);
    docx_cell_look_over(&all, &c->look);
    docx_cell_look_over(&all, &own);
    model->shading = all.has_shading ? all.shading : WORD_NO_COLOR;
    model->valign = all.has_valign ? all.valign : "top";
    if (strcmp(model->valign, "both") == 0)
        model->valign = "top";
    borders_resolve(t, model, &own, &c->look);
}

static void place_read(struct docx_table *t, node *properties, struct word_cell *c)
{
    int64_t span = 1;
    node *merge = docx_child(properties, "vMerge"), *width = docx_child(properties, "tcW");
    const char *type = docx_attr(width, "type");
    docx_integer(docx_val(docx_child(properties, "gridSpan")), &span);
    c->column = t->column;
    c->span = span < 1 ? 1 : span > 512 ? 512 : (uint32_t)span;
    t->column += c->span;
    c->covered = merge && !(docx_val(merge) && strcmp(docx_val(merge), "restart") == 0);
    if (width && (!type || strcmp(type, "dxa") == 0))
        docx_attr_length(width, "w", &c->width);
    for (uint32_t i = c->column; c->width == 0 && i < c->column + c->span && i < t->table->n_columns; i++)
        c->width += t->table->column[i];
}

void docx_cell_read(struct docx_table *t, node *n, struct word_row *r)
{
    struct docx *x = t->x;
    node *properties = docx_child(n, "tcPr");
    struct word_cell *model = word_cell_add(x->d, r);
    struct cell c = {0};
    const struct docx_look *outer = x->look;
    place_read(t, properties, model);
    style_over(t, model, &c);
    look_resolve(t, properties, model, &c);
    c.text = (struct docx_look){.r = &c.r, .p = &c.p};
    x->look = &c.text;
    docx_flow_read(x, n, &model->flow);
    x->look = outer;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* w:tbl, with what its style's conditions give to cells and to the text in them (ECMA-376 part 1, 17.4 and
 * 17.7.6). */
#include <string.h>

#include "scoring/practical/word/docx-table.h"

enum { MAX_COLUMNS = 512, MAX_CHAIN = 12 };

void docx_cell_look_read(struct docx *x, node *properties, const char *borders, struct docx_cell_look *ret)
{
    static const char *const sides[WORD_SIDES][2] = {{"top", "top"},         {"left", "start"},
                                                     {"bottom", "bottom"},   {"right", "end"},
                                                     {"insideH", "insideH"}, {"insideV", "insideV"}};
    memset(ret, 0, sizeof *ret);
    node *b = docx_child(properties, borders), *shd = docx_child(properties, "shd");
    for (int i = 0; i < WORD_SIDES; i++) {
        node *side = docx_child(b, sides[i][0]) ? docx_child(b, sides[i][0]) : docx_child(b, sides[i][1]);
        ret->border[i].color = WORD_NO_COLOR;
        if (side) {
            ret->borders |= (uint8_t)(1 << i);
            ret->border[i] = docx_border(x, side);
        }
    }
    if (shd) {
        const char *pattern = docx_val(shd);
        ret->has_shading = true;
        ret->shading = pattern && strcmp(pattern, "solid") == 0
                           ? docx_color(x, shd, "color", "themeColor", "themeTint", "themeShade")
                           : docx_color(x, shd, "fill", "themeFill", "themeFillTint", "themeFillShade");
    }
    ret->valign = docx_keep(x, docx_val(docx_child(properties, "vAlign")));
    ret->has_valign = ret->valign != NULL;
}

void docx_cell_look_over(struct docx_cell_look *base, const struct docx_cell_look *over)
{
    for (int i = 0; i < WORD_SIDES; i++)
        if (over->borders & 1 << i)
            base->border[i] = over->border[i];
    base->borders |= over->borders;
    if (over->has_shading) {
        base->has_shading = true;
        base->shading = over->shading;
    }
    if (over->has_valign) {
        base->has_valign = true;
        base->valign = over->valign;
    }
}

/* The chain of the table's style, farthest first. */
static void chain_read(struct docx_table *t, const struct docx_style *s)
{
    const struct docx_style *up[MAX_CHAIN];
    size_t n = 0;
    for (; s && n < MAX_CHAIN; s = docx_style_find(t->x, "table", s->based_on))
        up[n++] = s;
    while (n > 0)
        t->chain[t->n_chain++] = up[--n];
    t->row_band = t->col_band = 1;
    for (size_t i = 0; i < t->n_chain; i++) {
        if (t->chain[i]->row_band)
            t->row_band = t->chain[i]->row_band;
        if (t->chain[i]->col_band)
            t->col_band = t->chain[i]->col_band;
        if (t->chain[i]->table_align)
            t->table->align = t->chain[i]->table_align;
        docx_cell_look_over(&t->look, &t->chain[i]->table_look);
    }
}

static bool look_bit(node *n, const char *name, int64_t bits, int64_t bit)
{
    return docx_attr(n, name) ? docx_attr_on(n, name, false) : (bits & bit) != 0;
}

static void look_read(struct docx_table *t, node *n)
{
    int64_t bits = 0;
    const char *hex = docx_val(n);
    for (; hex && *hex; hex++) {
        const char *digit = strchr("0123456789abcdef", *hex | 0x20);
        if (!digit || bits > 0xFFFF)
            break;
        bits = bits << 4 | (digit - "0123456789abcdef");
    }
    t->first_row = look_bit(n, "firstRow", bits, 0x20);
    t->last_row = look_bit(n, "lastRow", bits, 0x40);
    t->first_col = look_bit(n, "firstColumn", bits, 0x80);
    t->last_col = look_bit(n, "lastColumn", bits, 0x100);
    t->bands_h = !look_bit(n, "noHBand", bits, 0x200);
    t->bands_v = !look_bit(n, "noVBand", bits, 0x400);
}

static void width_read(struct docx_table *t, node *n)
{
    const char *type = docx_attr(n, "type"), *w = docx_attr(n, "w");
    int64_t fiftieths;
    if (!w)
        return;
    if (strchr(w, '%') || (type && strcmp(type, "pct") == 0)) {
        if (docx_integer(strchr(w, '%') ? arena_strndup(t->x->scratch, w, strcspn(w, "%")) : w, &fiftieths))
            t->table->width_percent = (int32_t)(strchr(w, '%') ? fiftieths * 10 : fiftieths / 5);
    } else if (!type || strcmp(type, "dxa") == 0)
        docx_attr_length(n, "w", &t->table->width);
}

static void properties_read(struct docx_table *t, node *n)
{
    struct docx_cell_look own;
    const struct docx_style *s = docx_style_find(t->x, "table", docx_val(docx_child(n, "tblStyle")));
    if (!s)
        s = t->x->styles.default_table;
    t->table->style = s ? s->name : NULL;
    chain_read(t, s);
    look_read(t, docx_child(n, "tblLook"));
    width_read(t, docx_child(n, "tblW"));
    node *indent = docx_child(n, "tblInd"), *jc = docx_child(n, "jc");
    if (indent)
        docx_attr_length(indent, "w", &t->table->indent);
    if (docx_val(jc))
        t->table->align = strcmp(docx_val(jc), "start") == 0 ? "left"
                          : strcmp(docx_val(jc), "end") == 0 ? "right"
                                                             : docx_keep(t->x, docx_val(jc));
    docx_cell_look_read(t->x, n, "tblBorders", &own);
    docx_cell_look_over(&t->look, &own);
    t->own_borders = own.borders;
    memcpy(t->table->border, t->look.border, sizeof t->table->border);
    t->table->shading = t->look.has_shading ? t->look.shading : WORD_NO_COLOR;
}

static void grid_read(struct docx_table *t, node *n)
{
    int32_t width[MAX_COLUMNS];
    size_t columns = 0;
    for (node *c = docx_child(n, "gridCol"); c && columns < MAX_COLUMNS;
         c = xml_tree_next(c, NS_W, "gridCol")) {
        width[columns] = 0;
        docx_attr_length(c, "w", &width[columns++]);
    }
    word_table_grid(t->x->d, t->table, width, columns);
}

static void row_properties(node *n, struct word_row *r)
{
    node *height = docx_child(n, "trHeight");
    const char *rule = docx_attr(height, "hRule");
    if (height) {
        docx_attr_length(height, "val", &r->height);
        r->height_rule = rule && strcmp(rule, "exact") == 0  ? "exact"
                         : rule && strcmp(rule, "auto") == 0 ? "auto"
                                                             : "atLeast";
    }
    r->header = docx_on(docx_child(n, "tblHeader"));
    r->may_break = !docx_on(docx_child(n, "cantSplit"));
}

static void cells_read(struct docx_table *t, node *parent, struct word_row *r, unsigned depth);

static void cell_like_read(struct docx_table *t, node *n, struct word_row *r, unsigned depth)
{
    if (xml_tree_is(n, NS_W, "tc"))
        docx_cell_read(t, n, r);
    else if (xml_tree_is(n, NS_W, "sdt") && docx_child(n, "sdtContent"))
        cells_read(t, docx_child(n, "sdtContent"), r, depth + 1);
    else if (xml_tree_is(n, NS_W, "customXml"))
        cells_read(t, n, r, depth + 1);
}

static void cells_read(struct docx_table *t, node *parent, struct word_row *r, unsigned depth)
{
    for (node *n = xml_tree_first_element(parent); n && depth < 8 && !t->x->too_much;
         n = xml_tree_next_element(n))
        cell_like_read(t, n, r, depth);
}

static void row_read(struct docx_table *t, node *n)
{
    node *properties = docx_child(n, "trPr");
    int64_t before = 0;
    if (docx_child(properties, "del"))
        return;
    struct word_row *r = word_row_add(t->x->d, t->table);
    row_properties(properties, r);
    docx_integer(docx_val(docx_child(properties, "gridBefore")), &before);
    t->column = before > 0 && before < MAX_COLUMNS ? (uint32_t)before : 0;
    cells_read(t, n, r, 0);
}

static void rows_read(struct docx_table *t, node *parent, unsigned depth)
{
    for (node *n = xml_tree_first_element(parent); n && depth < 8 && !t->x->too_much;
         n = xml_tree_next_element(n)) {
        if (xml_tree_is(n, NS_W, "tr"))
            row_read(t, n);
        else if (xml_tree_is(n, NS_W, "sdt") && docx_child(n, "sdtContent"))
            rows_read(t, docx_child(n, "sdtContent"), depth + 1);
        else if (xml_tree_is(n, NS_W, "ins") || xml_tree_is(n, NS_W, "customXml"))
            rows_read(t, n, depth + 1);
    }
}

static uint32_t rows_count(node *parent, unsigned depth)
{
    uint32_t n = 0;
    for (node *c = xml_tree_first_element(parent); c && depth < 8; c = xml_tree_next_element(c))
        n += xml_tree_is(c, NS_W, "tr") ? 1
             : xml_tree_is(c, NS_W, "sdt")
                 ? rows_count(docx_child(c, "sdtContent") ? docx_child(c, "sdtContent") : c, depth + 1)
                 : 0;
    return n;
}

void docx_table_read(struct docx *x, node *n, struct word_flow *flow)
{
    const struct docx_look *outer = x->look;
    unsigned outer_control = x->in_control;
    struct docx_table t = {.x = x, .table = word_table_add(x->d, flow)};
    t.table->in_control = x->in_control > 0;
    x->in_control = 0;
    properties_read(&t, docx_child(n, "tblPr"));
    grid_read(&t, docx_child(n, "tblGrid"));
    t.n_rows = rows_count(n, 0);
    rows_read(&t, n, 0);
    if (t.table->n_columns == 0)
        for (const struct word_row *r = t.table->first; r; r = r->next)
            if (r->last && r->last->column + r->last->span > t.table->n_columns)
                t.table->n_columns = r->last->column + r->last->span;
    x->look = outer;
    x->in_control = outer_control;
}

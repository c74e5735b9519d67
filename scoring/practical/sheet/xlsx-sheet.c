/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

static void read_view(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    const struct xml_tree_node *v =
        xml_tree_child(xml_tree_child(root, NS_S, "sheetViews"), NS_S, "sheetView");
    const struct xml_tree_node *pane = xml_tree_child(v, NS_S, "pane");
    (void)x;
    s->zoom = (int)xlsx_attr_int(v, "zoomScale", 100);
    s->shows_gridlines = xlsx_attr_bool(v, "showGridLines", true);
    s->shows_headings = xlsx_attr_bool(v, "showRowColHeaders", true);
    s->shows_formulas = xlsx_attr_bool(v, "showFormulas", false);
    s->shows_zeros = xlsx_attr_bool(v, "showZeros", true);
    s->right_to_left = xlsx_attr_bool(v, "rightToLeft", false);
    if (!pane)
        return;
    const char *state = xml_tree_attr(pane, 0, "state"), *top = xml_tree_attr(pane, 0, "topLeftCell");
    int64_t rows = xlsx_attr_int(pane, "ySplit", 0), columns = xlsx_attr_int(pane, "xSplit", 0);
    s->frozen = state && (strcmp(state, "frozen") == 0 || strcmp(state, "frozenSplit") == 0);
    if (top)
        sheet_reference_cell(top, &s->pane_row, &s->pane_column);
    if (!s->frozen)
        return;
    s->freeze_row = rows > 0 && rows < SHEET_ROWS ? (uint32_t)rows + 1 : 1;
    s->freeze_column = columns > 0 && columns < SHEET_COLUMNS ? (uint32_t)columns + 1 : 1;
}

static void read_columns(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "col"), i = 0;
    struct sheet_column *column = arena_array(x->a, count, sizeof *column);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "col"); n && i < count;
         n = xml_tree_next(n, NS_S, "col")) {
        int64_t first = xlsx_attr_int(n, "min", 0), last = xlsx_attr_int(n, "max", first);
        int64_t style = xlsx_attr_int(n, "style", 0), outline = xlsx_attr_int(n, "outlineLevel", 0);
        if (first < 1 || first > SHEET_COLUMNS || last < first)
            continue;
        struct sheet_column *c = &column[i++];
        *c = (struct sheet_column){.first = (uint16_t)first,
                                   .last = (uint16_t)(last > SHEET_COLUMNS ? SHEET_COLUMNS : last)};
        c->width = xlsx_attr_number(n, "width", -1);
        c->hidden = xlsx_attr_bool(n, "hidden", false);
        c->custom = xlsx_attr_bool(n, "customWidth", false);
        c->collapsed = xlsx_attr_bool(n, "collapsed", false);
        c->outline = (uint8_t)(outline > 0 && outline < 8 ? outline : 0);
        c->has_style = style > 0 && (size_t)style < x->n_styles;
        if (c->has_style)
            c->style = x->style[style];
    }
    s->column = column;
    s->n_columns = i;
}

static void read_merges(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "mergeCell"), i = 0;
    struct sheet_range *merge = arena_array(x->a, count, sizeof *merge);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "mergeCell"); n && i < count;
         n = xml_tree_next(n, NS_S, "mergeCell")) {
        const char *ref = xml_tree_attr(n, 0, "ref");
        if (ref && reference_range(ref, &merge[i]))
            i++;
    }
    s->merge = merge;
    s->n_merges = i;
}

static void read_protection(struct sheet *s, const struct xml_tree_node *n)
{
    s->is_protected = n && xlsx_attr_bool(n, "sheet", false);
    s->protection_has_password = n && (xml_tree_attr(n, 0, "password") || xml_tree_attr(n, 0, "hashValue"));
    s->protects_nothing_selected = n && xlsx_attr_bool(n, "selectLockedCells", false);
}

static const char *sort_text(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    for (n = xml_tree_child(n, NS_S, "sortCondition"); n && text.n < 4096;
         n = xml_tree_next(n, NS_S, "sortCondition")) {
        const char *ref = xml_tree_attr(n, 0, "ref");
        bytes_printf(&text, "%s%s %s", text.n ? "; " : "", ref ? ref : "",
                     xlsx_attr_bool(n, "descending", false) ? "descending" : "ascending");
    }
    const char *copy = arena_strndup(x->a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return copy;
}

static void read_properties(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    const struct xml_tree_node *properties = xml_tree_child(root, NS_S, "sheetPr");
    const struct xml_tree_node *format = xml_tree_child(root, NS_S, "sheetFormatPr");
    const struct xml_tree_node *filter = xml_tree_child(root, NS_S, "autoFilter");
    const struct xml_tree_node *sort = xml_tree_child(root, NS_S, "sortState");
    const struct xml_tree_node *outline = xml_tree_child(properties, NS_S, "outlinePr");
    double height = xlsx_attr_number(format, "defaultRowHeight", -1);
    s->tab = xlsx_color(x, xml_tree_child(properties, NS_S, "tabColor"));
    s->summary_below = xlsx_attr_bool(outline, "summaryBelow", true);
    s->default_width = xlsx_attr_number(format, "defaultColWidth", -1);
    s->default_height = height >= 0 && height < 10000 ? (int64_t)(height * 12700 + 0.5) : -1;
    s->sort = sort_text(x, sort ? sort : xml_tree_child(filter, NS_S, "sortState"));
    if (filter)
        xlsx_read_filter(x, filter, &s->filter);
    read_protection(s, xml_tree_child(root, NS_S, "sheetProtection"));
}

static int read_related(struct xlsx *x, struct sheet *s, const struct xml_tree_node *root, struct err *e)
{
    struct parts_relationship *rel;
    size_t n;
    int r = parts_relationships(x->p, s->part, x->a, &rel, &n, e);
    if (r < 0)
        return r;
    xlsx_read_links(x, s, root, rel, n);
    const struct xml_tree_node *drawing = xml_tree_child(root, NS_S, "drawing");
    const char *id = xml_tree_attr(drawing, NS_R, "id");
    const struct parts_relationship *d = id ? parts_by_id(rel, n, id) : NULL;
    if (r == 0 && d && !d->external)
        r = xlsx_read_drawing(x, s, d->target, e);
    if (r == 0)
        r = xlsx_read_comments(x, s, rel, n, e);
    if (r == 0)
        r = xlsx_read_tables(x, s, rel, n, e);
    return r < 0 ? r : xlsx_read_pivots(x, s, rel, n, e);
}

int xlsx_read_sheet(struct xlsx *x, struct sheet *s, const char *part, struct err *e)
{
    struct xlsx_rows rows = {.x = x, .s = s};
    struct xml_tree_options options = {
        .record_name = "row", .record_ns = NS_S, .record = xlsx_read_row, .context = &rows};
    struct xml_tree *t;
    s->part = arena_strdup(x->a, part);
    int r = parts_tree(x->p, part, &options, &t, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *root = xml_tree_root(t);
    sheet_finish(s);
    read_view(x, s, root);
    read_columns(x, s, xml_tree_child(root, NS_S, "cols"));
    read_merges(x, s, xml_tree_child(root, NS_S, "mergeCells"));
    read_properties(x, s, root);
    xlsx_read_conditions(x, s, root);
    xlsx_read_validations(x, s, root);
    xlsx_read_page(x, s, root);
    r = read_related(x, s, root, e);
    xml_tree_free(t);
    return r < 0 ? r : workbook_within(x->w, e);
}

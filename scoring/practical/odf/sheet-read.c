/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

enum { ROW_MEMORY = 8 << 20, EMU_OF_7_PX = 7 * 9525 };

void *sheet_more(void *p, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return p;
    *room = *room ? 2 * *room : 16;
    return mem_grow(p, *room, size);
}

struct sheet *sheet_now(struct sheet_reader *r)
{
    return &r->w->sheet[r->at];
}

const char *sheet_keep(struct sheet_reader *r, const char *s)
{
    return s && *s ? arena_strdup(r->w->arena, s) : "";
}

/* ---- columns ---- */

static int add_column(struct sheet_reader *r, const struct xml_tree_node *n, uint32_t *at, unsigned depth,
                      bool hidden)
{
    const struct odf_style *s =
        odf_style_find(r->styles, ODF_CONTENT, "table-column", xml_tree_attr(n, NS_TABLE, "style-name"));
    const struct odf_style *cells = odf_style_find(r->styles, ODF_CONTENT, "table-cell",
                                                   xml_tree_attr(n, NS_TABLE, "default-cell-style-name"));
    const char *group = "table-column-properties", *visible = xml_tree_attr(n, NS_TABLE, "visibility");
    if (*at > SHEET_COLUMNS)
        return 0;
    uint32_t repeated = (uint32_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-columns-repeated"), 1,
                                              SHEET_COLUMNS - *at + 1, 1);
    int64_t width;
    r->column = sheet_more(r->column, r->n_columns, &r->columns_room, sizeof *r->column);
    struct sheet_column *c = &r->column[r->n_columns++];
    *c = (struct sheet_column){.first = (uint16_t)*at, .last = (uint16_t)(*at + repeated - 1), .width = -1};
    if (odf_length(odf_style_attr(s, group, NS_STYLE, "column-width"), &width))
        c->width = (double)width / EMU_OF_7_PX;
    c->custom = c->width >= 0 && !odf_true(odf_style_attr(s, group, NS_STYLE, "use-optimal-column-width"));
    c->hidden = hidden || (visible && strcmp(visible, "visible") != 0);
    c->outline = (uint8_t)depth;
    *at += repeated;
    int result = odf_sheet_style(r, cells, &c->style);
    r->column[r->n_columns - 1].has_style = c->style != 0;
    return result;
}

static int read_columns(struct sheet_reader *r, const struct xml_tree_node *holder, uint32_t *at,
                        unsigned depth, bool hidden)
{
    int result = 0;
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n && result == 0;
         n = xml_tree_next_element(n)) {
        bool group = xml_tree_is(n, NS_TABLE, "table-column-group"),
             head = xml_tree_is(n, NS_TABLE, "table-header-columns");
        uint32_t from = *at;
        if (xml_tree_is(n, NS_TABLE, "table-column"))
            result = add_column(r, n, at, depth, hidden);
        else if (group && depth < 250)
            result = read_columns(r, n, at, depth + 1,
                                  hidden || odf_is(xml_tree_attr(n, NS_TABLE, "display"), "false"));
        else if (head || xml_tree_is(n, NS_TABLE, "table-columns"))
            result = read_columns(r, n, at, depth, hidden);
        if (head && *at > from) {
            const struct sheet_range titles = {1, from, SHEET_ROWS, *at - 1};
            sheet_now(r)->page.title_columns = reference_range_name(r->w->arena, &titles);
        }
    }
    return result;
}

/* ---- sheets ---- */

/* What was gathered while the rows of a sheet were read. */
static void hand_over(struct sheet_reader *r)
{
    struct sheet *s = sheet_now(r);
    struct arena *a = r->w->arena;
#define HAND_OVER(TO, N_TO, FROM, N_FROM)                                                                    \
    do {                                                                                                     \
        s->TO = arena_copy(a, r->FROM ? (const void *)r->FROM : "", r->N_FROM * sizeof *r->FROM);            \
        s->N_TO = r->N_FROM;                                                                                 \
        r->N_FROM = 0;                                                                                       \
    } while (0)
    HAND_OVER(column, n_columns, column, n_columns);
    HAND_OVER(merge, n_merges, merge, n_merges);
    HAND_OVER(link, n_links, link, n_links);
    HAND_OVER(comment, n_comments, comment, n_comments);
    HAND_OVER(page.row_break, page.n_row_breaks, row_break, n_row_breaks);
#undef HAND_OVER
    if (r->header_first)
        s->page.title_rows = arena_printf(a, "%u:%u", r->header_first, r->header_last);
    r->header_first = 0;
    r->areas_from = r->n_areas;
    sheet_finish(s);
}

static int begin_sheet(struct sheet_reader *r, const struct xml_tree_node *table)
{
    const char *name = xml_tree_attr(table, NS_TABLE, "name");
    struct sheet *s;
    uint32_t column = 1;
    int result = workbook_add_sheet(r->w, name ? name : "", &s, r->e);
    if (result < 0)
        return result;
    s->part = odf_content_name(r->p);
    r->table = table;
    r->at = r->w->n_sheets - 1;
    r->row = 1;
    return read_columns(r, table, &column, 0, false);
}

/* The tables from the one after r->table to `last` (NULL: all that are left). */
static int sheets_up_to(struct sheet_reader *r, const struct xml_tree_node *spreadsheet,
                        const struct xml_tree_node *last)
{
    int result = 0;
    while (result == 0 && (!last || r->table != last)) {
        const struct xml_tree_node *next = r->table ? xml_tree_next(r->table, NS_TABLE, "table")
                                                    : xml_tree_child(spreadsheet, NS_TABLE, "table");
        if (!next)
            return 0;
        if (r->table)
            hand_over(r);
        result = begin_sheet(r, next);
    }
    return result;
}

/* ---- rows ---- */

struct row_place {
    const struct xml_tree_node *table;
    unsigned outline;
    bool header, closed;
};

static bool place_of(const struct xml_tree_node *row, struct row_place *ret)
{
    *ret = (struct row_place){0};
    for (const struct xml_tree_node *n = row->parent; n; n = n->parent) {
        if (xml_tree_is(n, NS_TABLE, "table")) {
            ret->table = n;
            return n->parent && xml_tree_is(n->parent, NS_OFFICE, "spreadsheet");
        }
        ret->header = ret->header || xml_tree_is(n, NS_TABLE, "table-header-rows");
        if (xml_tree_is(n, NS_TABLE, "table-row-group")) {
            ret->outline++;
            ret->closed = ret->closed || odf_is(xml_tree_attr(n, NS_TABLE, "display"), "false");
        }
    }
    return false;
}

static void row_breaks(struct sheet_reader *r, const struct odf_style *s)
{
    if (!odf_is(odf_style_attr(s, "table-row-properties", NS_FO, "break-before"), "page") || r->row <= 1)
        return;
    r->row_break = sheet_more(r->row_break, r->n_row_breaks, &r->row_breaks_room, sizeof *r->row_break);
    r->row_break[r->n_row_breaks++] = r->row - 1;
}

static int read_row(struct sheet_reader *r, const struct xml_tree_node *n, const struct row_place *place)
{
    const struct odf_style *s =
        odf_style_find(r->styles, ODF_CONTENT, "table-row", xml_tree_attr(n, NS_TABLE, "style-name"));
    const char *cells = xml_tree_attr(n, NS_TABLE, "default-cell-style-name"),
               *group = "table-row-properties";
    const char *visible = xml_tree_attr(n, NS_TABLE, "visibility");
    uint32_t last = r->row - 1 +
                    (uint32_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-repeated"), 1,
                                          SHEET_ROWS - r->row + 1, 1);
    struct sheet_row *row;
    int result = sheet_add_row(r->w, sheet_now(r), r->row, last, &row, r->e);
    if (result < 0)
        return result;
    odf_length(odf_style_attr(s, group, NS_STYLE, "row-height"), &row->height);
    row->custom_height = odf_is(odf_style_attr(s, group, NS_STYLE, "use-optimal-row-height"), "false");
    row->filtered = odf_is(visible, "filter");
    row->hidden = row->filtered || odf_is(visible, "collapse") || place->closed;
    row->outline = (uint8_t)(place->outline > 250 ? 250 : place->outline);
    result = odf_sheet_style(r, odf_style_find(r->styles, ODF_CONTENT, "table-cell", cells), &row->style);
    row->has_style = row->style != 0;
    row_breaks(r, s);
    if (place->header) {
        r->header_first = r->header_first ? r->header_first : r->row;
        r->header_last = last;
    }
    if (result == 0)
        result = odf_sheet_cells(r, n, r->row, last, cells);
    r->row = last + 1;
    return result;
}

static int on_row(void *context, const struct xml_tree_node *n, struct err *e)
{
    struct sheet_reader *r = context;
    struct row_place place;
    (void)e;
    if (!place_of(n, &place))
        return 0;
    if (!r->styles)
        r->styles = odf_styles_so_far(r->p, n);
    int result = sheets_up_to(r, place.table->parent, place.table);
    if (result < 0 || r->row > SHEET_ROWS)
        return result;
    return read_row(r, n, &place);
}

/* ---- what stands around the rows ---- */

static void look(struct sheet_reader *r, const struct xml_tree_node *table, struct sheet *s)
{
    const struct odf_style *style =
        odf_style_find(r->styles, ODF_CONTENT, "table", xml_tree_attr(table, NS_TABLE, "style-name"));
    const struct xml_tree_node *g = odf_style_group(style, "table-properties");
    const char *key = xml_tree_attr(table, NS_TABLE, "protection-key");
    s->hidden = odf_is(odf_style_attr(style, "table-properties", NS_TABLE, "display"), "false");
    s->right_to_left = odf_is(odf_style_attr(style, "table-properties", NS_STYLE, "writing-mode"), "rl-tb");
    s->is_protected = odf_true(xml_tree_attr(table, NS_TABLE, "protected"));
    s->protection_has_password = s->is_protected && key && *key;
    for (uint16_t i = 0; g && i < g->n_attributes; i++)
        if (strcmp(g->attribute[i].name, "tab-color") == 0 && odf_color(g->attribute[i].value) >= 0) {
            s->tab.kind = COLOR_RGB;
            s->tab.rgb = odf_color(g->attribute[i].value);
            s->tab.argb = 0xff000000u | (uint32_t)s->tab.rgb;
        }
    const char *sheet, *ranges = odf_sheet_ranges(r, xml_tree_attr(table, NS_TABLE, "print-ranges"), &sheet);
    char *area = arena_strdup(r->w->arena, ranges);
    for (char *p = area; *p; p++)
        if (*p == ' ')
            *p = ',';
    s->page.print_area = area;
    odf_sheet_page(r, table, s);
}

static void around(struct sheet_reader *r)
{
    size_t i = 0;
    for (const struct xml_tree_node *t = xml_tree_child(r->p->body, NS_TABLE, "table");
         t && i < r->w->n_sheets; t = xml_tree_next(t, NS_TABLE, "table"), i++) {
        look(r, t, &r->w->sheet[i]);
        odf_sheet_conditions(r, t, i);
        const struct xml_tree_node *shapes = xml_tree_child(t, NS_TABLE, "shapes");
        for (const struct xml_tree_node *n = xml_tree_child(shapes, NS_DRAW, "frame"); n;
             n = xml_tree_next(n, NS_DRAW, "frame"))
            odf_sheet_shape(r, i, n);
    }
    odf_sheet_validations(r);
    odf_sheet_filters(r);
    odf_sheet_names(r);
    odf_sheet_pivots(r);
    odf_sheet_charts(r);
    odf_sheet_settings(r);
    r->w->protects_structure = odf_true(xml_tree_attr(r->p->body, NS_TABLE, "structure-protected"));
}

/* What 0 stands for is told before the sheets; it must be known when dates are read. */
static bool since_1904(const struct xml_tree_node *body)
{
    const struct xml_tree_node *day =
        xml_tree_child(xml_tree_child(body, NS_TABLE, "calculation-settings"), NS_TABLE, "null-date");
    return day && odf_is(xml_tree_attr(day, NS_TABLE, "date-value"), "1904-01-01");
}

static int first_row(void *context, const struct xml_tree_node *n, struct err *e)
{
    struct sheet_reader *r = context;
    if (!r->styles) {
        const struct xml_tree_node *body = n;
        while (body && !xml_tree_is(body, NS_OFFICE, "spreadsheet"))
            body = body->parent;
        r->w->date1904 = since_1904(body);
    }
    return on_row(context, n, e);
}

static void release(struct sheet_reader *r)
{
    free(r->column);
    free(r->area);
    free(r->thing);
    free(r->merge);
    free(r->link);
    free(r->comment);
    free(r->row_break);
    odf_close(r->p);
}

static int read_book(struct sheet_reader *r, struct span file)
{
    const struct xml_tree_options rows = {.record_name = "table-row",
                                          .record_ns = NS_TABLE,
                                          .record = first_row,
                                          .context = r,
                                          .max_memory = ROW_MEMORY};
    int result = odf_go_on(r->p, file, "spreadsheet", &rows, r->e);
    if (result < 0)
        return result;
    r->styles = r->p->styles;
    result = sheets_up_to(r, r->p->body, NULL);
    if (result == 0 && r->table)
        hand_over(r);
    if (result == 0)
        around(r);
    return result == 0 ? workbook_within(r->w, r->e) : result;
}

int odf_read_sheet(struct workbook **ret, const char *name, struct span file, struct err *e)
{
    struct sheet_reader r = {.e = e};
    int result = odf_begin(&r.p, name, file, e);
    if (result < 0)
        return result;
    r.w = workbook_new(name);
    r.w->ods = true;
    result = read_book(&r, file);
    release(&r);
    if (result < 0)
        workbook_free(r.w);
    else
        *ret = r.w;
    return result;
}

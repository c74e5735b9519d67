/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about OpenDocument files as they are written: odt.*, ods.*, odp.*. */
#include <stdlib.h>
#include <string.h>

#include "cli/score/facts.h"
#include "scoring/practical/odf/package.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/sheet/reference.h"

/* The file opened for one question. */
static int open_as(struct facts_file *f, const char *body, struct odf_package **ret, struct err *e)
{
    return odf_open(ret, facts_name(f), facts_bytes(f), body, NULL, e);
}

/* ---- text documents ---- */

static bool is_paragraph(const struct xml_tree_node *n)
{
    return xml_tree_is(n, NS_TEXT, "p") || xml_tree_is(n, NS_TEXT, "h");
}

/* {"p": 4}: the fifth of the body's own paragraphs and headings. */
static const struct xml_tree_node *paragraph_at(const struct odf_package *p, const json_t *locator)
{
    int64_t left = facts_number(locator, "p", 0);
    for (const struct xml_tree_node *n = xml_tree_first_element(p->body); n; n = xml_tree_next_element(n))
        if (is_paragraph(n) && left-- == 0)
            return n;
    return NULL;
}

static const struct odf_style *style_of(const struct odf_package *p, const struct xml_tree_node *n)
{
    return n ? odf_style_find(p->styles, ODF_CONTENT, "paragraph", xml_tree_attr(n, NS_TEXT, "style-name"))
             : NULL;
}

static int property(struct facts_file *f, const json_t *locator, const char *group, const char *name,
                    json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "text", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *n = paragraph_at(p, locator);
    const struct odf_style *s = style_of(p, n);
    const char *value = s   ? odf_style_attr(s, group, NS_FO, name)
                        : n ? odf_style_attr(odf_style_default(p->styles, "paragraph"), group, NS_FO, name)
                            : NULL;
    *ret = value ? json_string(value) : NULL;
    odf_close(p);
    return 0;
}

static int font_size(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    return property(f, locator, "text-properties", "font-size", ret, e);
}

static int font_weight(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    return property(f, locator, "text-properties", "font-weight", ret, e);
}

static int alignment(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    return property(f, locator, "paragraph-properties", "text-align", ret, e);
}

static int heading_level(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "text", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *n = paragraph_at(p, locator);
    if (n && strcmp(n->name, "h") == 0)
        *ret = json_integer(odf_integer(xml_tree_attr(n, NS_TEXT, "outline-level"), 1, 100, 1));
    odf_close(p);
    return 0;
}

static json_int_t count_in(const struct xml_tree_node *top, uint8_t ns, const char *name)
{
    json_int_t count = 0;
    for (const struct xml_tree_node *n = xml_tree_walk(top, top); n; n = xml_tree_walk(top, n))
        count += xml_tree_is(n, ns, name);
    return count;
}

/* How many such elements a text document holds. */
static int count(struct facts_file *f, uint8_t ns, const char *name, json_int_t *ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "text", &p, e);
    if (r < 0)
        return r;
    *ret = count_in(p->body, ns, name);
    odf_close(p);
    return 0;
}

static int table_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    json_int_t n;
    (void)locator;
    int r = count(f, NS_TABLE, "table", &n, e);
    if (r == 0)
        *ret = json_integer(n);
    return r;
}

static int image_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    json_int_t n;
    (void)locator;
    int r = count(f, NS_DRAW, "image", &n, e);
    if (r == 0)
        *ret = json_integer(n);
    return r;
}

static int has_toc(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    json_int_t n;
    (void)locator;
    int r = count(f, NS_TEXT, "table-of-content", &n, e);
    if (r == 0)
        *ret = json_boolean(n > 0);
    return r;
}

static int first_page_layout(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    (void)locator;
    int r = open_as(f, "text", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *root = p->common ? xml_tree_root(p->common) : p->root;
    const struct xml_tree_node *layout =
        xml_tree_child(xml_tree_child(root, NS_OFFICE, "automatic-styles"), NS_STYLE, "page-layout");
    const struct xml_tree_node *g = xml_tree_child(layout, NS_STYLE, "page-layout-properties");
    if (g)
        *ret = json_pack("[s?, s?]", xml_tree_attr(g, NS_FO, "page-width"),
                         xml_tree_attr(g, NS_FO, "page-height"));
    odf_close(p);
    return 0;
}

/* ---- spreadsheets ---- */

static int sheet_names(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    (void)locator;
    int r = open_as(f, "spreadsheet", &p, e);
    if (r < 0)
        return r;
    *ret = json_array();
    for (const struct xml_tree_node *t = xml_tree_child(p->body, NS_TABLE, "table"); t;
         t = xml_tree_next(t, NS_TABLE, "table")) {
        const char *name = xml_tree_attr(t, NS_TABLE, "name");
        json_array_append_new(*ret, json_string(name ? name : ""));
    }
    odf_close(p);
    return 0;
}

static bool is_cell(const struct xml_tree_node *n)
{
    return xml_tree_is(n, NS_TABLE, "table-cell") || xml_tree_is(n, NS_TABLE, "covered-table-cell");
}

static const struct xml_tree_node *cell_in(const struct xml_tree_node *row, uint32_t column)
{
    int64_t at = 1;
    for (const struct xml_tree_node *c = xml_tree_first_element(row); c; c = xml_tree_next_element(c)) {
        if (!is_cell(c))
            continue;
        at += odf_integer(xml_tree_attr(c, NS_TABLE, "number-columns-repeated"), 1, SHEET_COLUMNS, 1);
        if (at > column)
            return c;
    }
    return NULL;
}

/* Rows may lie in groups and headers, never in another table. */
static const struct xml_tree_node *row_in(const struct xml_tree_node *table, uint32_t row)
{
    int64_t at = 1;
    for (const struct xml_tree_node *n = xml_tree_walk(table, table); n;) {
        bool found = xml_tree_is(n, NS_TABLE, "table-row");
        if (found)
            at += odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-repeated"), 1, SHEET_ROWS, 1);
        if (found && at > row)
            return n;
        n = found ? xml_tree_skip(table, n) : xml_tree_walk(table, n);
    }
    return NULL;
}

/* "Sheet1!A2" */
static const struct xml_tree_node *cell_at(const struct odf_package *p, const json_t *locator)
{
    const char *text = json_string_value(locator), *mark = text ? strrchr(text, '!') : NULL;
    uint32_t row, column;
    if (!mark || !sheet_reference_cell(mark + 1, &row, &column))
        return NULL;
    const char *sheet = arena_strndup(p->arena, text, (size_t)(mark - text));
    for (const struct xml_tree_node *t = xml_tree_child(p->body, NS_TABLE, "table"); t;
         t = xml_tree_next(t, NS_TABLE, "table"))
        if (odf_is(xml_tree_attr(t, NS_TABLE, "name"), sheet)) {
            const struct xml_tree_node *r = row_in(t, row);
            return r ? cell_in(r, column) : NULL;
        }
    return NULL;
}

static void add_text(const struct xml_tree_node *n, struct bytes *out)
{
    for (const struct xml_tree_node *c = n->first; c; c = c->next)
        if (c->text)
            bytes_str(out, c->text);
        else if (xml_tree_is(c, NS_TEXT, "s"))
            for (int64_t i = odf_integer(xml_tree_attr(c, NS_TEXT, "c"), 0, 1000, 1); i > 0; i--)
                bytes_str(out, " ");
        else if (xml_tree_is(c, NS_TEXT, "tab") || xml_tree_is(c, NS_TEXT, "line-break"))
            bytes_str(out, strcmp(c->name, "tab") == 0 ? "\t" : "\n");
        else if (!xml_tree_is(c, NS_OFFICE, "annotation"))
            add_text(c, out);
}

static json_t *shown(const struct xml_tree_node *cell)
{
    struct bytes text = {0};
    for (const struct xml_tree_node *n = xml_tree_child(cell, NS_TEXT, "p"); n;
         n = xml_tree_next(n, NS_TEXT, "p")) {
        if (n != xml_tree_child(cell, NS_TEXT, "p"))
            bytes_str(&text, "\n");
        add_text(n, &text);
    }
    json_t *ret = text.n ? json_stringn((const char *)text.p, text.n) : NULL;
    bytes_release(&text);
    return ret;
}

static json_t *value_of(const struct xml_tree_node *cell)
{
    const char *type = xml_tree_attr(cell, NS_OFFICE, "value-type");
    const char *number = xml_tree_attr(cell, NS_OFFICE, "value");
    if (odf_is(type, "boolean"))
        return json_boolean(odf_true(xml_tree_attr(cell, NS_OFFICE, "boolean-value")));
    if (odf_is(type, "date"))
        return json_string(xml_tree_attr(cell, NS_OFFICE, "date-value"));
    if (odf_is(type, "time"))
        return json_string(xml_tree_attr(cell, NS_OFFICE, "time-value"));
    if (number) {
        char *end;
        double x = strtod(number, &end);
        return *number && !*end && x - x == 0 ? json_real(x) : json_string(number);
    }
    json_t *text = shown(cell);
    const char *string = xml_tree_attr(cell, NS_OFFICE, "string-value");
    return text ? text : string ? json_string(string) : NULL;
}

static int value(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "spreadsheet", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *c = cell_at(p, locator);
    *ret = c ? value_of(c) : NULL;
    odf_close(p);
    return 0;
}

static int formula(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "spreadsheet", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *c = cell_at(p, locator);
    const char *text = c ? xml_tree_attr(c, NS_TABLE, "formula") : NULL;
    *ret = text ? json_string(text) : NULL;
    odf_close(p);
    return 0;
}

/* [rows, columns] */
static int span(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "spreadsheet", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *c = cell_at(p, locator);
    if (c)
        *ret = json_pack(
            "[I, I]",
            (json_int_t)odf_integer(xml_tree_attr(c, NS_TABLE, "number-rows-spanned"), 1, SHEET_ROWS, 1),
            (json_int_t)odf_integer(xml_tree_attr(c, NS_TABLE, "number-columns-spanned"), 1, SHEET_COLUMNS,
                                    1));
    odf_close(p);
    return 0;
}

/* ---- presentations ---- */

static const struct xml_tree_node *page_at(const struct odf_package *p, const json_t *locator)
{
    int64_t left = facts_number(locator, "slide", 1);
    for (const struct xml_tree_node *n = xml_tree_child(p->body, NS_DRAW, "page"); n;
         n = xml_tree_next(n, NS_DRAW, "page"))
        if (--left == 0)
            return n;
    return NULL;
}

static int slide_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    json_int_t count = 0;
    (void)locator;
    int r = open_as(f, "presentation", &p, e);
    if (r < 0)
        return r;
    for (const struct xml_tree_node *n = xml_tree_child(p->body, NS_DRAW, "page"); n;
         n = xml_tree_next(n, NS_DRAW, "page"))
        count++;
    *ret = json_integer(count);
    odf_close(p);
    return 0;
}

static int page_attribute(struct facts_file *f, const json_t *locator, const char *name, json_t **ret,
                          struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "presentation", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *n = page_at(p, locator);
    const char *text = n ? xml_tree_attr(n, NS_DRAW, name) : NULL;
    *ret = text ? json_string(text) : NULL;
    odf_close(p);
    return 0;
}

static int master(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    return page_attribute(f, locator, "master-page-name", ret, e);
}

static int page_name(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    return page_attribute(f, locator, "name", ret, e);
}

/* All text of the title's frame as it is written, white space too, without that around it. */
static json_t *title_text(const struct xml_tree_node *frame)
{
    struct bytes text = {0};
    xml_tree_text(frame, &text);
    const char *from = text.n ? (const char *)text.p : "", *end = from + text.n;
    while (from < end && strchr(" \t\r\n", *from))
        from++;
    while (end > from && strchr(" \t\r\n", end[-1]))
        end--;
    json_t *ret = json_stringn(from, (size_t)(end - from));
    bytes_release(&text);
    return ret;
}

static int title(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "presentation", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *page = page_at(p, locator);
    for (const struct xml_tree_node *n = page ? xml_tree_walk(page, page) : NULL; n && !*ret;
         n = xml_tree_walk(page, n))
        if (odf_is(xml_tree_attr(n, NS_PRESENTATION, "class"), "title"))
            *ret = title_text(n);
    odf_close(p);
    return 0;
}

static int slide_images(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    struct odf_package *p;
    int r = open_as(f, "presentation", &p, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *page = page_at(p, locator);
    *ret = page ? json_integer(count_in(page, NS_DRAW, "image")) : NULL;
    odf_close(p);
    return 0;
}

const struct facts_row facts_odf[] = {
    {"odt.para_font_size", font_size}, {"odt.para_bold", font_weight},
    {"odt.alignment", alignment},      {"odt.heading_level", heading_level},
    {"odt.table_count", table_count},  {"odt.image_count", image_count},
    {"odt.has_toc", has_toc},          {"odt.page_layout_first", first_page_layout},
    {"ods.sheet_names", sheet_names},  {"ods.value", value},
    {"ods.formula", formula},          {"ods.span", span},
    {"odp.slide_count", slide_count},  {"odp.master", master},
    {"odp.page_name", page_name},      {"odp.title", title},
    {"odp.image_count", slide_images}, {0},
};

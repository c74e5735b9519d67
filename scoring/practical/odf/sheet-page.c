/* SPDX-License-Identifier: Apache-2.0 */
/* Page styles of sheets as the page setup that xlsx has. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

static const struct {
    int code;
    int32_t width, height; /* tenths of a millimetre */
} papers[] = {
    {1, 2159, 2794}, {5, 2159, 3556},  {7, 1842, 2667},  {8, 2970, 4200},
    {9, 2100, 2970}, {11, 1480, 2100}, {12, 2570, 3640}, {13, 1820, 2570},
};

static bool near(int64_t emu, int32_t tenths)
{
    int64_t d = emu - (int64_t)tenths * 3600;
    return d > -12700 && d < 12700;
}

static int paper_of(int64_t width, int64_t height)
{
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if ((near(width, papers[i].width) && near(height, papers[i].height)) ||
            (near(height, papers[i].width) && near(width, papers[i].height)))
            return papers[i].code;
    return 0;
}

/* ---- headers and footers as codes ---- */

static void add_codes(struct bytes *out, const struct xml_tree_node *n)
{
    static const struct {
        const char *element, *code;
    } codes[] = {
        {"page-number", "&P"}, {"page-count", "&N"}, {"date", "&D"},  {"time", "&T"},
        {"sheet-name", "&A"},  {"file-name", "&F"},  {"title", "&F"},
    };
    for (const struct xml_tree_node *c = n->first; c; c = c->next) {
        const char *code = NULL;
        for (size_t i = 0; !c->text && c->ns == NS_TEXT && i < sizeof codes / sizeof *codes; i++)
            code = strcmp(codes[i].element, c->name) == 0 ? codes[i].code : code;
        if (c->text)
            bytes_str(out, c->text);
        else if (code)
            bytes_str(out, code);
        else if (xml_tree_is(c, NS_TEXT, "s") || xml_tree_is(c, NS_TEXT, "tab"))
            bytes_str(out, " ");
        else if (c->ns == NS_TEXT)
            add_codes(out, c);
    }
}

static const char *codes_of(struct sheet_reader *r, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    for (const struct xml_tree_node *p = n ? xml_tree_child(n, NS_TEXT, "p") : NULL; p;
         p = xml_tree_next(p, NS_TEXT, "p")) {
        if (text.n)
            bytes_str(&text, "\n");
        add_codes(&text, p);
    }
    const char *kept = text.n ? arena_strndup(r->w->arena, (const char *)text.p, text.n) : "";
    bytes_release(&text);
    return kept;
}

static bool header(struct sheet_reader *r, const struct xml_tree_node *master, const char *name,
                   const char *ret[3])
{
    static const char *const regions[] = {"region-left", "region-center", "region-right"};
    const struct xml_tree_node *n = xml_tree_child(master, NS_STYLE, name);
    n = n ? n : xml_tree_child(master, NS_LOEXT, name);
    if (!n || odf_is(xml_tree_attr(n, NS_STYLE, "display"), "false"))
        return false;
    for (int i = 0; i < 3; i++)
        ret[i] = codes_of(r, xml_tree_child(n, NS_STYLE, regions[i]));
    if (xml_tree_child(n, NS_TEXT, "p"))
        ret[1] = codes_of(r, n);
    return true;
}

/* ---- the layout ---- */

static int64_t length(const struct xml_tree_node *p, uint8_t ns, const char *name, int64_t otherwise)
{
    int64_t emu = otherwise;
    odf_length(xml_tree_attr(p, ns, name), &emu);
    return emu;
}

static int64_t height_of(const struct xml_tree_node *layout, const char *which)
{
    const struct xml_tree_node *p =
        xml_tree_child(xml_tree_child(layout, NS_STYLE, which), NS_STYLE, "header-footer-properties");
    return length(p, NS_SVG, "height", length(p, NS_FO, "min-height", 0));
}

static void margins(const struct xml_tree_node *p, struct sheet_page *page)
{
    int64_t all = length(p, NS_FO, "margin", -1);
    page->left = length(p, NS_FO, "margin-left", all);
    page->right = length(p, NS_FO, "margin-right", all);
    page->top = page->header_margin = length(p, NS_FO, "margin-top", all);
    page->bottom = page->footer_margin = length(p, NS_FO, "margin-bottom", all);
}

static void scale(const struct xml_tree_node *p, struct sheet_page *page)
{
    int64_t percent, pages = odf_integer(xml_tree_attr(p, NS_STYLE, "scale-to-pages"), 0, 1000, 0);
    const char *x = xml_tree_attr(p, NS_STYLE, "scale-to-X"), *y = xml_tree_attr(p, NS_STYLE, "scale-to-Y");
    x = x ? x : xml_tree_attr(p, NS_LOEXT, "scale-to-X");
    y = y ? y : xml_tree_attr(p, NS_LOEXT, "scale-to-Y");
    if (odf_percent(xml_tree_attr(p, NS_STYLE, "scale-to"), &percent))
        page->scale = (int)(percent > 100000 ? 100 : (percent + 5) / 10);
    page->fit_width = (int)odf_integer(x, 0, 1000, 0);
    page->fit_height = (int)odf_integer(y, 0, 1000, pages);
    if (page->fit_width || page->fit_height)
        page->scale = 0;
}

static void layout(const struct odf_style *l, struct sheet_page *page)
{
    const struct xml_tree_node *p = odf_style_group(l, "page-layout-properties");
    if (!p)
        return;
    const char *center = xml_tree_attr(p, NS_STYLE, "table-centering"),
               *print = xml_tree_attr(p, NS_STYLE, "print");
    page->has_setup = true;
    page->width = length(p, NS_FO, "page-width", 0);
    page->height = length(p, NS_FO, "page-height", 0);
    page->paper = paper_of(page->width, page->height);
    page->landscape = odf_is(xml_tree_attr(p, NS_STYLE, "print-orientation"), "landscape");
    margins(p, page);
    scale(p, page);
    page->center_h = odf_is(center, "both") || odf_is(center, "horizontal");
    page->center_v = odf_is(center, "both") || odf_is(center, "vertical");
    page->print_gridlines = print && strstr(print, "grid");
    page->print_headings = print && strstr(print, "headers");
}

void odf_sheet_page(struct sheet_reader *r, const struct xml_tree_node *table, struct sheet *s)
{
    const struct odf_style *style =
        odf_style_find(r->styles, ODF_CONTENT, "table", xml_tree_attr(table, NS_TABLE, "style-name"));
    const struct odf_style *m =
        odf_style_find(r->styles, ODF_STYLES, "master-page", odf_style_word(style, "master-page-name"));
    if (!m)
        m = odf_style_find(r->styles, ODF_STYLES, "master-page", "Default");
    if (!m)
        return;
    const struct odf_style *l = odf_style_find(r->styles, ODF_STYLES, "page-layout",
                                               xml_tree_attr(m->node, NS_STYLE, "page-layout-name"));
    struct sheet_page *page = &s->page;
    layout(l, page);
    if (header(r, m->node, "header", page->header) && l && page->top >= 0)
        page->top += height_of(l->node, "header-style");
    if (header(r, m->node, "footer", page->footer) && l && page->bottom >= 0)
        page->bottom += height_of(l->node, "footer-style");
    page->different_even = header(r, m->node, "header-left", page->even_header);
    page->different_even |= header(r, m->node, "footer-left", page->even_footer);
    page->different_first = header(r, m->node, "header-first", page->first_header);
    page->different_first |= header(r, m->node, "footer-first", page->first_footer);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_COLUMNS = 64 };

static const struct odf_style *first_master(struct text_reader *r)
{
    const struct xml_tree_node *root = r->p->common ? xml_tree_root(r->p->common) : r->p->root;
    const struct xml_tree_node *n =
        xml_tree_child(xml_tree_child(root, NS_OFFICE, "master-styles"), NS_STYLE, "master-page");
    return n ? odf_style_find(r->p->styles, ODF_STYLES, "master-page", xml_tree_attr(n, NS_STYLE, "name"))
             : NULL;
}

static const struct odf_style *master_of(struct text_reader *r, const char *name)
{
    const struct odf_style *m = odf_style_find(r->p->styles, ODF_STYLES, "master-page", name);
    if (!m)
        m = odf_style_find(r->p->styles, ODF_STYLES, "master-page", "Standard");
    return m ? m : first_master(r);
}

/* ---- columns ---- */

static int64_t share_of(const struct xml_tree_node *column)
{
    return odf_integer(xml_tree_attr(column, NS_STYLE, "rel-width"), 1, 100000, 1);
}

static void column_widths(struct text_reader *r, struct word_section *s, const struct xml_tree_node *columns)
{
    int32_t width[MAX_COLUMNS], gap[MAX_COLUMNS] = {0};
    int64_t all = 0, room = (int64_t)s->width - s->margin[WORD_LEFT] - s->margin[WORD_RIGHT];
    uint32_t n = 0;
    bool equal = true;
    const struct xml_tree_node *first = xml_tree_child(columns, NS_STYLE, "column");
    for (const struct xml_tree_node *c = first; c; c = xml_tree_next(c, NS_STYLE, "column"))
        all += share_of(c);
    for (const struct xml_tree_node *c = first; c && n < s->columns;
         c = xml_tree_next(c, NS_STYLE, "column"), n++) {
        int32_t before = text_emu(xml_tree_attr(c, NS_FO, "start-indent"), 0);
        int32_t after = text_emu(xml_tree_attr(c, NS_FO, "end-indent"), 0);
        width[n] = (int32_t)(room * share_of(c) / all) - before - after;
        gap[n] = after;
        if (n > 0)
            gap[n - 1] += before;
        equal = equal && (n == 0 || (width[n] - width[0] < 12700 && width[0] - width[n] < 12700));
    }
    if (n < s->columns || n == 0)
        return;
    s->column_space = gap[0] ? gap[0] : s->column_space;
    s->columns_equal = equal;
    if (!equal) {
        s->column_width = arena_copy(r->d->arena, width, n * sizeof *width);
        s->column_gap = arena_copy(r->d->arena, gap, n * sizeof *gap);
    }
}

static void columns_into(struct text_reader *r, struct word_section *s, const struct xml_tree_node *columns)
{
    s->columns = (uint32_t)odf_integer(xml_tree_attr(columns, NS_FO, "column-count"), 1, MAX_COLUMNS, 1);
    s->column_space = text_emu(xml_tree_attr(columns, NS_FO, "column-gap"), 0);
    const struct xml_tree_node *line = xml_tree_child(columns, NS_STYLE, "column-sep");
    /* LibreOffice draws a line whose style it calls "none". */
    s->column_separator = line && text_emu(xml_tree_attr(line, NS_STYLE, "width"), 1) > 0;
    s->columns_equal = true;
    column_widths(r, s, columns);
}

/* ---- page layout ---- */

/* The header's height, its distance included, lies inside of what OOXML calls the margin. */
static int32_t header_height(const struct xml_tree_node *layout, const char *which)
{
    const struct xml_tree_node *p =
        xml_tree_child(xml_tree_child(layout, NS_STYLE, which), NS_STYLE, "header-footer-properties");
    int32_t least = text_emu(xml_tree_attr(p, NS_FO, "min-height"), 0);
    return text_emu(xml_tree_attr(p, NS_SVG, "height"), least);
}

static bool shows(const struct xml_tree_node *master, const char *name)
{
    const struct xml_tree_node *n = xml_tree_child(master, NS_STYLE, name);
    return n && !odf_is(xml_tree_attr(n, NS_STYLE, "display"), "false");
}

static void margins(const struct xml_tree_node *p, struct word_section *s)
{
    static const char *const names[] = {[WORD_TOP] = "margin-top",
                                        [WORD_LEFT] = "margin-left",
                                        [WORD_BOTTOM] = "margin-bottom",
                                        [WORD_RIGHT] = "margin-right"};
    const char *all = xml_tree_attr(p, NS_FO, "margin");
    for (int i = 0; i < 4; i++)
        s->margin[i] = text_emu(xml_tree_attr(p, NS_FO, names[i]), text_emu(all, 0));
    s->header_distance = s->margin[WORD_TOP];
    s->footer_distance = s->margin[WORD_BOTTOM];
    s->gutter = text_emu(xml_tree_attr(p, NS_LOEXT, "margin-gutter"), 0);
}

static void grid(const struct xml_tree_node *p, struct word_section *s)
{
    const char *mode = xml_tree_attr(p, NS_STYLE, "layout-grid-mode");
    if (!mode || strcmp(mode, "none") == 0)
        return;
    s->line_pitch = text_emu(xml_tree_attr(p, NS_STYLE, "layout-grid-base-height"), 0);
    s->grid_lines = (int32_t)odf_integer(xml_tree_attr(p, NS_STYLE, "layout-grid-lines"), 0, 1000, 0);
}

static void layout_into(struct text_reader *r, struct word_section *s, const struct odf_style *master)
{
    const struct odf_style *layout = odf_style_find(
        r->p->styles, ODF_STYLES, "page-layout", xml_tree_attr(master->node, NS_STYLE, "page-layout-name"));
    const struct xml_tree_node *p = odf_style_group(layout, "page-layout-properties");
    if (!p)
        return;
    s->width_raw = text_keep(r, xml_tree_attr(p, NS_FO, "page-width"));
    s->height_raw = text_keep(r, xml_tree_attr(p, NS_FO, "page-height"));
    s->width = text_emu(s->width_raw, s->width);
    s->height = text_emu(s->height_raw, s->height);
    s->landscape =
        odf_is(xml_tree_attr(p, NS_STYLE, "print-orientation"), "landscape") || s->width > s->height;
    margins(p, s);
    if (shows(master->node, "header"))
        s->margin[WORD_TOP] += header_height(layout->node, "header-style");
    if (shows(master->node, "footer"))
        s->margin[WORD_BOTTOM] += header_height(layout->node, "footer-style");
    text_borders(p, s->border);
    s->background = odf_color(xml_tree_attr(p, NS_FO, "background-color"));
    const char *format = odf_numbering(xml_tree_attr(p, NS_STYLE, "num-format"));
    s->page_format = format ? text_keep(r, format) : "decimal";
    s->page_start = odf_integer(xml_tree_attr(p, NS_STYLE, "first-page-number"), 0, 1000000, -1);
    const char *direction = xml_tree_attr(p, NS_STYLE, "writing-mode");
    s->text_direction = direction && strncmp(direction, "tb", 2) == 0 ? "tbRl" : "lrTb";
    grid(p, s);
    const struct xml_tree_node *columns = xml_tree_child(p, NS_STYLE, "columns");
    if (columns)
        columns_into(r, s, columns);
}

/* ---- headers and footers ---- */

static struct word_flow *margin_flow(struct text_reader *r, const struct xml_tree_node *master,
                                     const char *name, bool header)
{
    const struct xml_tree_node *n = xml_tree_child(master, NS_STYLE, name);
    n = n ? n : xml_tree_child(master, NS_LOEXT, name);
    if (!n || odf_is(xml_tree_attr(n, NS_STYLE, "display"), "false"))
        return NULL;
    struct word_margin *m = word_margin_add(r->d, header, r->part_name);
    m->flow.label = text_keep(r, arena_printf(r->p->arena, "%s of page style %.80s", name,
                                              xml_tree_attr(master, NS_STYLE, "name")));
    text_blocks(r, n, &m->flow, NULL);
    return &m->flow;
}

static const struct text_page *page_of(struct text_reader *r, const struct odf_style *master)
{
    for (uint32_t i = 0; i < r->n_pages && i < TEXT_PAGES; i++)
        if (r->page[i].master == master)
            return &r->page[i];
    static const char *const headers[] = {"header", "header-first", "header-left"};
    static const char *const footers[] = {"footer", "footer-first", "footer-left"};
    struct text_page *page = &r->page[r->n_pages++ % TEXT_PAGES];
    enum odf_part part = r->part;
    const char *part_name = r->part_name;
    page->master = master;
    r->part = ODF_STYLES;
    r->part_name = odf_styles_name(r->p);
    r->in_header = true;
    for (int i = 0; i < WORD_PAGE_KINDS; i++) {
        page->header[i] = margin_flow(r, master->node, headers[i], true);
        page->footer[i] = margin_flow(r, master->node, footers[i], false);
    }
    r->in_header = false;
    r->part = part;
    r->part_name = part_name;
    return page;
}

static void margins_into(struct text_reader *r, struct word_section *s, const struct odf_style *master)
{
    const struct text_page *page = page_of(r, master);
    memcpy(s->header, page->header, sizeof s->header);
    memcpy(s->footer, page->footer, sizeof s->footer);
    s->title_page = s->header[WORD_PAGE_FIRST] || s->footer[WORD_PAGE_FIRST];
    if (s->header[WORD_PAGE_EVEN] || s->footer[WORD_PAGE_EVEN])
        r->d->even_and_odd = true;
}

/* A page style that is followed by another one is that one's first page (17.10.6 of OOXML: titlePg). */
static const struct odf_style *next_master(struct text_reader *r, const struct odf_style *master)
{
    const char *next = xml_tree_attr(master->node, NS_STYLE, "next-style-name");
    const struct odf_style *n = odf_style_find(r->p->styles, ODF_STYLES, "master-page", next);
    return n && n != master ? n : NULL;
}

void text_page_begin(struct text_reader *r, const char *name, const char *page_number)
{
    const struct odf_style *master = master_of(r, name);
    struct word_section *s = r->section = word_section_add(r->d);
    s->part = r->part_name;
    r->section_used = r->columns_over = false;
    r->page_section = arena_copy(r->p->arena, s, sizeof *s);
    if (!master)
        return;
    const struct odf_style *next = next_master(r, master);
    layout_into(r, s, next ? next : master);
    margins_into(r, s, next ? next : master);
    if (next) {
        const struct text_page *first = page_of(r, master);
        s->title_page = true;
        s->header[WORD_PAGE_FIRST] = first->header[WORD_PAGE_DEFAULT];
        s->footer[WORD_PAGE_FIRST] = first->footer[WORD_PAGE_DEFAULT];
    }
    s->page_start = odf_integer(page_number, 0, 1000000, s->page_start);
    r->page_section = arena_copy(r->p->arena, s, sizeof *s);
    if (r->d->background < 0)
        r->d->background = r->d->background_told = s->background;
}

/* A continuous section like the one before, but for what is written over. */
static struct word_section *go_on(struct text_reader *r)
{
    const struct word_section before = *r->section;
    struct word_section *s = word_section_add(r->d);
    struct word_section *next = s->next;
    uint32_t number = s->number;
    *s = before;
    s->next = next;
    s->number = number;
    s->start = "continuous";
    s->page_start = -1;
    return r->section = s;
}

void text_columns_begin(struct text_reader *r, const struct xml_tree_node *columns)
{
    struct word_section *s = r->section_used ? go_on(r) : r->section;
    r->section_used = r->columns_over = false;
    s->column_width = s->column_gap = NULL;
    columns_into(r, s, columns);
}

void text_columns_end(struct text_reader *r)
{
    r->columns_over = true;
}

void text_section_use(struct text_reader *r)
{
    if (r->columns_over) {
        const struct word_section *page = r->page_section;
        struct word_section *s = go_on(r);
        s->columns = page->columns;
        s->column_separator = page->column_separator;
        s->columns_equal = page->columns_equal;
        s->column_space = page->column_space;
        s->column_width = page->column_width;
        s->column_gap = page->column_gap;
    }
    r->columns_over = false;
    r->section_used = true;
}

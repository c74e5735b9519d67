/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

bool text_over(struct text_reader *r)
{
    if (r->result == 0 && word_full(r->d)) {
        r->result = err_set(r->e, ERR_DATA, r->p->name, _("the document holds more than the limit"));
        if (r->e)
            r->e->code = FAULT_LIMIT;
    }
    return r->result < 0;
}

static void list(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow,
                 const struct text_list *outer)
{
    struct text_list l = text_list_begin(r, n, outer);
    for (const struct xml_tree_node *item = xml_tree_first_element(n); item && !text_over(r);
         item = xml_tree_next_element(item)) {
        bool header = xml_tree_is(item, NS_TEXT, "list-header");
        if (!header && !xml_tree_is(item, NS_TEXT, "list-item"))
            continue;
        const char *start = xml_tree_attr(item, NS_TEXT, "start-value");
        struct text_list own = l;
        own.header = own.header || header;
        own.start = start ? odf_integer(start, 0, 1000000, -1) : l.start;
        text_blocks(r, item, flow, &own);
        if (start)
            l.start = own.start;
    }
}

static void section(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow,
                    const struct text_list *outer)
{
    const struct odf_style *s =
        odf_style_find(r->p->styles, r->part, "section", xml_tree_attr(n, NS_TEXT, "style-name"));
    const struct xml_tree_node *columns =
        xml_tree_child(odf_style_group(s, "section-properties"), NS_STYLE, "columns");
    bool several = flow == &r->d->body && columns &&
                   odf_integer(xml_tree_attr(columns, NS_FO, "column-count"), 0, 100, 0) > 1;
    if (several && !r->section)
        text_page_begin(r, NULL, NULL);
    if (several)
        text_columns_begin(r, columns);
    text_blocks(r, n, flow, outer);
    if (several)
        text_columns_end(r);
}

static bool is_index(const char *name)
{
    static const char *const names[] = {"table-of-content", "alphabetical-index", "illustration-index",
                                        "table-index",      "object-index",       "user-index",
                                        "bibliography"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void contents(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow)
{
    const struct xml_tree_node *source = xml_tree_child(n, NS_TEXT, "table-of-content-source");
    struct word_toc *toc = word_toc_add(r->d, r->part_name);
    toc->to = (uint32_t)odf_integer(xml_tree_attr(source, NS_TEXT, "outline-level"), 1, 10, 10);
    toc->instruction = arena_printf(r->d->arena, "TOC \\o \"1-%u\"", toc->to);
    const struct word_block *before = flow->last;
    r->toc = toc;
    text_blocks(r, xml_tree_child(n, NS_TEXT, "index-body"), flow, NULL);
    r->toc = NULL;
    const struct word_block *first = before ? before->next : flow->first;
    word_field_add(r->d, toc->instruction, first ? word_as_paragraph(first) : NULL);
}

static void index_title(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow)
{
    bool before = r->in_index_title;
    r->in_index_title = true;
    text_blocks(r, n, flow, NULL);
    r->in_index_title = before;
}

static void text_block(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow,
                       const struct text_list *outer)
{
    const char *name = n->name;
    if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0)
        text_paragraph(r, n, flow, outer);
    else if (strcmp(name, "list") == 0)
        list(r, n, flow, outer);
    else if (strcmp(name, "section") == 0)
        section(r, n, flow, outer);
    else if (strcmp(name, "numbered-paragraph") == 0)
        text_blocks(r, n, flow, outer);
    else if (strcmp(name, "index-title") == 0)
        index_title(r, n, flow);
    else if (strcmp(name, "table-of-content") == 0 && !r->toc)
        contents(r, n, flow);
    else if (is_index(name))
        text_blocks(r, xml_tree_child(n, NS_TEXT, "index-body"), flow, NULL);
}

void text_blocks(struct text_reader *r, const struct xml_tree_node *holder, struct word_flow *flow,
                 const struct text_list *outer)
{
    for (const struct xml_tree_node *n = holder ? xml_tree_first_element(holder) : NULL; n && !text_over(r);
         n = xml_tree_next_element(n))
        if (n->ns == NS_TEXT)
            text_block(r, n, flow, outer);
        else if (xml_tree_is(n, NS_TABLE, "table"))
            text_table(r, n, flow);
        else if (text_is_object(n))
            text_object(r, n, NULL);
}

/* ---- what the document says of itself ---- */

static void properties(struct text_reader *r)
{
    static const struct {
        uint8_t ns;
        const char *element, *name;
    } names[] = {
        {NS_DC, "title", "title"},
        {NS_META, "initial-creator", "creator"},
        {NS_DC, "creator", "lastModifiedBy"},
        {NS_DC, "subject", "subject"},
        {NS_META, "keyword", "keywords"},
        {NS_DC, "description", "description"},
        {NS_META, "creation-date", "created"},
        {NS_DC, "date", "modified"},
        {NS_META, "generator", "Application"},
        {NS_DC, "language", "language"},
    };
    struct xml_tree *side = odf_side_part(r->p, "meta.xml");
    const struct xml_tree_node *meta = odf_side_body(r->p, side, "meta");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct xml_tree_node *n = xml_tree_child(meta, names[i].ns, names[i].element);
        struct bytes text = {0};
        if (n)
            xml_tree_text(n, &text);
        if (text.n)
            word_property_add(r->d, names[i].name, (const char *)text.p);
        bytes_release(&text);
    }
    xml_tree_free(side);
}

static void count_raw(struct text_reader *r)
{
    const struct xml_tree_node *top = r->p->body;
    for (const struct xml_tree_node *n = xml_tree_walk(top, top); n; n = xml_tree_walk(top, n))
        r->d->raw_images += xml_tree_is(n, NS_DRAW, "image");
    for (const struct xml_tree_node *n = xml_tree_first_element(top); n; n = xml_tree_next_element(n)) {
        r->d->raw_paragraphs += xml_tree_is(n, NS_TEXT, "p") || xml_tree_is(n, NS_TEXT, "h");
        r->d->raw_tables += xml_tree_is(n, NS_TABLE, "table");
    }
}

static void settings(struct text_reader *r)
{
    const struct odf_style *base = odf_style_default(r->p->styles, "paragraph");
    const char *tab = odf_style_attr(base, "paragraph-properties", NS_STYLE, "tab-stop-distance");
    const struct xml_tree_node *tracked = xml_tree_child(r->p->body, NS_TEXT, "tracked-changes");
    r->d->default_tab = text_emu(tab, r->d->default_tab);
    r->d->hyphenation = odf_true(odf_style_attr(base, "text-properties", NS_FO, "hyphenate"));
    r->d->track_changes = tracked && !odf_is(xml_tree_attr(tracked, NS_TEXT, "track-changes"), "false");
}

static void defaults(struct text_reader *r)
{
    struct text_style style;
    text_style(r, NULL, &style);
    r->d->default_chars = word_chars_share(r->d, &style.chars);
    r->d->default_format = word_format_share(r->d, &style.format);
}

static void read_all(struct text_reader *r)
{
    r->part = ODF_STYLES;
    text_styles_list(r);
    r->part = ODF_CONTENT;
    defaults(r);
    word_flow_init(&r->d->body, r->part_name, NULL);
    text_blocks(r, r->p->body, &r->d->body, NULL);
    if (!r->section && !text_over(r))
        text_page_begin(r, NULL, NULL);
    properties(r);
    settings(r);
    count_raw(r);
    text_over(r);
}

int odf_read_text(struct word_document **ret, const char *name, struct span file, struct err *e)
{
    struct odf_package *p = NULL;
    int result = odf_open(&p, name, file, "text", NULL, e);
    if (result < 0)
        return result;
    struct text_reader *r = arena_alloc(p->arena, sizeof *r);
    r->p = p;
    r->e = e;
    r->d = word_document_new(name, 0);
    r->d->odf = true;
    r->d->part = r->part_name = odf_content_name(p);
    read_all(r);
    result = r->result;
    if (result == 0) {
        word_finish(r->d);
        *ret = r->d;
    } else {
        word_document_free(r->d);
    }
    odf_close(p);
    return result;
}

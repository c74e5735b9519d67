/* SPDX-License-Identifier: Apache-2.0 */
/* w:sectPr: pages of the section that ends there (ECMA-376 part 1, 17.6). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_COLUMNS = 45, MAX_SECTIONS = 2000 };

static struct word_flow *margin_flow(struct docx *x, const char *part, bool header)
{
    for (struct word_margin *m = x->d->margin; m; m = m->next)
        if (strcmp(m->flow.part, part) == 0)
            return &m->flow;
    return &word_margin_add(x->d, header, docx_keep(x, part))->flow;
}

static void reference_read(struct docx *x, node *n, struct word_section *s)
{
    bool header = strcmp(n->name, "headerReference") == 0;
    const char *type = docx_attr(n, "type"), *id = xml_tree_attr(n, NS_R, "id");
    const struct parts_relationship *rel = id ? parts_by_id(x->main_rel, x->n_main_rel, id) : NULL;
    if (!rel || rel->external || !parts_has(x->parts, rel->target))
        return;
    enum word_page_kind kind = type && strcmp(type, "first") == 0  ? WORD_PAGE_FIRST
                               : type && strcmp(type, "even") == 0 ? WORD_PAGE_EVEN
                                                                   : WORD_PAGE_DEFAULT;
    struct word_flow *flow = margin_flow(x, rel->target, header);
    if (header)
        s->header[kind] = flow;
    else
        s->footer[kind] = flow;
}

static void size_read(struct docx *x, node *n, struct word_section *s)
{
    const char *orient = docx_attr(n, "orient");
    docx_attr_length(n, "w", &s->width);
    docx_attr_length(n, "h", &s->height);
    s->landscape = orient ? strcmp(orient, "landscape") == 0 : s->width > s->height;
    s->width_raw = docx_keep(x, docx_attr(n, "w"));
    s->height_raw = docx_keep(x, docx_attr(n, "h"));
}

static void margins_read(node *n, struct word_section *s)
{
    static const char *const sides[4] = {"top", "left", "bottom", "right"};
    for (int i = 0; i < 4; i++)
        docx_attr_length(n, sides[i], &s->margin[i]);
    docx_attr_length(n, "gutter", &s->gutter);
    docx_attr_length(n, "header", &s->header_distance);
    docx_attr_length(n, "footer", &s->footer_distance);
}

static void columns_read(struct docx *x, node *n, struct word_section *s)
{
    int32_t width[MAX_COLUMNS] = {0}, gap[MAX_COLUMNS] = {0};
    int64_t num = 1;
    uint32_t told = 0;
    docx_attr_integer(n, "num", &num);
    s->columns_equal = docx_attr_on(n, "equalWidth", true);
    s->column_separator = docx_attr_on(n, "sep", false);
    s->column_space = 720 * 635;
    docx_attr_length(n, "space", &s->column_space);
    for (node *c = docx_child(n, "col"); c && told < MAX_COLUMNS; c = xml_tree_next(c, NS_W, "col"), told++) {
        docx_attr_length(c, "w", &width[told]);
        docx_attr_length(c, "space", &gap[told]);
    }
    s->columns = !s->columns_equal && told ? told
                 : num < 1                 ? 1
                 : num > MAX_COLUMNS       ? MAX_COLUMNS
                                           : (uint32_t)num;
    if (!s->columns_equal && told) {
        s->column_width = arena_copy(x->d->arena, width, told * sizeof *width);
        s->column_gap = arena_copy(x->d->arena, gap, told * sizeof *gap);
    }
}

static void borders_read(struct docx *x, node *n, struct word_section *s)
{
    static const char *const sides[4] = {"top", "left", "bottom", "right"};
    for (int i = 0; i < 4; i++)
        if (docx_child(n, sides[i]))
            s->border[i] = docx_border(x, docx_child(n, sides[i]));
}

static void numbers_read(struct docx *x, node *n, struct word_section *s)
{
    if (docx_attr(n, "fmt"))
        s->page_format = docx_keep(x, docx_attr(n, "fmt"));
    docx_attr_integer(n, "start", &s->page_start);
}

static void grid_read(node *n, struct word_section *s)
{
    const char *type = docx_attr(n, "type");
    if (type && strcmp(type, "default") != 0)
        docx_attr_length(n, "linePitch", &s->line_pitch);
}

static void property_read(struct docx *x, node *n, struct word_section *s)
{
    const char *name = n->name;
    if (strcmp(name, "headerReference") == 0 || strcmp(name, "footerReference") == 0)
        reference_read(x, n, s);
    else if (strcmp(name, "pgSz") == 0)
        size_read(x, n, s);
    else if (strcmp(name, "pgMar") == 0)
        margins_read(n, s);
    else if (strcmp(name, "cols") == 0)
        columns_read(x, n, s);
    else if (strcmp(name, "pgBorders") == 0)
        borders_read(x, n, s);
    else if (strcmp(name, "pgNumType") == 0)
        numbers_read(x, n, s);
    else if (strcmp(name, "docGrid") == 0)
        grid_read(n, s);
    else if (strcmp(name, "titlePg") == 0)
        s->title_page = docx_on(n);
    else if (strcmp(name, "type") == 0 && docx_val(n))
        s->start = docx_keep(x, docx_val(n));
    else if (strcmp(name, "vAlign") == 0 && docx_val(n))
        s->vertical_align = docx_keep(x, docx_val(n));
    else if (strcmp(name, "textDirection") == 0 && docx_val(n))
        s->text_direction = docx_keep(x, docx_val(n));
}

/* What a section does not name, it takes from the one before. */
void docx_section_begin(struct docx *x)
{
    const struct word_section *before = x->section;
    if (before && before->number >= MAX_SECTIONS)
        return;
    x->section = word_section_add(x->d);
    x->section->width = 12240 * 635;
    x->section->height = 15840 * 635;
    if (!before)
        return;
    memcpy(x->section->header, before->header, sizeof before->header);
    memcpy(x->section->footer, before->footer, sizeof before->footer);
}

void docx_section_read(struct docx *x, node *sect)
{
    for (node *n = xml_tree_first_element(sect); n; n = xml_tree_next_element(n))
        if (n->ns == NS_W)
            property_read(x, n, x->section);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/slides/pptx.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/slides/pptx-internal.h"

enum { SLIDE_MEMORY = 16 << 20, OTHER_MEMORY = 4 << 20 };

node pptx_root(const struct page *p)
{
    return p->tree ? xml_tree_root(p->tree) : NULL;
}

static void close_page(struct page *p)
{
    xml_tree_free(p->tree);
    arena_free(p->arena);
    *p = (struct page){0};
}

int pptx_open(struct pptx *x, struct page *p, const char *part, size_t memory, struct err *e)
{
    struct xml_tree_options o = {.max_memory = memory};
    if (p->part && strcmp(p->part, part) == 0)
        return 0;
    struct page fresh = {.arena = arena_new()};
    fresh.part = arena_strdup(fresh.arena, part);
    close_page(p);
    int r = parts_tree(x->parts, fresh.part, &o, &fresh.tree, e);
    if (r == 0)
        r = parts_relationships(x->parts, fresh.part, fresh.arena, &fresh.rel, &fresh.n_rel, e);
    if (r < 0) {
        close_page(&fresh);
        return r == -ERR_NO ? -ERR_DATA : r;
    }
    *p = fresh;
    return 0;
}

int64_t pptx_int(node n, const char *name, int64_t otherwise)
{
    const char *text = xml_tree_attr(n, 0, name), *p = text;
    int64_t x = 0;
    if (!text)
        return otherwise;
    bool negative = *p == '-';
    p += negative;
    if (*p < '0' || *p > '9')
        return otherwise;
    for (; *p >= '0' && *p <= '9'; p++)
        x = x < INT32_MAX ? 10 * x + (*p - '0') : INT32_MAX;
    x = x > INT32_MAX ? INT32_MAX : x;
    return negative ? -x : x;
}

bool pptx_bool(node n, const char *name, bool otherwise)
{
    const char *text = xml_tree_attr(n, 0, name);
    return text ? strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0 : otherwise;
}

int64_t pptx_ratio(node n, const char *name, int64_t otherwise)
{
    const char *text = xml_tree_attr(n, 0, name);
    if (!text)
        return otherwise;
    int64_t whole = pptx_int(n, name, 0);
    const char *point = strchr(text, '.');
    if (!strchr(text, '%'))
        return (whole >= 0 ? whole + 50 : whole - 50) / 100;
    int64_t tenth = point && point[1] >= '0' && point[1] <= '9' ? point[1] - '0' : 0;
    return 10 * whole + (*text == '-' ? -tenth : tenth);
}

/* Opens what the relationship of that type leads to; a page that has none is closed. */
static int follow(struct pptx *x, const struct page *from, const char *type, struct page *to, struct err *e)
{
    const struct parts_relationship *rel = parts_by_type(from->rel, from->n_rel, type);
    if (rel && !rel->external && parts_has(x->parts, rel->target))
        return pptx_open(x, to, rel->target, OTHER_MEMORY, e);
    close_page(to);
    return 0;
}

static void name_design(struct pptx *x, struct slides_slide *s)
{
    node layout = pptx_root(&x->layout), theme = pptx_root(&x->theme);
    node elements = xml_tree_child(theme, NS_A, "themeElements");
    const char *type = xml_tree_attr(layout, 0, "type"), *theme_name = xml_tree_attr(theme, 0, "name");
    s->layout = layout ? slides_string(x->slides, type ? type : "cust") : "";
    s->layout_name = slides_string(x->slides, xml_tree_attr(xml_tree_child(layout, NS_P, "cSld"), 0, "name"));
    const char *master = xml_tree_attr(xml_tree_child(pptx_root(&x->master), NS_P, "cSld"), 0, "name");
    s->master = slides_string(x->slides, master && *master ? master : theme_name);
    s->theme = slides_string(x->slides, theme_name);
    s->color_scheme =
        slides_string(x->slides, xml_tree_attr(xml_tree_child(elements, NS_A, "clrScheme"), 0, "name"));
    s->font_scheme =
        slides_string(x->slides, xml_tree_attr(xml_tree_child(elements, NS_A, "fontScheme"), 0, "name"));
}

static bool read_background(struct pptx *x, const struct page *page, struct slides_fill *ret)
{
    node bg = xml_tree_child(xml_tree_child(pptx_root(page), NS_P, "cSld"), NS_P, "bg");
    node ref = xml_tree_child(bg, NS_P, "bgRef");
    if (!bg)
        return false;
    if (pptx_fill(x, page, xml_tree_child(bg, NS_P, "bgPr"), ret))
        return true;
    int64_t index = pptx_int(ref, "idx", 0);
    if (index > 1000)
        return pptx_theme_fill(x, "bgFillStyleLst", index - 1000, ref, ret);
    return pptx_theme_fill(x, "fillStyleLst", index, ref, ret);
}

static const struct slides_shape *shown(const struct slides_slide *s, const char *placeholder)
{
    const struct slides_shape *n = s->shape;
    while (n && (!n->placeholder || strcmp(n->placeholder, placeholder) != 0))
        n = n->next;
    return n;
}

static const char *shown_text(struct pptx *x, const struct slides_shape *shape)
{
    struct bytes b = {0};
    for (const struct slides_paragraph *p = shape ? shape->text.paragraph : NULL; p; p = p->next)
        for (const struct slides_run *r = p->run; r; r = r->next)
            bytes_str(&b, r->text);
    const char *text = slides_string_n(x->slides, (const char *)b.p, b.n);
    bytes_release(&b);
    return text;
}

static void note_footers(struct pptx *x, struct slides_slide *s)
{
    const struct slides_shape *footer = shown(s, "footer"), *date = shown(s, "date");
    s->shows_number = shown(s, "slide-number");
    s->shows_footer = footer;
    s->shows_date = date;
    s->footer = shown_text(x, footer);
    s->date = shown_text(x, date);
}

/* The text of the notes' body, as the author typed it. */
static int read_notes(struct pptx *x, struct slides_slide *s, struct err *e)
{
    struct page notes = {0};
    struct bytes b = {0};
    int r = follow(x, &x->slide, "notesSlide", &notes, e);
    node tree = xml_tree_child(xml_tree_child(pptx_root(&notes), NS_P, "cSld"), NS_P, "spTree");
    for (node sp = xml_tree_child(tree, NS_P, "sp"); sp; sp = xml_tree_next(sp, NS_P, "sp")) {
        struct text_scope none = {0};
        struct slides_text text = {0};
        const char *type = xml_tree_attr(pptx_ph(sp), 0, "type");
        if (!type || strcmp(type, "body") != 0)
            continue;
        pptx_text(x, xml_tree_child(sp, NS_P, "txBody"), &none, &text);
        for (const struct slides_paragraph *p = text.paragraph; p; p = p->next) {
            for (const struct slides_run *run = p->run; run; run = run->next)
                bytes_str(&b, run->text);
            bytes_str(&b, p->next ? "\n" : "");
        }
    }
    s->notes = slides_string_n(x->slides, (const char *)b.p, b.n);
    bytes_release(&b);
    close_page(&notes);
    return r;
}

static int read_slide(struct pptx *x, const char *part, struct err *e)
{
    struct slides_slide *s = slides_add(x->slides);
    int r = pptx_open(x, &x->slide, part, SLIDE_MEMORY, e);
    if (r == 0)
        r = follow(x, &x->slide, "slideLayout", &x->layout, e);
    if (r == 0)
        r = follow(x, &x->layout, "slideMaster", &x->master, e);
    if (r == 0)
        r = follow(x, &x->master, "theme", &x->theme, e);
    if (r < 0)
        return r;
    node root = pptx_root(&x->slide);
    x->current = s;
    s->part = slides_string(x->slides, part);
    s->name = slides_string(x->slides, xml_tree_attr(xml_tree_child(root, NS_P, "cSld"), 0, "name"));
    s->hidden = !pptx_bool(root, "show", true);
    name_design(x, s);
    s->own_background = read_background(x, &x->slide, &s->background);
    if (!s->own_background && !read_background(x, &x->layout, &s->background))
        read_background(x, &x->master, &s->background);
    pptx_shapes(x, xml_tree_child(xml_tree_child(root, NS_P, "cSld"), NS_P, "spTree"));
    note_footers(x, s);
    pptx_transition(x, root);
    pptx_animation(x, root);
    r = read_notes(x, s, e);
    close_page(&x->slide);
    return r;
}

static int read_slides(struct pptx *x, struct err *e)
{
    node list = xml_tree_child(pptx_root(&x->presentation), NS_P, "sldIdLst");
    int r = 0;
    for (node n = xml_tree_child(list, NS_P, "sldId"); r == 0 && n; n = xml_tree_next(n, NS_P, "sldId")) {
        const struct parts_relationship *rel =
            parts_by_id(x->presentation.rel, x->presentation.n_rel, xml_tree_attr(n, NS_R, "id"));
        if (rel && !rel->external && parts_has(x->parts, rel->target) && !x->slides->full)
            r = read_slide(x, rel->target, e);
    }
    return r;
}

static int read_show(struct pptx *x, struct err *e)
{
    struct page properties = {0};
    struct slides_show *show = &x->slides->show;
    int r = follow(x, &x->presentation, "presProps", &properties, e);
    node n = xml_tree_child(pptx_root(&properties), NS_P, "showPr"), range = xml_tree_child(n, NS_P, "sldRg");
    if (n) {
        show->kind = xml_tree_child(n, NS_P, "kiosk")    ? "kiosk"
                     : xml_tree_child(n, NS_P, "browse") ? "browse"
                                                         : "present";
        show->loop = pptx_bool(n, "loop", false);
        show->with_narration = pptx_bool(n, "showNarration", false);
        show->with_animation = pptx_bool(n, "showAnimation", true);
        show->manual = !pptx_bool(n, "useTimings", true);
        show->from = (int)pptx_int(range, "st", 0);
        show->to = (int)pptx_int(range, "end", 0);
        show->custom = slides_string(x->slides, xml_tree_attr(xml_tree_child(n, NS_P, "custShow"), 0, "id"));
    }
    close_page(&properties);
    return r;
}

static int open_presentation(struct pptx *x, struct err *e)
{
    const char *part;
    struct arena *a = arena_new();
    int r = parts_main(x->parts, a, &part, e);
    if (r == 0)
        r = pptx_open(x, &x->presentation, part, OTHER_MEMORY, e);
    if (r == 0 && !xml_tree_is(pptx_root(&x->presentation), NS_P, "presentation")) {
        r = err_set(e, ERR_DATA, parts_name(x->parts), _("this is no slide show"));
        e->code = FAULT_WRONG_TYPE;
    }
    arena_free(a);
    return r;
}

int pptx_read(struct slides **ret, struct parts *p, struct err *e)
{
    struct err unwanted;
    struct pptx x = {.parts = p, .slides = slides_new("pptx"), .placeholder_color = SLIDES_COLOR_NONE};
    e = e ? e : &unwanted;
    int r = open_presentation(&x, e);
    node size = r == 0 ? xml_tree_child(pptx_root(&x.presentation), NS_P, "sldSz") : NULL;
    x.slides->width = pptx_int(size, "cx", 0);
    x.slides->height = pptx_int(size, "cy", 0);
    if (r == 0)
        r = read_show(&x, e);
    if (r == 0)
        r = read_slides(&x, e);
    if (r == 0)
        r = slides_finish(x.slides, parts_name(p), e);
    struct page *const pages[] = {&x.presentation, &x.slide, &x.layout, &x.master, &x.theme};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        close_page(pages[i]);
    if (r < 0)
        slides_free(x.slides);
    else
        *ret = x.slides;
    return r;
}

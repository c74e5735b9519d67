/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/odf/shapes.h"
#include "scoring/practical/odf/slides-internal.h"
#include "scoring/practical/odf/units.h"

static const char *const page_group = "drawing-page-properties";

static const struct odf_style *master_of(struct slides_reader *r, const struct xml_tree_node *page)
{
    return odf_style_find(r->p->styles, ODF_STYLES, "master-page",
                          xml_tree_attr(page, NS_DRAW, "master-page-name"));
}

/* ---- size ---- */

static void read_size(struct slides_reader *r)
{
    const struct xml_tree_node *page = xml_tree_child(r->p->body, NS_DRAW, "page");
    const struct odf_style *master = page ? master_of(r, page) : NULL;
    const char *name = master ? xml_tree_attr(master->node, NS_STYLE, "page-layout-name") : NULL;
    const struct odf_style *layout = odf_style_find(r->p->styles, ODF_STYLES, "page-layout", name);
    const struct xml_tree_node *g = odf_style_group(layout, "page-layout-properties");
    odf_length(xml_tree_attr(g, NS_FO, "page-width"), &r->s->width);
    odf_length(xml_tree_attr(g, NS_FO, "page-height"), &r->s->height);
}

/* ---- layout ---- */

/* Which placeholders there are tells the kind of layout. */
static const char *layout_of(size_t titles, size_t subtitles, size_t bodies)
{
    if (titles && subtitles && !bodies)
        return "title";
    if (titles && bodies + subtitles == 1)
        return "obj";
    if (titles && bodies == 2)
        return "twoObj";
    if (titles && bodies == 4)
        return "fourObj";
    if (titles)
        return bodies ? "" : "titleOnly";
    return bodies + subtitles ? "" : "blank";
}

static const char *declared_layout(const struct odf_style *l)
{
    size_t titles = 0, subtitles = 0, bodies = 0;
    for (const struct xml_tree_node *n = xml_tree_child(l->node, NS_PRESENTATION, "placeholder"); n;
         n = xml_tree_next(n, NS_PRESENTATION, "placeholder")) {
        const char *object = xml_tree_attr(n, NS_PRESENTATION, "object");
        titles += odf_is(object, "title");
        subtitles += odf_is(object, "subtitle");
        bodies += object && (strcmp(object, "outline") == 0 || strcmp(object, "object") == 0 ||
                             strcmp(object, "graphic") == 0 || strcmp(object, "chart") == 0 ||
                             strcmp(object, "table") == 0 || strcmp(object, "text") == 0);
    }
    return layout_of(titles, subtitles, bodies);
}

static const char *seen_layout(const struct slides_slide *s)
{
    static const char *const contents[] = {"body", "picture", "table", "chart", "object", "diagram", "media"};
    size_t titles = 0, subtitles = 0, bodies = 0;
    for (const struct slides_shape *x = s->shape; x; x = x->next) {
        titles += x->placeholder && strcmp(x->placeholder, "title") == 0;
        subtitles += x->placeholder && strcmp(x->placeholder, "subtitle") == 0;
        for (size_t i = 0; x->placeholder && i < sizeof contents / sizeof *contents; i++)
            bodies += strcmp(contents[i], x->placeholder) == 0;
    }
    return layout_of(titles, subtitles, bodies);
}

static void read_layout(struct slides_reader *r)
{
    const struct odf_style *l =
        odf_style_find(r->p->styles, ODF_STYLES, "presentation-page-layout",
                       xml_tree_attr(r->page, NS_PRESENTATION, "presentation-page-layout-name"));
    const struct odf_style *master = master_of(r, r->page);
    r->slide->layout = l ? declared_layout(l) : "";
    if (!*r->slide->layout)
        r->slide->layout = seen_layout(r->slide);
    const char *shown =
        master ? odf_style_shown(master, r->p->arena) : xml_tree_attr(r->page, NS_DRAW, "master-page-name");
    r->slide->master = r->slide->theme = r->slide->layout_name = slides_string(r->s, shown);
}

/* ---- background ---- */

static void read_background(struct slides_reader *r, const struct odf_style *style)
{
    const struct odf_style *master = master_of(r, r->page);
    const char *own = odf_style_attr(style, page_group, NS_DRAW, "fill");
    r->slide->own_background = own && strcmp(own, "none") != 0;
    if (r->slide->own_background) {
        r->slide->background = odf_slides_fill(r, style, page_group);
        return;
    }
    const struct odf_style *s = master ? odf_style_find(r->p->styles, ODF_STYLES, "drawing-page",
                                                        xml_tree_attr(master->node, NS_DRAW, "style-name"))
                                       : NULL;
    const char *group = page_group;
    if (master && !odf_fill_kind(s, group)) {
        const char *name = arena_printf(r->p->arena, "%.200s-background", master->name);
        s = odf_style_find(r->p->styles, ODF_STYLES, "presentation", name);
        group = "graphic-properties";
    }
    r->part = ODF_STYLES;
    r->slide->background = odf_slides_fill(r, s, group);
    r->part = ODF_CONTENT;
}

/* ---- number, date, footer ---- */

static const char *declared(struct slides_reader *r, const char *element, const char *name)
{
    struct bytes text = {0};
    for (const struct xml_tree_node *n = xml_tree_child(r->p->body, NS_PRESENTATION, element); n && name;
         n = xml_tree_next(n, NS_PRESENTATION, element))
        if (odf_is(xml_tree_attr(n, NS_PRESENTATION, "name"), name) && !text.n)
            xml_tree_text(n, &text);
    const char *kept = text.n ? slides_string_n(r->s, (const char *)text.p, text.n) : "";
    bytes_release(&text);
    return kept;
}

static bool master_has(struct slides_reader *r, const char *class)
{
    const struct odf_style *master = master_of(r, r->page);
    for (const struct xml_tree_node *n = master ? xml_tree_first_element(master->node) : NULL; n;
         n = xml_tree_next_element(n))
        if (odf_is(xml_tree_attr(n, NS_PRESENTATION, "class"), class))
            return true;
    return false;
}

static bool on_slide(const struct slides_slide *s, const char *placeholder)
{
    for (const struct slides_shape *x = s->shape; x; x = x->next)
        if (x->placeholder && strcmp(x->placeholder, placeholder) == 0)
            return true;
    return false;
}

static bool shows(struct slides_reader *r, const struct odf_style *style, const char *display,
                  const char *class, const char *placeholder)
{
    bool wanted = odf_true(odf_style_attr(style, page_group, NS_PRESENTATION, display));
    return on_slide(r->slide, placeholder) || (wanted && master_has(r, class));
}

static void read_margins(struct slides_reader *r, const struct odf_style *style)
{
    struct slides_slide *s = r->slide;
    s->footer = declared(r, "footer-decl", xml_tree_attr(r->page, NS_PRESENTATION, "use-footer-name"));
    s->date = declared(r, "date-time-decl", xml_tree_attr(r->page, NS_PRESENTATION, "use-date-time-name"));
    s->shows_number = shows(r, style, "display-page-number", "page-number", "slide-number");
    s->shows_date = shows(r, style, "display-date-time", "date-time", "date");
    s->shows_footer =
        shows(r, style, "display-footer", "footer", "footer") && (*s->footer || on_slide(s, "footer"));
}

/* ---- notes ---- */

static void read_notes(struct slides_reader *r)
{
    const struct xml_tree_node *notes = xml_tree_child(r->page, NS_PRESENTATION, "notes");
    struct slides_text text = {0};
    struct bytes out = {0};
    for (const struct xml_tree_node *n = xml_tree_child(notes, NS_DRAW, "frame"); n;
         n = xml_tree_next(n, NS_DRAW, "frame"))
        if (odf_is(xml_tree_attr(n, NS_PRESENTATION, "class"), "notes") &&
            !odf_true(xml_tree_attr(n, NS_PRESENTATION, "placeholder")))
            odf_slides_text(r, xml_tree_child(n, NS_DRAW, "text-box"), NULL, NULL, false, &text);
    for (const struct slides_paragraph *p = text.paragraph; p; p = p->next) {
        for (const struct slides_run *run = p->run; run; run = run->next)
            bytes_str(&out, run->text);
        if (p->next)
            bytes_str(&out, "\n");
    }
    r->slide->notes = out.n ? slides_string_n(r->s, (const char *)out.p, out.n) : "";
    bytes_release(&out);
}

/* ---- pages ---- */

static void read_page(struct slides_reader *r, const struct xml_tree_node *page)
{
    const struct odf_style *style =
        odf_style_find(r->p->styles, ODF_CONTENT, "drawing-page", xml_tree_attr(page, NS_DRAW, "style-name"));
    r->page = page;
    r->slide = slides_add(r->s);
    r->slide->part = odf_content_name(r->p);
    r->slide->name = slides_string(r->s, xml_tree_attr(page, NS_DRAW, "name"));
    r->slide->hidden = odf_is(odf_style_attr(style, page_group, NS_PRESENTATION, "visibility"), "hidden");
    odf_slides_shapes(r, page, 0);
    read_layout(r);
    read_background(r, style);
    read_margins(r, style);
    read_notes(r);
    odf_slides_transition(r, style);
    odf_slides_effects(r);
}

static int page_named(struct slides_reader *r, const char *name)
{
    for (const struct slides_slide *s = r->s->slide; s && name; s = s->next)
        if (strcmp(s->name, name) == 0)
            return s->number;
    return 0;
}

static void read_show(struct slides_reader *r)
{
    const struct xml_tree_node *n = xml_tree_child(r->p->body, NS_PRESENTATION, "settings");
    if (!n)
        return;
    struct slides_show *show = &r->s->show;
    show->loop = odf_true(xml_tree_attr(n, NS_PRESENTATION, "endless"));
    show->manual = odf_true(xml_tree_attr(n, NS_PRESENTATION, "force-manual"));
    show->with_animation = !odf_is(xml_tree_attr(n, NS_PRESENTATION, "animations"), "disabled");
    if (odf_is(xml_tree_attr(n, NS_PRESENTATION, "full-screen"), "false"))
        show->kind = "browse";
    show->from = page_named(r, xml_tree_attr(n, NS_PRESENTATION, "start-page"));
    show->custom = slides_string(r->s, xml_tree_attr(n, NS_PRESENTATION, "show"));
}

int odf_read_slides(struct slides **ret, const char *name, struct span file, struct err *e)
{
    struct slides_reader r = {.part = ODF_CONTENT};
    int result = odf_open(&r.p, name, file, "presentation", NULL, e);
    if (result < 0)
        return result;
    r.s = slides_new("odp");
    read_size(&r);
    for (const struct xml_tree_node *n = xml_tree_child(r.p->body, NS_DRAW, "page"); n && !r.s->full;
         n = xml_tree_next(n, NS_DRAW, "page"))
        read_page(&r, n);
    read_show(&r);
    odf_close(r.p);
    result = slides_finish(r.s, name, e);
    if (result < 0)
        slides_free(r.s);
    else
        *ret = r.s;
    return result;
}

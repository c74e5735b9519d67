/* SPDX-License-Identifier: Apache-2.0 */
/* Frames and shapes of a text document. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/shapes.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

bool text_is_object(const struct xml_tree_node *n)
{
    static const char *const names[] = {
        "frame",    "custom-shape", "rect", "ellipse", "circle",  "line",    "g",       "connector",
        "polyline", "polygon",      "path", "a",       "caption", "control", "measure", "regular-polygon"};
    for (size_t i = 0; n->ns == NS_DRAW && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], n->name) == 0)
            return true;
    return false;
}

/* style:wrap and whether text runs through (20.376 ff.) as OOXML's kinds of wrapping. */
static const char *wrap_of(const struct xml_tree_node *n, const struct odf_style *s)
{
    const char *group = "graphic-properties";
    if (odf_is(xml_tree_attr(n, NS_TEXT, "anchor-type"), "as-char"))
        return "inline";
    const char *wrap = odf_style_attr(s, group, NS_STYLE, "wrap");
    if (!wrap || strcmp(wrap, "none") == 0)
        return wrap || !xml_tree_attr(n, NS_TEXT, "anchor-type") ? "topAndBottom" : "square";
    if (strcmp(wrap, "run-through") == 0)
        return odf_is(odf_style_attr(s, group, NS_STYLE, "run-through"), "background") ? "behind" : "front";
    if (!odf_true(odf_style_attr(s, group, NS_STYLE, "wrap-contour")))
        return "square";
    return odf_is(odf_style_attr(s, group, NS_STYLE, "wrap-contour-mode"), "full") ? "through" : "tight";
}

static const char *side_of(const struct odf_style *s)
{
    const char *wrap = odf_style_attr(s, "graphic-properties", NS_STYLE, "wrap");
    return odf_is(wrap, "left")                                 ? "left"
           : odf_is(wrap, "right")                              ? "right"
           : odf_is(wrap, "parallel")                           ? "both"
           : odf_is(wrap, "dynamic") || odf_is(wrap, "biggest") ? "largest"
                                                                : NULL;
}

static const char *place_of(const struct odf_style *s, const char *name)
{
    static const char *const words[] = {"left", "center", "right", "inside", "outside", "top", "bottom"};
    const char *value = odf_style_attr(s, "graphic-properties", NS_STYLE, name);
    if (odf_is(value, "middle"))
        return "center";
    for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], value) == 0)
            return words[i];
    return NULL;
}

static const char *inner_text(struct text_reader *r, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    if (n)
        xml_tree_text(n, &text);
    const char *kept = text.n ? word_keep_n(r->d, (const char *)text.p, text.n) : NULL;
    bytes_release(&text);
    return kept;
}

static const char *description(struct text_reader *r, const struct xml_tree_node *n)
{
    const char *text = inner_text(r, xml_tree_child(n, NS_SVG, "desc"));
    return text ? text : inner_text(r, xml_tree_child(n, NS_SVG, "title"));
}

/* Lines tell both their ends. */
static void extent(const struct xml_tree_node *n, const char *size, const char *at, const char *from,
                   const char *to, int32_t *ret_at, int32_t *ret_size)
{
    int32_t a = text_emu(xml_tree_attr(n, NS_SVG, from), 0), b = text_emu(xml_tree_attr(n, NS_SVG, to), 0);
    *ret_at = text_emu(xml_tree_attr(n, NS_SVG, at), a < b ? a : b);
    *ret_size = text_emu(xml_tree_attr(n, NS_SVG, size), a < b ? b - a : a - b);
}

static struct word_object *add(struct text_reader *r, enum word_object_kind kind,
                               const struct xml_tree_node *n, const struct word_paragraph *at)
{
    const struct odf_style *s =
        odf_style_find(r->p->styles, r->part, "graphic", xml_tree_attr(n, NS_DRAW, "style-name"));
    struct word_object *o = word_object_add(r->d, kind, at);
    int64_t width = 0;
    extent(n, "width", "x", "x1", "x2", &o->x, &o->width);
    extent(n, "height", "y", "y1", "y2", &o->y, &o->height);
    o->wrap = wrap_of(n, s);
    o->wrap_side = side_of(s);
    o->align_h = place_of(s, "horizontal-pos");
    o->align_v = place_of(s, "vertical-pos");
    o->name = text_keep(r, xml_tree_attr(n, NS_DRAW, "name"));
    o->description = description(r, n);
    if (!s && kind != WORD_SHAPE && kind != WORD_WORD_ART)
        return o;
    if (!s)
        s = odf_style_default(r->p->styles, "graphic");
    o->fill = strcmp(n->name, "frame") == 0 && !odf_fill_kind(s, "graphic-properties")
                  ? odf_color(odf_style_attr(s, "graphic-properties", NS_FO, "background-color"))
                  : odf_fill_color(s, "graphic-properties");
    o->line_kind = text_keep(r, odf_line_kind(s, &o->line, &width));
    o->line_width = (int32_t)(width < INT32_MAX ? width : INT32_MAX);
    return o;
}

static void picture(struct text_reader *r, const struct xml_tree_node *frame,
                    const struct xml_tree_node *image, const struct word_paragraph *at)
{
    struct word_object *o = add(r, WORD_PICTURE, frame, at);
    const char *href = xml_tree_attr(image, NS_XLINK, "href"), *part = odf_part_name(r->p, href);
    o->media = text_keep(r, part ? part : href);
    if (part && parts_has(r->p->parts, part)) {
        struct err unwanted;
        o->has_image_part = true;
        o->has_hash = parts_hash(r->p->parts, part, o->hash, &unwanted) == 0;
    }
}

static void box(struct text_reader *r, const struct xml_tree_node *frame,
                const struct xml_tree_node *text_box, const struct word_paragraph *at)
{
    struct word_object *o = add(r, WORD_TEXT_BOX, frame, at);
    if (o->height == 0)
        o->height = text_emu(xml_tree_attr(text_box, NS_FO, "min-height"), 0);
    o->flow =
        word_flow_add(r->d, r->part_name, text_keep(r, arena_printf(r->p->arena, "text box %u", o->number)));
    text_blocks(r, text_box, o->flow, NULL);
}

/* Is the object in that folder a chart? Its content says so. */
static bool is_chart(struct text_reader *r, const char *folder)
{
    if (!folder)
        return false;
    struct xml_tree *t = odf_side_part(r->p, arena_printf(r->p->arena, "%s/content.xml", folder));
    const struct xml_tree_node *body = t ? xml_tree_child(xml_tree_root(t), NS_OFFICE, "body") : NULL;
    bool chart = body && xml_tree_child(body, NS_OFFICE, "chart");
    xml_tree_free(t);
    return chart;
}

static void frame(struct text_reader *r, const struct xml_tree_node *n, const struct word_paragraph *at)
{
    const struct xml_tree_node *c;
    if ((c = xml_tree_child(n, NS_DRAW, "text-box")))
        box(r, n, c, at);
    else if ((c = xml_tree_child(n, NS_DRAW, "object"))) {
        const char *folder = odf_part_name(r->p, xml_tree_attr(c, NS_XLINK, "href"));
        struct word_object *o = add(r, is_chart(r, folder) ? WORD_CHART : WORD_EMBEDDED, n, at);
        o->media = text_keep(r, folder);
    } else if (xml_tree_child(n, NS_DRAW, "object-ole") || xml_tree_child(n, NS_DRAW, "plugin"))
        add(r, WORD_EMBEDDED, n, at);
    else if ((c = xml_tree_child(n, NS_DRAW, "image")))
        picture(r, n, c, at);
}

static void watermark(struct text_reader *r, const struct xml_tree_node *n, const char *text)
{
    const struct odf_style *s =
        odf_style_find(r->p->styles, r->part, "graphic", xml_tree_attr(n, NS_DRAW, "style-name"));
    struct word_watermark *w = word_watermark_add(r->d);
    w->text = text;
    w->part = r->part_name;
    w->font = text_keep(r, odf_style_font(s, ODF_LATIN, r->p->arena));
    w->color = odf_fill_color(s, "graphic-properties");
}

static void shape(struct text_reader *r, const struct xml_tree_node *n, const struct word_paragraph *at)
{
    bool art = odf_shape_is_word_art(n);
    struct word_object *o = add(r, art ? WORD_WORD_ART : WORD_SHAPE, n, at);
    o->shape = text_keep(r, odf_shape_preset(n, r->p->arena));
    if (!xml_tree_child(n, NS_TEXT, "p") && !xml_tree_child(n, NS_TEXT, "list"))
        return;
    o->flow =
        word_flow_add(r->d, r->part_name,
                      text_keep(r, arena_printf(r->p->arena, "%s %u", art ? "WordArt" : "shape", o->number)));
    text_blocks(r, n, o->flow, NULL);
    if (!art)
        return;
    o->text = inner_text(r, xml_tree_child(n, NS_TEXT, "p"));
    if (r->in_header)
        watermark(r, n, o->text);
}

void text_object(struct text_reader *r, const struct xml_tree_node *n, const struct word_paragraph *at)
{
    if (strcmp(n->name, "frame") == 0)
        frame(r, n, at);
    else if (strcmp(n->name, "g") == 0 || strcmp(n->name, "a") == 0) {
        for (const struct xml_tree_node *c = xml_tree_first_element(n); c && !text_over(r);
             c = xml_tree_next_element(c))
            if (text_is_object(c))
                text_object(r, c, at);
    } else if (strcmp(n->name, "control") != 0)
        shape(r, n, at);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* w:drawing: pictures, shapes, text boxes, charts (ECMA-376 part 1, 20.4). A group is its members. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

struct drawing {
    struct docx *x;
    struct docx_paragraph *p;
    node *frame; /* wp:inline or wp:anchor */
    bool in_group;
};

static void emu(node *n, const char *name, int32_t *ret)
{
    docx_length(n ? xml_tree_attr(n, NS_NONE, name) : NULL, 1, ret);
}

static const char *attr(struct docx *x, node *n, const char *name)
{
    return docx_keep(x, n ? xml_tree_attr(n, NS_NONE, name) : NULL);
}

static const char *wrap_of(node *frame, struct docx *x, struct word_object *o)
{
    static const struct {
        const char *name, *wrap;
    } wraps[] = {{"wrapSquare", "square"},
                 {"wrapTight", "tight"},
                 {"wrapThrough", "through"},
                 {"wrapTopAndBottom", "topAndBottom"}};
    const char *behind = xml_tree_attr(frame, NS_NONE, "behindDoc");
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
        node *wrap = xml_tree_child(frame, NS_WP, wraps[i].name);
        if (!wrap)
            continue;
        const char *side = xml_tree_attr(wrap, NS_NONE, "wrapText");
        o->wrap_side = !side || strcmp(side, "bothSides") == 0 ? "both" : docx_keep(x, side);
        return wraps[i].wrap;
    }
    return behind && (strcmp(behind, "1") == 0 || strcmp(behind, "true") == 0) ? "behind" : "front";
}

static void position_read(struct docx *x, node *n, int32_t *offset, const char **align)
{
    struct bytes text = {0};
    node *a = n ? xml_tree_child(n, NS_WP, "align") : NULL,
         *o = n ? xml_tree_child(n, NS_WP, "posOffset") : NULL;
    if (a || o) {
        xml_tree_text(a ? a : o, &text);
        bytes_u8(&text, '\0');
        if (a)
            *align = docx_keep(x, (const char *)text.p);
        else
            docx_length((const char *)text.p, 1, offset);
    }
    bytes_release(&text);
}

static struct word_object *object_add(struct drawing *d, enum word_object_kind kind)
{
    struct docx *x = d->x;
    struct word_object *o = word_object_add(x->d, kind, d->p->p);
    node *extent = xml_tree_child(d->frame, NS_WP, "extent"),
         *about = xml_tree_child(d->frame, NS_WP, "docPr");
    emu(extent, "cx", &o->width);
    emu(extent, "cy", &o->height);
    o->name = attr(x, about, "name");
    o->description = attr(x, about, "descr");
    if (xml_tree_is(d->frame, NS_WP, "anchor")) {
        o->wrap = wrap_of(d->frame, x, o);
        position_read(x, xml_tree_child(d->frame, NS_WP, "positionH"), &o->x, &o->align_h);
        position_read(x, xml_tree_child(d->frame, NS_WP, "positionV"), &o->y, &o->align_v);
    }
    word_run_add(x->d, d->p->p, WORD_RUN_OBJECT, "", 0, d->p->p->chars)->number = d->p->runs;
    return o;
}

void docx_media(struct docx *x, struct word_object *o, const char *id)
{
    const struct parts_relationship *rel = id ? parts_by_id(x->rel, x->n_rel, id) : NULL;
    struct err e;
    if (!rel)
        return;
    o->media = docx_keep(x, rel->target);
    o->has_hash = !rel->external && parts_has(x->parts, rel->target) &&
                  parts_hash(x->parts, rel->target, o->hash, &e) == 0;
}

/* A part of a group has a size of its own. */
static void own_size(struct drawing *d, node *properties, struct word_object *o)
{
    node *extent = xml_tree_child(xml_tree_child(properties, NS_A, "xfrm"), NS_A, "ext");
    if (d->in_group && extent) {
        emu(extent, "cx", &o->width);
        emu(extent, "cy", &o->height);
    }
}

static void paint_read(struct docx *x, node *properties, struct word_object *o)
{
    node *line = xml_tree_child(properties, NS_A, "ln"), *dash = xml_tree_child(line, NS_A, "prstDash");
    o->shape = attr(x, xml_tree_child(properties, NS_A, "prstGeom"), "prst");
    o->fill = docx_drawing_color(x, xml_tree_child(properties, NS_A, "solidFill"));
    o->line = docx_drawing_color(x, xml_tree_child(line, NS_A, "solidFill"));
    emu(line, "w", &o->line_width);
    o->line_kind = xml_tree_child(line, NS_A, "noFill") ? "none"
                   : dash                               ? attr(x, dash, "val")
                   : line                               ? "solid"
                                                        : NULL;
}

static void picture_read(struct drawing *d, node *pic)
{
    node *properties = xml_tree_child(pic, NS_PIC, "spPr");
    node *blip = xml_tree_child(xml_tree_child(pic, NS_PIC, "blipFill"), NS_A, "blip");
    struct word_object *o = object_add(d, WORD_PICTURE);
    paint_read(d->x, properties, o);
    own_size(d, properties, o);
    const char *embedded = blip ? xml_tree_attr(blip, NS_R, "embed") : NULL;
    o->has_image_part = embedded != NULL;
    docx_media(d->x, o, embedded ? embedded : blip ? xml_tree_attr(blip, NS_R, "link") : NULL);
    if (d->x->in_margin && o->name && strstr(o->name, "WordPictureWatermark"))
        docx_watermark(d->x, NULL, NULL, WORD_NO_COLOR);
}

struct word_flow *docx_text_box(struct docx *x, struct word_object *o, node *content)
{
    const struct docx_look *outer = x->look;
    unsigned control = x->in_control, toc = x->in_toc_control;
    const struct word_paragraph *letter = x->letter;
    o->flow = word_flow_add(x->d, x->part, arena_printf(x->d->arena, "text box %u", ++x->n_boxes));
    x->look = NULL;
    x->letter = NULL;
    x->in_control = x->in_toc_control = 0;
    docx_flow_read(x, content, o->flow);
    x->look = outer;
    x->in_control = control;
    x->in_toc_control = toc;
    x->letter = letter;
    return o->flow;
}

bool docx_is_watermark(const struct docx *x, const char *name)
{
    return x->in_margin && name && strstr(name, "WaterMark") != NULL;
}

void docx_watermark(struct docx *x, const char *text, const char *font, int32_t color)
{
    struct word_watermark *w = word_watermark_add(x->d);
    w->text = docx_keep(x, text);
    w->font = docx_keep(x, font);
    w->color = color;
    w->part = x->part;
}

static bool is_word_art(node *shape)
{
    node *warp = xml_tree_child(xml_tree_child(shape, NS_WPS, "bodyPr"), NS_A, "prstTxWarp");
    const char *preset = warp ? xml_tree_attr(warp, NS_NONE, "prst") : NULL;
    return preset && strcmp(preset, "textNoShape") != 0;
}

static const char *plain_text(struct docx *x, node *n)
{
    struct bytes text = {0};
    for (node *t = xml_tree_walk(n, n); t; t = xml_tree_walk(n, t))
        if (xml_tree_is(t, NS_W, "t"))
            xml_tree_text(t, &text);
    const char *ret = arena_strndup(x->d->arena, text.n ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return ret;
}

static void shape_read(struct drawing *d, node *shape)
{
    node *properties = xml_tree_child(shape, NS_WPS, "spPr"), *own = xml_tree_child(shape, NS_WPS, "cNvSpPr");
    node *content = docx_child(xml_tree_child(shape, NS_WPS, "txbx"), "txbxContent");
    const char *box = own ? xml_tree_attr(own, NS_NONE, "txBox") : NULL;
    bool art = is_word_art(shape);
    struct word_object *o = object_add(d, art                  ? WORD_WORD_ART
                                          : box && *box == '1' ? WORD_TEXT_BOX
                                                               : WORD_SHAPE);
    paint_read(d->x, properties, o);
    own_size(d, properties, o);
    if (art && content)
        o->text = plain_text(d->x, content);
    if (content)
        docx_text_box(d->x, o, content);
    if (docx_is_watermark(d->x, o->name) || (art && d->x->in_margin))
        docx_watermark(d->x, content ? plain_text(d->x, content) : NULL, NULL, o->fill);
}

static void content_read(struct drawing *d, node *parent, unsigned depth)
{
    for (node *n = xml_tree_first_element(parent); n && depth < 8; n = xml_tree_next_element(n)) {
        if (xml_tree_is(n, NS_PIC, "pic"))
            picture_read(d, n);
        else if (xml_tree_is(n, NS_WPS, "wsp"))
            shape_read(d, n);
        else if (n->ns == NS_WPG) {
            d->in_group = true;
            content_read(d, n, depth + 1);
        } else if (xml_tree_is(n, NS_C, "chart"))
            object_add(d, WORD_CHART);
        else if (n->ns == NS_DGM)
            object_add(d, WORD_EMBEDDED);
        else if (xml_tree_is(n, NS_MC, "AlternateContent") && docx_alternative(n))
            content_read(d, docx_alternative(n), depth + 1);
    }
}

void docx_drawing_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    for (node *f = xml_tree_first_element(n); f; f = xml_tree_next_element(f)) {
        if (!xml_tree_is(f, NS_WP, "inline") && !xml_tree_is(f, NS_WP, "anchor"))
            continue;
        struct drawing d = {.x = x, .p = p, .frame = f};
        node *data = xml_tree_child(xml_tree_child(f, NS_A, "graphic"), NS_A, "graphicData");
        if (data)
            content_read(&d, data, 0);
    }
}

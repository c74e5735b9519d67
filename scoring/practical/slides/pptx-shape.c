/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes of a slide, with what their placeholders inherit from layout and master (ECMA-376 part 1, 19.3.1).
 */
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/slides/pptx-internal.h"

enum { DEEPEST = 50 };

/* How coordinates inside a group turn into those of the slide: (c - from) × ext / span + off. */
struct frame {
    int64_t x, y, w, h, from_x, from_y, span_x, span_y;
    bool identity;
};

static bool is(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

/* p:nvSpPr, p:nvPicPr, p:nvGraphicFramePr …: the first child of every shape. */
static node nonvisual(node shape)
{
    return xml_tree_first_element(shape);
}

node pptx_ph(node shape)
{
    return xml_tree_child(xml_tree_child(nonvisual(shape), NS_P, "nvPr"), NS_P, "ph");
}

static const char *kin(const char *type)
{
    if (!type || is(type, "obj") || is(type, "subTitle"))
        return "body";
    return is(type, "ctrTitle") ? "title" : type;
}

node pptx_placeholder(node root, const char *type, const char *idx)
{
    node tree = xml_tree_child(xml_tree_child(root, NS_P, "cSld"), NS_P, "spTree"), similar = NULL;
    for (node n = xml_tree_first_element(tree); n; n = xml_tree_next_element(n)) {
        node ph = pptx_ph(n);
        const char *of = xml_tree_attr(ph, 0, "type"), *at = xml_tree_attr(ph, 0, "idx");
        if (!ph)
            continue;
        if (idx && at && strcmp(idx, at) == 0)
            return n;
        if (!similar && is(kin(of), kin(type)))
            similar = n;
    }
    return similar;
}

static const char *placeholder_word(const char *type)
{
    static const char *const words[][2] = {
        {"title", "title"},     {"ctrTitle", "title"},      {"subTitle", "subtitle"}, {"pic", "picture"},
        {"clipArt", "picture"}, {"tbl", "table"},           {"chart", "chart"},       {"dgm", "diagram"},
        {"media", "media"},     {"sldNum", "slide-number"}, {"ftr", "footer"},        {"dt", "date"},
        {"hdr", "header"},      {"sldImg", "slide-image"}};
    for (size_t i = 0; type && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], type) == 0)
            return words[i][1];
    return "body";
}

/* What a shape is made after, and what it is. */
struct origin {
    node shape, layout, master;
    const char *type; /* of the placeholder; NULL where it is none */
};

static struct origin origin_of(const struct pptx *x, node shape)
{
    struct origin o = {.shape = shape};
    node ph = pptx_ph(shape);
    if (!ph)
        return o;
    const char *type = xml_tree_attr(ph, 0, "type");
    o.layout = pptx_placeholder(pptx_root(&x->layout), type, xml_tree_attr(ph, 0, "idx"));
    const char *above = xml_tree_attr(pptx_ph(o.layout), 0, "type");
    o.type = type ? type : above ? above : "obj";
    o.master = pptx_placeholder(pptx_root(&x->master), o.type, NULL);
    return o;
}

static node properties(node shape)
{
    node pr = xml_tree_child(shape, NS_P, "spPr");
    return pr ? pr : xml_tree_child(shape, NS_P, "grpSpPr");
}

static node own_xfrm(node shape)
{
    node x = xml_tree_child(properties(shape), NS_A, "xfrm");
    x = x ? x : xml_tree_child(shape, NS_P, "xfrm");
    return xml_tree_child(x, NS_A, "ext") ? x : NULL;
}

static node xfrm_of(const struct origin *o)
{
    node x = own_xfrm(o->shape);
    x = x ? x : own_xfrm(o->layout);
    return x ? x : own_xfrm(o->master);
}

/* Held to 2^34 EMU, some 480 m: groups in groups would grow without end. */
static int64_t moved(int64_t c, int64_t from, int64_t span, int64_t off, int64_t ext)
{
    if (span <= 0)
        return c;
    __int128 to = (__int128)(c - from) * ext / span + off, farthest = (__int128)1 << 34;
    return (int64_t)(to > farthest ? farthest : to < -farthest ? -farthest : to);
}

static void place(const struct origin *o, const struct frame *f, struct slides_shape *s)
{
    node x = xfrm_of(o), off = xml_tree_child(x, NS_A, "off"), ext = xml_tree_child(x, NS_A, "ext");
    if (!x)
        return;
    s->placed = true;
    s->x = pptx_int(off, "x", 0);
    s->y = pptx_int(off, "y", 0);
    s->w = pptx_int(ext, "cx", 0);
    s->h = pptx_int(ext, "cy", 0);
    s->rotation = pptx_int(x, "rot", 0) / 60;
    if (f->identity)
        return;
    s->x = moved(s->x, f->from_x, f->span_x, f->x, f->w);
    s->y = moved(s->y, f->from_y, f->span_y, f->y, f->h);
    s->w = moved(s->w, 0, f->span_x, 0, f->w);
    s->h = moved(s->h, 0, f->span_y, 0, f->h);
}

static struct frame inside(node group, const struct slides_shape *s)
{
    node x = own_xfrm(group), off = xml_tree_child(x, NS_A, "chOff"), ext = xml_tree_child(x, NS_A, "chExt");
    return (struct frame){.x = s->x,
                          .y = s->y,
                          .w = s->w,
                          .h = s->h,
                          .from_x = pptx_int(off, "x", 0),
                          .from_y = pptx_int(off, "y", 0),
                          .span_x = pptx_int(ext, "cx", 0),
                          .span_y = pptx_int(ext, "cy", 0),
                          .identity = !ext};
}

static struct text_scope scope_of(struct pptx *x, const struct origin *o)
{
    struct text_scope scope = {.reference_at = 1};
    node from[] = {o->shape, o->layout, o->master},
         styles = xml_tree_child(pptx_root(&x->master), NS_P, "txStyles");
    const char *kind = !o->type                                                           ? NULL
                       : is(kin(o->type), "title")                                        ? "titleStyle"
                       : is(kin(o->type), "body")                                         ? "bodyStyle"
                       : is(o->type, "dt") || is(o->type, "ftr") || is(o->type, "sldNum") ? "otherStyle"
                                                                                          : "bodyStyle";
    for (size_t i = 0; i < 3; i++)
        scope.list[scope.n++] = xml_tree_child(xml_tree_child(from[i], NS_P, "txBody"), NS_A, "lstStyle");
    if (kind)
        scope.list[scope.n++] = xml_tree_child(styles, NS_P, kind);
    scope.list[scope.n++] = xml_tree_child(pptx_root(&x->presentation), NS_P, "defaultTextStyle");
    if (!kind)
        scope.list[scope.n++] = xml_tree_child(styles, NS_P, "otherStyle");
    scope.reference = xml_tree_child(xml_tree_child(o->shape, NS_P, "style"), NS_A, "fontRef");
    return scope;
}

static node body_with(const struct origin *o, const char *attribute, const char *child)
{
    node from[] = {o->shape, o->layout, o->master};
    for (size_t i = 0; i < 3; i++) {
        node body = xml_tree_child(xml_tree_child(from[i], NS_P, "txBody"), NS_A, "bodyPr");
        if (attribute ? xml_tree_attr(body, 0, attribute) != NULL : xml_tree_child(body, NS_A, child) != NULL)
            return body;
    }
    return NULL;
}

static void set_body(struct pptx *x, const struct origin *o, struct slides_shape *s)
{
    const char *anchor = xml_tree_attr(body_with(o, "anchor", NULL), 0, "anchor"),
               *vert = xml_tree_attr(body_with(o, "vert", NULL), 0, "vert");
    node shrink = xml_tree_child(body_with(o, NULL, "normAutofit"), NS_A, "normAutofit");
    node own = xml_tree_child(xml_tree_child(o->shape, NS_P, "txBody"), NS_A, "bodyPr");
    s->anchor = is(anchor, "ctr") ? "middle" : is(anchor, "b") ? "bottom" : "top";
    s->vertical = vert && strcmp(vert, "horz") != 0;
    s->text_columns = (int)pptx_int(body_with(o, "numCol", NULL), "numCol", 1);
    if (xml_tree_child(own, NS_A, "noAutofit"))
        s->autofit = "none";
    else if (xml_tree_child(own, NS_A, "spAutoFit"))
        s->autofit = "shape";
    else if (shrink) {
        s->autofit = "shrink";
        s->font_scale = pptx_ratio(xml_tree_child(own, NS_A, "normAutofit"), "fontScale", 1000);
    }
    s->warp = slides_string(x->slides, xml_tree_attr(xml_tree_child(own, NS_A, "prstTxWarp"), 0, "prst"));
    if (is(s->warp, "textNoShape"))
        s->warp = "";
}

static void set_text(struct pptx *x, const struct origin *o, struct slides_shape *s)
{
    struct text_scope scope = scope_of(x, o);
    set_body(x, o, s);
    pptx_text(x, xml_tree_child(o->shape, NS_P, "txBody"), &scope, &s->text);
}

static void set_line(struct pptx *x, node pr, node style, struct slides_shape *s)
{
    node ln = xml_tree_child(pr, NS_A, "ln"), ref = xml_tree_child(style, NS_A, "lnRef");
    struct slides_fill f = {.color = SLIDES_COLOR_NONE, .kind = ""};
    bool told = pptx_fill(x, &x->slide, ln, &f);
    s->line_color = f.color;
    if (!told && pptx_int(ref, "idx", 0) > 0) {
        s->line_color = pptx_color(x, ref, SLIDES_COLOR_NONE);
        told = true;
    }
    if (is(f.kind, "none") || !told)
        return;
    s->line_width = pptx_int(ln, "w", 9525);
    const char *dash = xml_tree_attr(xml_tree_child(ln, NS_A, "prstDash"), 0, "val");
    s->line_dash = dash ? slides_string(x->slides, dash) : "solid";
}

static void set_effects(struct pptx *x, node pr, struct slides_shape *s)
{
    static const char *const words[][2] = {{"outerShdw", "shadow"},      {"innerShdw", "shadow"},
                                           {"prstShdw", "shadow"},       {"glow", "glow"},
                                           {"reflection", "reflection"}, {"softEdge", "soft-edge"}};
    struct bytes b = {0};
    node list = xml_tree_child(pr, NS_A, "effectLst");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xml_tree_child(list, NS_A, words[i][0]))
            bytes_printf(&b, "%s%s", b.n ? " " : "", words[i][1]);
    if (b.n)
        s->effects = slides_string_n(x->slides, (const char *)b.p, b.n);
    bytes_release(&b);
}

static void set_looks(struct pptx *x, const struct origin *o, struct slides_shape *s)
{
    node pr = properties(o->shape), style = xml_tree_child(o->shape, NS_P, "style"),
         ref = xml_tree_child(style, NS_A, "fillRef");
    const char *preset = xml_tree_attr(xml_tree_child(pr, NS_A, "prstGeom"), 0, "prst");
    s->preset = preset                                 ? slides_string(x->slides, preset)
                : xml_tree_child(pr, NS_A, "custGeom") ? "custom"
                                                       : "";
    if (!pptx_fill(x, &x->slide, pr, &s->fill) &&
        !pptx_theme_fill(x, "fillStyleLst", pptx_int(ref, "idx", 0), ref, &s->fill) && !ref &&
        !pptx_fill(x, &x->layout, properties(o->layout), &s->fill) &&
        !pptx_fill(x, &x->master, properties(o->master), &s->fill))
        s->fill.kind = "none";
    set_line(x, pr, style, s);
    set_effects(x, pr, s);
}

static const struct parts_relationship *related(const struct pptx *x, const char *id)
{
    return parts_by_id(x->slide.rel, x->slide.n_rel, id);
}

static void set_file(struct pptx *x, const struct parts_relationship *rel, struct slides_shape *s)
{
    if (!rel)
        return;
    s->part = slides_string(x->slides, rel->target);
    s->hash = rel->external ? "" : pptx_hash(x, rel->target);
}

/* A film or a sound is a picture with something behind it; what is embedded counts more than the address. */
static bool set_media(struct pptx *x, node shape, struct slides_shape *s)
{
    node nv = xml_tree_child(nonvisual(shape), NS_P, "nvPr"), video = xml_tree_child(nv, NS_A, "videoFile"),
         n = nv;
    node audio = xml_tree_child(nv, NS_A, "audioFile"), film = xml_tree_child(nv, NS_A, "quickTimeFile");
    audio = audio ? audio : xml_tree_child(nv, NS_A, "wavAudioFile");
    audio = audio ? audio : xml_tree_child(nv, NS_A, "audioCd");
    video = video ? video : film;
    if (!video && !audio)
        return false;
    node file = video ? video : audio;
    const char *id = xml_tree_attr(file, NS_R, "link");
    id = id ? id : xml_tree_attr(file, NS_R, "embed");
    s->kind = SHAPE_MEDIA;
    s->media = video ? "video" : "audio";
    while ((n = xml_tree_walk(nv, n)))
        if (xml_tree_is(n, NS_P14, "media") && xml_tree_attr(n, NS_R, "embed"))
            id = xml_tree_attr(n, NS_R, "embed");
    set_file(x, related(x, id), s);
    return true;
}

static void set_picture(struct pptx *x, node shape, struct slides_shape *s)
{
    node blip = xml_tree_child(xml_tree_child(shape, NS_P, "blipFill"), NS_A, "blip");
    const char *id = xml_tree_attr(blip, NS_R, "embed");
    if (!set_media(x, shape, s))
        set_file(x, related(x, id ? id : xml_tree_attr(blip, NS_R, "link")), s);
}

static enum slides_shape_kind kind_of(node n)
{
    return xml_tree_is(n, NS_P, "pic")            ? SHAPE_PICTURE
           : xml_tree_is(n, NS_P, "grpSp")        ? SHAPE_GROUP
           : xml_tree_is(n, NS_P, "cxnSp")        ? SHAPE_CONNECTOR
           : xml_tree_is(n, NS_P, "graphicFrame") ? SHAPE_OBJECT
                                                  : SHAPE_TEXT;
}

static struct slides_shape *add_shape(struct pptx *x, node n, int depth, const struct frame *f)
{
    struct slides_shape *s = slides_add_shape(x->slides, x->current, kind_of(n), depth);
    struct origin o = origin_of(x, n);
    node c = xml_tree_child(nonvisual(n), NS_P, "cNvPr");
    s->id = slides_string(x->slides, xml_tree_attr(c, 0, "id"));
    s->name = slides_string(x->slides, xml_tree_attr(c, 0, "name"));
    s->alternative = slides_string(x->slides, xml_tree_attr(c, 0, "descr"));
    s->hidden = pptx_bool(c, "hidden", false);
    s->placeholder = o.type ? placeholder_word(o.type) : NULL;
    s->link = pptx_link(x, c);
    place(&o, f, s);
    set_looks(x, &o, s);
    if (s->kind == SHAPE_TEXT)
        set_text(x, &o, s);
    else if (s->kind == SHAPE_PICTURE)
        set_picture(x, n, s);
    else if (s->kind == SHAPE_OBJECT)
        pptx_frame(x, n, s);
    return s;
}

static bool is_shape(node n)
{
    return xml_tree_is(n, NS_P, "sp") || xml_tree_is(n, NS_P, "pic") || xml_tree_is(n, NS_P, "grpSp") ||
           xml_tree_is(n, NS_P, "cxnSp") || xml_tree_is(n, NS_P, "graphicFrame");
}

static node add_next(struct pptx *x, node n, struct frame *frames, int *depth)
{
    struct slides_shape *s = add_shape(x, n, *depth, &frames[*depth]);
    if (s->kind != SHAPE_GROUP || *depth + 1 == DEEPEST)
        return xml_tree_next_element(n);
    frames[++*depth] = inside(n, s);
    return xml_tree_first_element(n);
}

void pptx_shapes(struct pptx *x, node tree)
{
    struct frame frames[DEEPEST] = {{.identity = true}};
    int depth = 0;
    for (node n = xml_tree_first_element(tree), up = tree; !x->slides->full;) {
        if (!n && depth == 0)
            break;
        if (!n) { /* a group is done */
            n = xml_tree_next_element(up);
            up = up->parent;
            depth--;
            continue;
        }
        int before = depth;
        node next = is_shape(n) ? add_next(x, n, frames, &depth) : xml_tree_next_element(n);
        if (depth > before)
            up = n;
        n = next;
    }
}

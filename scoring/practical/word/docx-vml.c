/* SPDX-License-Identifier: Apache-2.0 */
/* w:pict and w:object: VML of older programs, and of watermarks (ECMA-376 part 4, 14). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

/* "width:2cm" in a style="…"; false where it is not there. */
static bool css_value(struct docx *x, const char *style, const char *name, const char **ret)
{
    size_t n = strlen(name);
    for (const char *s = style; s && *s; s += *s == ';') {
        while (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
            s++;
        size_t length = strcspn(s, ";");
        if (strncmp(s, name, n) == 0 && s[n] == ':') {
            *ret = docx_keep(x, arena_strndup(x->scratch, s + n + 1, length - n - 1));
            return true;
        }
        s += length;
    }
    return false;
}

static void css_length(struct docx *x, const char *style, const char *name, int32_t *ret)
{
    const char *value;
    if (css_value(x, style, name, &value))
        docx_length(value, 9525, ret);
}

/* "#ff0000 [3204]", "red". */
static int32_t vml_color(const char *s)
{
    static const struct {
        const char *name;
        int32_t color;
    } names[] = {{"black", 0},       {"white", 0xFFFFFF},  {"red", 0xFF0000},    {"green", 0x008000},
                 {"blue", 0x0000FF}, {"yellow", 0xFFFF00}, {"silver", 0xC0C0C0}, {"gray", 0x808080}};
    char hex[8];
    if (!s)
        return WORD_NO_COLOR;
    if (*s == '#' && strcspn(s + 1, " ") == 6) {
        memcpy(hex, s + 1, 6);
        hex[6] = '\0';
        return docx_hex(hex);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(s, names[i].name, strlen(names[i].name)) == 0)
            return names[i].color;
    return WORD_NO_COLOR;
}

static const char *wrap_of(struct docx *x, const char *style)
{
    const char *position, *z;
    if (!css_value(x, style, "position", &position) || strcmp(position, "absolute") != 0)
        return "inline";
    if (css_value(x, style, "z-index", &z) && *z == '-')
        return "behind";
    return "front";
}

static const char *shape_kind(const char *name)
{
    return strcmp(name, "rect") == 0        ? "rect"
           : strcmp(name, "oval") == 0      ? "ellipse"
           : strcmp(name, "roundrect") == 0 ? "roundRect"
           : strcmp(name, "line") == 0      ? "line"
                                            : NULL;
}

static void wrap_read(struct docx *x, node *shape, struct word_object *o)
{
    for (node *n = xml_tree_first_element(shape); n; n = xml_tree_next_element(n)) {
        const char *type = strcmp(n->name, "wrap") == 0 ? xml_tree_attr(n, NS_NONE, "type") : NULL;
        if (type && strcmp(type, "none") != 0)
            o->wrap = docx_keep(x, type);
    }
}

static struct word_object *object_add(struct docx *x, node *shape, struct docx_paragraph *p,
                                      enum word_object_kind kind)
{
    const char *style = xml_tree_attr(shape, NS_NONE, "style"),
               *filled = xml_tree_attr(shape, NS_NONE, "filled");
    struct word_object *o = word_object_add(x->d, kind, p->p);
    css_length(x, style, "width", &o->width);
    css_length(x, style, "height", &o->height);
    css_length(x, style, "margin-left", &o->x);
    css_length(x, style, "margin-top", &o->y);
    o->wrap = wrap_of(x, style);
    wrap_read(x, shape, o);
    o->name = docx_keep(x, xml_tree_attr(shape, NS_NONE, "id"));
    o->description = docx_keep(x, xml_tree_attr(shape, NS_NONE, "alt"));
    o->shape = shape_kind(shape->name);
    if (!filled || *filled != 'f')
        o->fill = vml_color(xml_tree_attr(shape, NS_NONE, "fillcolor"));
    o->line = vml_color(xml_tree_attr(shape, NS_NONE, "strokecolor"));
    docx_length(xml_tree_attr(shape, NS_NONE, "strokeweight"), 12700, &o->line_width);
    word_run_add(x->d, p->p, WORD_RUN_OBJECT, "", 0, p->p->chars)->number = p->runs;
    return o;
}

static void path_read(struct docx *x, node *shape, node *path, struct docx_paragraph *p)
{
    const char *text = xml_tree_attr(path, NS_NONE, "string"), *font = NULL;
    if (x->in_margin) {
        css_value(x, xml_tree_attr(path, NS_NONE, "style"), "font-family", &font);
        docx_watermark(x, text, font, vml_color(xml_tree_attr(shape, NS_NONE, "fillcolor")));
        return;
    }
    object_add(x, shape, p, WORD_WORD_ART)->text = docx_keep(x, text);
}

static void shape_read(struct docx *x, node *shape, struct docx_paragraph *p, bool embedded)
{
    node *image = xml_tree_child(shape, NS_V, "imagedata"), *path = xml_tree_child(shape, NS_V, "textpath");
    node *box = docx_child(xml_tree_child(shape, NS_V, "textbox"), "txbxContent");
    const char *id = xml_tree_attr(shape, NS_NONE, "id");
    if (path)
        path_read(x, shape, path, p);
    else if (image) {
        if (x->in_margin && id && strstr(id, "WordPictureWatermark"))
            docx_watermark(x, NULL, NULL, WORD_NO_COLOR);
        struct word_object *o = object_add(x, shape, p, embedded ? WORD_EMBEDDED : WORD_PICTURE);
        docx_media(x, o, xml_tree_attr(image, NS_R, "id"));
    } else if (box)
        docx_text_box(x, object_add(x, shape, p, WORD_TEXT_BOX), box);
    else if (!embedded)
        object_add(x, shape, p, WORD_SHAPE);
}

static bool is_shape(node *n)
{
    static const char *const names[] = {"shape", "rect", "oval", "roundrect", "line", "polyline", NULL};
    for (size_t i = 0; n->ns == NS_V && names[i]; i++)
        if (strcmp(n->name, names[i]) == 0)
            return true;
    return false;
}

static void shapes_read(struct docx *x, node *parent, struct docx_paragraph *p, bool embedded, unsigned depth)
{
    for (node *n = xml_tree_first_element(parent); n && depth < 8; n = xml_tree_next_element(n)) {
        if (is_shape(n))
            shape_read(x, n, p, embedded);
        else if (xml_tree_is(n, NS_V, "group"))
            shapes_read(x, n, p, embedded, depth + 1);
        else if (xml_tree_is(n, NS_W, "drawing"))
            docx_drawing_read(x, n, p);
    }
}

void docx_vml_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    shapes_read(x, n, p, strcmp(n->name, "object") == 0, 0);
}

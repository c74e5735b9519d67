/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/shapes.h"
#include "scoring/practical/odf/slides-internal.h"
#include "scoring/practical/odf/units.h"

static const char *const group = "graphic-properties";

const char *odf_slides_placeholder(const char *class)
{
    static const struct {
        const char *class, *name;
    } names[] = {
        {"title", "title"},
        {"subtitle", "subtitle"},
        {"outline", "body"},
        {"text", "body"},
        {"page-number", "slide-number"},
        {"footer", "footer"},
        {"date-time", "date"},
        {"header", "header"},
        {"graphic", "picture"},
        {"chart", "chart"},
        {"table", "table"},
        {"object", "object"},
        {"orgchart", "diagram"},
        {"page", "slide-image"},
        {"notes", "body"},
    };
    for (size_t i = 0; class && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].class, class) == 0)
            return names[i].name;
    return NULL;
}

const char *odf_slides_hash(struct slides_reader *r, const char *href)
{
    const char *part = odf_part_name(r->p, href);
    uint8_t hash[32];
    char hex[65];
    struct err unwanted;
    if (!part || !parts_has(r->p->parts, part) || parts_hash(r->p->parts, part, hash, &unwanted) < 0)
        return "";
    return slides_string(r->s, hex_encode(hex, hash, sizeof hash));
}

struct slides_fill odf_slides_fill(struct slides_reader *r, const struct odf_style *style,
                                   const char *properties)
{
    struct slides_fill f = {.kind = "", .color = SLIDES_COLOR_NONE, .detail = ""};
    const char *kind = odf_fill_kind(style, properties);
    const char *gradient = odf_style_attr(style, properties, NS_DRAW, "fill-gradient-name");
    const char *image = odf_style_attr(style, properties, NS_DRAW, "fill-image-name");
    if (odf_is(kind, "none"))
        f.kind = "none";
    else if (odf_is(kind, "gradient")) {
        const struct odf_style *g = odf_style_find(r->p->styles, r->part, "gradient", gradient);
        f.kind = "gradient";
        f.color = g ? odf_color(xml_tree_attr(g->node, NS_DRAW, "start-color")) : SLIDES_COLOR_NONE;
    } else if (odf_is(kind, "bitmap")) {
        const struct odf_style *i = odf_style_find(r->p->styles, r->part, "fill-image", image);
        f.kind = "picture";
        f.detail = i ? odf_slides_hash(r, xml_tree_attr(i->node, NS_XLINK, "href")) : "";
    } else if (odf_is(kind, "hatch")) {
        f.kind = "pattern";
        f.color = odf_color(odf_style_attr(style, properties, NS_DRAW, "fill-color"));
        f.detail = slides_string(r->s, odf_style_attr(style, properties, NS_DRAW, "fill-hatch-name"));
    } else if (odf_fill_color(style, properties) >= 0) {
        f.kind = "solid";
        f.color = odf_fill_color(style, properties);
    }
    return f;
}

static const struct odf_style *style_of(struct slides_reader *r, const struct xml_tree_node *n)
{
    const char *own = xml_tree_attr(n, NS_PRESENTATION, "style-name");
    const struct odf_style *s = odf_style_find(r->p->styles, r->part, "presentation", own);
    if (!s)
        s = odf_style_find(r->p->styles, r->part, "graphic", xml_tree_attr(n, NS_DRAW, "style-name"));
    return s ? s : odf_style_default(r->p->styles, "graphic");
}

/* ---- where it lies ---- */

static int64_t length(const struct xml_tree_node *n, const char *name, int64_t otherwise)
{
    int64_t emu = otherwise;
    odf_length(xml_tree_attr(n, NS_SVG, name), &emu);
    return emu;
}

/* "rotate (-0.785398) translate (3cm 4cm)": radians, against the clock. */
static int64_t rotation_of(const char *transform)
{
    const char *p = transform ? strstr(transform, "rotate") : NULL;
    p = p ? strchr(p, '(') : NULL;
    double radians = p ? strtod(p + 1, NULL) : 0;
    if (!(radians > -100 && radians < 100))
        return 0;
    double degrees = -radians * 57295.779513082323;
    int64_t whole = (int64_t)(degrees < 0 ? degrees - 0.5 : degrees + 0.5) % 360000;
    return whole < 0 ? whole + 360000 : whole;
}

static void place(const struct xml_tree_node *n, struct slides_shape *s)
{
    int64_t x1 = length(n, "x1", 0), x2 = length(n, "x2", 0), y1 = length(n, "y1", 0),
            y2 = length(n, "y2", 0);
    const char *transform = xml_tree_attr(n, NS_DRAW, "transform");
    s->w = length(n, "width", x1 < x2 ? x2 - x1 : x1 - x2);
    s->h = length(n, "height", y1 < y2 ? y2 - y1 : y1 - y2);
    s->x = length(n, "x", x1 < x2 ? x1 : x2);
    s->y = length(n, "y", y1 < y2 ? y1 : y2);
    s->rotation = rotation_of(transform);
    s->placed = !transform && (xml_tree_attr(n, NS_SVG, "width") || xml_tree_attr(n, NS_SVG, "x1"));
}

/* ---- how it looks ---- */

static const char *anchor_of(const struct odf_style *s)
{
    const char *align = odf_style_attr(s, group, NS_DRAW, "textarea-vertical-align");
    return odf_is(align, "middle") ? "middle" : odf_is(align, "bottom") ? "bottom" : "top";
}

static const char *fit_of(const struct odf_style *s)
{
    const char *fit = odf_style_attr(s, group, NS_DRAW, "fit-to-size");
    if (odf_is(fit, "shrink-to-fit") || odf_true(odf_style_attr(s, group, NS_STYLE, "shrink-to-fit")))
        return "shrink";
    return odf_true(odf_style_attr(s, group, NS_DRAW, "auto-grow-height")) ? "shape" : "none";
}

static const char *inner(struct slides_reader *r, const struct xml_tree_node *n, const char *name)
{
    const struct xml_tree_node *c = xml_tree_child(n, NS_SVG, name);
    struct bytes text = {0};
    if (c)
        xml_tree_text(c, &text);
    const char *kept = text.n ? slides_string_n(r->s, (const char *)text.p, text.n) : "";
    bytes_release(&text);
    return kept;
}

static void look(struct slides_reader *r, const struct xml_tree_node *n, const struct odf_style *style,
                 struct slides_shape *s)
{
    int32_t color;
    const char *dash = odf_line_kind(style, &color, &s->line_width);
    s->fill = odf_slides_fill(r, style, group);
    s->line_color = color;
    s->line_dash = color < 0 ? "" : odf_is(dash, "dash") ? "dash" : "solid";
    s->anchor = anchor_of(style);
    s->autofit = fit_of(style);
    s->effects = odf_is(odf_style_attr(style, group, NS_DRAW, "shadow"), "visible") ? "shadow" : "";
    const char *direction = odf_style_attr(style, "paragraph-properties", NS_STYLE, "writing-mode");
    s->vertical = direction && strncmp(direction, "tb", 2) == 0;
    s->alternative = inner(r, n, "desc");
    if (!*s->alternative)
        s->alternative = inner(r, n, "title");
}

/* ---- a click on it ---- */

static struct slides_link listener(struct slides_reader *r, const struct xml_tree_node *n)
{
    static const struct {
        const char *odf, *action;
    } actions[] = {
        {"previous-page", "previous"}, {"next-page", "next"}, {"first-page", "first"},
        {"last-page", "last"},         {"stop", "end"},       {"last-visited-page", "last-viewed"},
        {"execute", "program"},        {"macro", "macro"},    {"none", "none"},
    };
    const struct xml_tree_node *all = xml_tree_child(n, NS_OFFICE, "event-listeners");
    const struct xml_tree_node *l = xml_tree_child(all, NS_PRESENTATION, "event-listener");
    const char *action = l ? xml_tree_attr(l, NS_PRESENTATION, "action") : NULL;
    if (odf_is(action, "show"))
        return odf_slides_link(r, xml_tree_attr(l, NS_XLINK, "href"));
    for (size_t i = 0; action && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].odf, action) == 0)
            return (struct slides_link){.action = actions[i].action,
                                        .target = slides_string(r->s, xml_tree_attr(l, NS_XLINK, "href"))};
    return (struct slides_link){0};
}

/* ---- kinds ---- */

/* Frames of pictures, tables and objects have no fill and line of the default style's. */
static void bare(struct slides_reader *r, const struct xml_tree_node *n, struct slides_shape *s)
{
    const struct odf_style *style = style_of(r, n);
    if (s->kind == SHAPE_TABLE || !style || !*style->name || !odf_fill_kind(style, group))
        s->fill = (struct slides_fill){.kind = "none", .color = SLIDES_COLOR_NONE, .detail = ""};
    if (s->kind == SHAPE_TABLE || !style || !*style->name ||
        !odf_style_attr(style, group, NS_DRAW, "stroke")) {
        s->line_color = SLIDES_COLOR_NONE;
        s->line_dash = "";
    }
}

static struct slides_shape *add(struct slides_reader *r, const struct xml_tree_node *n,
                                enum slides_shape_kind kind, int depth)
{
    struct slides_shape *s = slides_add_shape(r->s, r->slide, kind, depth);
    const char *id = xml_tree_attr(n, NS_XML, "id");
    s->id = slides_string(r->s, id ? id : xml_tree_attr(n, NS_DRAW, "id"));
    s->name = slides_string(r->s, xml_tree_attr(n, NS_DRAW, "name"));
    s->placeholder = odf_slides_placeholder(xml_tree_attr(n, NS_PRESENTATION, "class"));
    s->preset = slides_string(r->s, odf_shape_preset(n, r->p->arena));
    s->link = listener(r, n);
    place(n, s);
    look(r, n, style_of(r, n), s);
    if (kind != SHAPE_TEXT && kind != SHAPE_CONNECTOR)
        bare(r, n, s);
    return s;
}

static void text_into(struct slides_reader *r, const struct xml_tree_node *n,
                      const struct xml_tree_node *holder, struct slides_shape *s)
{
    if (odf_true(xml_tree_attr(n, NS_PRESENTATION, "placeholder")))
        return;
    odf_slides_text(r, holder, style_of(r, n), xml_tree_attr(n, NS_DRAW, "text-style-name"),
                    odf_is(xml_tree_attr(n, NS_PRESENTATION, "class"), "outline"), &s->text);
}

static const char *chart_kind(struct slides_reader *r, const char *href)
{
    static const struct {
        const char *class, *kind;
    } kinds[] = {
        {"chart:line", "line"},          {"chart:circle", "pie"},    {"chart:area", "area"},
        {"chart:scatter", "scatter"},    {"chart:ring", "doughnut"}, {"chart:radar", "radar"},
        {"chart:bubble", "bubble"},      {"chart:stock", "stock"},   {"chart:surface", "surface"},
        {"chart:filled-radar", "radar"},
    };
    const char *folder = odf_part_name(r->p, href), *kind = "";
    struct xml_tree *t =
        folder ? odf_side_part(r->p, arena_printf(r->p->arena, "%s/content.xml", folder)) : NULL;
    const struct xml_tree_node *root = t ? xml_tree_root(t) : NULL;
    const struct xml_tree_node *chart = xml_tree_child(
        xml_tree_child(xml_tree_child(root, NS_OFFICE, "body"), NS_OFFICE, "chart"), NS_CHART, "chart");
    const char *class = chart ? xml_tree_attr(chart, NS_CHART, "class") : NULL;
    if (odf_is(class, "chart:bar")) {
        struct odf_styles *styles = odf_styles_new(r->p->arena, NULL, root);
        const struct xml_tree_node *plot = xml_tree_child(chart, NS_CHART, "plot-area");
        const struct odf_style *s = odf_style_find(styles, ODF_CONTENT, "chart",
                                                   plot ? xml_tree_attr(plot, NS_CHART, "style-name") : NULL);
        kind = odf_true(odf_style_attr(s, "chart-properties", NS_CHART, "vertical")) ? "bar" : "column";
    } else if (class)
        kind = "other";
    for (size_t i = 0; class && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].class, class) == 0)
            kind = kinds[i].kind;
    xml_tree_free(t);
    return kind;
}

static void object(struct slides_reader *r, const struct xml_tree_node *n, const struct xml_tree_node *o,
                   int depth)
{
    const char *href = xml_tree_attr(o, NS_XLINK, "href"), *chart = chart_kind(r, href);
    struct slides_shape *s = add(r, n, *chart ? SHAPE_CHART : SHAPE_OBJECT, depth);
    s->chart = chart;
    s->part = slides_string(r->s, odf_part_name(r->p, href));
}

static void picture(struct slides_reader *r, const struct xml_tree_node *n, const struct xml_tree_node *image,
                    int depth)
{
    struct slides_shape *s = add(r, n, SHAPE_PICTURE, depth);
    const char *href = xml_tree_attr(image, NS_XLINK, "href"), *part = odf_part_name(r->p, href);
    s->part = slides_string(r->s, part ? part : href);
    s->hash = odf_slides_hash(r, href);
}

static void media(struct slides_reader *r, const struct xml_tree_node *n, const struct xml_tree_node *plugin,
                  int depth)
{
    static const char *const sounds[] = {".mp3", ".wav", ".ogg", ".m4a", ".aac", ".flac", ".wma", ".mid"};
    struct slides_shape *s = add(r, n, SHAPE_MEDIA, depth);
    const char *href = xml_tree_attr(plugin, NS_XLINK, "href"), *part = odf_part_name(r->p, href);
    const char *type = xml_tree_attr(plugin, NS_DRAW, "mime-type");
    s->media = type && strncmp(type, "audio", 5) == 0 ? "audio" : "video";
    for (size_t i = 0; href && i < sizeof sounds / sizeof *sounds; i++)
        if (strstr(href, sounds[i]))
            s->media = "audio";
    s->part = slides_string(r->s, part ? part : href);
    s->hash = odf_slides_hash(r, href);
}

/* ---- tables ---- */

static size_t count_rows(const struct xml_tree_node *holder, bool columns)
{
    size_t n = 0;
    const char *what = columns ? "table-column" : "table-row";
    const char *repeat = columns ? "number-columns-repeated" : "number-rows-repeated";
    for (const struct xml_tree_node *c = xml_tree_first_element(holder); c && n < 2000;
         c = xml_tree_next_element(c))
        if (xml_tree_is(c, NS_TABLE, what))
            n += (size_t)odf_integer(xml_tree_attr(c, NS_TABLE, repeat), 1, 2000, 1);
        else if (c->ns == NS_TABLE && strncmp(c->name, "table-", 6) == 0)
            n += count_rows(c, columns);
    return n;
}

static void read_cell(struct slides_reader *r, const struct xml_tree_node *n, struct slides_cell *c)
{
    const struct odf_style *s =
        odf_style_find(r->p->styles, r->part, "table-cell", xml_tree_attr(n, NS_TABLE, "style-name"));
    if (xml_tree_is(n, NS_TABLE, "covered-table-cell")) {
        c->column_span = c->row_span = 0;
        return;
    }
    c->column_span = (int)odf_integer(xml_tree_attr(n, NS_TABLE, "number-columns-spanned"), 1, 1000, 1);
    c->row_span = (int)odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-spanned"), 1, 1000, 1);
    c->fill = odf_slides_fill(r, s, odf_style_group(s, group) ? group : "table-cell-properties");
    const char *align = odf_style_attr(s, group, NS_DRAW, "textarea-vertical-align");
    align = align ? align : odf_style_attr(s, "table-cell-properties", NS_STYLE, "vertical-align");
    c->anchor = odf_is(align, "middle") ? "middle" : odf_is(align, "bottom") ? "bottom" : "top";
    odf_slides_text(r, n, s, NULL, false, &c->text);
    if (!c->text.paragraph)
        slides_add_paragraph(r->s, &c->text);
}

static void read_rows(struct slides_reader *r, const struct xml_tree_node *holder, struct slides_table *t,
                      size_t *row)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n && *row < t->rows;
         n = xml_tree_next_element(n)) {
        if (n->ns != NS_TABLE || strncmp(n->name, "table-", 6) != 0 ||
            xml_tree_is(n, NS_TABLE, "table-column"))
            continue;
        if (strcmp(n->name, "table-row") != 0) {
            read_rows(r, n, t, row);
            continue;
        }
        size_t column = 0;
        for (const struct xml_tree_node *c = xml_tree_first_element(n); c; c = xml_tree_next_element(c))
            for (int64_t i = odf_integer(xml_tree_attr(c, NS_TABLE, "number-columns-repeated"), 1, 1000, 1);
                 c->ns == NS_TABLE && i > 0 && column < t->columns; i--)
                read_cell(r, c, &t->cell[*row * t->columns + column++]);
        *row += (size_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-rows-repeated"), 1, 2000, 1);
    }
}

static void table(struct slides_reader *r, const struct xml_tree_node *n,
                  const struct xml_tree_node *table_node, int depth)
{
    struct slides_shape *s = add(r, n, SHAPE_TABLE, depth);
    const char *template = xml_tree_attr(table_node, NS_TABLE, "template-name");
    size_t row = 0;
    s->table = slides_add_table(r->s, s, count_rows(table_node, false), count_rows(table_node, true));
    s->table->style = slides_string(r->s, template);
    s->table->first_row = odf_true(xml_tree_attr(table_node, NS_TABLE, "use-first-row-styles"));
    s->table->banded_rows = odf_true(xml_tree_attr(table_node, NS_TABLE, "use-banding-rows-styles"));
    read_rows(r, table_node, s->table, &row);
}

/* ---- all ---- */

static void frame(struct slides_reader *r, const struct xml_tree_node *n, int depth)
{
    const struct xml_tree_node *c;
    bool empty = odf_true(xml_tree_attr(n, NS_PRESENTATION, "placeholder"));
    if ((c = xml_tree_child(n, NS_TABLE, "table")))
        table(r, n, c, depth);
    else if ((c = xml_tree_child(n, NS_DRAW, "object")))
        object(r, n, c, depth);
    else if (xml_tree_child(n, NS_DRAW, "object-ole") || xml_tree_child(n, NS_DRAW, "applet"))
        add(r, n, SHAPE_OBJECT, depth);
    else if ((c = xml_tree_child(n, NS_DRAW, "plugin")))
        media(r, n, c, depth);
    else if ((c = xml_tree_child(n, NS_DRAW, "image")) && !empty)
        picture(r, n, c, depth);
    else {
        struct slides_shape *s = add(r, n, SHAPE_TEXT, depth);
        if ((c = xml_tree_child(n, NS_DRAW, "text-box")))
            text_into(r, n, c, s);
    }
}

static void one(struct slides_reader *r, const struct xml_tree_node *n, int depth)
{
    bool line = strcmp(n->name, "line") == 0 || strcmp(n->name, "connector") == 0;
    if (strcmp(n->name, "frame") == 0) {
        frame(r, n, depth);
    } else if (strcmp(n->name, "g") == 0) {
        add(r, n, SHAPE_GROUP, depth);
        odf_slides_shapes(r, n, depth + 1);
    } else if (line || odf_shape_preset(n, r->p->arena)) {
        struct slides_shape *s = add(r, n, line ? SHAPE_CONNECTOR : SHAPE_TEXT, depth);
        if (odf_shape_is_word_art(n)) {
            s->warp = s->preset;
            s->preset = "rect";
        }
        text_into(r, n, n, s);
    }
}

void odf_slides_shapes(struct slides_reader *r, const struct xml_tree_node *holder, int depth)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n; n = xml_tree_next_element(n)) {
        if (n->ns != NS_DRAW)
            continue;
        struct slides_shape *before = r->slide->last;
        if (strcmp(n->name, "a") != 0) {
            one(r, n, depth);
            continue;
        }
        odf_slides_shapes(r, n, depth);
        for (struct slides_shape *s = before ? before->next : r->slide->shape; s; s = s->next)
            s->link = odf_slides_link(r, xml_tree_attr(n, NS_XLINK, "href"));
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

static const char *const text_group = "text-properties";
static const char *const cell_group = "table-cell-properties";
static const char *const paragraph_group = "paragraph-properties";

const char *odf_style_word(const struct odf_style *style, const char *attribute)
{
    for (int i = 0; style && i < ODF_CHAIN; i++, style = style->parent) {
        const char *value = xml_tree_attr(style->node, NS_STYLE, attribute);
        if (value)
            return value;
    }
    return NULL;
}

static struct sheet_color color_of(const char *text)
{
    int32_t rgb = odf_color(text);
    if (rgb < 0)
        return (struct sheet_color){.kind = COLOR_NONE, .rgb = -1};
    return (struct sheet_color){.kind = COLOR_RGB, .rgb = rgb, .argb = 0xff000000u | (uint32_t)rgb};
}

static bool heavy(const char *weight)
{
    return odf_is(weight, "bold") || odf_integer(weight, 0, 1000, 0) >= 600;
}

static const char *underline_of(const struct odf_style *s)
{
    const char *line = odf_style_attr(s, text_group, NS_STYLE, "text-underline-style");
    if (!line || strcmp(line, "none") == 0)
        return "none";
    return odf_is(odf_style_attr(s, text_group, NS_STYLE, "text-underline-type"), "double") ? "double"
                                                                                            : "single";
}

static const char *script_of(const struct odf_style *s)
{
    const char *position = odf_style_attr(s, text_group, NS_STYLE, "text-position");
    if (!position || strncmp(position, "0%", 2) == 0)
        return "baseline";
    return strncmp(position, "sub", 3) == 0 || *position == '-' ? "subscript" : "superscript";
}

/* The level that tells the colour first: automatic, or one of its own. */
static struct sheet_color text_color(const struct odf_style *s)
{
    for (int i = 0; s && i < ODF_CHAIN; i++, s = s->parent) {
        const struct xml_tree_node *g = odf_style_group(s, text_group);
        if (g && odf_true(xml_tree_attr(g, NS_STYLE, "use-window-font-color")))
            break;
        if (g && xml_tree_attr(g, NS_FO, "color"))
            return color_of(xml_tree_attr(g, NS_FO, "color"));
    }
    return (struct sheet_color){.kind = COLOR_AUTO, .rgb = -1};
}

static const struct sheet_font *font_of(struct sheet_reader *r, const struct odf_style *s)
{
    struct sheet_font *f = arena_copy(r->w->arena, sheet_default_style.font, sizeof *f);
    const char *latin = odf_style_font(s, ODF_LATIN, r->p->arena),
               *asian = odf_style_font(s, ODF_ASIAN, r->p->arena);
    f->name = latin ? sheet_keep(r, latin) : f->name;
    f->name_asia = asian ? sheet_keep(r, asian) : f->name;
    f->size = (double)odf_style_size(s, ODF_LATIN, 127000) / 12700;
    f->bold = heavy(odf_style_attr(s, text_group, NS_FO, "font-weight"));
    f->italic = odf_is(odf_style_attr(s, text_group, NS_FO, "font-style"), "italic");
    const char *strike = odf_style_attr(s, text_group, NS_STYLE, "text-line-through-style");
    f->strike = strike && strcmp(strike, "none") != 0;
    f->underline = underline_of(s);
    f->script = script_of(s);
    f->color = text_color(s);
    return f;
}

static const struct sheet_fill *fill_of(struct sheet_reader *r, const struct odf_style *s)
{
    const char *color = odf_style_attr(s, cell_group, NS_FO, "background-color");
    if (odf_color(color) < 0)
        return sheet_default_style.fill;
    struct sheet_fill *f = arena_copy(r->w->arena, sheet_default_style.fill, sizeof *f);
    f->pattern = "solid";
    f->color = color_of(color);
    return f;
}

/* A line's kind and width in Excel's words: 0.74 pt is thin, 1.76 pt medium, 2.49 pt thick. */
static const char *line_style(const char *kind, int64_t width)
{
    bool wide = width > 16000;
    if (strcmp(kind, "double") == 0 || strcmp(kind, "double-thin") == 0)
        return "double";
    if (strcmp(kind, "dotted") == 0)
        return "dotted";
    if (strcmp(kind, "dashed") == 0 || strcmp(kind, "fine-dashed") == 0)
        return wide ? "mediumDashed" : "dashed";
    if (strcmp(kind, "dash-dot") == 0)
        return wide ? "mediumDashDot" : "dashDot";
    if (strcmp(kind, "dash-dot-dot") == 0)
        return wide ? "mediumDashDotDot" : "dashDotDot";
    return width < 4000 ? "hair" : !wide ? "thin" : width < 28000 ? "medium" : "thick";
}

static struct sheet_line line_of(const char *value)
{
    struct sheet_line line = {.style = "none", .color = {.kind = COLOR_NONE, .rgb = -1}};
    char width[24] = {0}, kind[24] = {0}, color[16] = {0};
    int64_t emu = 0;
    if (!value || sscanf(value, "%23s %23s %15s", width, kind, color) < 2 || !odf_length(width, &emu))
        return line;
    if (strcmp(kind, "none") == 0 || strcmp(kind, "hidden") == 0)
        return line;
    line.style = line_style(kind, emu);
    line.color = color_of(color);
    return line;
}

static const struct sheet_border *border_of(struct sheet_reader *r, const struct odf_style *s)
{
    static const char *const names[] = {[EDGE_LEFT] = "border-left",
                                        [EDGE_RIGHT] = "border-right",
                                        [EDGE_TOP] = "border-top",
                                        [EDGE_BOTTOM] = "border-bottom"};
    struct sheet_border *b = arena_alloc(r->w->arena, sizeof *b);
    for (int i = EDGE_LEFT; i <= EDGE_BOTTOM; i++) {
        const char *value = NULL;
        for (const struct odf_style *at = s; at && !value; at = at->parent) {
            const struct xml_tree_node *g = odf_style_group(at, cell_group);
            value = g ? xml_tree_attr(g, NS_FO, names[i]) : NULL;
            value = value || !g ? value : xml_tree_attr(g, NS_FO, "border");
        }
        b->edge[i] = line_of(value);
    }
    const char *falling = odf_style_attr(s, cell_group, NS_STYLE, "diagonal-tl-br");
    const char *rising = odf_style_attr(s, cell_group, NS_STYLE, "diagonal-bl-tr");
    b->edge[EDGE_DIAGONAL] = line_of(falling && strcmp(falling, "none") != 0 ? falling : rising);
    return b;
}

static const char *horizontal_of(const struct odf_style *s)
{
    const char *align = odf_style_attr(s, paragraph_group, NS_FO, "text-align");
    if (odf_true(odf_style_attr(s, cell_group, NS_STYLE, "repeat-content")))
        return "fill";
    if (!align || odf_is(odf_style_attr(s, cell_group, NS_STYLE, "text-align-source"), "value-type"))
        return "general";
    return strcmp(align, "center") == 0                                ? "center"
           : strcmp(align, "end") == 0 || strcmp(align, "right") == 0  ? "right"
           : strcmp(align, "start") == 0 || strcmp(align, "left") == 0 ? "left"
           : strcmp(align, "justify") == 0                             ? "justify"
                                                                       : "general";
}

static const char *vertical_of(const struct odf_style *s)
{
    const char *align = odf_style_attr(s, cell_group, NS_STYLE, "vertical-align");
    return odf_is(align, "top")       ? "top"
           : odf_is(align, "middle")  ? "center"
           : odf_is(align, "justify") ? "justify"
                                      : "bottom";
}

static int16_t rotation_of(const struct odf_style *s)
{
    if (odf_is(odf_style_attr(s, cell_group, NS_STYLE, "direction"), "ttb"))
        return 255;
    int64_t angle = odf_integer(odf_style_attr(s, cell_group, NS_STYLE, "rotation-angle"), 0, 359, 0);
    return (int16_t)(angle > 180 ? angle - 360 : angle);
}

static void alignment(const struct odf_style *s, struct sheet_style *out)
{
    int64_t margin = 0;
    out->horizontal = horizontal_of(s);
    out->vertical = vertical_of(s);
    out->rotation = rotation_of(s);
    out->wrap = odf_is(odf_style_attr(s, cell_group, NS_FO, "wrap-option"), "wrap");
    out->shrink = odf_true(odf_style_attr(s, cell_group, NS_STYLE, "shrink-to-fit"));
    if (odf_length(odf_style_attr(s, paragraph_group, NS_FO, "margin-left"), &margin) && margin > 0)
        out->indent = (uint8_t)(margin > 250 * 127000 ? 250 : (margin + 63500) / 127000);
    const char *protect = odf_style_attr(s, cell_group, NS_STYLE, "cell-protect");
    out->locked = !protect || (strcmp(protect, "none") != 0 && strcmp(protect, "formula-hidden") != 0);
    out->hidden = protect && strstr(protect, "hidden");
}

static void convert(struct sheet_reader *r, const struct odf_style *s, struct sheet_style *out)
{
    const struct odf_style *named = odf_style_common(s);
    *out = sheet_default_style;
    out->font = font_of(r, s);
    out->fill = fill_of(r, s);
    out->border = border_of(r, s);
    const struct odf_style *data =
        odf_style_find(r->styles, s->part, "data-style", odf_style_word(s, "data-style-name"));
    out->number_format = sheet_keep(r, odf_number_format(data, r->p->arena));
    alignment(s, out);
    if (named && strcmp(named->name, "Default") != 0)
        out->name = sheet_keep(r, odf_style_shown(named, r->p->arena));
    else
        out->name = "Normal";
}

static bool is_default(const struct odf_style *s)
{
    return !s->automatic && strcmp(s->name, "Default") == 0;
}

/* Style 0 of the book becomes the document's own default. */
static void begin(struct sheet_reader *r)
{
    const struct odf_style *s = odf_style_find(r->styles, ODF_STYLES, "table-cell", "Default");
    if (!s)
        s = odf_style_default(r->styles, "table-cell");
    if (s)
        convert(r, s, &r->w->style[0]);
    r->style = arena_array(r->p->arena, odf_styles_count(r->styles) + 1, sizeof *r->style);
}

int odf_sheet_style(struct sheet_reader *r, const struct odf_style *style, uint16_t *ret)
{
    *ret = 0;
    if (!r->style)
        begin(r);
    if (!style || is_default(style))
        return 0;
    uint16_t *known = &r->style[style->number];
    if (*known == 0) {
        struct sheet_style s;
        convert(r, style, &s);
        int result = workbook_add_style(r->w, &s, known, r->e);
        if (result < 0)
            return result;
    }
    *ret = *known;
    return workbook_within(r->w, r->e);
}

const struct sheet_style *odf_sheet_format(struct sheet_reader *r, const struct odf_style *style, bool *bold,
                                           bool *italic)
{
    struct sheet_style *out = arena_alloc(r->w->arena, sizeof *out);
    struct sheet_font *font = arena_copy(r->w->arena, sheet_default_style.font, sizeof *font);
    convert(r, style, out);
    struct sheet_font seen = *out->font;
    font->name = font->name_asia = "";
    font->size = 0;
    *bold = *italic = false;
    for (const struct odf_style *s = style; s && !is_default(s); s = s->parent) {
        const struct xml_tree_node *g = odf_style_group(s, text_group);
        *bold = *bold || (g && xml_tree_attr(g, NS_FO, "font-weight"));
        *italic = *italic || (g && xml_tree_attr(g, NS_FO, "font-style"));
    }
    font->bold = *bold && seen.bold;
    font->italic = *italic && seen.italic;
    font->underline = seen.underline;
    font->strike = seen.strike;
    font->color = seen.color;
    out->font = font;
    return out;
}

const struct sheet_font *odf_sheet_span(struct sheet_reader *r, const struct sheet_font *base,
                                        const char *span)
{
    const struct odf_style *s = odf_style_find(r->styles, ODF_CONTENT, "text", span);
    if (!s)
        return NULL;
    struct sheet_font *f = arena_copy(r->w->arena, base, sizeof *f);
    const char *latin = odf_style_font(s, ODF_LATIN, r->p->arena),
               *asian = odf_style_font(s, ODF_ASIAN, r->p->arena);
    const char *weight = odf_style_attr(s, text_group, NS_FO, "font-weight");
    const char *slant = odf_style_attr(s, text_group, NS_FO, "font-style");
    f->name = latin ? sheet_keep(r, latin) : f->name;
    f->name_asia = asian ? sheet_keep(r, asian) : f->name_asia;
    f->size = (double)odf_style_size(s, ODF_LATIN, (int64_t)(f->size * 12700)) / 12700;
    f->bold = weight ? heavy(weight) : f->bold;
    f->italic = slant ? odf_is(slant, "italic") : f->italic;
    if (odf_style_attr(s, text_group, NS_STYLE, "text-underline-style"))
        f->underline = underline_of(s);
    if (odf_style_attr(s, text_group, NS_STYLE, "text-position"))
        f->script = script_of(s);
    if (text_color(s).kind == COLOR_RGB)
        f->color = text_color(s);
    return f;
}

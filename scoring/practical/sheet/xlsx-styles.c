/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/formula/number-format.h"
#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- fonts ---- */

/* A toggle such as <b/>: there and not off. */
static bool toggle(const struct xml_tree_node *n, const char *name, bool otherwise)
{
    n = xml_tree_child(n, NS_S, name);
    return n ? xlsx_attr_bool(n, "val", true) : otherwise;
}

void xlsx_read_font(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_font *f)
{
    const struct xml_tree_node *name = xml_tree_child(n, NS_S, "name");
    if (!name)
        name = xml_tree_child(n, NS_S, "rFont");
    const struct xml_tree_node *size = xml_tree_child(n, NS_S, "sz"), *u = xml_tree_child(n, NS_S, "u"),
                               *color = xml_tree_child(n, NS_S, "color"),
                               *script = xml_tree_child(n, NS_S, "vertAlign");
    if (name)
        f->name = f->name_asia = xlsx_attr(x, name, "val");
    if (size)
        f->size = xlsx_attr_number(size, "val", f->size);
    if (u)
        f->underline = xlsx_attr_or(x, u, "val", "single");
    if (script)
        f->script = xlsx_attr_or(x, script, "val", "baseline");
    if (color)
        f->color = xlsx_color(x, color);
    f->bold = toggle(n, "b", f->bold);
    f->italic = toggle(n, "i", f->italic);
    f->strike = toggle(n, "strike", f->strike);
}

static void read_fonts(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "font"), i = 0;
    struct sheet_font *font = arena_array(x->a, count, sizeof *font);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "font"); n && i < count;
         n = xml_tree_next(n, NS_S, "font")) {
        font[i] = *sheet_default_style.font;
        xlsx_read_font(x, n, &font[i++]);
    }
    x->font = font;
    x->n_fonts = i;
}

/* ---- fills ---- */

static struct sheet_fill gradient(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct sheet_fill f = {.pattern = "gradient"};
    const struct xml_tree_node *stop = xml_tree_child(n, NS_S, "stop");
    f.color = xlsx_color(x, xml_tree_child(stop, NS_S, "color"));
    f.behind = xlsx_color(x, xml_tree_child(xml_tree_next(stop, NS_S, "stop"), NS_S, "color"));
    return f;
}

static struct sheet_fill read_fill(const struct xlsx *x, const struct xml_tree_node *n, bool differential)
{
    const struct xml_tree_node *g = xml_tree_child(n, NS_S, "gradientFill");
    const struct xml_tree_node *p = xml_tree_child(n, NS_S, "patternFill");
    if (g)
        return gradient(x, g);
    struct sheet_fill f = *sheet_default_style.fill;
    if (!p)
        return f;
    const struct xml_tree_node *front = xml_tree_child(p, NS_S, "fgColor"),
                               *back = xml_tree_child(p, NS_S, "bgColor");
    f.pattern = xlsx_attr_or(x, p, "patternType", differential ? "solid" : "none");
    if (differential && strcmp(f.pattern, "solid") == 0 && back) {
        f.color = xlsx_color(x, back);
        f.behind = xlsx_color(x, front);
        return f;
    }
    f.color = xlsx_color(x, front);
    f.behind = xlsx_color(x, back);
    if (strcmp(f.pattern, "none") == 0)
        f.color.rgb = -1;
    return f;
}

static void read_fills(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "fill"), i = 0;
    struct sheet_fill *fill = arena_array(x->a, count, sizeof *fill);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "fill"); n && i < count;
         n = xml_tree_next(n, NS_S, "fill"))
        fill[i++] = read_fill(x, n, false);
    x->fill = fill;
    x->n_fills = i;
}

/* ---- borders ---- */

static struct sheet_line read_line(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct sheet_line line = {.style = "none", .color = {.rgb = -1}};
    if (!n)
        return line;
    line.style = xlsx_attr_or(x, n, "style", "none");
    line.color = xlsx_color(x, xml_tree_child(n, NS_S, "color"));
    return line;
}

static struct sheet_border read_border(const struct xlsx *x, const struct xml_tree_node *n)
{
    static const char *const names[EDGE_COUNT] = {"left", "right", "top", "bottom", "diagonal"};
    static const char *const strict[EDGE_COUNT] = {"start", "end", "top", "bottom", "diagonal"};
    struct sheet_border b;
    for (int i = 0; i < EDGE_COUNT; i++) {
        const struct xml_tree_node *edge = xml_tree_child(n, NS_S, names[i]);
        b.edge[i] = read_line(x, edge ? edge : xml_tree_child(n, NS_S, strict[i]));
    }
    return b;
}

static void read_borders(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "border"), i = 0;
    struct sheet_border *border = arena_array(x->a, count, sizeof *border);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "border"); n && i < count;
         n = xml_tree_next(n, NS_S, "border"))
        border[i++] = read_border(x, n);
    x->border = border;
    x->n_borders = i;
}

/* ---- cell formats ---- */

static void read_formats(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "numFmt"), i = 0;
    count = count < XLSX_MAX_RULES ? count : XLSX_MAX_RULES;
    struct xlsx_format *format = arena_array(x->a, count, sizeof *format);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "numFmt"); n && i < count;
         n = xml_tree_next(n, NS_S, "numFmt")) {
        format[i].id = (int)xlsx_attr_int(n, "numFmtId", -1);
        format[i++].code = xlsx_attr(x, n, "formatCode");
    }
    x->format = format;
    x->n_formats = i;
}

/* As in an English Excel; those that it has not, as in a Chinese one. */
static const char *builtin_format(int id)
{
    const char *code = number_format_builtin(id, false);
    if (!code)
        code = number_format_builtin(id, true);
    return code ? code : "General";
}

static void set_format(const struct xlsx *x, struct sheet_style *s, int id)
{
    s->builtin = -1;
    for (size_t i = 0; i < x->n_formats; i++)
        if (x->format[i].id == id) {
            s->number_format = x->format[i].code;
            return;
        }
    s->number_format = builtin_format(id);
    s->builtin = (int16_t)(id >= 0 && id < 164 ? id : 0);
}

static void read_alignment(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_style *s)
{
    if (!n)
        return;
    s->horizontal = xlsx_attr_or(x, n, "horizontal", s->horizontal);
    s->vertical = xlsx_attr_or(x, n, "vertical", s->vertical);
    int64_t turn = xlsx_attr_int(n, "textRotation", 0), indent = xlsx_attr_int(n, "indent", 0);
    s->rotation = (int16_t)(turn == 255                ? 255
                            : turn > 90 && turn <= 180 ? 90 - turn
                            : turn >= 0 && turn <= 90  ? turn
                                                       : 0);
    s->indent = (uint8_t)(indent > 0 && indent < 256 ? indent : 0);
    s->wrap = xlsx_attr_bool(n, "wrapText", false);
    s->shrink = xlsx_attr_bool(n, "shrinkToFit", false);
}

static void read_xf(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_style *s)
{
    int64_t font = xlsx_attr_int(n, "fontId", 0), fill = xlsx_attr_int(n, "fillId", 0),
            border = xlsx_attr_int(n, "borderId", 0);
    const struct xml_tree_node *protection = xml_tree_child(n, NS_S, "protection");
    *s = sheet_default_style;
    if (font >= 0 && (size_t)font < x->n_fonts)
        s->font = &x->font[font];
    if (fill >= 0 && (size_t)fill < x->n_fills)
        s->fill = &x->fill[fill];
    if (border >= 0 && (size_t)border < x->n_borders)
        s->border = &x->border[border];
    set_format(x, s, (int)xlsx_attr_int(n, "numFmtId", 0));
    read_alignment(x, xml_tree_child(n, NS_S, "alignment"), s);
    s->locked = xlsx_attr_bool(protection, "locked", true);
    s->hidden = xlsx_attr_bool(protection, "hidden", false);
}

/* Names of cell styles by the number of their xf; names[i] is "" where there is none. */
static const char **style_names(const struct xlsx *x, const struct xml_tree_node *root, size_t *ret_n)
{
    size_t n = xlsx_count(xml_tree_child(root, NS_S, "cellStyleXfs"), NS_S, "xf");
    const char **names = arena_array(x->a, n + 1, sizeof *names);
    const struct xml_tree_node *k =
        xml_tree_child(xml_tree_child(root, NS_S, "cellStyles"), NS_S, "cellStyle");
    for (; k; k = xml_tree_next(k, NS_S, "cellStyle")) {
        int64_t xf = xlsx_attr_int(k, "xfId", -1);
        if (xf >= 0 && (size_t)xf < n)
            names[xf] = xlsx_attr(x, k, "name");
    }
    *ret_n = n;
    return names;
}

static int read_xfs(struct xlsx *x, const struct xml_tree_node *root, struct err *e)
{
    size_t n_names, i = 0;
    const char **names = style_names(x, root, &n_names);
    const struct xml_tree_node *list = xml_tree_child(root, NS_S, "cellXfs");
    x->style = arena_array(x->a, xlsx_count(list, NS_S, "xf"), sizeof *x->style);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "xf"); n && i < XLSX_MAX_LIST;
         n = xml_tree_next(n, NS_S, "xf"), i++) {
        struct sheet_style s;
        read_xf(x, n, &s);
        int64_t name = xlsx_attr_int(n, "xfId", -1);
        if (name >= 0 && (size_t)name < n_names && names[name])
            s.name = names[name];
        if (i == 0)
            x->w->style[0] = s;
        else if (workbook_add_style(x->w, &s, &x->style[i], e) < 0)
            return -ERR_DATA;
    }
    x->n_styles = i;
    return 0;
}

/* ---- differential formats ---- */

static void read_dxf(const struct xlsx *x, const struct xml_tree_node *n, struct xlsx_dxf *d)
{
    struct sheet_font *font = arena_alloc(x->a, sizeof *font);
    struct sheet_fill *fill = arena_alloc(x->a, sizeof *fill);
    struct sheet_border *border = arena_alloc(x->a, sizeof *border);
    const struct xml_tree_node *f = xml_tree_child(n, NS_S, "font"),
                               *format = xml_tree_child(n, NS_S, "numFmt");
    *font =
        (struct sheet_font){.name = "", .name_asia = "", .underline = "", .script = "", .color = {.rgb = -1}};
    if (f)
        xlsx_read_font(x, f, font);
    *fill = read_fill(x, xml_tree_child(n, NS_S, "fill"), true);
    *border = read_border(x, xml_tree_child(n, NS_S, "border"));
    d->style = sheet_default_style;
    d->style.font = font;
    d->style.fill = fill;
    d->style.border = border;
    d->style.number_format = format ? xlsx_attr(x, format, "formatCode") : "";
    d->sets_bold = xml_tree_child(f, NS_S, "b") != NULL;
    d->sets_italic = xml_tree_child(f, NS_S, "i") != NULL;
}

static void read_dxfs(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "dxf"), i = 0;
    struct xlsx_dxf *dxf = arena_array(x->a, count, sizeof *dxf);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "dxf"); n && i < count;
         n = xml_tree_next(n, NS_S, "dxf"))
        read_dxf(x, n, &dxf[i++]);
    x->dxf = dxf;
    x->n_dxfs = i;
}

int xlsx_read_styles(struct xlsx *x, const char *part, struct err *e)
{
    struct xml_tree *t;
    int r = parts_tree(x->p, part, NULL, &t, e);
    if (r < 0)
        return e->kind == ERR_NO ? 0 : r;
    const struct xml_tree_node *root = xml_tree_root(t);
    xlsx_read_indexed(x, xml_tree_child(root, NS_S, "colors"));
    read_formats(x, xml_tree_child(root, NS_S, "numFmts"));
    read_fonts(x, xml_tree_child(root, NS_S, "fonts"));
    read_fills(x, xml_tree_child(root, NS_S, "fills"));
    read_borders(x, xml_tree_child(root, NS_S, "borders"));
    read_dxfs(x, xml_tree_child(root, NS_S, "dxfs"));
    r = read_xfs(x, root, e);
    xml_tree_free(t);
    return r < 0 ? r : workbook_within(x->w, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Colours, fills and fonts through the theme (ECMA-376 part 1, 20.1.2.3 and 20.1.4). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/slides/light.h"
#include "scoring/practical/slides/pptx-internal.h"

struct hsl {
    double h, s, l;
};

static struct hsl to_hsl(int64_t rgb)
{
    double r = (double)(rgb >> 16 & 255) / 255, g = (double)(rgb >> 8 & 255) / 255,
           b = (double)(rgb & 255) / 255;
    double max = r > g ? (r > b ? r : b) : (g > b ? g : b), min = r < g ? (r < b ? r : b) : (g < b ? g : b);
    double d = max - min, l = (max + min) / 2;
    struct hsl c = {.l = l};
    if (d == 0)
        return c;
    c.s = d / (l > 0.5 ? 2 - max - min : max + min);
    c.h = max == r ? (g - b) / d + (g < b ? 6 : 0) : max == g ? (b - r) / d + 2 : (r - g) / d + 4;
    c.h /= 6;
    return c;
}

static int64_t channel(double p, double q, double t)
{
    t = t < 0 ? t + 1 : t > 1 ? t - 1 : t;
    double v = t < 1.0 / 6   ? p + (q - p) * 6 * t
               : t < 0.5     ? q
               : t < 2.0 / 3 ? p + (q - p) * (2.0 / 3 - t) * 6
                             : p;
    return (int64_t)(v * 255 + 0.5);
}

static double within(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static int64_t from_hsl(struct hsl c)
{
    c = (struct hsl){c.h, within(c.s), within(c.l)};
    double q = c.l < 0.5 ? c.l * (1 + c.s) : c.l + c.s - c.l * c.s, p = 2 * c.l - q;
    return channel(p, q, c.h + 1.0 / 3) << 16 | channel(p, q, c.h) << 8 | channel(p, q, c.h - 1.0 / 3);
}

static struct hsl changed(struct hsl c, node change)
{
    int64_t value = pptx_ratio(change, "val", 1000);
    double share = (double)value / 1000;
    if (xml_tree_is(change, NS_A, "tint"))
        return to_hsl(light_mix(from_hsl(c), value, true));
    if (xml_tree_is(change, NS_A, "shade"))
        return to_hsl(light_mix(from_hsl(c), value, false));
    if (xml_tree_is(change, NS_A, "lumMod"))
        c.l *= share;
    else if (xml_tree_is(change, NS_A, "lumOff"))
        c.l += share;
    else if (xml_tree_is(change, NS_A, "satMod"))
        c.s *= share;
    else if (xml_tree_is(change, NS_A, "satOff"))
        c.s += share;
    return (struct hsl){c.h, within(c.s), within(c.l)};
}

static int64_t hex_color(const char *hex)
{
    uint8_t p[3];
    return hex && strlen(hex) == 6 && hex_decode(p, 3, hex) ? p[0] << 16 | p[1] << 8 | p[2] : -1;
}

static int64_t preset_color(const char *name)
{
    static const struct {
        const char *name;
        int64_t rgb;
    } preset[] = {
        {"black", 0},         {"white", 0xffffff},   {"red", 0xff0000},      {"green", 0x008000},
        {"blue", 0x0000ff},   {"yellow", 0xffff00},  {"cyan", 0x00ffff},     {"magenta", 0xff00ff},
        {"gray", 0x808080},   {"lime", 0x00ff00},    {"navy", 0x000080},     {"maroon", 0x800000},
        {"olive", 0x808000},  {"purple", 0x800080},  {"teal", 0x008080},     {"silver", 0xc0c0c0},
        {"orange", 0xffa500}, {"pink", 0xffc0cb},    {"brown", 0xa52a2a},    {"gold", 0xffd700},
        {"dkBlue", 0x00008b}, {"dkRed", 0x8b0000},   {"dkGreen", 0x006400},  {"ltGray", 0xd3d3d3},
        {"dkGray", 0xa9a9a9}, {"aqua", 0x00ffff},    {"fuchsia", 0xff00ff},  {"indigo", 0x4b0082},
        {"violet", 0xee82ee}, {"tomato", 0xff6347},  {"skyBlue", 0x87ceeb},  {"crimson", 0xdc143c},
        {"ltBlue", 0xadd8e6}, {"ltGreen", 0x90ee90}, {"ltYellow", 0xffffe0}, {"chocolate", 0xd2691e}};
    for (size_t i = 0; name && i < sizeof preset / sizeof *preset; i++)
        if (strcmp(preset[i].name, name) == 0)
            return preset[i].rgb;
    return -1;
}

/* "bg1" through the slide's, the layout's or the master's map to "lt1". */
static const char *mapped(const struct pptx *x, const char *name)
{
    const struct page *page[] = {&x->slide, &x->layout};
    for (size_t i = 0; i < 2; i++) {
        node map =
            xml_tree_child(xml_tree_child(pptx_root(page[i]), NS_P, "clrMapOvr"), NS_A, "overrideClrMapping");
        if (xml_tree_attr(map, 0, name))
            return xml_tree_attr(map, 0, name);
    }
    const char *own = xml_tree_attr(xml_tree_child(pptx_root(&x->master), NS_P, "clrMap"), 0, name);
    if (own)
        return own;
    static const char *const usual[][2] = {{"bg1", "lt1"}, {"tx1", "dk1"}, {"bg2", "lt2"}, {"tx2", "dk2"}};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(usual[i][0], name) == 0)
            return usual[i][1];
    return name;
}

int64_t pptx_scheme_color(const struct pptx *x, const char *name)
{
    node scheme =
        xml_tree_child(xml_tree_child(pptx_root(&x->theme), NS_A, "themeElements"), NS_A, "clrScheme");
    if (strcmp(name, "phClr") == 0)
        return x->placeholder_color;
    node slot = xml_tree_child(scheme, NS_A, mapped(x, name)), color = xml_tree_first_element(slot);
    if (xml_tree_is(color, NS_A, "sysClr"))
        return hex_color(xml_tree_attr(color, 0, "lastClr"));
    return hex_color(xml_tree_attr(color, 0, "val"));
}

static int64_t base_color(const struct pptx *x, node c)
{
    const char *val = xml_tree_attr(c, 0, "val");
    if (xml_tree_is(c, NS_A, "srgbClr"))
        return hex_color(val);
    if (xml_tree_is(c, NS_A, "schemeClr"))
        return val ? pptx_scheme_color(x, val) : -1;
    if (xml_tree_is(c, NS_A, "sysClr"))
        return hex_color(xml_tree_attr(c, 0, "lastClr"));
    if (xml_tree_is(c, NS_A, "prstClr"))
        return preset_color(val);
    if (xml_tree_is(c, NS_A, "hslClr"))
        return from_hsl((struct hsl){(double)(pptx_int(c, "hue", 0) % 21600000) / 21600000,
                                     (double)pptx_ratio(c, "sat", 0) / 1000,
                                     (double)pptx_ratio(c, "lum", 0) / 1000});
    return -1;
}

int64_t pptx_color(const struct pptx *x, node holder, int64_t otherwise)
{
    for (node c = xml_tree_first_element(holder); c; c = xml_tree_next_element(c)) {
        int64_t rgb = base_color(x, c);
        if (rgb < 0)
            continue;
        struct hsl shade = to_hsl(rgb);
        for (node m = xml_tree_first_element(c); m; m = xml_tree_next_element(m))
            shade = changed(shade, m);
        return from_hsl(shade);
    }
    return otherwise;
}

static void picture_fill(struct pptx *x, const struct page *page, node fill, struct slides_fill *ret)
{
    const char *id = xml_tree_attr(xml_tree_child(fill, NS_A, "blip"), NS_R, "embed");
    const struct parts_relationship *rel = parts_by_id(page->rel, page->n_rel, id);
    ret->detail = rel && !rel->external ? pptx_hash(x, rel->target) : "";
}

bool pptx_fill(struct pptx *x, const struct page *page, node holder, struct slides_fill *ret)
{
    struct slides_fill f = {.kind = "", .color = SLIDES_COLOR_NONE, .detail = ""};
    for (node n = xml_tree_first_element(holder); n && !*f.kind; n = xml_tree_next_element(n))
        if (xml_tree_is(n, NS_A, "noFill"))
            f.kind = "none";
        else if (xml_tree_is(n, NS_A, "solidFill")) {
            f.kind = "solid";
            f.color = pptx_color(x, n, SLIDES_COLOR_NONE);
        } else if (xml_tree_is(n, NS_A, "gradFill")) {
            f.kind = "gradient";
            f.color = pptx_color(x, xml_tree_child(xml_tree_child(n, NS_A, "gsLst"), NS_A, "gs"),
                                 SLIDES_COLOR_NONE);
        } else if (xml_tree_is(n, NS_A, "blipFill")) {
            f.kind = "picture";
            picture_fill(x, page, n, &f);
        } else if (xml_tree_is(n, NS_A, "pattFill")) {
            f.kind = "pattern";
            f.color = pptx_color(x, xml_tree_child(n, NS_A, "fgClr"), SLIDES_COLOR_NONE);
            f.detail = slides_string(x->slides, xml_tree_attr(n, 0, "prst"));
        }
    if (*f.kind)
        *ret = f;
    return *f.kind;
}

bool pptx_theme_fill(struct pptx *x, const char *list, int64_t index, node reference, struct slides_fill *ret)
{
    node formats =
        xml_tree_child(xml_tree_child(pptx_root(&x->theme), NS_A, "themeElements"), NS_A, "fmtScheme");
    node style = xml_tree_first_element(xml_tree_child(formats, NS_A, list));
    for (int64_t i = 1; style && i < index; i++)
        style = xml_tree_next_element(style);
    if (index < 1 || !style)
        return false;
    struct xml_tree_node only = *style, holder = {.first = &only};
    only.next = NULL;
    x->placeholder_color = pptx_color(x, reference, SLIDES_COLOR_NONE);
    bool found = pptx_fill(x, &x->theme, &holder, ret);
    x->placeholder_color = SLIDES_COLOR_NONE;
    return found;
}

static const char *typeface(node font)
{
    const char *name = xml_tree_attr(font, 0, "typeface");
    return name && *name ? name : NULL;
}

const char *pptx_font(const struct pptx *x, const char *name)
{
    if (!name || name[0] != '+')
        return name ? name : "";
    node fonts =
        xml_tree_child(xml_tree_child(pptx_root(&x->theme), NS_A, "themeElements"), NS_A, "fontScheme");
    fonts = xml_tree_child(fonts, NS_A, strncmp(name, "+mj", 3) == 0 ? "majorFont" : "minorFont");
    const char *tail = strchr(name, '-');
    bool asian = tail && strcmp(tail, "-ea") == 0;
    const char *found = typeface(xml_tree_child(fonts, NS_A, asian ? "ea" : "latin"));
    for (node f = xml_tree_child(fonts, NS_A, "font"); asian && !found && f;
         f = xml_tree_next(f, NS_A, "font")) {
        const char *script = xml_tree_attr(f, 0, "script");
        if (script && strcmp(script, "Hans") == 0)
            found = typeface(f);
    }
    return found ? found : "";
}

const struct memo *pptx_recall(const struct pptx *x, char kind, const char *part)
{
    const struct memo *m = x->memo;
    while (m && (m->kind != kind || strcmp(m->part, part) != 0))
        m = m->next;
    return m;
}

const char *pptx_remember(struct pptx *x, char kind, const char *part, const char *value)
{
    value = slides_string(x->slides, value);
    part = slides_string(x->slides, part);
    if (x->slides->full)
        return value;
    struct memo *m = arena_alloc(x->slides->arena, sizeof *m);
    *m = (struct memo){.next = x->memo, .part = part, .value = value, .kind = kind};
    x->memo = m;
    return value;
}

const char *pptx_hash(struct pptx *x, const char *part)
{
    uint8_t hash[32];
    char hex[65] = "";
    if (!parts_has(x->parts, part))
        return "";
    const struct memo *m = pptx_recall(x, 'h', part);
    if (m)
        return m->value;
    if (parts_hash(x->parts, part, hash, NULL) == 0)
        hex_encode(hex, hash, sizeof hash);
    return pptx_remember(x, 'h', part, hex);
}

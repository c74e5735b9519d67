/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

/* ECMA-376 part 1, 18.8.27; 64 and 65 are the system's. */
static const int32_t default_indexed[XLSX_INDEXED_COLORS] = {
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x000000, 0xFFFFFF,
    0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080, 0x808000,
    0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080,
    0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF,
    0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC,
    0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300,
    0x993300, 0x993366, 0x333399, 0x333333,
};

/* The theme of a new Office file; in the order of xlsx's indexes: light 1 first. */
static const int32_t default_theme[XLSX_THEME_COLORS] = {
    0xFFFFFF, 0x000000, 0xE7E6E6, 0x44546A, 0x4472C4, 0xED7D31,
    0xA5A5A5, 0xFFC000, 0x5B9BD5, 0x70AD47, 0x0563C1, 0x954F72,
};
static const char *const theme_names[XLSX_THEME_COLORS] = {
    "lt1",     "dk1",     "lt2",     "dk2",     "accent1", "accent2",
    "accent3", "accent4", "accent5", "accent6", "hlink",   "folHlink",
};

void xlsx_default_colors(struct xlsx *x)
{
    memcpy(x->theme, default_theme, sizeof x->theme);
    memcpy(x->indexed, default_indexed, sizeof x->indexed);
}

/* RRGGBB or AARRGGBB. */
static bool hex_color(const char *text, uint32_t *ret)
{
    size_t n = strspn(text, "0123456789abcdefABCDEF");
    if (text[n] != '\0' || (n != 6 && n != 8))
        return false;
    *ret = (uint32_t)strtoul(text, NULL, 16);
    return true;
}

void xlsx_read_indexed(struct xlsx *x, const struct xml_tree_node *colors)
{
    const struct xml_tree_node *n =
        xml_tree_child(xml_tree_child(colors, NS_S, "indexedColors"), NS_S, "rgbColor");
    for (size_t i = 0; n && i < XLSX_INDEXED_COLORS; i++, n = xml_tree_next(n, NS_S, "rgbColor")) {
        const char *rgb = xml_tree_attr(n, 0, "rgb");
        uint32_t argb;
        if (rgb && hex_color(rgb, &argb))
            x->indexed[i] = (int32_t)(argb & 0xFFFFFF);
    }
}

int xlsx_read_theme(struct xlsx *x, const char *part, struct err *e)
{
    struct xml_tree *t;
    int r = xlsx_optional(x, part, &t, e);
    if (r < 0 || !t)
        return r;
    const struct xml_tree_node *elements = xml_tree_child(xml_tree_root(t), NS_A, "themeElements");
    const struct xml_tree_node *scheme = xml_tree_child(elements, NS_A, "clrScheme");
    for (int i = 0; i < XLSX_THEME_COLORS; i++) {
        const struct xml_tree_node *n = xml_tree_first_element(xml_tree_child(scheme, NS_A, theme_names[i]));
        const char *value =
            n ? xml_tree_attr(n, 0, strcmp(n->name, "sysClr") == 0 ? "lastClr" : "val") : NULL;
        uint32_t rgb;
        if (value && hex_color(value, &rgb))
            x->theme[i] = (int32_t)(rgb & 0xFFFFFF);
    }
    xml_tree_free(t);
    return 0;
}

static int32_t indexed_color(const struct xlsx *x, int64_t i)
{
    return i >= 0 && i < XLSX_INDEXED_COLORS ? x->indexed[i] : -1;
}

struct sheet_color xlsx_color(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct sheet_color c = {.kind = COLOR_NONE, .rgb = -1};
    if (!n)
        return c;
    const char *rgb = xml_tree_attr(n, 0, "rgb");
    int64_t theme = xlsx_attr_int(n, "theme", -1), index = xlsx_attr_int(n, "indexed", -1);
    c.kind = COLOR_AUTO;
    if (rgb && hex_color(rgb, &c.argb)) {
        c.kind = COLOR_RGB;
        c.rgb = (int32_t)(c.argb & 0xFFFFFF);
    } else if (theme >= 0 && theme < XLSX_THEME_COLORS) {
        c.kind = COLOR_THEME;
        c.theme = (int)theme;
        c.rgb = x->theme[theme];
    } else if (index >= 0) {
        c.kind = COLOR_INDEXED;
        c.theme = (int)(index < 256 ? index : 255);
        c.rgb = indexed_color(x, index);
    }
    if (c.rgb >= 0)
        c.rgb = sheet_tint(c.rgb, xlsx_attr_number(n, "tint", 0));
    return c;
}

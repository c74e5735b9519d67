/* SPDX-License-Identifier: Apache-2.0 */
/* Themes: fonts behind "minorEastAsia", colours behind "accent1" with tint and shade (ECMA-376 part 1,
 * 20.1.6 and 17.3.2.6). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

static const char *const scheme[12] = {"dk1",     "lt1",     "dk2",     "lt2",     "accent1", "accent2",
                                       "accent3", "accent4", "accent5", "accent6", "hlink",   "folHlink"};
static const char *const told_names[12] = {"dark1",   "light1",  "dark2",     "light2",
                                           "accent1", "accent2", "accent3",   "accent4",
                                           "accent5", "accent6", "hyperlink", "followedHyperlink"};
static const char *const mapped[12] = {"text1",   "background1", "text2",     "background2",
                                       "accent1", "accent2",     "accent3",   "accent4",
                                       "accent5", "accent6",     "hyperlink", "followedHyperlink"};
static const char *const short_names[12] = {"tx1",     "bg1",     "tx2",     "bg2",
                                            "accent1", "accent2", "accent3", "accent4",
                                            "accent5", "accent6", "hlink",   "folHlink"};

static int find(const char *const *names, const char *s)
{
    for (int i = 0; i < 12; i++)
        if (strcmp(names[i], s) == 0)
            return i;
    return -1;
}

static int32_t theme_color(const struct docx *x, const char *name)
{
    int at = find(mapped, name);
    if (at < 0)
        at = find(short_names, name);
    if (at >= 0)
        return x->theme.color[x->theme.map[at]];
    at = find(told_names, name);
    if (at < 0)
        at = find(scheme, name);
    return at < 0 ? WORD_NO_COLOR : x->theme.color[at];
}

/* Luminance (HSL) times keep plus add, in 100,000ths; hue and saturation stay. Exact in whole numbers: a
 * channel lies between the least and the greatest one where it lay before. */
int32_t docx_color_lighten(int32_t color, int64_t keep, int64_t add)
{
    if (color < 0)
        return color;
    const int64_t one = 100000;
    int64_t c[3] = {color >> 16 & 255, color >> 8 & 255, color & 255};
    int64_t most = c[0], least = c[0];
    for (int i = 1; i < 3; i++) {
        most = c[i] > most ? c[i] : most;
        least = c[i] < least ? c[i] : least;
    }
    int64_t sum = most + least, spread = most - least;
    int64_t l = sum * one / 510;
    int64_t room = sum <= 255 ? sum : 510 - sum;
    int64_t s = room ? spread * one / room : 0;
    int64_t light = l * keep / one + add;
    light = light < 0 ? 0 : light > one ? one : light;
    int64_t width = (light * 2 <= one ? light * 2 : 2 * one - 2 * light) * s / one;
    int32_t ret = 0;
    for (int i = 0; i < 3; i++) {
        int64_t at = light - width / 2 + (spread ? width * (c[i] - least) / spread : 0);
        int64_t byte = (at * 255 + one / 2) / one;
        ret = ret << 8 | (int32_t)(byte < 0 ? 0 : byte > 255 ? 255 : byte);
    }
    return ret;
}

static int64_t hex_byte(const char *s)
{
    uint8_t b;
    if (!s || strlen(s) != 2 || !hex_decode(&b, 1, s))
        return -1;
    return b;
}

static bool near(int32_t a, int32_t b)
{
    for (int shift = 0; shift <= 16; shift += 8) {
        int32_t d = (a >> shift & 255) - (b >> shift & 255);
        if (d > 3 || d < -3)
            return false;
    }
    return true;
}

/* The theme decides; where the digits that Word wrote besides are the same but for rounding, they are what
 * Word shows. */
int32_t docx_color(const struct docx *x, node *n, const char *plain, const char *theme, const char *tint,
                   const char *shade)
{
    int32_t written = docx_hex(docx_attr(n, plain));
    const char *name = docx_attr(n, theme);
    if (!name)
        return written;
    int32_t color = theme_color(x, name);
    int64_t t = hex_byte(docx_attr(n, tint)), s = hex_byte(docx_attr(n, shade));
    if (s >= 0)
        color = docx_color_lighten(color, s * 100000 / 255, 0);
    if (t >= 0)
        color = docx_color_lighten(color, t * 100000 / 255, 100000 - t * 100000 / 255);
    if (color < 0)
        return written;
    return written >= 0 && near(written, color) ? written : color;
}

static int64_t percent(node *n, const char *name, int64_t otherwise)
{
    node *c = xml_tree_child(n, NS_A, name);
    int64_t x;
    const char *val = c ? xml_tree_attr(c, NS_NONE, "val") : NULL;
    if (!docx_integer(val, &x))
        return otherwise;
    return strchr(val, '%') ? x * 1000 : x;
}

int32_t docx_drawing_color(const struct docx *x, node *fill)
{
    node *c = fill ? xml_tree_first_element(fill) : NULL;
    const char *val = c ? xml_tree_attr(c, NS_NONE, "val") : NULL;
    int32_t color = WORD_NO_COLOR;
    if (!c)
        return color;
    if (strcmp(c->name, "srgbClr") == 0)
        color = docx_hex(val);
    else if (strcmp(c->name, "schemeClr") == 0 && val)
        color = theme_color(x, val);
    else if (strcmp(c->name, "sysClr") == 0)
        color = docx_hex(xml_tree_attr(c, NS_NONE, "lastClr"));
    else if (strcmp(c->name, "prstClr") == 0 && val)
        color = strcmp(val, "black") == 0   ? 0
                : strcmp(val, "white") == 0 ? 0xFFFFFF
                : strcmp(val, "red") == 0   ? 0xFF0000
                                            : WORD_NO_COLOR;
    int64_t mod = percent(c, "lumMod", 100000), off = percent(c, "lumOff", 0);
    return mod == 100000 && off == 0 ? color : docx_color_lighten(color, mod, off);
}

static const char *script_of(const char *language)
{
    if (!language || strncmp(language, "zh", 2) == 0)
        return language && (strstr(language, "TW") || strstr(language, "HK") || strstr(language, "Hant"))
                   ? "Hant"
                   : "Hans";
    return strncmp(language, "ja", 2) == 0 ? "Jpan" : strncmp(language, "ko", 2) == 0 ? "Hang" : "Hans";
}

static const char *typeface(struct docx *x, node *n)
{
    const char *s = n ? xml_tree_attr(n, NS_NONE, "typeface") : NULL;
    return s && *s ? docx_keep(x, s) : NULL;
}

static void fonts_read(struct docx *x, node *fonts, int which)
{
    x->theme.latin[which] = typeface(x, xml_tree_child(fonts, NS_A, "latin"));
    x->theme.asian[which] = typeface(x, xml_tree_child(fonts, NS_A, "ea"));
    const char *script = script_of(x->theme.asian_language);
    for (node *f = xml_tree_child(fonts, NS_A, "font"); f && !x->theme.asian[which];
         f = xml_tree_next(f, NS_A, "font")) {
        const char *s = xml_tree_attr(f, NS_NONE, "script");
        if (s && strcmp(s, script) == 0)
            x->theme.asian[which] = typeface(x, f);
    }
}

static void colors_read(struct docx *x, node *colors)
{
    for (int i = 0; i < 12; i++) {
        node *c = xml_tree_child(colors, NS_A, scheme[i]);
        if (c)
            x->theme.color[i] = docx_drawing_color(x, c);
    }
}

const char *docx_theme_font(const struct docx *x, const char *ref)
{
    int which = strncmp(ref, "major", 5) == 0 ? 0 : 1;
    return strstr(ref, "EastAsia") ? x->theme.asian[which] : x->theme.latin[which];
}

int docx_theme_read(struct docx *x, struct err *e)
{
    struct xml_tree *tree;
    const char *part;
    static const int32_t office[12] = {0,        0xFFFFFF, 0x1F497D, 0xEEECE1, 0x4F81BD, 0xC0504D,
                                       0x9BBB59, 0x8064A2, 0x4BACC6, 0xF79646, 0x0000FF, 0x800080};
    memcpy(x->theme.color, office, sizeof office);
    int r = docx_part(x, "theme", &tree, &part, e);
    if (r < 0 || !tree)
        return r;
    node *elements = xml_tree_child(xml_tree_root(tree), NS_A, "themeElements");
    node *fonts = xml_tree_child(elements, NS_A, "fontScheme");
    fonts_read(x, xml_tree_child(fonts, NS_A, "majorFont"), 0);
    fonts_read(x, xml_tree_child(fonts, NS_A, "minorFont"), 1);
    colors_read(x, xml_tree_child(elements, NS_A, "clrScheme"));
    xml_tree_free(tree);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Character properties of one level (ECMA-376 part 1, 17.3.2). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

static const struct {
    const char *name;
    uint16_t bit;
} toggles[] = {
    {"b", WORD_BOLD | WORD_BOLD_ASIAN},
    {"i", WORD_ITALIC | WORD_ITALIC_ASIAN},
    {"strike", WORD_STRIKE},
    {"dstrike", WORD_DOUBLE_STRIKE},
    {"caps", WORD_CAPS},
    {"smallCaps", WORD_SMALL_CAPS},
    {"outline", WORD_OUTLINE},
    {"shadow", WORD_SHADOW},
    {"emboss", WORD_EMBOSS},
    {"imprint", WORD_IMPRINT},
    {"vanish", WORD_HIDDEN},
};

static bool toggle_read(node *n, enum word_source source, struct docx_rpr *r)
{
    for (size_t i = 0; i < sizeof toggles / sizeof *toggles; i++)
        if (strcmp(n->name, toggles[i].name) == 0) {
            r->toggle_has |= toggles[i].bit;
            if (docx_on(n))
                r->toggle_on |= toggles[i].bit;
            else
                r->toggle_on &= (uint16_t)~toggles[i].bit;
            if (toggles[i].bit & WORD_BOLD)
                r->c.bold_from = (uint8_t)source;
            return true;
        }
    return false;
}

static void latin_read(struct docx *x, node *n, enum word_source source, struct docx_rpr *r)
{
    const char *theme = docx_attr(n, "asciiTheme"), *name = docx_attr(n, "ascii");
    if (!theme && !name) {
        theme = docx_attr(n, "hAnsiTheme");
        name = docx_attr(n, "hAnsi");
    }
    if (!theme && !name)
        return;
    r->has |= HAS_LATIN;
    r->c.latin_theme = docx_keep(x, theme);
    r->c.latin = theme ? docx_theme_font(x, theme) : NULL;
    if (!r->c.latin)
        r->c.latin = docx_keep(x, name);
    r->c.latin_from = (uint8_t)source;
}

static void asian_read(struct docx *x, node *n, enum word_source source, struct docx_rpr *r)
{
    const char *theme = docx_attr(n, "eastAsiaTheme"), *name = docx_attr(n, "eastAsia");
    if (!theme && !name)
        return;
    r->has |= HAS_ASIAN;
    r->c.asian_theme = docx_keep(x, theme);
    r->c.asian = theme ? docx_theme_font(x, theme) : NULL;
    if (!r->c.asian)
        r->c.asian = docx_keep(x, name);
    r->c.asian_from = (uint8_t)source;
}

static int32_t highlight(const char *name)
{
    static const struct {
        const char *name;
        int32_t color;
    } colors[] = {
        {"black", 0},           {"blue", 0x0000FF},       {"cyan", 0x00FFFF},      {"green", 0x00FF00},
        {"magenta", 0xFF00FF},  {"red", 0xFF0000},        {"yellow", 0xFFFF00},    {"white", 0xFFFFFF},
        {"darkBlue", 0x000080}, {"darkCyan", 0x008080},   {"darkGreen", 0x008000}, {"darkMagenta", 0x800080},
        {"darkRed", 0x800000},  {"darkYellow", 0x808000}, {"darkGray", 0x808080},  {"lightGray", 0xC0C0C0}};
    for (size_t i = 0; name && i < sizeof colors / sizeof *colors; i++)
        if (strcmp(name, colors[i].name) == 0)
            return colors[i].color;
    return WORD_NO_COLOR;
}

static void color_read(struct docx *x, node *n, enum word_source source, struct docx_rpr *r)
{
    r->has |= HAS_COLOR;
    r->c.color = docx_color(x, n, "val", "themeColor", "themeTint", "themeShade");
    r->c.color_raw = docx_keep(x, docx_val(n));
    r->c.color_from = (uint8_t)source;
}

static void underline_read(struct docx *x, node *n, struct docx_rpr *r)
{
    if (docx_val(n)) {
        r->has |= HAS_UNDERLINE;
        r->c.underline = docx_keep(x, docx_val(n));
    }
    if (docx_attr(n, "color") || docx_attr(n, "themeColor")) {
        r->has |= HAS_UNDERLINE_COLOR;
        r->c.underline_color = docx_color(x, n, "color", "themeColor", "themeTint", "themeShade");
    }
}

/* A solid pattern shows its own colour, no pattern the fill's. */
static int32_t shading(struct docx *x, node *n)
{
    const char *pattern = docx_val(n);
    if (pattern && strcmp(pattern, "solid") == 0)
        return docx_color(x, n, "color", "themeColor", "themeTint", "themeShade");
    return docx_color(x, n, "fill", "themeFill", "themeFillTint", "themeFillShade");
}

static void token(struct docx *x, node *n, uint32_t bit, const char **member, struct docx_rpr *r)
{
    if (!docx_val(n))
        return;
    r->has |= bit;
    *member = docx_keep(x, docx_val(n));
}

static void length(node *n, int64_t unit, uint32_t bit, int32_t *member, struct docx_rpr *r)
{
    if (docx_length(docx_val(n), unit, member))
        r->has |= bit;
}

static void size_read(node *n, enum word_source source, struct docx_rpr *r)
{
    length(n, 12700 / 2, HAS_SIZE, &r->c.size, r);
    r->c.size_asian = r->c.size;
    r->c.size_from = (uint8_t)source;
}

static void scale_read(node *n, struct docx_rpr *r)
{
    int64_t percent;
    const char *val = docx_val(n);
    if (val && docx_integer(strchr(val, '%') ? "" : val, &percent) && percent > 0 && percent <= 600) {
        r->has |= HAS_SCALE;
        r->c.scale = (int32_t)percent * 10;
    }
}

static void property_read(struct docx *x, node *n, enum word_source source, struct docx_rpr *r)
{
    const char *name = n->name;
    if (strcmp(name, "rStyle") == 0)
        r->style = docx_val(n);
    else if (strcmp(name, "rFonts") == 0) {
        latin_read(x, n, source, r);
        asian_read(x, n, source, r);
    } else if (strcmp(name, "sz") == 0)
        size_read(n, source, r);
    else if (strcmp(name, "color") == 0)
        color_read(x, n, source, r);
    else if (strcmp(name, "u") == 0)
        underline_read(x, n, r);
    else if (strcmp(name, "highlight") == 0) {
        r->has |= HAS_HIGHLIGHT;
        r->c.highlight = highlight(docx_val(n));
    } else if (strcmp(name, "shd") == 0) {
        r->has |= HAS_RUN_SHADING;
        r->c.shading = shading(x, n);
    } else if (strcmp(name, "vertAlign") == 0)
        token(x, n, HAS_VERTICAL, &r->c.vertical, r);
    else if (strcmp(name, "em") == 0)
        token(x, n, HAS_EMPHASIS, &r->c.emphasis, r);
    else if (strcmp(name, "spacing") == 0)
        length(n, 635, HAS_SPACING, &r->c.spacing, r);
    else if (strcmp(name, "position") == 0)
        length(n, 12700 / 2, HAS_POSITION, &r->c.position, r);
    else if (strcmp(name, "w") == 0)
        scale_read(n, r);
    else if (strcmp(name, "bdr") == 0) {
        r->has |= HAS_RUN_BORDER;
        r->c.border = docx_border(x, n);
    }
}

void docx_rpr_read(struct docx *x, node *rpr, enum word_source source, struct docx_rpr *ret)
{
    memset(ret, 0, sizeof *ret);
    for (node *n = rpr ? xml_tree_first_element(rpr) : NULL; n; n = xml_tree_next_element(n))
        if (n->ns == NS_W && !toggle_read(n, source, ret))
            property_read(x, n, source, ret);
}

static void fonts_over(struct docx_rpr *base, const struct docx_rpr *over)
{
    if (over->has & HAS_LATIN) {
        base->c.latin = over->c.latin;
        base->c.latin_theme = over->c.latin_theme;
        base->c.latin_from = over->c.latin_from;
    }
    if (over->has & HAS_ASIAN) {
        base->c.asian = over->c.asian;
        base->c.asian_theme = over->c.asian_theme;
        base->c.asian_from = over->c.asian_from;
    }
}

static void size_and_color_over(struct docx_rpr *base, const struct docx_rpr *over)
{
    if (over->has & HAS_SIZE) {
        base->c.size = base->c.size_asian = over->c.size;
        base->c.size_from = over->c.size_from;
    }
    if (over->has & HAS_COLOR) {
        base->c.color = over->c.color;
        base->c.color_raw = over->c.color_raw;
        base->c.color_from = over->c.color_from;
    }
}

void docx_rpr_over(struct docx_rpr *base, const struct docx_rpr *over)
{
    fonts_over(base, over);
    size_and_color_over(base, over);
    if (over->has & HAS_UNDERLINE)
        base->c.underline = over->c.underline;
    if (over->has & HAS_UNDERLINE_COLOR)
        base->c.underline_color = over->c.underline_color;
    if (over->has & HAS_HIGHLIGHT)
        base->c.highlight = over->c.highlight;
    if (over->has & HAS_RUN_SHADING)
        base->c.shading = over->c.shading;
    if (over->has & HAS_VERTICAL)
        base->c.vertical = over->c.vertical;
    if (over->has & HAS_EMPHASIS)
        base->c.emphasis = over->c.emphasis;
    if (over->has & HAS_SPACING)
        base->c.spacing = over->c.spacing;
    if (over->has & HAS_POSITION)
        base->c.position = over->c.position;
    if (over->has & HAS_SCALE)
        base->c.scale = over->c.scale;
    if (over->has & HAS_RUN_BORDER)
        base->c.border = over->c.border;
    base->has |= over->has;
    base->toggle_on =
        (uint16_t)((base->toggle_on & ~over->toggle_has) | (over->toggle_on & over->toggle_has));
    base->toggle_has |= over->toggle_has;
    if (over->toggle_has & WORD_BOLD)
        base->c.bold_from = over->c.bold_from;
}

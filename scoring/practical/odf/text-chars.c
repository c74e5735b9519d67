/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

/* One level of text properties that is being written over what is below it. */
struct level {
    struct text_reader *r;
    const struct odf_style *style;
    const struct xml_tree_node *properties;
    struct word_chars *c;
    enum word_source from;
};
typedef void setter(struct level *l, const char *value);

static void flag(struct level *l, enum word_toggle toggle, bool on)
{
    l->c->on = (uint16_t)(on ? l->c->on | toggle : l->c->on & ~toggle);
}

static const char *font(struct level *l, enum odf_script script)
{
    return text_keep(l->r, odf_font(l->style->styles, l->style->part, l->properties, script, l->r->p->arena));
}

static void set_latin(struct level *l, const char *value)
{
    (void)value;
    l->c->latin = font(l, ODF_LATIN);
    l->c->latin_from = (uint8_t)l->from;
}

static void set_asian(struct level *l, const char *value)
{
    (void)value;
    l->c->asian = font(l, ODF_ASIAN);
    l->c->asian_from = (uint8_t)l->from;
}

static int32_t size(const char *value, int32_t under)
{
    int64_t part;
    if (odf_percent(value, &part))
        return part > 0 && part <= 100000 && under < 127000000 ? (int32_t)((under * part + 500) / 1000)
                                                               : under;
    return text_emu(value, under);
}

static void set_size(struct level *l, const char *value)
{
    l->c->size = size(value, l->c->size);
    l->c->size_raw = text_keep(l->r, value);
    l->c->size_from = (uint8_t)l->from;
}

static void set_size_asian(struct level *l, const char *value)
{
    l->c->size_asian = size(value, l->c->size_asian);
}

static bool heavy(const char *value)
{
    return odf_is(value, "bold") || odf_integer(value, 0, 1000, 0) >= 600;
}

static void set_bold(struct level *l, const char *value)
{
    flag(l, WORD_BOLD, heavy(value));
    l->c->bold_from = (uint8_t)l->from;
}

static void set_bold_asian(struct level *l, const char *value)
{
    flag(l, WORD_BOLD_ASIAN, heavy(value));
}

static bool slanted(const char *value)
{
    return odf_is(value, "italic") || odf_is(value, "oblique");
}

static void set_italic(struct level *l, const char *value)
{
    flag(l, WORD_ITALIC, slanted(value));
}

static void set_italic_asian(struct level *l, const char *value)
{
    flag(l, WORD_ITALIC_ASIAN, slanted(value));
}

/* Style, type, width and mode together make one of OOXML's kinds (17.18.99). */
static void set_underline(struct level *l, const char *value)
{
    static const struct {
        const char *style, *plain, *bold, *twice;
    } kinds[] = {
        {"solid", "single", "thick", "double"},
        {"dotted", "dotted", "dottedHeavy", "dotted"},
        {"dash", "dash", "dashedHeavy", "dash"},
        {"long-dash", "dashLong", "dashLongHeavy", "dashLong"},
        {"dot-dash", "dotDash", "dashDotHeavy", "dotDash"},
        {"dot-dot-dash", "dotDotDash", "dashDotDotHeavy", "dotDotDash"},
        {"wave", "wave", "wavyHeavy", "wavyDouble"},
    };
    const char *width = xml_tree_attr(l->properties, NS_STYLE, "text-underline-width");
    const char *type = xml_tree_attr(l->properties, NS_STYLE, "text-underline-type");
    bool bold = odf_is(width, "bold") || odf_is(width, "thick");
    l->c->underline = "none";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].style, value) == 0)
            l->c->underline = odf_is(type, "double") ? kinds[i].twice : bold ? kinds[i].bold : kinds[i].plain;
    if (strcmp(l->c->underline, "single") == 0 &&
        odf_is(xml_tree_attr(l->properties, NS_STYLE, "text-underline-mode"), "skip-white-space"))
        l->c->underline = "words";
}

static void set_underline_color(struct level *l, const char *value)
{
    l->c->underline_color = odf_color(value);
}

static void set_color(struct level *l, const char *value)
{
    if (odf_true(xml_tree_attr(l->properties, NS_STYLE, "use-window-font-color")) || odf_color(value) < 0)
        return;
    char raw[8];
    for (int i = 0; i < 7; i++)
        raw[i] = (char)(value[i + 1] >= 'a' ? value[i + 1] - 32 : value[i + 1]);
    l->c->color = odf_color(value);
    l->c->color_raw = text_keep(l->r, raw);
    l->c->color_from = (uint8_t)l->from;
}

static void set_automatic_color(struct level *l, const char *value)
{
    if (!odf_true(value))
        return;
    l->c->color = WORD_NO_COLOR;
    l->c->color_raw = "auto";
    l->c->color_from = (uint8_t)l->from;
}

static void set_background(struct level *l, const char *value)
{
    l->c->highlight = l->c->shading = odf_color(value);
}

static void set_strike(struct level *l, const char *value)
{
    bool on = strcmp(value, "none") != 0;
    bool twice = odf_is(xml_tree_attr(l->properties, NS_STYLE, "text-line-through-type"), "double");
    flag(l, WORD_STRIKE, on && !twice);
    flag(l, WORD_DOUBLE_STRIKE, on && twice);
}

/* "super 58%", "-33% 58%": smaller text is a script, text of full size is raised or lowered. */
static void set_position(struct level *l, const char *value)
{
    int64_t part, scale = 1000;
    char first[16] = {0};
    size_t n = strcspn(value, " ");
    memcpy(first, value, n < 15 ? n : 15);
    if (value[n])
        odf_percent(value + n + 1, &scale);
    l->c->vertical = "baseline";
    l->c->position = 0;
    if (odf_percent(first, &part) && (part == 0 || scale >= 1000)) {
        l->c->position = part > -10000 && part < 10000 ? (int32_t)((int64_t)l->c->size * part / 1000) : 0;
        return;
    }
    bool up = strcmp(first, "super") == 0 || (first[0] != '-' && first[0] >= '0' && first[0] <= '9');
    l->c->vertical = up ? "superscript" : "subscript";
}

static void set_spacing(struct level *l, const char *value)
{
    l->c->spacing = text_emu(value, 0);
}

static void set_scale(struct level *l, const char *value)
{
    int64_t part;
    if (odf_percent(value, &part) && part > 0 && part <= 100000)
        l->c->scale = (int32_t)part;
}

static void set_case(struct level *l, const char *value)
{
    flag(l, WORD_CAPS, strcmp(value, "uppercase") == 0);
}

static void set_variant(struct level *l, const char *value)
{
    flag(l, WORD_SMALL_CAPS, strcmp(value, "small-caps") == 0);
}

static void set_outline(struct level *l, const char *value)
{
    flag(l, WORD_OUTLINE, odf_true(value));
}

static void set_shadow(struct level *l, const char *value)
{
    flag(l, WORD_SHADOW, strcmp(value, "none") != 0);
}

static void set_relief(struct level *l, const char *value)
{
    flag(l, WORD_EMBOSS, strcmp(value, "embossed") == 0);
    flag(l, WORD_IMPRINT, strcmp(value, "engraved") == 0);
}

static void set_display(struct level *l, const char *value)
{
    flag(l, WORD_HIDDEN, strcmp(value, "none") == 0);
}

static void set_emphasis(struct level *l, const char *value)
{
    bool below = strstr(value, "below") != NULL;
    l->c->emphasis = strstr(value, "dot") || strstr(value, "disc") ? (below ? "underDot" : "dot")
                     : strstr(value, "circle")                     ? "circle"
                     : strstr(value, "accent")                     ? "comma"
                                                                   : "none";
}

static void set_border(struct level *l, const char *value)
{
    l->c->border = text_border(value, NULL, xml_tree_attr(l->properties, NS_FO, "padding"));
}

static const struct {
    uint8_t ns;
    const char *name;
    setter *set;
} setters[] = {
    {NS_STYLE, "font-name", set_latin},
    {NS_FO, "font-family", set_latin},
    {NS_STYLE, "font-name-asian", set_asian},
    {NS_STYLE, "font-family-asian", set_asian},
    {NS_FO, "font-size", set_size},
    {NS_STYLE, "font-size-asian", set_size_asian},
    {NS_FO, "font-weight", set_bold},
    {NS_STYLE, "font-weight-asian", set_bold_asian},
    {NS_FO, "font-style", set_italic},
    {NS_STYLE, "font-style-asian", set_italic_asian},
    {NS_STYLE, "text-underline-style", set_underline},
    {NS_STYLE, "text-underline-color", set_underline_color},
    {NS_FO, "color", set_color},
    {NS_STYLE, "use-window-font-color", set_automatic_color},
    {NS_FO, "background-color", set_background},
    {NS_STYLE, "text-line-through-style", set_strike},
    {NS_STYLE, "text-position", set_position},
    {NS_FO, "letter-spacing", set_spacing},
    {NS_STYLE, "text-scale", set_scale},
    {NS_FO, "text-transform", set_case},
    {NS_FO, "font-variant", set_variant},
    {NS_STYLE, "text-outline", set_outline},
    {NS_FO, "text-shadow", set_shadow},
    {NS_STYLE, "font-relief", set_relief},
    {NS_TEXT, "display", set_display},
    {NS_STYLE, "text-emphasize", set_emphasis},
    {NS_FO, "border", set_border},
};

static enum word_source source_of(const struct odf_style *s)
{
    return s->automatic ? WORD_DIRECT : *s->name ? WORD_STYLE : WORD_DEFAULTS;
}

void text_chars_level(struct text_reader *r, const struct odf_style *style, struct word_chars *c)
{
    struct level l = {r, style, odf_style_group(style, "text-properties"), c, source_of(style)};
    for (uint16_t i = 0; l.properties && i < l.properties->n_attributes; i++) {
        const struct xml_tree_attribute *a = &l.properties->attribute[i];
        for (size_t k = 0; k < sizeof setters / sizeof *setters; k++)
            if (setters[k].ns == a->ns && strcmp(setters[k].name, a->name) == 0) {
                setters[k].set(&l, a->value);
                break;
            }
    }
}

void text_chars_chain(struct text_reader *r, const struct odf_style *style, struct word_chars *c)
{
    const struct odf_style *chain[ODF_CHAIN];
    int n = 0;
    for (; style && n < ODF_CHAIN; style = style->parent)
        chain[n++] = style;
    while (n-- > 0)
        text_chars_level(r, chain[n], c);
}

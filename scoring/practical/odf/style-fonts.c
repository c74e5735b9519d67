/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/odf/styles.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/parts.h"

static const struct {
    const char *name, *family, *size;
    uint8_t family_ns, size_ns;
} variants[] = {
    [ODF_LATIN] = {"font-name", "font-family", "font-size", NS_FO, NS_FO},
    [ODF_ASIAN] = {"font-name-asian", "font-family-asian", "font-size-asian", NS_STYLE, NS_STYLE},
    [ODF_COMPLEX] = {"font-name-complex", "font-family-complex", "font-size-complex", NS_STYLE, NS_STYLE},
};

/* The first of a list of families, without its quotes. */
static const char *first_family(const char *families, struct arena *a)
{
    while (*families == ' ')
        families++;
    char quote = *families == '\'' || *families == '"' ? *families : '\0';
    const char *begin = families + (quote != '\0');
    const char *end = strchr(begin, quote ? quote : ',');
    size_t n = end ? (size_t)(end - begin) : strlen(begin);
    while (n > 0 && begin[n - 1] == ' ')
        n--;
    return n ? arena_strndup(a, begin, n) : NULL;
}

static const char *declared(const struct odf_styles *s, enum odf_part part, const char *name, struct arena *a)
{
    const struct odf_style *face = odf_style_find(s, part, "font-face", name);
    if (!face)
        face = odf_style_find(s, part == ODF_CONTENT ? ODF_STYLES : ODF_CONTENT, "font-face", name);
    const char *family = face ? xml_tree_attr(face->node, NS_SVG, "font-family") : NULL;
    return family ? first_family(family, a) : *name ? name : NULL;
}

const char *odf_font(const struct odf_styles *s, enum odf_part part,
                     const struct xml_tree_node *text_properties, enum odf_script script, struct arena *a)
{
    if (!text_properties)
        return NULL;
    const char *name = xml_tree_attr(text_properties, NS_STYLE, variants[script].name);
    if (name)
        return declared(s, part, name, a);
    const char *family = xml_tree_attr(text_properties, variants[script].family_ns, variants[script].family);
    return family ? first_family(family, a) : NULL;
}

const char *odf_style_font(const struct odf_style *style, enum odf_script script, struct arena *a)
{
    if (!style)
        return NULL;
    const struct odf_style *base = *style->name ? odf_style_default(style->styles, style->family) : NULL;
    const char *found = NULL;
    const struct odf_style *s = style;
    for (int i = 0; s && !found && i < ODF_CHAIN; i++, s = s->parent)
        found = odf_font(s->styles, s->part, odf_style_group(s, "text-properties"), script, a);
    if (!found && base)
        found = odf_font(base->styles, base->part, odf_style_group(base, "text-properties"), script, a);
    return found;
}

/* One level: an absolute size ends the search, a percentage is multiplied in. */
static bool size_of(const struct odf_style *s, enum odf_script script, int64_t *ratio, int64_t *ret)
{
    const struct xml_tree_node *g = odf_style_group(s, "text-properties");
    const char *text = g ? xml_tree_attr(g, variants[script].size_ns, variants[script].size) : NULL;
    int64_t part;
    if (odf_length(text, ret))
        return true;
    if (odf_percent(text, &part) && part > 0 && part <= 100000 && *ratio < INT64_C(1000000000000))
        *ratio = *ratio * part / 1000;
    return false;
}

int64_t odf_style_size(const struct odf_style *style, enum odf_script script, int64_t base)
{
    int64_t ratio = 1000000, size = base;
    const struct odf_style *fallback =
        style && *style->name ? odf_style_default(style->styles, style->family) : NULL;
    bool found = false;
    for (int i = 0; style && !found && i < ODF_CHAIN; i++, style = style->parent)
        found = size_of(style, script, &ratio, &size);
    if (!found && fallback)
        size_of(fallback, script, &ratio, &size);
    if (size <= 0 || size > INT64_C(127000000) || ratio > INT64_C(10000000000))
        return size;
    return (size * ratio + 500000) / 1000000;
}

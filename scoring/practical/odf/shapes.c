/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/odf/shapes.h"

#include <string.h>

#include "scoring/practical/odf/units.h"
#include "scoring/practical/parts.h"

/* draw:type of draw:enhanced-geometry and what it is among a:prstGeom (20.1.10.56); equal words are not
 * listed. */
static const struct {
    const char *odf, *preset;
} presets[] = {
    {"rectangle", "rect"},
    {"round-rectangle", "roundRect"},
    {"isosceles-triangle", "triangle"},
    {"right-triangle", "rtTriangle"},
    {"cross", "plus"},
    {"ring", "donut"},
    {"smiley", "smileyFace"},
    {"forbidden", "noSmoking"},
    {"lightning", "lightningBolt"},
    {"paper", "foldedCorner"},
    {"quad-bevel", "bevel"},
    {"left-arrow", "leftArrow"},
    {"right-arrow", "rightArrow"},
    {"up-arrow", "upArrow"},
    {"down-arrow", "downArrow"},
    {"left-right-arrow", "leftRightArrow"},
    {"up-down-arrow", "upDownArrow"},
    {"quad-arrow", "quadArrow"},
    {"notched-right-arrow", "notchedRightArrow"},
    {"striped-right-arrow", "stripedRightArrow"},
    {"pentagon-right", "homePlate"},
    {"circular-arrow", "circularArrow"},
    {"block-arc", "blockArc"},
    {"left-bracket", "leftBracket"},
    {"right-bracket", "rightBracket"},
    {"left-brace", "leftBrace"},
    {"right-brace", "rightBrace"},
    {"bracket-pair", "bracketPair"},
    {"brace-pair", "bracePair"},
    {"rectangular-callout", "wedgeRectCallout"},
    {"round-rectangular-callout", "wedgeRoundRectCallout"},
    {"round-callout", "wedgeEllipseCallout"},
    {"cloud-callout", "cloudCallout"},
    {"line-callout-1", "borderCallout1"},
    {"line-callout-2", "borderCallout2"},
    {"vertical-scroll", "verticalScroll"},
    {"horizontal-scroll", "horizontalScroll"},
    {"bang", "irregularSeal1"},
    {"star6", "star6"},
    {"mso-spt21", "plaque"},
    {"mso-spt71", "irregularSeal1"},
    {"mso-spt72", "irregularSeal2"},
    {"mso-spt202", "rect"},
    {"flowchart-process", "flowChartProcess"},
    {"flowchart-alternate-process", "flowChartAlternateProcess"},
    {"flowchart-decision", "flowChartDecision"},
    {"flowchart-data", "flowChartInputOutput"},
    {"flowchart-document", "flowChartDocument"},
    {"flowchart-terminator", "flowChartTerminator"},
    {"flowchart-connector", "flowChartConnector"},
    {"flowchart-preparation", "flowChartPreparation"},
    {"fontwork-plain-text", "textPlain"},
    {"fontwork-wave", "textWave1"},
};

static const struct {
    const char *element, *preset;
} elements[] = {
    {"rect", "rect"},
    {"ellipse", "ellipse"},
    {"circle", "ellipse"},
    {"line", "line"},
    {"connector", "line"},
    {"polyline", "custom"},
    {"polygon", "custom"},
    {"path", "custom"},
    {"regular-polygon", "custom"},
    {"caption", "wedgeRectCallout"},
    {"measure", "line"},
};

static const char *preset_of(const char *type)
{
    if (strncmp(type, "ooxml-", 6) == 0)
        return type + 6;
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++)
        if (strcmp(presets[i].odf, type) == 0)
            return presets[i].preset;
    return type;
}

const char *odf_shape_preset(const struct xml_tree_node *shape, struct arena *a)
{
    if (shape->ns != NS_DRAW)
        return NULL;
    if (strcmp(shape->name, "custom-shape") == 0) {
        const struct xml_tree_node *g = xml_tree_child(shape, NS_DRAW, "enhanced-geometry");
        const char *type = g ? xml_tree_attr(g, NS_DRAW, "type") : NULL;
        return type ? arena_strdup(a, preset_of(type)) : "custom";
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].element, shape->name) == 0)
            return elements[i].preset;
    return NULL;
}

bool odf_shape_is_word_art(const struct xml_tree_node *shape)
{
    const struct xml_tree_node *g = xml_tree_child(shape, NS_DRAW, "enhanced-geometry");
    const char *type = g ? xml_tree_attr(g, NS_DRAW, "type") : NULL;
    return g &&
           (odf_true(xml_tree_attr(g, NS_DRAW, "text-path")) || (type && strncmp(type, "fontwork-", 9) == 0));
}

const char *odf_fill_kind(const struct odf_style *style, const char *group)
{
    return odf_style_attr(style, group, NS_DRAW, "fill");
}

int32_t odf_fill_color(const struct odf_style *style, const char *group)
{
    const char *kind = odf_fill_kind(style, group);
    if (kind && strcmp(kind, "solid") != 0)
        return -1;
    const char *background = odf_style_attr(style, group, NS_FO, "background-color");
    const char *fill = odf_style_attr(style, group, NS_DRAW, "fill-color");
    if (kind || !background)
        return odf_color(fill);
    return odf_color(background);
}

const char *odf_line_kind(const struct odf_style *style, int32_t *ret_color, int64_t *ret_width)
{
    const char *kind = odf_style_attr(style, "graphic-properties", NS_DRAW, "stroke");
    *ret_color = -1;
    *ret_width = 0;
    if (!odf_is(kind, "none")) {
        *ret_color = odf_color(odf_style_attr(style, "graphic-properties", NS_SVG, "stroke-color"));
        odf_length(odf_style_attr(style, "graphic-properties", NS_SVG, "stroke-width"), ret_width);
    }
    return kind;
}

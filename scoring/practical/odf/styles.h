/* SPDX-License-Identifier: Apache-2.0 */
/* Styles of an ODF document (ODF 1.3 part 3, 3.15, 16): common styles are in styles.xml; automatic ones in
 * both files, with name spaces of their own: "P1" of a header is not "P1" of the body. A chain of parents
 * ends at the default style of the family; a cycle is cut; a chain longer than ODF_CHAIN is taken as ending
 * there.
 *
 * Other things with names are found the same way, with their element's name as family: "list-style",
 * "page-layout", "master-page", "font-face", "gradient", "fill-image", "presentation-page-layout", and
 * "data-style" for number:*-style. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_STYLES_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_STYLES_H

#include "base/arena.h"
#include "base/xml-tree.h"

enum { ODF_CHAIN = 256 };

/* Where a name is written: that file's automatic styles are asked first. */
enum odf_part { ODF_CONTENT, ODF_STYLES };
/* Which of the three variants of a text property. */
enum odf_script { ODF_LATIN, ODF_ASIAN, ODF_COMPLEX };

struct odf_styles;

struct odf_style {
    const char *family, *name; /* name: "" for a default style */
    const struct xml_tree_node *node;
    const struct odf_style *parent;
    const struct odf_styles *styles;
    enum odf_part part;
    uint32_t number; /* from 0, below odf_styles_count */
    bool automatic;
};

/* From the roots of both files (office:document of a flat file twice; styles NULL where there is none), which
 * must outlive it. All in the arena. */
struct odf_styles *odf_styles_new(struct arena *a, const struct xml_tree_node *styles,
                                  const struct xml_tree_node *content);

size_t odf_styles_count(const struct odf_styles *s);

/* NULL for a NULL or unknown name. */
const struct odf_style *odf_style_find(const struct odf_styles *s, enum odf_part part, const char *family,
                                       const char *name);
/* style:default-style, or NULL. */
const struct odf_style *odf_style_default(const struct odf_styles *s, const char *family);
/* All of a family in order of names, common ones before automatic ones of the same name. */
const struct odf_style *odf_style_at(const struct odf_styles *s, const char *family, size_t i);
/* What the user sees: style:display-name, else the name with _20_ as a blank. In the arena or borrowed. */
const char *odf_style_shown(const struct odf_style *style, struct arena *a);
/* The nearest common style: itself, or the first ancestor that is no automatic one; NULL. */
const struct odf_style *odf_style_common(const struct odf_style *style);

/* The element of properties that the style itself has ("text-properties", …; also those of LibreOffice's own
 * name space), or NULL. */
const struct xml_tree_node *odf_style_group(const struct odf_style *style, const char *group);
/* An attribute of it, along the chain and then of the family's default style; NULL. */
const char *odf_style_attr(const struct odf_style *style, const char *group, uint8_t ns, const char *name);
/* Along the chain only as far as automatic styles go: what the user set by hand. */
const char *odf_style_direct(const struct odf_style *style, const char *group, uint8_t ns, const char *name);

/* Font along the chain, by its declaration: "Times New Roman"; NULL when nothing says. */
const char *odf_style_font(const struct odf_style *style, enum odf_script script, struct arena *a);
/* The font that this element of text properties itself names. */
const char *odf_font(const struct odf_styles *s, enum odf_part part,
                     const struct xml_tree_node *text_properties, enum odf_script script, struct arena *a);
/* Font size along the chain in EMU, percentages multiplied; `base` where the chain has none of its own. */
int64_t odf_style_size(const struct odf_style *style, enum odf_script script, int64_t base);

#endif

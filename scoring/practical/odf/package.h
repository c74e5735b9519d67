/* SPDX-License-Identifier: Apache-2.0 */
/* An OpenDocument file opened: its two main parts as trees, their styles found. For the readers here and for
 * facts about the file itself. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_PACKAGE_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_PACKAGE_H

#include "scoring/practical/odf/styles.h"
#include "scoring/practical/parts.h"

struct odf_package {
    struct arena *arena;
    const char *name;
    struct parts *parts; /* NULL: a flat file */
    struct xml_tree *content,
        *common; /* content.xml, styles.xml; common is NULL where there is none, or flat */
    const struct xml_tree_node *root; /* of content */
    const struct xml_tree_node *body; /* office:text, office:spreadsheet … */
    struct odf_styles *styles;
};

/* `body` is the kind that is wanted: "text", "spreadsheet", "presentation"; FAULT_WRONG_TYPE for others.
 * `records` may be NULL: rows handed over while content.xml is read, that is before styles and body are
 * known. */
MUST_CHECK int odf_open(struct odf_package **ret, const char *name, struct span file, const char *body,
                        const struct xml_tree_options *records, struct err *e);
void odf_close(struct odf_package *p); /* NULL is fine */
/* The same in two steps, for records that need styles: first the package with styles.xml, then content.xml. A
 * record asks odf_styles_so_far, with any node of content.xml: automatic styles stand before the body. */
MUST_CHECK int odf_begin(struct odf_package **ret, const char *name, struct span file, struct err *e);
MUST_CHECK int odf_go_on(struct odf_package *p, struct span file, const char *body,
                         const struct xml_tree_options *records, struct err *e);
const struct odf_styles *odf_styles_so_far(struct odf_package *p, const struct xml_tree_node *n);

/* "content.xml", or the file itself where it is flat: for places. */
const char *odf_content_name(const struct odf_package *p);
const char *odf_styles_name(const struct odf_package *p);

/* A part that is not needed to read the rest ("settings.xml", "meta.xml"): NULL where it is not there or
 * cannot be read. xml_tree_free it. Of a flat file: NULL. */
struct xml_tree *odf_side_part(struct odf_package *p, const char *part);
/* office:settings, office:meta: of the part that odf_side_part gave, or of the flat file; NULL. */
const struct xml_tree_node *odf_side_body(const struct odf_package *p, const struct xml_tree *side,
                                          const char *name);

/* "./Object 1" or "Pictures/a.png" to the part's name: NULL for an address outside the package. In the arena.
 */
const char *odf_part_name(const struct odf_package *p, const char *href);

#endif

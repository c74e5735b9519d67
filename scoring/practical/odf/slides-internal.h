/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by odf/slides-*.c: the reader of presentations. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_SLIDES_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_SLIDES_INTERNAL_H

#include "scoring/practical/odf/package.h"
#include "scoring/practical/slides/model.h"

/* Styles that bear on a text, the nearest first: spans, paragraph, outline level, shape, the family's
 * default. */
enum { SLIDES_STACK = 96 };
struct slides_stack {
    const struct odf_style *level[SLIDES_STACK];
    size_t n;
};

struct slides_reader {
    struct odf_package *p;
    struct slides *s;
    enum odf_part part;
    const struct xml_tree_node *page;
    struct slides_slide *slide;
};

/* The style, and those it stands on, after what is in the stack; what no longer fits is left out. */
void odf_stack_add(struct slides_stack *k, const struct odf_style *style);
const char *odf_stack_attr(const struct slides_stack *k, const char *group, uint8_t ns, const char *name);

/* ---- slides-text.c ---- */
/* The text of a shape in that style (NULL: none); `outline`: its lists' levels have styles of their own. */
void odf_slides_text(struct slides_reader *r, const struct xml_tree_node *holder,
                     const struct odf_style *shape, const char *text_style, bool outline,
                     struct slides_text *ret);
/* What an address leads to. */
struct slides_link odf_slides_link(struct slides_reader *r, const char *href);

/* ---- slides-shapes.c ---- */
void odf_slides_shapes(struct slides_reader *r, const struct xml_tree_node *holder, int depth);
struct slides_fill odf_slides_fill(struct slides_reader *r, const struct odf_style *style, const char *group);
/* In hex, in the show's memory; "" where it is not in the file. */
const char *odf_slides_hash(struct slides_reader *r, const char *href);
/* "title", "body" … for presentation:class; NULL for another. */
const char *odf_slides_placeholder(const char *presentation_class);

/* ---- slides-motion.c ---- */
void odf_slides_transition(struct slides_reader *r, const struct odf_style *page_style);
void odf_slides_effects(struct slides_reader *r);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Inside scoring/practical/slides/pptx*.c. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_PPTX_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_PPTX_INTERNAL_H

#include "scoring/practical/slides/pptx.h"

typedef const struct xml_tree_node *node;

/* A part that stays open while slides refer to it. */
struct page {
    struct arena *arena;
    const char *part; /* NULL: none is open */
    struct xml_tree *tree;
    struct parts_relationship *rel;
    size_t n_rel;
};

/* What was already found out about a part that several shapes name. */
struct memo {
    struct memo *next;
    const char *part, *value;
    char kind; /* 'h' hash, 'c' chart, 'd' diagram */
};

struct pptx {
    struct parts *parts;
    struct slides *slides;
    struct page presentation, slide, layout, master, theme;
    struct memo *memo;
    struct slides_slide *current;
    int64_t placeholder_color; /* what phClr stands for in a theme's fill */
};

node pptx_root(const struct page *p); /* NULL where none is open */
MUST_CHECK int pptx_open(struct pptx *x, struct page *p, const char *part, size_t memory, struct err *e);

/* Attributes, the numbers as schemas write them; "93%" and 93000 are both 930 thousandths. */
int64_t pptx_int(node n, const char *name, int64_t otherwise);
bool pptx_bool(node n, const char *name, bool otherwise);
int64_t pptx_ratio(node n, const char *name, int64_t otherwise);

/* ---- pptx-color.c ---- */
/* The colour in an element that holds one (srgbClr, schemeClr …), or `otherwise`. */
int64_t pptx_color(const struct pptx *x, node holder, int64_t otherwise);
/* The fill among the children of an element; false where it says nothing. */
bool pptx_fill(struct pptx *x, const struct page *page, node holder, struct slides_fill *ret);
/* That of the theme's list (fillStyleLst, bgFillStyleLst), from 1, for a reference with a colour of its own.
 */
bool pptx_theme_fill(struct pptx *x, const char *list, int64_t index, node reference,
                     struct slides_fill *ret);
int64_t pptx_scheme_color(const struct pptx *x, const char *name);
/* A font's name: "+mn-ea" is that of the theme. */
const char *pptx_font(const struct pptx *x, const char *typeface);
/* What the file behind a relationship hashes to, in hex; "" where it is not in the file. */
const char *pptx_hash(struct pptx *x, const char *part);
const struct memo *pptx_recall(const struct pptx *x, char kind, const char *part);
const char *pptx_remember(struct pptx *x, char kind, const char *part, const char *value);

/* ---- pptx-text.c ---- */
/* Where a text's properties come from, nearest first: elements that hold a:lvl1pPr …. */
struct text_scope {
    node list[8];
    size_t n, reference_at; /* fontRef counts before list[reference_at] */
    node reference;         /* a:fontRef of the shape's style, or NULL */
};
void pptx_text(struct pptx *x, node body, const struct text_scope *scope, struct slides_text *ret);
struct slides_link pptx_link(struct pptx *x, node properties);

/* ---- pptx-shape.c ---- */
void pptx_shapes(struct pptx *x, node tree);
/* The placeholder of a layout or master that a slide's one is made after, or NULL. */
node pptx_placeholder(node root, const char *type, const char *idx);
node pptx_ph(node shape); /* p:ph of a shape, or NULL */

/* ---- pptx-table.c, pptx-frame.c, pptx-motion.c ---- */
void pptx_table(struct pptx *x, node tbl, struct slides_shape *shape);
void pptx_frame(struct pptx *x, node frame, struct slides_shape *shape);
void pptx_transition(struct pptx *x, node slide);
void pptx_animation(struct pptx *x, node slide);

#endif

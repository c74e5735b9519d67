/* SPDX-License-Identifier: Apache-2.0 */
/* How an element looks: style sheets, inline styles, old attributes (<font>, bgcolor, align) and what
 * browsers do by themselves, with inheritance. Lengths in EMU; a CSS pixel is 1/96 inch. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WEB_STYLE_H
#define KAOCHANG_SCORING_PRACTICAL_WEB_STYLE_H

#include "scoring/practical/web/page.h"

enum { STYLE_PIXEL = 9525, STYLE_NONE = -1 };

/* Where the text of an element stands: inside <p><font>…</font></p> it is the font's. */
const struct xml_node *style_innermost(const struct xml_node *n);

int64_t style_color(struct page *p, const struct xml_node *n); /* 0xRRGGBB, or STYLE_NONE: as the browser's */
int64_t style_background(struct page *p,
                         const struct xml_node *n); /* what is seen behind it; STYLE_NONE: nothing */
const char *style_background_image(struct page *p, const struct xml_node *n,
                                   struct arena *a); /* address or NULL */
const char *style_font(struct page *p, const struct xml_node *n,
                       struct arena *a);                      /* the first family, or NULL */
int64_t style_size(struct page *p, const struct xml_node *n); /* EMU */
bool style_bold(struct page *p, const struct xml_node *n);
bool style_italic(struct page *p, const struct xml_node *n);
bool style_underlined(struct page *p, const struct xml_node *n);
const char *style_alignment(struct page *p, const struct xml_node *n); /* left, center, right, justify */
/* The strongest declaration of a property here, or on the nearest ancestor where `inherited`; NULL: none. */
const char *style_declared(struct page *p, const struct xml_node *n, const char *property, bool inherited);

/* "red", "#f00", "#ff0000", "rgb(255,0,0)", also without "#" as old pages have it; STYLE_NONE for others. */
int64_t style_read_color(const char *text);
/* A length in EMU; "em" and "%" of `em`; false for others. */
bool style_read_length(const char *text, int64_t em, int64_t *ret);

#endif

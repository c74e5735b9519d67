/* SPDX-License-Identifier: Apache-2.0 */
/* Drawing shapes of all three families (ODF 1.3 part 3, 10). */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_SHAPES_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_SHAPES_H

#include "scoring/practical/odf/styles.h"

/* The shape as OOXML's presets are called ("rect", "ellipse", "star5"); NULL for what is no shape (a frame, a
 * group). A custom shape of another kind gives its own word. In the arena or borrowed. */
const char *odf_shape_preset(const struct xml_tree_node *shape, struct arena *a);
/* Text along a path: WordArt. */
bool odf_shape_is_word_art(const struct xml_tree_node *shape);
/* Of a graphic or presentation style: the colour it is filled with; -1: none, or no plain colour. */
int32_t odf_fill_color(const struct odf_style *style, const char *group);
/* "none", "solid", "gradient", "bitmap", "hatch"; NULL where nothing says. */
const char *odf_fill_kind(const struct odf_style *style, const char *group);
/* Its line: "none", "solid", "dash"; NULL where nothing says. Colour -1 for none; width in EMU. */
const char *odf_line_kind(const struct odf_style *style, int32_t *ret_color, int64_t *ret_width);

#endif

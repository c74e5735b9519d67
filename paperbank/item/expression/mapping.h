/* SPDX-License-Identifier: Apache-2.0 */
/* mapping, areaMapping and the look-up tables of a declaration, their numbers and keys read once. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_MAPPING_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_MAPPING_H

#include "paperbank/item/expression/value.h"

struct mapping;
struct shape;

/* Into the arena, which keeps them. `normalize`: keys as text_normalize_answer gives them. */
const struct mapping *mapping_new(struct arena *a, const struct item_declaration *d, bool normalize);

/* mapResponse: each value counts once, then the bounds; 0 without a mapping. mapResponsePoint: each area
 * counts once, for the first point in it; a point in no area counts as the default. */
double mapping_sum(const struct mapping *m, const struct value *v, struct arena *scratch);
double mapping_points(const struct mapping *m, const struct value *v, struct arena *scratch);
bool mapping_has_table(const struct mapping *m);
/* lookupOutcomeValue: what the table has for the value; NULL where it has nothing. */
struct value mapping_look_up(const struct mapping *m, const struct value *v);

/* QTI's shapes: rect, circle, ellipse, poly, default. The border belongs to the shape. */
const struct shape *shape_new(struct arena *a, const char *shape, const char *coords);
bool shape_contains(const struct shape *s, double x, double y);

#endif

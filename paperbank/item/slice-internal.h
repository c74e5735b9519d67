/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of template variables, shared by slice.c and slice-sealed.c. */
#ifndef KAOCHANG_PAPERBANK_ITEM_SLICE_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_SLICE_INTERNAL_H

#include "paperbank/item/slice.h"

/* A set of declarations, by index. */
struct slice {
    const struct item *item;
    struct arena *arena;
    bool *in;
    bool grown; /* something was added */
};

struct slice *slice_empty(const struct item *item, struct arena *a);
/* Names that are no template variables are left out. */
void slice_add(struct slice *s, const char *identifier);
/* Every variable that an expression names. */
void slice_add_expression(struct slice *s, const struct xml_node *n);
/* Every variable that the elements inside name, as far as candidates see them. */
void slice_add_visible(struct slice *s, const struct xml_node *parent);
/* templateIf, templateElseIf */
bool slice_is_condition(const struct xml_node *n);

#endif

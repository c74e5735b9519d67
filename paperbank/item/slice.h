/* SPDX-License-Identifier: Apache-2.0 */
/* The part of template processing that a candidate's view needs: the variables that visible parts and
 * constraints depend on, and the rules that set them. The rest, the key with it, stays behind. */
#ifndef KAOCHANG_PAPERBANK_ITEM_SLICE_H
#define KAOCHANG_PAPERBANK_ITEM_SLICE_H

#include "paperbank/item/item.h"

/* Borrows the item; lives in the arena. */
struct slice;
const struct slice *slice_new(const struct item *item, struct arena *a);

bool slice_has(const struct slice *s, const char *variable);
/* A rule or branch of templateProcessing. */
bool slice_keeps(const struct slice *s, const struct xml_node *rule);

/* A template variable whose name in MathML stands for its value (mathVariable). */
bool slice_in_math(const struct item *item, const char *variable);

/* Refuses (ERR_DATA, naming the variable) a template that a sealed exam must not use: the view would give the
 * key away (a variable in it is computed from others and the key rests on it; the key is such a variable as
 * it is; the key rests on a variable in it that no candidate sees), rules of the view that read a response
 * or its key, conditions or constraints that draw random numbers, operators that two machines may round
 * differently, MathML with variables. */
MUST_CHECK int slice_sealed(const struct item *item, struct err *e);

#endif

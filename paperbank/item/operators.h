/* SPDX-License-Identifier: Apache-2.0 */
/* The names of QTI's expressions and rules, for the reader (which refuses unknown ones) and for the evaluator
 * in scoring/ (which has a function for each expression). After QTI 2.2 "Assessment Test, Section and Item"
 * (1EdTech). */
#ifndef KAOCHANG_PAPERBANK_ITEM_OPERATORS_H
#define KAOCHANG_PAPERBANK_ITEM_OPERATORS_H

#include <stdbool.h>
#include <stddef.h>

#include "paperbank/item/item.h"

/* An element that may stand in response or template processing: a rule, a branch, or an expression. */
bool operator_known(const char *name);
/* False for expressions whose result C does not round correctly (sin, pow, …), or that are random or not ours
 * to define (customOperator): scored, but not allowed in sealed exams. True for everything else. */
bool operator_sealed(const char *name);
/* Names of the expressions one after another; NULL past the end. */
const char *operator_expression(size_t i);

/* True if the text is a value of that base type. */
bool value_fits(const char *text, enum item_base base);
/* True if the coordinates are what the shape wants (QTI 2.2, "shape"): whole numbers, or percentages, with
 * commas between. NULL fits none but "default". */
bool area_fits(const char *shape, const char *coords);

#endif

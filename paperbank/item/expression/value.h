/* SPDX-License-Identifier: Apache-2.0 */
/* Values of QTI's type system inside the evaluator: the only place where doubles live. */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_VALUE_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "paperbank/item/item.h"

/* One datum. Which members hold depends on `base`:
 * boolean, integer (truth in 0/1) · float, duration in seconds: number · point: number, second_number ·
 * pair, directedPair: text, second_text · the others: text. */
struct datum {
    enum item_base base;
    int64_t integer;
    double number, second_number;
    const char *text, *second_text;
    const char *field; /* in a record */
};

/* n == 0 is NULL: an empty container and an empty text are NULL too, as QTI has it. */
struct value {
    enum item_cardinality cardinality;
    struct datum *at;
    size_t n;
};

struct value value_null(void);
struct value value_boolean(struct arena *a, bool v);
struct value value_integer(struct arena *a, int64_t v);
struct value value_float(struct arena *a, double v);
struct value value_of(struct arena *a, struct datum d); /* single */

bool value_is_null(const struct value *v);
/* Single truth: true only for a boolean true. */
bool value_is_true(const struct value *v);
bool value_is_false(const struct value *v);
/* A single integer or float (a duration counts as its seconds). */
bool value_number(const struct value *v, double *ret);
bool datum_number(const struct datum *d, double *ret);

/* Reads a text as that base type; false if it is none. Independent of any locale. Texts are copied into the
 * arena. */
bool datum_parse(struct arena *a, const char *text, enum item_base base, struct datum *ret);
/* Values as a declaration or a response has them; data that do not fit are left out, empty texts too. */
struct value value_parse(struct arena *a, const struct item_value *v, size_t n,
                         enum item_cardinality cardinality);
/* What was typed into a text entry bound to a record (QTI 2.2, String Interaction): stringValue, and of a
 * number floatValue, integerValue, leftDigits, rightDigits, ndp (places once the exponent has moved the
 * point), nsf, exponent. Fields that would be NULL are not there. */
struct value value_typed(struct arena *a, const char *text);

/* Equal by value: 1 and 1.0 are, "A B" and "B A" are as pair, not as directedPair. */
bool datum_equal(const struct datum *a, const struct datum *b);
/* Same members: as a bag, unless both are ordered. Records by fields. Neither is NULL. */
bool value_equal(const struct value *a, const struct value *b);
/* As a type of its own for an outcome: integers become floats, whole floats integers where `base` says so. */
struct value value_as(struct arena *a, const struct value *v, enum item_base base);

/* All of it in the arena. */
struct value value_copy(struct arena *a, const struct value *v);

/* A text for people: numbers in their shortest exact form. */
const char *datum_text(struct arena *a, const struct datum *d);

#endif

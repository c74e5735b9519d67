/* SPDX-License-Identifier: Apache-2.0 */
/* printedVariable: a value as text, after QTI 2.2's "Number Formatting Rules". */
#ifndef KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PRINTED_H
#define KAOCHANG_PAPERBANK_ITEM_EXPRESSION_PRINTED_H

#include "paperbank/item/expression/value.h"

/* Attributes of printedVariable; NULL and 0 where they are not given. */
struct print_form {
    const char *format;             /* "%.2f", "%i", … with text around it */
    int64_t base;                   /* of %i; 2..36, 0: 10 */
    int64_t index;                  /* one member of a container, from 1; 0: all */
    const char *field;              /* one field of a record */
    const char *delimiter, *equals; /* between members (";"), between a field's name and value ("=") */
    bool power;                     /* 1.5e3 as 1.5 × 10³ */
};

/* "" for NULL. Conversions: d i o x X of whole numbers (a float is rounded half up), e E f F g G r R of
 * numbers (r as g with all its figures), s of anything; flags - + space 0 #, width, precision. A format that
 * is none of these prints the value as it is. Independent of any locale; %f rounds the decimal that people
 * see, half away from zero. */
const char *print_value(struct arena *a, const struct value *v, const struct print_form *form);

#endif

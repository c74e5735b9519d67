/* SPDX-License-Identifier: Apache-2.0 */
/* Metadata changed by hand, a value at a time, each written down with who, when, and what it was before. */
#ifndef KAOCHANG_PAPERBANK_BANK_EDIT_H
#define KAOCHANG_PAPERBANK_BANK_EDIT_H

#include "paperbank/bank/bank.h"

/* The fields by name, in the order in which a form shows them: "knowledge-point", "level", "facility",
 * "discrimination", "points", "expected-time", "enemies", "irt", "attributes". NULL past the last. */
const char *bank_field(size_t i);
/* The value of a field as bank_edit takes it; "" unknown. */
const char *bank_field_text(const struct bank_item *i, const char *field, struct arena *a);

struct bank_value {
    const char *field, *text; /* text "" makes it unknown; points "" is the item's own maximum */
};

/* Sets the values, all or none. ERR_USAGE for a field that does not exist and for a value that makes no
 * sense, with what would; a knowledge point must be in the tree. ERR_DATA for an unknown item. What is
 * already so is not written down again; *ret_changed (may be NULL) is how many were. */
MUST_CHECK int bank_edit(struct bank *b, const char *id, const struct bank_value *value, size_t n,
                         const char *who, int64_t at_ms, size_t *ret_changed, struct err *e);

#endif

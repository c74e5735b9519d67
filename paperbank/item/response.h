/* SPDX-License-Identifier: Apache-2.0 */
/* What a candidate answered: for each response variable of an item its values, in order, as QTI texts
 * (identifiers, "A B" pairs, typed strings). No value is NULL in QTI's sense. */
#ifndef KAOCHANG_PAPERBANK_ITEM_RESPONSE_H
#define KAOCHANG_PAPERBANK_ITEM_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct response {
    const char *identifier; /* of the response declaration */
    const char **value;
    size_t n;
};

struct response_set {
    struct response *response;
    size_t n;
};

/* Bounds of what is written and read. */
#define RESPONSE_MAX_VARIABLES 64
#define RESPONSE_MAX_VALUES 256
#define RESPONSE_MAX_TEXT 65536

/* Canonical bytes (docs/formats.md): domain "kaochang/1 response", then per variable its identifier, the number of values, the values. */
void response_encode(const struct response_set *set, struct bytes *out);
/* Reads exactly those bytes back into the arena; ERR_DATA for anything else. */
MUST_CHECK int response_decode(struct response_set *ret, struct arena *a, struct span data, struct err *e);
/* The response of that identifier, or NULL. */
const struct response *response_find(const struct response_set *set, const char *identifier);
/* True if no variable has a value: "not answered". */
bool response_is_empty(const struct response_set *set);
/* A deep copy in the arena. */
struct response_set response_copy(const struct response_set *set, struct arena *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation for people and as JSON. */
#ifndef KAOCHANG_ENGINE_EXPLAIN_WORDS_H
#define KAOCHANG_ENGINE_EXPLAIN_WORDS_H

#include <jansson.h>

#include "base/bytes.h"
#include "engine/explain/explain.h"

/* What kind of item it is, in the office's words; the caller frees it. NULL: only its id is known. */
typedef char *explain_describe_fn(const void *context, uint32_t item);

/* The rules, one line each, with how many items of the bank fit. */
void explain_rules_text(const struct problem *p, const struct explanation *x, struct bytes *out);
/* What would make it work. */
void explain_ways_text(const struct problem *p, const struct explanation *x, explain_describe_fn *describe,
                       const void *context, struct bytes *out);
/* A list of objects: id, line, asked, matching. */
json_t *explain_rules_json(const struct problem *p, const struct explanation *x);
/* Adds "besides", "smallest", "least", "inside", "multipliers", "items", "ways" and "write" to `to`. */
void explain_json(const struct problem *p, const struct explanation *x, json_t *to);
/* A list of objects: item, n, fits (ids of the requirements that count it, but those that count every item).
 */
json_t *explain_lacks_json(const struct problem *p, const struct explain_lack *lack, size_t n);
void explain_lacks_text(const struct problem *p, const struct explain_lack *lack, size_t n,
                        explain_describe_fn *describe, const void *context, struct bytes *out);

#endif

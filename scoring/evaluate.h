/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates an item: responses in, outcomes out, after QTI 2.2's template and response processing. Pure: the
 * same item, responses and seed give the same outcomes. */
#ifndef KAOCHANG_SCORING_EVALUATE_H
#define KAOCHANG_SCORING_EVALUATE_H

#include "paperbank/item/expression/value.h"
#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

struct outcome {
    const char *identifier;
    enum item_base base;
    enum item_cardinality cardinality;
    struct value value;
};

struct outcome_set {
    struct outcome *outcome; /* in the order declared, completionStatus last */
    size_t n;
};

/* An item compiled: its names resolved, its rules, mappings and constants read. Borrows the item. */
struct evaluator;
struct evaluator *evaluator_new(const struct item *item); /* never NULL */
void evaluator_free(struct evaluator *ev);                /* NULL is fine */

/* Values live in the arena and in the evaluator. `seed` feeds template processing and the random operators.
 * Responses that no declaration names are passed over (num_attempts fills the built-in numAttempts); a
 * response that does not fit its base type is NULL. ERR_DATA, with file and line, for rules that cannot be
 * evaluated. */
MUST_CHECK int evaluator_run(const struct evaluator *ev, const struct response_set *responses,
                             struct span seed, struct arena *a, struct outcome_set *ret, struct err *e);

/* The same for one run, values in the arena alone (identifiers in the item); the seed's bytes are those of
 * the number, lowest first. */
MUST_CHECK int evaluate_item(const struct item *item, const struct response_set *responses, uint64_t seed,
                             struct arena *a, struct outcome_set *ret, struct err *e);

const struct outcome *outcome_find(const struct outcome_set *set, const char *identifier);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a test in delivery, or after it: the variables of each item, the test's outcomes, and
 * expressions over them (QTI 2.2, 5.3). No rule of an item is run here; its outcomes are told. */
#ifndef KAOCHANG_PAPERBANK_TEST_STATE_H
#define KAOCHANG_PAPERBANK_TEST_STATE_H

#include "paperbank/item/expression/program.h"
#include "paperbank/item/response.h"
#include "paperbank/test/plan.h"

struct test_variable {
    const char *identifier;
    enum item_base base;
    enum item_cardinality cardinality;
    struct value value;
};

struct test_variables {
    struct test_variable *at;
    size_t n;
};

const struct test_variable *test_variable_find(const struct test_variables *v, const char *identifier);

/* What the caller knows of a slot's item before it is delivered: the item, with or without its key; or, where
 * there is no file, the variables that it will have. */
struct test_item {
    const struct item *item;
    struct test_variables given;
};

struct state_slot {
    const struct item *item; /* NULL: unknown */
    struct test_variables
        variables;             /* outcomes, responses, templates, duration, numAttempts, completionStatus */
    struct value *initial;     /* of each */
    bool presented, responded; /* as numberPresented and numberResponded count */
    int64_t attempts, duration_ms;
    size_t *plain, *numbered; /* of each variable in the scope: "q1.SCORE", "q1.1.SCORE" */
};

struct test_state {
    struct arena *arena;
    const struct test_plan *plan;
    struct state_slot *slot;         /* one for each of the plan */
    struct test_variables outcomes;  /* of the test, in the order declared */
    int64_t duration_ms;             /* of the test */
    struct scope **scope;            /* one for each document of the test, or NULL */
    size_t *latest;                  /* by a node's order: the slot that answers for the item's name alone */
    struct state_duration *duration; /* of parts and sections */
    size_t n_durations;
    struct state_program *program;
    size_t n_programs, room_programs;
};

/* The test as it begins: all variables at their defaults. `item` has one entry for each slot; the items are
 * borrowed. */
MUST_CHECK int state_new(struct test_state **ret, const struct test_plan *plan, const struct test_item *item,
                         struct err *e);
void state_free(struct test_state *s); /* NULL is fine */

/* Another item stands for the slot's, all its variables at their starts; borrowed, as the one before. */
void state_set_item(struct test_state *s, size_t slot, const struct item *item);
/* Takes outcomes (names that the item does not declare are passed over) and responses of a slot; copies them.
 */
void state_set_outcomes(struct test_state *s, size_t slot, const struct test_variables *outcomes);
void state_set_responses(struct test_state *s, size_t slot, const struct response_set *responses);
/* Takes outcomes of the test as another program worked them out. */
void state_set_test(struct test_state *s, const struct test_variables *outcomes);
/* How long a part or a section (in the plan) has taken so far. */
void state_set_duration(struct test_state *s, const struct test_node *node, int64_t ms);

/* The value of one expression of the test; texts live in the arena. ERR_DATA, with file and line, for what
 * cannot be evaluated. */
MUST_CHECK int state_value(struct test_state *s, const struct test_expression *x, struct arena *a,
                           struct value *ret, struct err *e);
/* True only for a boolean true: NULL does not hold. */
MUST_CHECK int state_holds(struct test_state *s, const struct test_expression *x, bool *ret, struct err *e);

/* The test's outcomes back to their defaults, then the rules (children of outcomeProcessing; NULL: none). */
MUST_CHECK int state_run(struct test_state *s, const struct xml_node *rules, struct err *e);

#endif

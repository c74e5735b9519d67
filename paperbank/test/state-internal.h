/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the state only. */
#ifndef KAOCHANG_PAPERBANK_TEST_STATE_INTERNAL_H
#define KAOCHANG_PAPERBANK_TEST_STATE_INTERNAL_H

#include "paperbank/test/state.h"

struct state_duration {
    const struct test_node *node;
    size_t place; /* in the scope */
    int64_t ms;
};

struct state_program { /* compiled once */
    const struct xml_node *node;
    const struct program *program;
};

extern const struct test_calls state_calls;

/* The variable of a slot under the name that the test gives it (variableMapping), or NULL. */
const struct test_variable *state_variable(const struct test_state *s, size_t slot, const char *identifier);
/* Seconds. */
struct value state_seconds(struct arena *a, int64_t ms);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the delivery only. */
#ifndef KAOCHANG_PAPERBANK_TEST_DELIVERY_INTERNAL_H
#define KAOCHANG_PAPERBANK_TEST_DELIVERY_INTERNAL_H

#include "paperbank/test/delivery.h"

struct delivery {
    struct arena *arena;
    const struct test_plan *plan;
    struct delivery_host host;
    struct test_state *values;
    struct delivery_slot *slot;
    enum delivery_state state;
    int64_t part, current; /* -1: none */
    int64_t now_ms;
    int64_t *ms;  /* spent, by the order of a part or section */
    bool *closed; /* out of time, by the same */
    size_t *entered;
    size_t n_entered;
    bool exiting; /* the test ends with this part */
};

bool delivery_linear(const struct delivery *d);
bool delivery_individual(const struct delivery *d);
const struct test_control *delivery_control(const struct delivery *d, size_t slot);

/* Walking (delivery-walk.c). Goes on after the current item of a linear part; into the first part that may be
 * entered after the part at `d->part`, or to the end of the test. */
MUST_CHECK int delivery_walk(struct delivery *d, struct err *e);
MUST_CHECK int delivery_enter_part(struct delivery *d, struct err *e);
MUST_CHECK int delivery_present(struct delivery *d, size_t slot, struct err *e);
/* Ends the current part: its items are over, and scored in simultaneous submission. */
MUST_CHECK int delivery_close_part(struct delivery *d, struct err *e);
void delivery_finish(struct delivery *d);
void delivery_tell_built_in(struct delivery *d, size_t slot);
/* As delivery_walk, but past the whole section whose time is over. */
MUST_CHECK int delivery_walk_past(struct delivery *d, const struct plan_node *n, struct err *e);

/* Time (delivery-time.c). */
void delivery_pass(struct delivery *d, int64_t now_ms);
MUST_CHECK int delivery_expire(struct delivery *d, struct err *e);

/* Moves (delivery-moves.c): 0, or ERR_NO with the reason. */
MUST_CHECK int delivery_may_respond(const struct delivery *d, struct err *e);
MUST_CHECK int delivery_may_select(const struct delivery *d, size_t slot, struct err *e);
MUST_CHECK int delivery_may_next(const struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_may_back(const struct delivery *d, struct err *e);
MUST_CHECK int delivery_may_skip(const struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_may_end_part(const struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_may_comment(const struct delivery *d, struct err *e);
/* The nearest slot before (by -1) or after (by 1) in a nonlinear part that may be looked at, or -1. */
int64_t delivery_neighbour(const struct delivery *d, int by);
int delivery_refuse(struct err *e, const char *what);

/* Scoring: one slot by its last responses; then the test's outcomes. */
MUST_CHECK int delivery_score(struct delivery *d, size_t slot, struct err *e);
MUST_CHECK int delivery_process(struct delivery *d, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A test in delivery, as a pure state machine: what the candidate may do, where he is, what is over. No
 * clock: time is an argument, milliseconds that never go back. No key: scoring is a callback. After QTI 2.2,
 * sections 3.1.1 "Navigation and Submission", "Item Session Control", "Time Limits", "Preconditions and
 * Branching".
 *
 *     test_read_folder → plan_make → delivery_new → delivery_start
 *     while delivery_state(d) != DELIVERY_ENDED:
 *         show the slot delivery_current(d); offer what delivery_moves(d, now) allows; call delivery_respond,
 * _next, … at least once a second: delivery_clock(d, now) show what delivery_feedback_shown says
 *
 * A move that is not allowed is ERR_NO with the reason, and changes nothing but the time. So is one that
 * comes when the current item has just run out of time: it is not for the item that follows. */
#ifndef KAOCHANG_PAPERBANK_TEST_DELIVERY_H
#define KAOCHANG_PAPERBANK_TEST_DELIVERY_H

#include "paperbank/item/expression/instance.h"
#include "paperbank/test/state.h"

struct delivery;

/* What the machine asks of the program around it. */
struct delivery_host {
    void *context;
    /* The outcomes of a slot's item for these responses (its last attempt), in the arena. In simultaneous
     * submission it is called when the part ends, for each item that was presented. NULL: nothing is scored.
     */
    int (*score)(void *context, const struct delivery *d, size_t slot, const struct response_set *responses,
                 struct arena *a, struct test_variables *ret, struct err *e);
    /* The test's outcomes after items were scored: state_set_test, or state_run. NULL: they keep their
     * defaults. */
    int (*process)(void *context, const struct delivery *d, struct test_state *state, struct err *e);
    /* Whether the responses meet the constraints of the item's interactions (validateResponses). NULL:
     * always. */
    bool (*valid)(void *context, size_t slot, const struct response_set *responses);
    /* Draws the item of a slot that is presented for the first time, its template variables starting with
     * what the test gives them (templateDefault): *ret stands for the slot's item from then on and lives as
     * long as the delivery; NULL leaves the item. Asked only where the test gives values. NULL: never. */
    int (*draw)(void *context, size_t slot, const struct item_default *start, size_t n_starts,
                const struct item **ret, struct err *e);
};

enum delivery_state {
    DELIVERY_BEFORE,
    DELIVERY_IN_PART,
    DELIVERY_BETWEEN, /* a part has ended: its feedback may be shown; delivery_next enters the next or ends
                         the test */
    DELIVERY_ENDED
};

enum delivery_move {
    MAY_RESPOND = 1, /* submit (individual) or keep (simultaneous) responses of the current item */
    MAY_NEXT = 2,    /* to the following item, or out of the part; between parts: on */
    MAY_BACK = 4,    /* to the item before */
    MAY_SELECT = 8,  /* to any item of the part */
    MAY_SKIP = 16,   /* go on without an answer */
    MAY_END_PART = 32,
    MAY_END_TEST = 64,
    MAY_COMMENT = 128 /* allowComment: a text kept with the current item */
};

enum slot_fate {
    SLOT_WAITING,
    SLOT_OPEN,         /* presented and may still be worked on */
    SLOT_ENDED,        /* no more attempts, or left behind in a linear part, or out of time */
    SLOT_PRECONDITION, /* skipped: its precondition or that of a section around it did not hold */
    SLOT_JUMPED        /* skipped by a branch rule */
};

struct delivery_slot {
    enum slot_fate fate;
    bool presented, scored, answered;
    int64_t attempts, duration_ms;
    struct response_set responses; /* the last ones taken */
    const char *comment;           /* or NULL */
};

/* `plan` and the items are borrowed; `item` is as in state_new. */
MUST_CHECK int delivery_new(struct delivery **ret, const struct test_plan *plan, const struct test_item *item,
                            const struct delivery_host *host, struct err *e);
void delivery_free(struct delivery *d); /* NULL is fine */

/* Moves. A linear part begins at its first item; in a nonlinear part no item is current until one is selected
 * or delivery_next is called. */
MUST_CHECK int delivery_start(struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_respond(struct delivery *d, int64_t now_ms, const struct response_set *responses,
                                struct err *e);
MUST_CHECK int delivery_next(struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_back(struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_select(struct delivery *d, int64_t now_ms, size_t slot, struct err *e);
MUST_CHECK int delivery_skip(struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_comment(struct delivery *d, int64_t now_ms, const char *text, struct err *e);
MUST_CHECK int delivery_end_part(struct delivery *d, int64_t now_ms, struct err *e);
MUST_CHECK int delivery_end_test(struct delivery *d, int64_t now_ms, struct err *e);
/* Lets time pass: what has run out of time is ended, and with it perhaps the part or the test. */
MUST_CHECK int delivery_clock(struct delivery *d, int64_t now_ms, struct err *e);

enum delivery_state delivery_state(const struct delivery *d);
unsigned delivery_moves(const struct delivery *d, int64_t now_ms); /* of enum delivery_move */
int64_t delivery_current(const struct delivery *d);                /* slot; -1: none */
int64_t delivery_part(const struct delivery *d); /* index into the plan's parts; -1: none yet */
const struct test_plan *delivery_plan(const struct delivery *d);
const struct delivery_slot *delivery_slot_at(const struct delivery *d, size_t slot);
/* Slots in the order in which they were first presented. */
const size_t *delivery_entered(const struct delivery *d, size_t *ret_n);
const struct test_state *delivery_values(const struct delivery *d);
/* Milliseconds until the nearest limit of the current item, its sections, its part or the test; -1: none. */
int64_t delivery_left(const struct delivery *d, int64_t now_ms);
/* Until the current item may be left (minTime); 0: now. */
int64_t delivery_held(const struct delivery *d, int64_t now_ms);

/* The feedback is to be shown now: during, while its part or the test runs; atEnd, once that is over. */
bool delivery_feedback_shown(const struct delivery *d, const struct test_feedback *f,
                             const struct test_node *part);
/* An item that is over may be looked at again (allowReview), with its feedback (showFeedback) or its solution
 * (showSolution). */
bool delivery_may_review(const struct delivery *d, size_t slot);
bool delivery_may_show_feedback(const struct delivery *d, size_t slot);
bool delivery_may_show_solution(const struct delivery *d, size_t slot);
/* templateDefaults of a slot's item, by the values of the test so far; in the arena. Before the item is
 * instantiated. */
MUST_CHECK int delivery_template_defaults(struct delivery *d, size_t slot, struct arena *a,
                                          struct test_variables *ret, struct err *e);

#endif

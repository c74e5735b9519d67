/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes of a whole test: the rules of its outcomeProcessing over the outcomes of its items, and the replay
 * of a test that was delivered. Pure, as evaluate.h. After QTI 2.2, "Outcome Processing". */
#ifndef KAOCHANG_SCORING_TEST_OUTCOMES_H
#define KAOCHANG_SCORING_TEST_OUTCOMES_H

#include "paperbank/test/delivery.h"
#include "scoring/evaluate.h"

/* Runs the test's outcomeProcessing over what the state holds; without one nothing changes. ERR_DATA, with
 * file and line, for rules that cannot be evaluated. */
MUST_CHECK int test_outcomes(struct test_state *s, struct err *e);

/* A delivery_host that scores with evaluate_item and test_outcomes. `item[i]` is the full item of slot i, or
 * NULL for one that is not there: its variables stay as they were given. A template whose variables the test
 * starts (templateDefault) is drawn when it is presented, and then stands in `item` and in `drawn`; without
 * `drawn` such a template keeps its own defaults. Valid while `scorer` is. */
struct test_scorer {
    const struct item **item;
    struct item **drawn;     /* by slot, for item_free; or NULL */
    const struct span *seed; /* by slot, with `drawn` */
};
struct delivery_host test_scorer_host(struct test_scorer *scorer);

/* One move of a delivered test. */
enum test_move {
    MOVE_SELECT,
    MOVE_RESPOND,
    MOVE_NEXT,
    MOVE_BACK,
    MOVE_SKIP,
    MOVE_END_PART,
    MOVE_END_TEST,
    MOVE_CLOCK
};
struct test_action {
    enum test_move move;
    int64_t at_ms;
    size_t slot;                          /* of MOVE_SELECT */
    const struct response_set *responses; /* of MOVE_RESPOND */
};
/* Does one move; ERR_NO where the test does not allow it. */
MUST_CHECK int test_move(struct delivery *d, const struct test_action *a, struct err *e);

/* Values of an item's evaluation under the names that a test takes. Texts stay where they are. */
struct test_variables test_variables_of(const struct outcome_set *set, struct arena *a);

#endif

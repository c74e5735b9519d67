/* SPDX-License-Identifier: Apache-2.0 */
/* A test from a folder with its items, delivered by actions or from one end to the other. */
#ifndef KAOCHANG_CLI_SCORE_TEST_RUN_H
#define KAOCHANG_CLI_SCORE_TEST_RUN_H

#include <jansson.h>

#include "scoring/test-outcomes.h"

struct test_run {
    struct arena *arena;
    const char *folder; /* the package */
    const char *seed;   /* of selection, ordering and templates; NULL: templates draw the same each time */
    struct test *test;
    struct test_plan *plan;
    struct item **item;      /* by slot; NULL: no such file */
    struct test_item *given; /* by slot, for state_new */
    struct item **owned;
    bool *drawn;         /* by slot: a template with its values in place */
    struct item **later; /* by slot: what was drawn only when it was presented */
    size_t n_owned;
    struct test_scorer scorer;
    struct delivery *delivery;
    int64_t now_ms;
};

/* Reads the items of the plan, each file once; one that is absent gets an outcome SCORE of 0. */
MUST_CHECK int test_run_items(struct test_run *run, struct err *e);
MUST_CHECK int test_run_start(struct test_run *run, struct err *e);
/* The line's "actions", one after another (docs/scoring.md); adds "refused" to the answer where moves were.
 */
MUST_CHECK int test_run_actions(struct test_run *run, const json_t *line, json_t *answer, struct err *e);
/* From one end to the other: linear parts item by item, nonlinear ones each item once; the line's
 * "responses", by item, are given where there are any. */
MUST_CHECK int test_run_walk(struct test_run *run, const json_t *line, struct err *e);
void test_run_release(struct test_run *run);

/* What came of it, as members of the answer: "items" and "test"; "entered_items" and "skipped"; "absent". */
void test_run_result(struct test_run *run, json_t *answer);
void test_run_path(struct test_run *run, json_t *answer);
void test_run_absent(struct test_run *run, json_t *answer);
json_t *test_run_variables(struct arena *a, const struct test_variables *v);

#endif

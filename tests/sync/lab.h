/* SPDX-License-Identifier: Apache-2.0 */
/* A lab session in a central store: a rubric of two steps (3 and 2 points), two raters with a tolerance of 1,
 * the candidates T1..T4 in room 301; A rates first there, B second, C third; Z rates in room 302. */
#ifndef KAOCHANG_TESTS_SYNC_LAB_H
#define KAOCHANG_TESTS_SYNC_LAB_H

#include "exam-packages/decision.h"
#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"
#include "tests/sync/sittings.h"

struct made_lab {
    struct store *store;
    struct lab_plan *plan;
    struct arena *arena;
    char path[64];
};
extern const char made_lab_plan[];

/* For cmocka, with a struct made_lab as the state. */
int made_lab_open(void **state);
int made_lab_close(void **state);
void made_lab_roster(struct store *s);

/* A whole and confirmed rating of 5, 4, 3, 2, 1 or 0 points. */
struct rating made_rating(struct made_lab *f, int points);
struct rating made_status(struct made_lab *f, enum rating_status status, const char *reason);
struct span made_rating_bytes(struct made_lab *f, const struct rating *x);
/* The journal of a rater: for each ticket a rating. */
void made_ratings(struct made_lab *f, struct merge_sitting *s, const char *const *ticket,
                  const struct rating *x, size_t n);
/* A bundle with the journal of one rater, one candidate in it. */
struct made *made_sheet(struct made_lab *f, const char *rater, const char *ticket, struct rating x);
/* Merges, and frees the bundle. */
void made_sheet_merge(struct made_lab *f, struct made *m);

/* A decision that saw all ratings that there are; milli < 0: it gives no points. */
struct decision *made_decision(struct made_lab *f, enum decision_kind kind, const char *ticket,
                               int64_t milli);
struct span made_decision_bytes(struct made_lab *f, const struct decision *d);
/* Stores, and frees it. */
void made_decision_put(struct made_lab *f, struct decision *d);

struct store_result made_result(struct made_lab *f, const char *ticket);
void assert_points(struct made_lab *f, const char *ticket, int64_t milli);
void assert_waits(struct made_lab *f, const char *ticket, const char *for_what);

#endif

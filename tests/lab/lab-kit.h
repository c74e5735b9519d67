/* SPDX-License-Identifier: Apache-2.0 */
/* Rubrics for tests: short texts, and random ones from a seed. */
#ifndef KAOCHANG_TESTS_LAB_KIT_H
#define KAOCHANG_TESTS_LAB_KIT_H

#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"

/* Reads a rubric of 15 minutes from its steps; fails the test otherwise. `head`: attributes such as
 * "total=\"20\"". The caller frees. */
struct rubric *kit_rubric(const char *head, const char *steps);
/* The words of the first fault, or "" where the rubric is taken; *ret_line is its line. */
const char *kit_fault(const char *head, const char *steps, unsigned *ret_line, char buf[400]);
/* Points in milli of a rating given as marks (scoring/lab/marks.h). */
int64_t kit_total(const struct rubric *r, const char *marks);
void kit_points(const struct rubric *r, const char *marks, struct rating_points *ret);

struct kit_random {
    uint64_t state;
};
uint64_t kit_next(struct kit_random *x, uint64_t below);
/* A rubric that rubric_read takes: every mode, caps, hints, includes, same names, fatals, sometimes folded.
 */
struct rubric *kit_random_rubric(struct kit_random *x);
/* Marks, slips, hints and fatals of any kind that fit. */
void kit_random_rating(struct kit_random *x, const struct rubric *r, struct rating *ret);

#endif

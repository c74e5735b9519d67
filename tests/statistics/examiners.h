/* SPDX-License-Identifier: Apache-2.0 */
/* A day of a lab exam, made up: examiners with planted ways, candidates of schools, experiments by lot. */
#ifndef KAOCHANG_TESTS_STATISTICS_EXAMINERS_H
#define KAOCHANG_TESTS_STATISTICS_EXAMINERS_H

#include "statistics/quality/quality.h"

enum examiner_way { WAY_PLAIN, WAY_SEVERE, WAY_LENIENT, WAY_DRIFTING, WAY_CONSTANT };

struct examiners {
    size_t raters, each; /* how many; how many candidates each has */
    size_t schools, rubrics;
    size_t sites; /* raters and schools belong to sites; nobody crosses. 1: all mix */
    bool twice;   /* every candidate is rated by a neighbour too */
    enum examiner_way (*way)(size_t rater);
};

/* The totals are made first, then parted into steps and slips. All in the arena; points in halves. */
struct quality_input examiners_make(const struct examiners *x, uint64_t seed, struct arena *a);
/* The plan that the simulation test plants: two severe (3, 21), one lenient (11), one drifting (30), one
 * constant (17). */
enum examiner_way examiners_planted(size_t rater);
/* "E" and two digits. */
const char *examiners_id(size_t rater, struct arena *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside statistics/quality/ only. */
#ifndef KAOCHANG_STATISTICS_QUALITY_INTERNAL_H
#define KAOCHANG_STATISTICS_QUALITY_INTERNAL_H

#include "statistics/quality/additive.h"
#include "statistics/quality/quality.h"

/* A rating that counts, with what the model says of it. */
struct case_of {
    const struct rated *rated;
    size_t at; /* in the input */
    size_t rater, rubric;
    double residual; /* from the expectation for school, experiment and examiner */
    bool timed;
    double hours; /* wall clock */
};

struct work {
    struct quality *q;
    struct arena *arena;
    const struct rated **all; /* in order */
    struct case_of *one;      /* the counted ones, in order */
    size_t n;
    struct additive model;
};

void quality_severity(struct work *w);
void quality_flatness(struct work *w);
void quality_drift(struct work *w);
void quality_effects(struct work *w);
void quality_steps(struct work *w);
void quality_agree(struct work *w);
void quality_looks(struct work *w);

/* Points that matter: QUALITY_SHARE of the full marks. */
double quality_matter(const struct quality *q);

#endif

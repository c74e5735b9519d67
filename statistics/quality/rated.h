/* SPDX-License-Identifier: Apache-2.0 */
/* One examiner's rating of one candidate with what stands around it: what all statistics of ratings are
 * computed from. A plain value; texts, steps and rubric are borrowed. */
#ifndef KAOCHANG_STATISTICS_QUALITY_RATED_H
#define KAOCHANG_STATISTICS_QUALITY_RATED_H

#include "scoring/lab/rating.h"

struct rated_step {
    points_t points; /* what it scored */
    enum rating_mark mark;
    bool ended;       /* 0 because of a fatal: says nothing of the step */
    uint32_t slips;   /* bit i: slip i was made … */
    uint32_t charged; /* … and cost something … */
    uint32_t hinted;  /* … namely the price of a hint */
    int64_t changes;  /* after it was first marked */
};

struct rated {
    const char *ticket, *rater;
    const char *rater_name;                    /* NULL or "": unknown */
    const char *county, *school, *site, *room; /* of the candidate; may be "" */
    int64_t group, bench;                      /* from 1; 0 unknown */
    int64_t order;                             /* 1 first rater, 2 second, 3 third; 0 on no list */
    const struct rubric *rubric;
    enum rating_status status;
    bool complete; /* no open step */
    bool identified, confirmed, chief;
    points_t total; /* folded */
    points_t confirmed_total;
    const struct rated_step *step;
    size_t n_steps;
    int64_t begun_ms; /* wall clock of the examiner's device; 0 not begun */
    int64_t wall_ms;  /* … of the last change; 0 none */
    int64_t used_ms;  /* of the experiment; 0 unknown */
};

/* From a rating that fits its rubric: everything but ticket, rater, place and order. Steps go into the arena.
 */
void rated_fill(struct rated *ret, const struct rating *x, const struct rubric *r, struct arena *a);
/* It is a whole rating of somebody who was there: the only ones that statistics are made of. */
bool rated_counts(const struct rated *x);
bool rated_spotless(const struct rated *x); /* no slip and no step left undone */

/* What each slip of a step cost: the points that the step lost, parted in the ratio of the slips' own prices,
 * so that they add up to the loss. ret has RUBRIC_MAX_SLIPS places. */
void rated_slip_costs(const struct rated_step *s, const struct rubric_step *r, int64_t *ret_milli);

#endif

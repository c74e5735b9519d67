/* SPDX-License-Identifier: Apache-2.0 */
/* From the ratings of one candidate to one mark: agreement, third rater, chief; a decision of people goes
 * before all of them. Pure; the order in which ratings come does not matter. docs/lab.md, "Two raters".
 */
#ifndef KAOCHANG_SCORING_LAB_COMBINE_H
#define KAOCHANG_SCORING_LAB_COMBINE_H

#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"

/* One examiner's rating, reduced to what counts. */
struct combine_rating {
    const char *rater;
    int64_t order; /* 1 first, 2 second, 3 third, by the roster; 0: on no list for this candidate */
    enum rating_status status;
    points_t total;
    bool complete;  /* no open step */
    bool confirmed; /* by the candidate, at just this total */
    bool changed;   /* by the candidate too, but at another total than now */
    bool chief;     /* waits for the chief examiner */
};

enum combine_state {
    COMBINE_NONE,     /* no rating has come */
    COMBINE_DONE,     /* status, and total where it is rated or exempt */
    COMBINE_WAITS,    /* fewer raters than the plan asks have finished */
    COMBINE_THIRD,    /* too far apart: a third rating is needed */
    COMBINE_CHIEF,    /* the chief decides: too far apart, a doubt, or statuses that differ */
    COMBINE_RECHECK,  /* a total below the line, not looked at again yet */
    COMBINE_UNSIGNED, /* changed after the candidate had confirmed, without signatures: void until signed */
    COMBINE_STRANGER, /* rated by someone who was not to rate this candidate, or twice as the same order */
};
const char *combine_state_name(enum combine_state s);

struct combined {
    enum combine_state state;
    enum rating_status status; /* of COMBINE_DONE */
    points_t total;            /* of COMBINE_DONE when rated or exempt */
    const char *rule; /* "one", "mean", "nearer-pair", "exempt", "status": how the total came about */
};

/* A rating is finished when it says a status other than open, and, where that is rated, is complete and
 * confirmed. Two within the tolerance: their mean, rounded. A third: the pair that is nearest, if within the
 * tolerance; of two equally near pairs the higher one (in the candidate's favour); no pair near: the chief.
 * Of `exempt` the caller sets total from the plan. Ratings that say nothing (open, no call for the chief) are
 * passed over. Before all this, in this order: STRANGER, UNSIGNED, CHIEF (of the raters that the plan asks),
 * WAITS. RECHECK has status and total as DONE has. */
void lab_combine(const struct lab_plan *p, const struct combine_rating *rating, size_t n,
                 struct combined *ret);

#endif

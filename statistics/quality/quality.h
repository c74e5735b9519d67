/* SPDX-License-Identifier: Apache-2.0 */
/* The quality of the rating of a session: examiners, agreement, steps, benches, groups, and ratings worth a
 * second look. A pure function of an array of ratings; every rule and formula is in docs/statistics.md,
 * "Quality of rating". */
#ifndef KAOCHANG_STATISTICS_QUALITY_QUALITY_H
#define KAOCHANG_STATISTICS_QUALITY_QUALITY_H

#include "statistics/quality/agreement.h"
#include "statistics/quality/rated.h"

enum {
    QUALITY_FEW = 10,         /* fewer ratings say nothing of an examiner or of a bench */
    QUALITY_SHARE = 20,       /* what matters: a twentieth of the full marks */
    QUALITY_MAX_REASONS = 10, /* of one rating */
};
#define QUALITY_CHANCE 0.01 /* share of findings that may be chance (Benjamini-Hochberg) */

struct quality_input {
    const struct rated *rated;
    size_t n;
    points_t full, tolerance;
    points_t pass;            /* 0: no pass line */
    int64_t start_ms, end_ms; /* of the session; 0: unknown */
};

enum quality_flag {
    QUALITY_SEVERE = 1,
    QUALITY_LENIENT = 2,
    QUALITY_DRIFT = 4,     /* becomes stricter or milder through the day */
    QUALITY_CONSTANT = 8,  /* always the same total */
    QUALITY_SPOTLESS = 16, /* never a slip */
    QUALITY_NARROW = 32,   /* tells candidates apart much less than others do */
    QUALITY_ALONE = 64,    /* nobody to compare with: no finding */
    QUALITY_CLOCK = 128,   /* times outside the session */
};
#define QUALITY_FOUND                                                                                        \
    (QUALITY_SEVERE | QUALITY_LENIENT | QUALITY_DRIFT | QUALITY_CONSTANT | QUALITY_SPOTLESS | QUALITY_NARROW)

struct quality_rater {
    const char *id, *name;       /* name "" unknown */
    size_t n;                    /* ratings that count */
    size_t set;                  /* from 0: only examiners of one set can be compared */
    double mean;                 /* points */
    double offset, se, z, p;     /* points above the others of the set for the same candidates; p two-sided */
    double spread, spread_p;     /* standard deviation of the residuals; chance that it is so small */
    double deviation;            /* … of the totals */
    size_t same, spotless, full; /* ratings with his commonest total; without a slip; with full marks */
    double same_p, spotless_p;   /* chance of all being so */
    bool timed;
    double slope, slope_se, slope_p; /* points per hour */
    double hours;                    /* from his first rating to his last */
    double seconds;                  /* median of an experiment; 0 unknown */
    unsigned flags;
};

struct quality_slip {
    char code;
    const char *text;
    int64_t made, hinted;
    int64_t cost_milli; /* what it cost all candidates together */
};
struct quality_step {
    const struct rubric_step *step;
    int64_t rated;       /* ratings where the step counts */
    int64_t lossy, zero; /* … lost something; scored nothing */
    int64_t lost_milli;
    struct quality_slip *slip; /* as many as the step has */
};
struct quality_rubric {
    const struct rubric *rubric;
    int64_t rated, sum_milli, full;
    struct quality_step *step; /* as many as the rubric has */
};

/* A number of bench, a group, or a bench of a room. */
struct quality_place {
    const char *site, *room; /* "" for numbers alone */
    int64_t number;
    size_t n;
    double mean, se, p; /* of the residuals */
    bool found;
};
/* Are the means of the residuals different? One-way analysis of variance. */
struct quality_effect {
    bool exists;
    double f, df1, df2, p;
    struct quality_place *place; /* by number */
    size_t n;
};

enum quality_reason {
    QUALITY_CHANGED,    /* the total is not the one that the candidate confirmed */
    QUALITY_APART,      /* two raters further apart than the tolerance */
    QUALITY_LINE,       /* passes or fails only by the offset of a flagged examiner */
    QUALITY_UNLIKELY,   /* far from what school, experiment and examiner make expect */
    QUALITY_SHORT,      /* too short a time */
    QUALITY_DOUBT,      /* a question to the chief stands */
    QUALITY_OPEN,       /* steps are not rated */
    QUALITY_MANY,       /* changed often */
    QUALITY_NO_CONFIRM, /* the candidate did not confirm */
    QUALITY_NO_FACE,    /* identity was not checked */
    QUALITY_REASONS
};
struct quality_look {
    size_t at;                     /* in the input */
    int64_t weight;                /* the higher the more urgent */
    unsigned reasons;              /* bit per quality_reason */
    double value[QUALITY_REASONS]; /* points apart, residual, offset, seconds, changes: what the reason is
                                      about */
};

struct quality {
    struct arena *arena;
    const struct quality_input *in;
    size_t counted;              /* ratings that count */
    struct quality_rater *rater; /* by id */
    size_t n_raters, n_sets;
    double sigma, df;
    bool drifts; /* overall: */
    double slope, slope_se, slope_p;
    struct agreement agreement;
    struct quality_rubric *rubric; /* by id */
    size_t n_rubrics;
    struct quality_effect bench, group;
    struct quality_place *spot; /* benches of rooms, by site, room, number */
    size_t n_spots;
    struct quality_look *look; /* by weight, then ticket, rater */
    size_t n_looks;
};

/* `in` is borrowed for the life of *ret. The order of the ratings changes nothing but the last digits of
 * sums: they are put into the order of ticket, rater and order first, so it changes nothing at all. */
MUST_CHECK int quality_compute(struct quality *ret, const struct quality_input *in, struct err *e);
void quality_release(struct quality *q);

#endif

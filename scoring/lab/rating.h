/* SPDX-License-Identifier: Apache-2.0 */
/* What one examiner says of one candidate's experiment, and the points that follow. A plain value: the screen
 * changes it key by key, the journal keeps it whole after each key (event kind "rating"), and the arithmetic
 * is the same on the device, in the store and in an audit.
 */
#ifndef KAOCHANG_SCORING_LAB_RATING_H
#define KAOCHANG_SCORING_LAB_RATING_H

#include "scoring/lab/rubric.h"

#define RATING_NS "urn:kaochang:rating:1"
enum { RATING_MAX_BYTES = 64 << 10, RATING_MAX_NOTE = 2000 };

/* What became of the candidate. */
enum rating_status {
    RATING_OPEN,      /* nothing is known yet */
    RATING_RATED,     /* was there and is rated */
    RATING_ABSENT,    /* 缺考: a blank, not a zero */
    RATING_EXEMPT,    /* 免试: a fixed score by the reason's name (plan) */
    RATING_POSTPONED, /* 缓考: equipment failed; comes again with `back_ms` more */
    RATING_BREACH,    /* 违纪: article in `reason`; this exam's mark is cancelled */
    RATING_CHEATING,  /* 作弊: article in `reason`; all marks of the sitting are invalid */
    RATING_VOID,      /* not of this area, taken twice …: counts nowhere; `reason` */
};
const char *rating_status_name(enum rating_status s); /* "open", "rated", "absent" … */
bool rating_status_parse(const char *name, enum rating_status *ret);

enum rating_mark {
    RATING_UNMARKED, /* not rated yet */
    RATING_MARKED,   /* rated: full but for the slips */
    RATING_ZERO,     /* the step was not done at all */
};

struct rating_step {
    enum rating_mark mark;
    uint32_t slips;  /* bit i: slip i happened */
    uint32_t hinted; /* a subset of slips: put right after a hint */
    int64_t wall_ms; /* of the last change; for people */
    int64_t changes; /* how often it was changed after it was first marked */
};

struct rating {
    const char *rubric; /* id */
    int64_t version;    /* of the rubric */
    enum rating_status status;
    const char *reason;      /* of the status: article, reason's name; "" */
    const char *note;        /* the examiner's words; "" */
    uint32_t fatals;         /* bit i: fatal i happened */
    bool chief;              /* a doubt for the chief examiner */
    bool identified;         /* the face was compared with the ticket */
    bool confirmed;          /* the candidate saw the score and typed the ticket's last digits */
    int64_t confirmed_milli; /* the folded score that was confirmed */
    int64_t begun_ms, used_ms,
        back_ms; /* begun: wall clock, 0 not begun; time of the experiment; given back */
    struct rating_step step[RUBRIC_MAX_STEPS];
    size_t n_steps;
};

/* Nothing marked; texts borrowed from the rubric. */
void rating_begin(struct rating *ret, const struct rubric *r);

/* Canonical XML, and back: texts go into the arena; bytes that do not re-serialise to themselves, slips
 * hinted and not made, or an unknown word are refused (ERR_DATA). */
MUST_CHECK int rating_write(const struct rating *x, struct bytes *out, struct err *e);
MUST_CHECK int rating_read(struct rating *ret, struct arena *a, const char *name, struct span data,
                           struct err *e);
/* The rating is of this rubric and version, with as many steps, and marks no slip that it does not have. */
MUST_CHECK int rating_fits(const struct rating *x, const struct rubric *r, struct err *e);

/* Why a slip costs what it costs. */
enum rating_cost {
    RATING_COSTS,    /* its points, or the step (all, fatal) */
    RATING_HINTED,   /* the price of a hint */
    RATING_INCLUDED, /* another slip of the step contains it */
    RATING_SAME,     /* charged at an earlier step already */
};
/* In words, translated: why a slip costs less than its points; "counts" for RATING_COSTS. */
const char *rating_cost_text(enum rating_cost cost);

struct rating_points {
    points_t step[RUBRIC_MAX_STEPS];                           /* 0 for an unmarked step */
    bool ended[RUBRIC_MAX_STEPS];                              /* 0 because of a fatal */
    enum rating_cost cost[RUBRIC_MAX_STEPS][RUBRIC_MAX_SLIPS]; /* of the slips made */
    points_t raw, total;                                       /* total: folded */
    size_t open;                                               /* steps that are not marked and not ended */
};
/* The arithmetic, for a rating that fits. Order of rules: includes; same slip once, in step order; hints;
 * sum; cap; floor 0; then fatals. */
void rating_points(const struct rating *x, const struct rubric *r, struct rating_points *ret);

#endif

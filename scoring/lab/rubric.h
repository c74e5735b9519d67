/* SPDX-License-Identifier: Apache-2.0 */
/* The rubric of an experiment: steps, what each is worth, and what costs points. XML urn:kaochang:rubric:1
 * (data/schemas/rubric.rng, docs/lab.md); read from a file that people write, and sealed into the package.
 *
 * Points are milli-points; everything in a rubric is a whole number of tenths of a point.
 */
#ifndef KAOCHANG_SCORING_LAB_RUBRIC_H
#define KAOCHANG_SCORING_LAB_RUBRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

#define RUBRIC_NS "urn:kaochang:rubric:1"
enum {
    RUBRIC_MAX_BYTES = 1 << 20,
    RUBRIC_MAX_STEPS = 32,
    RUBRIC_MAX_SLIPS = 20, /* of a step: codes 'a'.. */
    RUBRIC_MAX_FATALS = 8,
    RUBRIC_MAX_MINUTES = 240,
};

/* What the slips of a step cost. */
enum rubric_mode {
    RUBRIC_ALL,    /* any slip voids the step */
    RUBRIC_DEDUCT, /* each slip costs its own points; together at most `cap`; never below zero */
    RUBRIC_FATAL,  /* as RUBRIC_ALL, and the experiment ends there: what comes after is 0 */
};
const char *rubric_mode_name(enum rubric_mode mode); /* "all", "deduct", "fatal" */

struct rubric_slip {
    char code;         /* 'a', 'b', … in order: the examiner's key */
    const char *text;  /* what was not done, or done wrong */
    points_t minus;    /* RUBRIC_DEDUCT: > 0; else 0 */
    uint32_t includes; /* bit i: slip i of this step is absorbed and costs nothing beside this one */
    const char
        *same;   /* slips of this name cost once in an experiment, at the first step that has one; "" none */
    bool report; /* did not call the examiner before going on */
};

struct rubric_step {
    const char *title; /* short: fits the examiner's column */
    const char *text;  /* the criterion in full; may be "" */
    enum rubric_mode mode;
    points_t points;  /* > 0 */
    points_t cap;     /* of the deductions; <= points, which it is where none is given */
    bool fix;         /* a slip may be put right after a hint … */
    points_t hint;    /* … and then costs this instead of its own (not more than its own) */
    bool must_report; /* the candidate calls the examiner and waits; one slip has `report` */
    struct rubric_slip *slip;
    size_t n_slips;
};

/* Something that ends the experiment, or parts of it, whenever it happens. */
struct rubric_fatal {
    const char *text;
    size_t from, to; /* steps (from 0, inclusive) that score 0; a step that was rated full before too */
};

struct rubric {
    struct arena *arena; /* owns what follows */
    const char *id;      /* plain name: "P1" */
    int64_t version;     /* from 1 */
    const char *subject; /* "physics" …: for people */
    const char *title;
    int64_t minutes;
    points_t total;     /* of the exam: 20 */
    points_t raw;       /* sum of the steps: what is rated; equals total where nothing is folded */
    points_t fold_step; /* the folded score is a multiple of this (0.5, 1), half up; 0: not folded */
    struct rubric_step *step;
    size_t n_steps;
    struct rubric_fatal *fatal;
    size_t n_fatals;
};

/* Reads and checks everything; all faults are told to `complain` (may be NULL) with their lines, the first is
 * in e. Refused besides what the schema refuses: steps that do not add up to raw; raw other than total
 * without a fold rule; a step's cap above its points; slips of a deduct step that can never cost its cap
 * unless the rubric says cap; costs on slips of an all or fatal step; codes out of order; includes of itself,
 * in a circle or of a dearer slip; must-report without its slip; a fatal range that is empty or past the end.
 */
typedef void rubric_complaint_fn(void *context, unsigned line, const char *message);
MUST_CHECK int rubric_read(struct rubric **ret, const char *name, struct span data,
                           rubric_complaint_fn *complain, void *context, struct err *e);
void rubric_free(struct rubric *r); /* NULL is fine */
/* Canonical bytes: what is sealed, hashed and read again by rubric_read. */
MUST_CHECK int rubric_write(const struct rubric *r, struct bytes *out, struct err *e);
/* BLAKE2b is above this layer: packages name a rubric by id and version, and hold its canonical bytes. */

/* raw points as the exam's points by the rubric's one fold rule. */
points_t rubric_fold(const struct rubric *r, points_t raw);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* How a lab exam is rated: its rubrics, how many raters, what happens when they differ, fixed scores. XML
 * urn:kaochang:lab:1 (data/schemas/lab.rng, docs/lab.md): lab.xml of an exam's folder, of its package's
 * paper part, and, signed, of the central store.
 */
#ifndef KAOCHANG_SCORING_LAB_PLAN_H
#define KAOCHANG_SCORING_LAB_PLAN_H

#include "scoring/lab/rubric.h"

#define LAB_NS "urn:kaochang:lab:1"
enum { LAB_MAX_RUBRICS = 64, LAB_MAX_EXEMPTIONS = 16, LAB_MAX_BYTES = 8 << 20 };

/* Two ratings further apart than the tolerance. */
enum lab_dispute {
    LAB_DISPUTE_THIRD, /* a third rater, then the chief where the third is close to neither */
    LAB_DISPUTE_CHIEF, /* the chief at once */
};

struct lab_exemption {
    const char *name; /* plain: "disability", "injury" */
    const char *text; /* for people */
    points_t points;
};

struct lab_plan {
    struct arena *arena;
    const char *id, *title; /* of the exam; id plain */
    int64_t interval_s;     /* between two groups at a bench */
    int64_t raters;         /* independent ratings of each candidate: 1 or 2 */
    points_t tolerance;     /* difference of the totals that is still an agreement */
    points_t round;         /* means are rounded to a multiple of this, half up */
    enum lab_dispute dispute;
    points_t recheck; /* totals below are looked at again before they are released; 0: none */
    struct lab_exemption *exemption;
    size_t n_exemptions;
    struct rubric **rubric; /* in bytewise order of id; inside the document, whole; all of one total */
    size_t n_rubrics;
};

MUST_CHECK int lab_plan_read(struct lab_plan **ret, const char *name, struct span data, struct err *e);
void lab_plan_free(struct lab_plan *p); /* NULL is fine */
MUST_CHECK int lab_plan_write(const struct lab_plan *p, struct bytes *out, struct err *e);
const struct rubric *lab_plan_rubric(const struct lab_plan *p, const char *id); /* NULL: none */
const struct lab_exemption *lab_plan_exemption(const struct lab_plan *p, const char *name);
points_t lab_plan_total(const struct lab_plan *p);

#endif

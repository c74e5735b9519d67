/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the readers of rubrics and plans: every fault is told, the first one becomes the error. */
#ifndef KAOCHANG_SCORING_LAB_RUBRIC_INTERNAL_H
#define KAOCHANG_SCORING_LAB_RUBRIC_INTERNAL_H

#include "base/xml.h"
#include "scoring/lab/rubric.h"

struct lab_faults {
    const char *name; /* of the document */
    rubric_complaint_fn *complain;
    void *context;
    struct err *e;
    size_t count;
};
void lab_fault(struct lab_faults *f, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What our own reader let pass and a schema does not is a fault too. */
MUST_CHECK int lab_check_schema(const struct xml_doc *d, const struct xml_schema *schema,
                                struct lab_faults *f);
/* The schema of rubrics, which the program carries; the caller frees it. */
MUST_CHECK int rubric_schema_open(struct xml_schema **ret, struct err *e);

/* Attributes, with a fault where they are absent (required) or not of their kind. Texts go into `a`. */
const char *lab_text_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                        struct lab_faults *f);
const char *lab_name_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                        struct lab_faults *f);
int64_t lab_int_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, int64_t lo,
                   int64_t hi, struct lab_faults *f);
/* 0 .. 1000 points in tenths; `otherwise` where the attribute is absent, a fault if that is negative. */
points_t lab_points_of(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                       points_t otherwise, struct lab_faults *f);
bool lab_yes(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct lab_faults *f);
/* The element's text without what is only layout: runs of blanks and line ends are one blank. */
const char *lab_words(const struct xml_node *n, struct arena *a);

/* Reads a <rubric>, wherever it stands; what is wrong is in f. */
struct rubric *rubric_read_node(const struct xml_doc *d, const struct xml_node *n, struct lab_faults *f);
void rubric_write_node(const struct rubric *r, struct xml_out *o);

/* What a step says that cannot be meant. `number` from 1. */
void rubric_check_step(const struct rubric_step *s, size_t number, unsigned line, struct lab_faults *f);
void rubric_check_slip(const struct rubric_step *s, size_t number, size_t i, unsigned line,
                       struct lab_faults *f);
void rubric_check_whole(const struct rubric *r, unsigned line, struct lab_faults *f);
/* The most that the slips of a step can cost together, before its cap. */
points_t rubric_most(const struct rubric_step *s, uint32_t slips);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the reader of rules: faults are gathered, not returned at the first. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_RULES_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_RULES_INTERNAL_H

#include "base/xml.h"
#include "scoring/practical/rules/rules.h"

struct rules_faults {
    const char *name;
    rules_complaint_fn *complain;
    void *context;
    struct err *e;
    unsigned count;
};

/* Tells one fault and counts it. */
void rules_fault(struct rules_faults *f, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Elements and attributes (rules-read.c). */
void rules_read_tree(struct rules *r, const struct xml_doc *d, struct rules_faults *f);
/* One check's kind, locators and expectation (rules-kinds.c). */
void rules_read_check(struct rules *r, const struct xml_doc *d, const struct xml_node *n,
                      struct rules_check *c, struct rules_faults *f);
/* Points from above and sums from below (rules-points.c). */
void rules_points(struct rules *r, struct rules_faults *f);

#endif

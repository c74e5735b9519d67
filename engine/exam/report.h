/* SPDX-License-Identifier: Apache-2.0 */
/* The report of an assembled exam for the panel that approves it, as a page of HTML that loads nothing: what
 * was wanted and what each form has, difficulty of all forms in one picture, what any two forms share, how
 * often the items were used before. In the language of the interface; else the same sources give the same
 * bytes. */
#ifndef KAOCHANG_ENGINE_EXAM_REPORT_H
#define KAOCHANG_ENGINE_EXAM_REPORT_H

#include "engine/exam/facts.h"
#include "engine/problem/problem.h"

#define EXAM_REPORT "report.html"

/* All borrowed. */
struct exam_report_source {
    const struct paper *paper;
    const struct exam_facts *facts;
    struct span certificate; /* certificate.json */
    struct span blueprint;   /* blueprint.xml; empty for an exam from an assessment test */
    const struct problem
        *words; /* whose requirements say in words what the certificate has by id; NULL: the ids */
};

/* ERR_DATA for a blueprint or certificate that cannot be read. */
MUST_CHECK int exam_report(const struct exam_report_source *s, struct bytes *out, struct err *e);

#endif

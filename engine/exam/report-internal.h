/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the report share; nobody else includes this. */
#ifndef KAOCHANG_ENGINE_EXAM_REPORT_INTERNAL_H
#define KAOCHANG_ENGINE_EXAM_REPORT_INTERNAL_H

#include <jansson.h>

#include "engine/blueprint/blueprint.h"
#include "engine/exam/report.h"

/* Beyond so many forms a cell says "from–to" in place of one number for each. */
enum { REPORT_LISTED_FORMS = 6 };

struct report_form {
    const char *id;
    const struct exam_fact **item; /* in the order of the paper; NULL: nothing is known of it */
    const points_t *points;
    size_t n;
};

struct exam_report {
    struct arena *arena;
    const struct paper *paper;
    const struct exam_facts *facts;
    struct blueprint *blueprint; /* owned; NULL: none */
    const struct problem *words; /* NULL: none */
    json_t *certificate;
    struct report_form *form;
    size_t n_forms;
    struct bytes *out;
};

void report_section_open(struct exam_report *r, const char *head, const char *note); /* note NULL: none */
void report_section_close(struct exam_report *r);
/* "<th>" or "<td>" with a text. */
void report_cell(struct exam_report *r, const char *tag, const char *text);
/* One number per form as "3 / 2", or "2–3" for many. */
const char *report_counts(struct exam_report *r, const int64_t *count);
/* "2–4", "≥ 2", "≤ 4", "3". */
const char *report_limits(struct exam_report *r, int64_t lo, int64_t hi);

void report_forms(struct exam_report *r);        /* a line for each form */
void report_requirements(struct exam_report *r); /* what was asked and what each form has */
void report_cells(struct exam_report *r);        /* knowledge point × cognitive level */
void report_difficulty(struct exam_report *r);   /* all forms in one picture */
void report_information(struct exam_report *r);  /* the same, where items have parameters */
void report_overlap(struct exam_report *r);
void report_exposure(struct exam_report *r);

#endif

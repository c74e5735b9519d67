/* SPDX-License-Identifier: Apache-2.0 */
/* The quality of rating as sections of a report. */
#ifndef KAOCHANG_STATISTICS_QUALITY_SECTIONS_H
#define KAOCHANG_STATISTICS_QUALITY_SECTIONS_H

#include "statistics/quality/quality.h"
#include "statistics/report.h"

struct quality_view {
    int decimals; /* of percentages, means and differences */
    size_t top;   /* at most so many slips and ratings to look at are listed */
};

/* Appends findings, examiners, agreement, steps, slips, benches and groups, and ratings worth a second look.
 * Texts live in q's arena, tables until quality_sections_release. */
void quality_sections(const struct quality *q, const struct quality_view *view, struct report *r);
void quality_sections_release(struct report *r);

#endif

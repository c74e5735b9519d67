/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside statistics/quality/ only: the tables of the report. */
#ifndef KAOCHANG_STATISTICS_QUALITY_SECTIONS_INTERNAL_H
#define KAOCHANG_STATISTICS_QUALITY_SECTIONS_INTERNAL_H

#include "statistics/quality/sections.h"

/* An empty table with the heads translated. */
struct table *quality_table(const struct table_column *columns, size_t n_columns, size_t max_rows);
/* Texts in the arena: a number; one with its sign; a probability; num/den as a percentage, "" for den 0. */
const char *quality_number(struct arena *a, double x, int decimals);
const char *quality_signed(struct arena *a, double x, int decimals);
const char *quality_chance(struct arena *a, double p);
const char *quality_percent(struct arena *a, int64_t num, int64_t den, int decimals);
const char *quality_integer(struct arena *a, int64_t v);
/* The text, or as much as fits into so many columns with an ellipsis. */
const char *quality_short(struct arena *a, const char *text, size_t columns);

/* What is said of an examiner: "severe, drifts"; keys for data. */
const char *quality_verdict(struct arena *a, unsigned flags, bool for_data);

struct table *quality_findings_table(const struct quality *q, const struct quality_view *v);
struct table *quality_examiners_table(const struct quality *q, const struct quality_view *v);
struct table *quality_agreement_table(const struct quality *q, const struct quality_view *v);
struct table *quality_steps_table(const struct quality *q, const struct quality_view *v);
struct table *quality_slips_table(const struct quality *q, const struct quality_view *v);
struct table *quality_effects_table(const struct quality *q, const struct quality_view *v);
struct table *quality_places_table(const struct quality *q, const struct quality_view *v);
struct table *quality_looks_table(const struct quality *q, const struct quality_view *v);

/* Inline SVG, or "" where there is nothing to draw. */
const char *quality_offsets_figure(const struct quality *q, struct arena *a);
const char *quality_groups_figure(const struct quality *q, struct arena *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A rubric as a sheet for people: what examiners are trained with, and what hangs at the door afterwards. In
 * the language of the interface; the rubric's own words as they are. */
#ifndef KAOCHANG_OFFICE_RUBRIC_SHEET_H
#define KAOCHANG_OFFICE_RUBRIC_SHEET_H

#include "scoring/lab/rubric.h"

/* Self-contained HTML. */
void rubric_sheet_html(const struct rubric *r, struct bytes *out);
/* A4 pages. `made_ms`: the date in the file. */
MUST_CHECK int rubric_sheet_pdf(const struct rubric *r, int64_t made_ms, struct bytes *out, struct err *e);

#endif

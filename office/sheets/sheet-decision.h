/* SPDX-License-Identifier: Apache-2.0 */
/* What comes of sheets that were typed twice: a decision of kind DECISION_SHEET for each, to be signed by the
 * two who typed. It has seen no rating that was made on a device: where there is one the two contradict, and
 * people decide. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_DECISION_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_DECISION_H

#include "exam-packages/decision.h"
#include "office/sheets/sheet-compare.h"

/* Who typed; third "" where nothing differed. */
struct sheet_people {
    const char *first, *second, *third;
};

/* The same sheet of the same people gives the same document, so that finishing again makes no second one.
 * `difference` is what the third one decided, or NULL. `date` as in struct decision. */
MUST_CHECK int sheet_decision(struct decision **ret, const struct sheet_list *l, const struct sheet *s,
                              const struct sheet_finding *difference, const struct sheet_people *who,
                              const char *date, struct err *e);

/* "step 2: ab / a, sum: 17 / 18": what two typed of a sheet; in the arena. */
const char *sheet_difference_text(const struct sheet_finding *f, struct arena *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A paper sheet as somebody typed it, and what makes it whole. Marks as text, one word a step, as spreadsheets
 * and messages have them: "full" (also "." or 满), "0" not done at all, "ab" slips a and b, "a*" slip a put
 * right after a hint, "-" not marked. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_H

#include "office/sheets/sheet-list.h"
#include "scoring/lab/rating.h"

enum { SHEET_MAX_TEXT = 200, SHEET_MARKS = 2 * RUBRIC_MAX_SLIPS + 2 };

struct sheet {
    char id[SHORT_CODE_SHOWN];
    const char *rater; /* id of who rated: of the roster, or as the sheet says */
    bool has_sum;
    points_t sum;         /* of the steps, as the paper says */
    struct rating rating; /* without times: paper has none */
};

/* Nothing marked; the rater is the roster's, "" if there is none. Texts are borrowed from the place. */
void sheet_begin(struct sheet *ret, const struct sheet_place *p);

/* Points and sum of the marks so far; what is not marked counts 0. */
void sheet_points(const struct sheet *s, const struct sheet_place *p, struct rating_points *ret);

/* Makes one form of a sheet that is typed in: marks only where it is rated and nothing had ended it, confirmed by the candidate unless
 * `confirmed` was taken away, and with which score. */
void sheet_settle(struct sheet *s, const struct sheet_place *p);
/* ERR_DATA: a step without a mark, a sum that is not the sum of the marks (unless the chief is asked), a
 * status without its reason, an exemption that the plan does not have, nobody who rated. */
MUST_CHECK int sheet_check(const struct sheet *s, const struct sheet_place *p, const struct lab_plan *plan,
                           struct err *e);

/* True if one of the status needs a reason. */
bool sheet_needs_reason(enum rating_status status);

/* The word of a step's mark; ret of SHEET_MARKS. Returns ret. */
const char *sheet_marks_text(const struct rating_step *s, char ret[SHEET_MARKS]);
/* ERR_DATA: a slip that the step does not have, a hint where none is given, another sign. */
MUST_CHECK int sheet_marks_read(const char *text, const struct rubric_step *step, struct rating_step *ret,
                                struct err *e);

#endif
